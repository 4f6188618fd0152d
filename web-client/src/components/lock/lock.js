// @ts-check
// Stands where something is that this reader may not see, and says why.
// Usage: <${Lock} title="…" reason="…" />
// SPDX-License-Identifier: ISC
import { html } from "../../html.js";
import { Icon } from "../icon/icon.js";

/** @param {{title: string, reason: string}} props */
export function Lock({ title, reason }) {
  return html`<div class="lock">
    <span class="lock-mark"><${Icon} name="lock" /></span>
    <div class="lock-words"><h2>${title}</h2><p>${reason}</p></div>
  </div>`;
}
