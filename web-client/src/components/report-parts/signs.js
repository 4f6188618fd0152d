// @ts-check
// What an officer must know before touching the report, in plain words: why
// it was held, that its clock stands still, that it went to and fro, what it
// is joined to.
// SPDX-License-Identifier: ISC
import { Icon } from "../icon/icon.js";
import { statusName } from "../status-tag/status-tag.js";
import { html } from "../../html.js";
import { HOLDS } from "../../labels.js";
import { t, tn } from "../../t.js";
import { age, longDay } from "../../time.js";

/** @typedef {import("../../types.js").Report} Report */
/** @typedef {import("../../types.js").Event} Event */

/** @param {{icon: string, tone?: string, children?: any}} props */
function Sign({ icon, tone = "calm", children }) {
  return html`<li class="sign" data-tone=${tone}><${Icon} name=${icon} /><p>${children}</p></li>`;
}

/** @param {{to: import("../../types.js").Link}} props */
function To({ to }) {
  return html`<a class="ticket" href=${`/reports/${to.id}`}>${to.ticket}</a>`;
}

/** The validator's reason stands on top until the work is handed in again. @param {Report} report @param {Event[]} events */
function refusal(report, events) {
  const found = events.find(({ type }) => type === "refuse_work" || type === "second_refuse");
  return report.status === "followup_rejected" && found?.reason
    ? html`<${Sign} icon="redo" tone="late">${t("sign.refused", { reason: found.reason })}<//>`
    : null;
}

/** @param {Report} report @param {Event[]} events */
function question(report, events) {
  const asked = events.find(({ type }) => type === "ask");
  return report.paused
    ? html`<${Sign} icon="question">${t("sign.paused")}${asked && html` <span class="quiet">${age(asked.at)}</span>`}<//>`
    : null;
}

/** @param {Report} report */
function schedule({ schedule: plan }) {
  return plan
    ? html`<${Sign} icon="calendar" tone=${plan.approved ? "calm" : "soon"}>
        ${t(plan.approved ? "sign.scheduled" : "sign.schedule_wish", { day: longDay(plan.until) })}
      <//>`
    : null;
}

/** @param {Report} report */
function joined({ main, merged, links }) {
  return html`
    ${main && html`<${Sign} icon="merge">${t("sign.main")} <${To} to=${main} /> (${statusName(main.status)})<//>`}
    ${merged ? html`<${Sign} icon="merge">${tn("sign.merged", merged)}<//>` : null}
    ${links?.length
      ? html`<${Sign} icon="forward">${t("sign.links")} ${links.map((link, at) => html`${at > 0 && ", "}<${To} to=${link} />`)}<//>`
      : null}
  `;
}

/** @param {Report} report @param {Event[]} events */
function counted({ returns, reopened, me_too: others }, events) {
  const why = events.find(({ type }) => type === "reopen")?.text;
  return html`
    ${returns ? html`<${Sign} icon="swap" tone=${returns > 1 ? "soon" : "calm"}>${tn("sign.returns", returns)}<//>` : null}
    ${reopened ? html`<${Sign} icon="refresh" tone="soon">${tn("sign.reopened", reopened)}${why ? `: ${why}` : ""}<//>` : null}
    ${others ? html`<${Sign} icon="user">${tn("sign.me_too", others)}<//>` : null}
  `;
}

/** @param {{report: Report, events: Event[]}} props */
export function Signs({ report, events }) {
  const held = (report.held_for ?? []).map((code) => (HOLDS.includes(code) ? t(`held.${code}`) : t("held.unknown")));
  return html`<ul class="signs" aria-label=${t("sign.title")}>
    ${held.length > 0 &&
    html`<${Sign} icon="filter" tone=${report.held_for?.includes("emergency") ? "late" : "soon"}>${t("sign.held", { why: held.join(", ") })}<//>`}
    ${refusal(report, events)}${question(report, events)}${schedule(report)}
    ${report.second_open && html`<${Sign} icon="shield" tone="soon">${t("sign.second")}<//>`}
    ${joined(report)}${counted(report, events)}
  </ul>`;
}
