// @ts-check
// The validator's desk: before and after side by side, the facts of the
// proof, and one of two answers.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";

import { Cover } from "../../components/cover/cover.js";
import { Dialog } from "../../components/dialog/dialog.js";
import { ErrorSummary } from "../../components/error-summary/error-summary.js";
import { about, Field } from "../../components/field/field.js";
import { Icon } from "../../components/icon/icon.js";
import { LabelBanner } from "../../components/label-banner/label-banner.js";
import { Lock } from "../../components/lock/lock.js";
import { PhotoStrip } from "../../components/photo-strip/photo-strip.js";
import { Failure, failureText, Loading } from "../../components/state/state.js";
import { StatusTag } from "../../components/status-tag/status-tag.js";
import { Timeline } from "../../components/timeline/timeline.js";
import { say } from "../../components/toast/toast.js";
import { TopBar } from "../../components/top-bar/top-bar.js";
import { Watermark } from "../../components/watermark/watermark.js";
import { html } from "../../html.js";
import { draftKeep, draftRecall } from "../../memory.js";
import { back, place } from "../../router.js";
import { isCovered, session } from "../../session.js";
import { stepSend } from "../../step-send.js";
import { t } from "../../t.js";
import { dateTime, now } from "../../time.js";
import { Conflict } from "../../components/conflict/conflict.js";
import { useReport } from "../../report-data.js";

/** @typedef {import("../../api.js").ApiError} ApiError */

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

/** @param {{report: Report, data: ReturnType<typeof useReport>}} props */
function Desk({ report, data }) {
  const who = /** @type {import("../../types.js").Session} */ (session.value);
  const conflict = useSignal("");
  const opened = useSignal(now());
  const proof = data.events.value.find((event) => event.type === "follow_up");
  const may = report.steps?.includes("accept_work");
  const stale = async () => {
    const before = report.status;
    await data.load();
    conflict.value = before;
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
      <p class="summary-text">${report.description ?? ""}</p>
    </section>
    <div class="compare">
      <section class="panel">
        <h2 class="section-title">${t("validate.before")}</h2>
        <${Before} report=${report} />
      </section>
      <section class="panel">
        <h2 class="section-title">${t("validate.after")}</h2>
        ${proof?.photos?.items?.length
          ? html`<${PhotoStrip} photos=${proof.photos.items} label=${report.confidentiality} name="proof" />`
          : html`<p class="quiet">${t("validate.no_proof")}</p>`}
      </section>
    </div>
    <section class="panel">
      <h2 class="section-title">${t("validate.facts")}</h2>
      ${proof ? html`<${Timeline}
        events=${[{ ...proof, photos: undefined }]}
        label=${report.confidentiality}
      />` : html`<p class="quiet">${t("validate.no_proof")}</p>`}
    </section>
    ${may ? html`<${Verdict} report=${report} stale=${stale} />` : html`<p class="quiet">${t("validate.closed")}</p>`}
  </div>`;
}

/** @param {{report: Report}} props */
function Before({ report }) {
  if (report.photos?.locked ?? true) {
    return html`<${Lock} title=${t("lock.photos")} reason=${t("lock.photos.reason")} />`;
  }
  return report.photos?.items?.length
    ? html`<${PhotoStrip} photos=${report.photos.items} label=${report.confidentiality} name="report" />`
    : html`<p class="quiet">${t("report.no_photos")}</p>`;
}

/** @param {{report: Report, stale: () => Promise<void>}} props */
function Verdict({ report, stale }) {
  const isBusy = useSignal(false);
  const isRefusing = useSignal(false);
  /** @param {object} event @returns {Promise<ApiError|null>} */
  const post = async (event) => {
    isBusy.value = true;
    const done = await stepSend(report, event);
    isBusy.value = false;
    if (done.state === "sent" || done.state === "kept") {
      draftKeep(`${report.id} refuse`, "");
      back(`/reports/${report.id}`);
      return null;
    }
    if (done.state === "stale") {
      isRefusing.value = false;
      await stale();
    }
    return done.error ?? null;
  };
  const accept = async () => {
    const error = await post({ type: "accept_work" });
    if (error && error.status !== 401 && error.status !== 412 && error.status !== 409) {
      say(failureText(error).title, false);
    }
  };
  return html`<div class="actions">
      <button type="button" class="button" data-kind="good" disabled=${isBusy.value} onClick=${accept}>
        <${Icon} name="check" />${t(isBusy.value ? "action.sending" : "validate.accept")}
      </button>
      <button
        type="button"
        class="button"
        data-kind="danger"
        disabled=${isBusy.value}
        onClick=${() => (isRefusing.value = true)}
      >
        <${Icon} name="redo" />${t("validate.refuse")}
      </button>
    </div>
    ${isRefusing.value && html`<${Refusal}
      id=${report.id}
      isBusy=${isBusy.value}
      post=${post}
      close=${() => (isRefusing.value = false)}
    />`}`;
}

/**
 * @param {{id: string, isBusy: boolean, post: (event: object) => Promise<ApiError|null>,
 *   close: () => void}} props
 */
function Refusal({ id, isBusy, post, close }) {
  const draftKey = `${id} refuse`;
  const reason = useSignal(draftRecall(draftKey));
  const errors = useSignal(/** @type {{field?: string, text: string}[]} */ ([]));
  /** @param {any} event */
  const typed = (event) => {
    reason.value = event.target.value;
    draftKeep(draftKey, reason.value);
  };
  /** @param {Event} event */
  const submit = async (event) => {
    /** @type {any} */ (event).preventDefault();
    if (!reason.value.trim()) {
      errors.value = [{ field: "refuse-reason", text: t("validate.reason.missing") }];
      return;
    }
    const error = await post({ type: "refuse_work", reason: reason.value.trim() });
    if (error) {
      errors.value = [{ text: failureText(error).title }];
    }
  };
  return html`<${Dialog} title=${t("validate.refuse.title")} close=${close}>
    <form onSubmit=${submit} noValidate>
      <${ErrorSummary} errors=${errors.value} />
      <${Field}
        id="refuse-reason"
        label=${t("validate.reason")}
        hint=${t("validate.reason.hint")}
        error=${errors.value[0]?.field && errors.value[0].text}
        mark=${html`<span class="audience" data-audience="office">${t("audience.office")}</span>`}
      >
        <textarea
          ...${about("refuse-reason", true, errors.value[0]?.field)}
          rows="4"
          maxlength="1000"
          value=${reason.value}
          onInput=${typed}
        ></textarea>
      <//>
      <div class="dialog-foot">
        <button
          type="submit"
          class="button"
          data-kind="danger"
          disabled=${isBusy}
        >${t(isBusy ? "action.sending" : "validate.refuse")}</button>
        <button type="button" class="button" data-kind="second" onClick=${close}>${t("action.cancel")}</button>
      </div>
    </form>
  <//>`;
}
