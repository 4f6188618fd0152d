// @ts-check
// The confidentiality label with its exact text as the API sent it.
// Usage: <${LabelBanner} label=${report.confidentiality} /> on pages,
// <${LabelLine} …/> on rows. It cannot be dismissed.
// SPDX-License-Identifier: ISC
import { html } from "../../html.js";
import { t } from "../../t.js";
import { Icon } from "../icon/icon.js";

/** @param {"public"|"private"} level */
function look(level) {
  return level === "private"
    ? { icon: "lock", word: t("label.private") }
    : { icon: "megaphone", word: t("label.public") };
}

/** @param {{label: import("../../types.js").Label}} props */
export function LabelBanner({ label }) {
  const { icon, word } = look(label.level);
  return html`<div class="label-banner" data-level=${label.level} role="note">
    <${Icon} name=${icon} />
    <p>
      <strong class="label-word">${word}</strong>
      <span class="label-text">${label.label}</span>
    </p>
  </div>`;
}

/** @param {{label: import("../../types.js").Label}} props */
export function LabelLine({ label }) {
  const { icon, word } = look(label.level);
  return html`<p class="label-line" data-level=${label.level}>
    <${Icon} name=${icon} />
    <span><strong class=${label.level === "private" ? "unseen" : "label-word"}>${word}</strong> <span class="label-text">${label.label}</span></span>
  </p>`;
}
