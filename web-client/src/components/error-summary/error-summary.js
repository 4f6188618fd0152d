// @ts-check
// What is wrong with a form, on top of it, with links to the fields. Takes
// the focus when it appears.
// Usage: <${ErrorSummary} errors=${[{field: "text", text: "…"}]} />
// SPDX-License-Identifier: ISC
import { useEffect, useRef } from "preact/hooks";

import { html } from "../../html.js";
import { t } from "../../t.js";

/** @typedef {{field?: string, text: string}} Fault */

/** @param {Event} event @param {string} field */
function jump(event, field) {
  event.preventDefault();
  document.getElementById(field)?.focus();
}

/** @param {Fault} fault */
function line({ field, text }) {
  if (!field) {
    return html`<li>${text}</li>`;
  }
  return html`<li><a href=${`#${field}`} onClick=${(/** @type {Event} */ e) => jump(e, field)}>${text}</a></li>`;
}

/** @param {{errors: Fault[]}} props */
export function ErrorSummary({ errors }) {
  const box = useRef(/** @type {HTMLElement|null} */ (null));
  useEffect(() => {
    if (errors.length) {
      box.current?.focus();
    }
  }, [errors]);
  if (!errors.length) {
    return null;
  }
  return html`<div class="error-summary" role="alert" tabindex="-1" ref=${box}>
    <h2>${t("form.problem")}</h2>
    <ul>${errors.map(line)}</ul>
  </div>`;
}
