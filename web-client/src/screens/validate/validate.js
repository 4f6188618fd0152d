// @ts-check
// The validator's desk: before and after side by side and one over the other,
// the facts of the proof, and one of two answers.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { Conflict } from "../../components/conflict/conflict.js";
import { Cover } from "../../components/cover/cover.js";
import { Icon } from "../../components/icon/icon.js";
import { LabelBanner } from "../../components/label-banner/label-banner.js";
import { Lock } from "../../components/lock/lock.js";
import { PhotoStrip } from "../../components/photo-strip/photo-strip.js";
import { Failure, Loading } from "../../components/state/state.js";
import { StatusTag } from "../../components/status-tag/status-tag.js";
import { Timeline } from "../../components/timeline/timeline.js";
import { TopBar } from "../../components/top-bar/top-bar.js";
import { Watermark } from "../../components/watermark/watermark.js";
import { html } from "../../html.js";
import { useReport } from "../../report-data.js";
import { place } from "../../router.js";
import { isCovered, session } from "../../session.js";
import { t } from "../../t.js";
import { dateTime, now } from "../../time.js";
import { wordsOf } from "../../words.js";
import { beforeOf, proofOf } from "./before.js";
import { Checks } from "./checks.js";
import { Slider } from "./slider.js";
import { Verdict } from "./verdict.js";

/** @typedef {import("../../types.js").Report} Report */
/** @typedef {import("../../types.js").Event} Event */

export function Screen() {
  const id = place.value.params.id;
  const data = useReport(id);
  const report = data.report.value;
  const title = t("validate.title");
  return html`<div class="validate">
    <${TopBar} title=${title} tab=${report ? `${report.ticket} ${title}` : title} back=${`/reports/${id}`} />
    <main id="main">
      <${Content} data=${data} />
    </main>
  </div>`;
}

/** @param {{data: ReturnType<typeof useReport>}} props */
function Content({ data }) {
  const report = data.report.value;
  if (data.error.value) {
    return html`<${Failure} error=${data.error.value} retry=${data.load} />`;
  }
  if (!report || data.isLoading.value) {
    return html`<${Loading} rows=${3} />`;
  }
  if (isCovered(report)) {
    return html`<${LabelBanner} label=${report.confidentiality} /><${Cover} />`;
  }
  return html`<${Desk} key=${report.id} report=${report} data=${data} />`;
}

/** What stands before the proof may lie further back than the first page. @param {ReturnType<typeof useReport>} data */
function useBefore(data) {
  const report = /** @type {Report} */ (data.report.value);
  const before = beforeOf(report, data.events.value);
  const cursor = data.cursor.value;
  useEffect(() => {
    if (!before && cursor) {
      data.more().catch(() => {});
    }
  }, [cursor, Boolean(before)]);
  return before;
}

/** @param {{report: Report, data: ReturnType<typeof useReport>}} props */
function Desk({ report, data }) {
  const who = /** @type {import("../../types.js").Session} */ (session.value);
  const conflict = useSignal("");
  const opened = useSignal(now());
  const proof = proofOf(data.events.value);
  const before = useBefore(data);
  const accept = ["accept_work", "second_accept"].find((step) => report.steps?.includes(step));
  const stale = async () => {
    const was = report.status;
    await data.load();
    conflict.value = was;
  };
  return html`<div class="desk">
    <${LabelBanner} label=${report.confidentiality} />
    ${report.visibility === "private" && html`<${Watermark} text=${`${who.name} · ${dateTime(opened.value)}`} />`}
    ${conflict.value && html`<${Conflict}
      before=${conflict.value}
      report=${report}
      events=${data.events.value}
      close=${() => (conflict.value = "")}
    />`}
    <section class="panel">
      <div class="summary-state"><${StatusTag} status=${report.status} /><span class="ticket">${report.ticket}</span></div>
      <h2 class="summary-title">${report.category?.name ?? t("report.no_category")}</h2>
      <p class="summary-text">${wordsOf(report)}</p>
      ${accept === "second_accept" && html`<p class="second-hint"><${Icon} name="shield" />${t("validate.second")}</p>`}
    </section>
    <${Pictures} report=${report} before=${before} proof=${proof} />
    <section class="panel">
      <h2 class="section-title">${t("validate.facts")}</h2>
      ${proof ? html`<${Timeline}
        events=${[{ ...proof, photos: undefined, location: undefined }]}
        label=${report.confidentiality}
      /><${Checks} id=${report.id} proof=${proof} />` : html`<p class="quiet">${t("validate.no_proof")}</p>`}
    </section>
    ${accept ? html`<${Verdict} report=${report} accept=${accept} stale=${stale} />` : html`<p class="quiet">${t("validate.closed")}</p>`}
  </div>`;
}

/** @param {{report: Report, before: import("./before.js").Before|null, proof: Event|null}} props */
function Pictures({ report, before, proof }) {
  const after = proof?.photos?.items ?? [];
  const isOpen = useSignal(false);
  return html`<div class="compare">
      <section class="panel">
        <h2 class="section-title">${t("validate.before")}</h2>
        <${BeforePhotos} report=${report} before=${before} />
      </section>
      <section class="panel">
        <h2 class="section-title">${t("validate.after")}</h2>
        ${after.length
          ? html`<${PhotoStrip} photos=${after} label=${report.confidentiality} name="proof" />`
          : html`<p class="quiet">${t("validate.no_proof")}</p>`}
      </section>
    </div>
    ${before && after.length > 0 &&
    html`<section class="panel">
      <button
        type="button"
        class="button"
        data-kind="second"
        aria-expanded=${isOpen.value}
        onClick=${() => (isOpen.value = !isOpen.value)}
      ><${Icon} name="swap" />${t(isOpen.value ? "validate.slider.close" : "validate.slider.open")}</button>
      ${isOpen.value && html`<${Slider} before=${before} after=${after} label=${report.confidentiality} />`}
    </section>`}`;
}

/** @param {{report: Report, before: import("./before.js").Before|null}} props */
function BeforePhotos({ report, before }) {
  const isLocked = report.photos?.locked ?? true;
  return html`
    ${isLocked && !before && html`<${Lock} title=${t("lock.photos")} reason=${t("lock.photos.reason")} />`}
    ${before
      ? html`<${PhotoStrip} photos=${before.photos} label=${report.confidentiality} name=${before.name} />
          <p class="quiet">${t(`validate.before.${before.name}`, { at: dateTime(before.at ?? "") })}</p>`
      : html`<p class="quiet">${t("validate.no_before")}</p>`}
  `;
}
