// @ts-check
// A bar beside a number that says the same. It is only for the eye.
// Usage: <${Bar} part=${0.4} tone="red" />
// SPDX-License-Identifier: ISC
import { html } from "../html.js";

/** @param {{part: number, tone?: string}} props */
export function Bar({ part, tone = "blue" }) {
  const width = Math.round(Math.min(1, Math.max(0, part)) * 100);
  return html`<svg class="bar" data-tone=${tone} viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">
    <rect class="bar-rest" width="100" height="8" /><rect class="bar-part" width=${width} height="8" />
  </svg>`;
}
