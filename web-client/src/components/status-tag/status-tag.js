// @ts-check
// A report's status: word, colour and icon, never colour alone.
// Usage: <${StatusTag} status="waiting" />
// SPDX-License-Identifier: ISC
import { html } from "../../html.js";
import { statusLook, STATUSES } from "../../labels.js";
import { t } from "../../t.js";
import { Icon } from "../icon/icon.js";

/** @param {string} status */
export function statusName(status) {
  return STATUSES.includes(status) ? t(`status.${status}`) : t("status.unknown");
}

/** @param {{status: string}} props */
export function StatusTag({ status }) {
  const { tone, icon } = statusLook(status);
  return html`<span class="status-tag" data-tone=${tone}>
    <${Icon} name=${icon} />${statusName(status)}
  </span>`;
}
