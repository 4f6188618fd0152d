// @ts-check
// What the report says: its state and words, reporter and photos or the
// locks in their place, and who holds it since when.
// SPDX-License-Identifier: ISC
import { Deadline, DueExact } from "../deadline/deadline.js";
import { Icon } from "../icon/icon.js";
import { Lock } from "../lock/lock.js";
import { PhotoStrip } from "../photo-strip/photo-strip.js";
import { StatusTag } from "../status-tag/status-tag.js";
import { html } from "../../html.js";
import { t } from "../../t.js";
import { age, dateTime } from "../../time.js";
import { wordsOf } from "../../words.js";

/** @typedef {import("../../types.js").Report} Report */

/** @param {{report: Report}} props */
export function Summary({ report }) {
  return html`<section class="panel summary">
    <div class="summary-state"><${StatusTag} status=${report.status} /><${Deadline} report=${report} /></div>
    <${DueExact} report=${report} />
    <h2 class="summary-title">${report.category?.name ?? t("report.no_category")}</h2>
    <p class="summary-text">${wordsOf(report)}</p>
  </section>`;
}

/** @param {{name: string, children?: any}} props */
function Fact({ name, children }) {
  return html`<div><dt>${name}</dt><dd>${children}</dd></div>`;
}

/** @param {string} at */
function when(at) {
  return html`${dateTime(at)} <span class="facts-more">(${age(at)})</span>`;
}

/** @param {{report: Report}} props */
export function Facts({ report }) {
  return html`<section class="panel">
    <dl class="facts">
      <${Fact} name=${t("report.unit")}>${report.unit?.name ?? t("report.no_unit")}<//>
      ${report.officer && html`<${Fact} name=${t("report.officer")}>${report.officer.name}<//>`}
      <${Fact} name=${t("report.received")}>${when(report.received_at)}<//>
      ${report.occurred_at && html`<${Fact} name=${t("report.occurred")}>${dateTime(report.occurred_at)}<//>`}
      ${report.completed_at && html`<${Fact} name=${t("report.completed")}>${when(report.completed_at)}<//>`}
      ${report.stars && html`<${Fact} name=${t("report.stars")}><${Icon} name="star" />${t("report.stars.of", { n: report.stars })}<//>`}
    </dl>
  </section>`;
}

/** Reporter and photos, or the locks in their place. @param {{report: Report}} props */
export function Evidence({ report }) {
  return html`<section class="panel evidence" aria-label=${t("report.evidence")}>
    ${report.reporter?.anonymous
      ? html`<h2 class="section-title">${t("report.reporter")}</h2>
          <p class="anonymous"><${Icon} name="user" />${t("report.anonymous")}</p>`
      : html`<${Lock} title=${t("lock.identity")} reason=${t("lock.identity.reason")} />`}
    <${ReportPhotos} report=${report} />
  </section>`;
}

/** @param {{report: Report}} props */
function ReportPhotos({ report }) {
  if (report.photos?.locked ?? true) {
    return html`<${Lock} title=${t("lock.photos")} reason=${t("lock.photos.reason")} />`;
  }
  const items = report.photos?.items ?? [];
  return html`<h2 class="section-title">${t("report.photos")}</h2>
    ${items.length
      ? html`<${PhotoStrip} photos=${items} label=${report.confidentiality} name="report" />`
      : html`<p class="quiet">${t("report.no_photos")}</p>`}`;
}
