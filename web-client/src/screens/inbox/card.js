// @ts-check
// A report as a card, for phones.
// SPDX-License-Identifier: ISC
import { Deadline } from "../../components/deadline/deadline.js";
import { LabelLine } from "../../components/label-banner/label-banner.js";
import { StatusTag } from "../../components/status-tag/status-tag.js";
import { html } from "../../html.js";
import { statusLook } from "../../labels.js";
import { t } from "../../t.js";
import { age } from "../../time.js";

/** @param {{report: import("../../types.js").Report}} props */
export function Card({ report }) {
  const area = report.location?.kelurahan?.name ?? t("report.no_area");
  return html`<li class="card" data-tone=${statusLook(report.status).tone}>
    <div class="card-head">
      <${StatusTag} status=${report.status} />
      <${Deadline} report=${report} />
    </div>
    <h2>
      <a href=${`/reports/${report.id}`} data-row=${report.id}>${report.category?.name ?? t("report.no_category")}</a>
    </h2>
    <p class="card-text">${report.description ?? ""}</p>
    <p class="card-meta">${area} · ${age(report.received_at)} · <span class="ticket">${report.ticket}</span></p>
    <${LabelLine} label=${report.confidentiality} />
  </li>`;
}
