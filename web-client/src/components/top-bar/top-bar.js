// @ts-check
// The bar on top of every screen: where I am and the way back.
// Usage: <${TopBar} title="…" back="/">…buttons…<//>
// SPDX-License-Identifier: ISC
import { useEffect, useRef } from "preact/hooks";

import { html } from "../../html.js";
import { back as goBack, place } from "../../router.js";
import { t } from "../../t.js";
import { Icon } from "../icon/icon.js";

/** Only after the first screen: a page that just opened keeps the browser's focus. */
let isFirst = true;

/**
 * @param {{title: string, tab?: string, back?: string, children?: any}} props
 * `tab` is the browser's title when it differs from the heading
 */
export function TopBar({ title, tab, back, children }) {
  const heading = useRef(/** @type {HTMLElement|null} */ (null));
  useEffect(() => {
    document.title = `${tab ?? title} – CRM`;
  }, [title, tab]);
  const key = place.value.key;
  const isReturn = place.value.isReturn;
  useEffect(() => {
    if (!isFirst && !(isReturn && place.value.state.focus)) {
      heading.current?.focus({ preventScroll: true });
    }
    isFirst = false;
  }, [key]);
  return html`<header class="top-bar teeth">
    ${back &&
    html`<button type="button" class="button-icon" onClick=${() => goBack(back)}>
      <${Icon} name="back" /><span class="unseen">${t("action.back")}</span>
    </button>`}
    <h1 tabindex="-1" ref=${heading}>${title}</h1>
    ${children}
  </header>`;
}
