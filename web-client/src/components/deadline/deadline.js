// @ts-check
// Time left until a report is due, by the server's clock, once a minute.
// Usage: <${Deadline} report=${report} />; <${DueExact} …/> is the time itself.
// SPDX-License-Identifier: ISC
import { html } from "../../html.js";
import { t } from "../../t.js";
import { dateTime, deadline } from "../../time.js";
import { Icon } from "../icon/icon.js";

/** @param {{report: import("../../types.js").Report}} props */
export function Deadline({ report }) {
  if (report.paused && !report.due_at) {
    return html`<span class="deadline" data-tone="none"><${Icon} name="pause" /><span>${t("deadline.paused")}</span></span>`;
  }
  if (!report.due_at) {
    return html`<span class="deadline" data-tone="none">${t("deadline.none")}</span>`;
  }
  const { late, soon, text } = deadline(report.due_at);
  const tone = late ? "late" : soon ? "soon" : "calm";
  return html`<span class="deadline" data-tone=${tone}>
    <${Icon} name=${late ? "warning" : "clock"} />
    <span>${text}</span>
  </span>`;
}

/** @param {{report: import("../../types.js").Report}} props */
export function DueExact({ report }) {
  return report.due_at ? html`<p class="deadline-exact">${t("deadline.exact", { at: dateTime(report.due_at) })}</p>` : null;
}
