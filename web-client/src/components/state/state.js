// @ts-check
// What a screen shows instead of its content: loading, empty, error,
// offline. Each says what happened and what to do next.
// Usage: <${Loading} rows=${3} />, <${Empty} title text>action<//>, <${Failure} error retry />
// SPDX-License-Identifier: ISC
import { html } from "../../html.js";
import { t } from "../../t.js";
import { Icon } from "../icon/icon.js";

/** @param {{rows?: number}} props */
export function Loading({ rows = 3 }) {
  return html`<div class="loading" role="status">
    <span class="unseen">${t("state.loading")}</span>
    ${Array.from({ length: rows }, () => html`<div class="skeleton"></div>`)}
  </div>`;
}

/** @param {{icon?: string, title: string, text: string, children?: any}} props */
export function Empty({ icon = "inbox", title, text, children }) {
  return html`<div class="empty">
    <${Icon} name=${icon} />
    <h2>${title}</h2>
    <p>${text}</p>
    ${children}
  </div>`;
}

/**
 * The words for a failed request: what happened and whether work is safe.
 * @param {import("../../api.js").ApiError} error
 */
export function failureText(error) {
  if (error.status === 0) {
    return { icon: "offline", title: t("failure.offline.title"), text: t("failure.offline.text") };
  }
  if (error.status === 404) {
    return { icon: "search", title: t("failure.missing.title"), text: t("failure.missing.text") };
  }
  if (error.status === 403) {
    return { icon: "ban", title: t("failure.forbidden.title"), text: t("failure.forbidden.text") };
  }
  if (error.status === 429 || error.status === 503) {
    return { icon: "clock", title: t("failure.busy.title"), text: t("failure.busy.text") };
  }
  return { icon: "warning", title: t("failure.broken.title"), text: t("failure.broken.text") };
}

/** @param {{error: import("../../api.js").ApiError, retry?: () => void, children?: any}} props */
export function Failure({ error, retry, children }) {
  const { icon, title, text } = failureText(error);
  return html`<div class="empty" role="alert">
    <${Icon} name=${icon} />
    <h2>${title}</h2>
    <p>${text}</p>
    ${error.request && html`<p class="empty-code">${t("failure.code", { code: error.request })}</p>`}
    ${retry && html`<button type="button" class="button" onClick=${retry}>${t("action.retry")}</button>`}
    ${children}
  </div>`;
}
