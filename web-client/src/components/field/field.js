// @ts-check
// A labelled form field with hint and error joined to it.
// Usage: <${Field} id="text" label="…" hint="…" error="…">…control…<//>
// The control carries id, aria-describedby and aria-invalid itself:
// spread ...${about(id, hint, error)}.
// SPDX-License-Identifier: ISC
import { html } from "../../html.js";
import { Icon } from "../icon/icon.js";

/** @param {string} id @param {any} hint @param {any} error */
export function about(id, hint, error) {
  const parts = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean);
  return {
    id,
    "aria-describedby": parts.length ? parts.join(" ") : undefined,
    "aria-invalid": error ? "true" : undefined,
  };
}

/**
 * @param {{id: string, label: any, hint?: any, error?: any, mark?: any,
 *   children?: any}} props
 */
export function Field({ id, label, hint, error, mark, children }) {
  return html`<div class="field" data-wrong=${Boolean(error)}>
    <div class="field-head"><label for=${id}>${label}</label>${mark}</div>
    ${hint && html`<p class="field-hint" id=${`${id}-hint`}>${hint}</p>`}
    ${error && html`<p class="field-error" id=${`${id}-error`}><${Icon} name="warning" />${error}</p>`}
    ${children}
  </div>`;
}
