// @ts-check
// Says what happened, for some seconds, without taking the focus; it may
// offer one button, as to take the step back.
// Usage: say(t("…")); say(t("…"), true, { text: t("…"), act, stays: 10_000 });
// the region itself stands once in the frame.
// SPDX-License-Identifier: ISC
import { signal } from "@preact/signals";

import { html } from "../../html.js";
import { Icon } from "../icon/icon.js";

/** @typedef {{text: string, act: () => void, stays: number}} Offer */

const STAYS = 6000;

/** @type {{text: string, isGood: boolean, offer?: Offer}} */
const NOTHING = { text: "", isGood: true };

const message = signal(NOTHING);

/** @type {ReturnType<typeof setTimeout>|undefined} */
let timer;

function hush() {
  message.value = NOTHING;
}

/** @param {string} text @param {boolean} [isGood] @param {Offer} [offer] */
export function say(text, isGood = true, offer) {
  message.value = { text, isGood, offer };
  clearTimeout(timer);
  timer = setTimeout(hush, offer?.stays ?? STAYS);
}

export function Toast() {
  const { text, isGood, offer } = message.value;
  const act = () => {
    hush();
    offer?.act();
  };
  return html`<div class="toast" role="status">
    ${text &&
    html`<div class="toast-box" data-good=${isGood}>
      <${Icon} name=${isGood ? "check" : "info"} /><p>${text}</p>
      ${offer && html`<button type="button" class="toast-act" onClick=${act}><${Icon} name="undo" />${offer.text}</button>`}
    </div>`}
  </div>`;
}
