// @ts-check
// A report as a card: where, how long, until when, and its label.
// Usage: <${ReportCard} report=${report} picks=${usePicks()}>more lines<//>
// SPDX-License-Identifier: ISC
import { Deadline } from "../deadline/deadline.js";
import { LabelLine } from "../label-banner/label-banner.js";
import { StatusTag } from "../status-tag/status-tag.js";
import { html } from "../../html.js";
import { statusLook } from "../../labels.js";
import { t } from "../../t.js";
import { age } from "../../time.js";
import { wordsOf } from "../../words.js";

/**
 * What is chosen to be worked on together.
 * @typedef {object} Picks
 * @property {import("@preact/signals").Signal<boolean>} isOn
 * @property {import("@preact/signals").Signal<Set<string>>} ids
 * @property {(id: string) => void} toggle
 */

/** The box that chooses a report. @param {{report: import("../../types.js").Report, picks: Picks}} props */
export function PickBox({ report, picks }) {
  return html`<label class="pick-box">
    <input type="checkbox" checked=${picks.ids.value.has(report.id)} onChange=${() => picks.toggle(report.id)} />
    <span class="unseen">${t("bulk.choose", { ticket: report.ticket })}</span>
  </label>`;
}

/** @param {{report: import("../../types.js").Report, picks?: Picks, children?: any}} props */
export function ReportCard({ report, picks, children }) {
  const area = report.location?.kelurahan?.name ?? t("report.no_area");
  return html`<li class="card" data-tone=${statusLook(report.status).tone}>
    <div class="card-head">
      ${picks?.isOn.value && html`<${PickBox} report=${report} picks=${picks} />`}
      <${StatusTag} status=${report.status} />
      <${Deadline} report=${report} />
    </div>
    <h2>
      <a href=${`/reports/${report.id}`} data-row=${report.id}>${report.category?.name ?? t("report.no_category")}</a>
    </h2>
    <p class="card-text">${wordsOf(report)}</p>
    <p class="card-meta">${area} · ${age(report.received_at)} · <span class="ticket">${report.ticket}</span></p>
    ${children}
    <${LabelLine} label=${report.confidentiality} />
  </li>`;
}
