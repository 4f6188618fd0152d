// @ts-check
// Says what happened, for some seconds, without taking the focus.
// Usage: say(t("…")); the region itself stands once in the frame.
// SPDX-License-Identifier: ISC
import { signal } from "@preact/signals";

import { html } from "../../html.js";
import { Icon } from "../icon/icon.js";

const STAYS = 6000;

const message = signal({ text: "", isGood: true });

/** @type {ReturnType<typeof setTimeout>|undefined} */
let timer;

/** @param {string} text @param {boolean} [isGood] */
export function say(text, isGood = true) {
  message.value = { text, isGood };
  clearTimeout(timer);
  timer = setTimeout(() => {
    message.value = { text: "", isGood: true };
  }, STAYS);
}

export function Toast() {
  const { text, isGood } = message.value;
  return html`<div class="toast" role="status">
    ${text && html`<p data-good=${isGood}><${Icon} name=${isGood ? "check" : "info"} />${text}</p>`}
  </div>`;
}
