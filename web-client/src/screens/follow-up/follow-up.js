// @ts-check
// Work is done: prove it. One form for phone and desktop; it goes to the
// outbox first, so it works without a network.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";

import { Camera } from "../../components/camera/camera.js";
import { Conflict } from "../../components/conflict/conflict.js";
import { ErrorSummary } from "../../components/error-summary/error-summary.js";
import { about, Field } from "../../components/field/field.js";
import { Icon } from "../../components/icon/icon.js";
import { LabelBanner } from "../../components/label-banner/label-banner.js";
import { PhotoStrip } from "../../components/photo-strip/photo-strip.js";
import { Failure, failureText, Loading } from "../../components/state/state.js";
import { GAP, Templates } from "../../components/templates/templates.js";
import { TopBar } from "../../components/top-bar/top-bar.js";
import { useFormDraft } from "../../form-draft.js";
import { html } from "../../html.js";
import { sending } from "../../outbox.js";
import { useReport } from "../../report-data.js";
import { back, place } from "../../router.js";
import { stepSend } from "../../step-send.js";
import { t } from "../../t.js";
import { Position, usePosition } from "./parts.js";

/** @typedef {import("../../types.js").Report} Report */
/** @typedef {import("../../form-draft.js").FormDraft} FormDraft */

const EMPTY = { text: "", note: "", why: "", fix: null };

export function Screen() {
  const id = place.value.params.id;
  const data = useReport(id);
  const report = data.report.value;
  const title = t("follow.title");
  const isUsable = report && (!data.error.value || data.error.value.isTransient);
  return html`<div class="follow-up">
    <${TopBar} title=${title} tab=${report ? `${report.ticket} ${title}` : title} back=${`/reports/${id}`} />
    <main class="form-main" id="main">
      ${isUsable
        ? html`<${Form} key=${report.id} report=${report} data=${data} />`
        : data.error.value
          ? html`<${Failure} error=${data.error.value} retry=${data.load} />`
          : html`<${Loading} rows=${3} />`}
    </main>
  </div>`;
}

/** Set by hand, not measured. @param {any} fix */
function isManual(fix) {
  return Boolean(fix) && fix.accuracy_m === undefined;
}

/**
 * What the form still lacks, by field.
 * @param {FormDraft} draft
 * @returns {Record<string, string>}
 */
function missing(draft) {
  const { text, fix, why } = draft.values.value;
  /** @type {Record<string, string>} */
  const found = {};
  if (!draft.photos.value.length) {
    found.camera = t("follow.photo.missing");
  }
  if (!fix) {
    found.position = t("follow.place.missing");
  }
  if (isManual(fix) && !why.trim()) {
    found["follow-why"] = t("follow.place.why.missing");
  }
  if (!text.trim()) {
    found["follow-text"] = t("follow.text.missing");
  } else if (text.includes(GAP)) {
    found["follow-text"] = t("template.gap", { gap: GAP });
  }
  return found;
}

/** @param {FormDraft} draft */
function eventFrom(draft) {
  const { text, note, fix, why } = draft.values.value;
  const manual = isManual(fix) ? t("follow.place.manual.note", { why: why.trim() }) : "";
  const notes = [manual, note.trim()].filter(Boolean).join("\n");
  return {
    type: "follow_up",
    text: text.trim(),
    ...(notes ? { note: notes } : {}),
    captured_at: draft.photos.value.map((one) => one.at).sort()[0],
    location: fix,
  };
}

/**
 * What the form's button does, and what came of it.
 * @param {Report} report @param {ReturnType<typeof useReport>} data
 * @param {FormDraft} draft
 */
function usePost(report, data, draft) {
  const wasTried = useSignal(false);
  const summary = useSignal(/** @type {{field?: string, text: string}[]} */ ([]));
  const isBusy = useSignal(false);
  const conflict = useSignal("");

  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    if (isBusy.value) {
      return;
    }
    wasTried.value = true;
    summary.value = Object.entries(missing(draft)).map(([field, text]) => ({ field, text }));
    if (summary.value.length) {
      return;
    }
    isBusy.value = true;
    conflict.value = "";
    await post();
    isBusy.value = false;
  };
  const post = async () => {
    const photos = draft.photos.value.map((one) => one.blob);
    const done = await stepSend(report, eventFrom(draft), photos);
    if (done.state === "sent" || done.state === "kept") {
      await draft.forget();
      back(`/reports/${report.id}`);
      return;
    }
    const error = /** @type {import("../../api.js").ApiError} */ (done.error);
    if (done.state === "stale") {
      const seen = report.status;
      await data.load();
      conflict.value = seen;
      return;
    }
    summary.value = [{ text: error.status === 422 ? t("follow.refused") : failureText(error).text }];
  };
  // What is put right loses its mark at once; the summary waits for the next try.
  const faults = wasTried.value ? missing(draft) : {};
  return { faults, summary, isBusy, conflict, submit };
}

/** @param {{report: Report, data: ReturnType<typeof useReport>}} props */
function Form({ report, data }) {
  const draft = useFormDraft(report.id, EMPTY);
  const position = usePosition(draft);
  const { faults, summary, isBusy, conflict, submit } = usePost(report, data, draft);
  if (!draft.isReady.value) {
    return html`<${Loading} rows=${3} />`;
  }
  const before = report.photos?.items ?? [];
  const part = isBusy.value && sending.value ? Math.round(sending.value.part * 100) : null;
  return html`<form class="follow-form" onSubmit=${submit} noValidate>
    <${LabelBanner} label=${report.confidentiality} />
    <${Notices} report=${report} data=${data} draft=${draft} conflict=${conflict} />
    <${ErrorSummary} errors=${summary.value} />
    <p class="follow-of">${report.ticket} · ${report.category?.name ?? t("report.no_category")}</p>
    <section class="panel">
      <h2 class="section-title"><span class="step-number">1</span>${t("follow.photo.title")}</h2>
      <p class="rule">${t("follow.photo.rule")}</p>
      ${before.length > 0 &&
      html`<div class="before"><h3>${t("validate.before")}</h3><${PhotoStrip}
        photos=${before}
        label=${report.confidentiality}
        name="report"
      /></div>`}
      <${Camera} id="camera" draft=${draft} error=${faults.camera ?? ""} isMain taken=${position.findOnce} />
    </section>
    <section class="panel">
      <h2 class="section-title"><span class="step-number">2</span>${t("follow.place.title")}</h2>
      <p class="field-hint">${t("follow.place.hint")}</p>
      <${Position}
        draft=${draft}
        target=${report.location}
        error=${faults.position ?? ""}
        whyError=${faults["follow-why"] ?? ""}
        position=${position}
      />
    </section>
    <section class="panel">
      <h2 class="section-title"><span class="step-number">3</span>${t("follow.words.title")}</h2>
      <${Words} id="follow-text" draft=${draft} name="text" audience="reporter" error=${faults["follow-text"]}>
        <${Templates}
          step="follow_up"
          report=${report}
          text=${draft.values.value.text}
          set=${(/** @type {string} */ text) => draft.set("text", text)}
        />
      <//>
      <${Words} id="follow-note" draft=${draft} name="note" audience="office" />
    </section>
    <div class="actions">
      <button type="submit" class="button" disabled=${isBusy.value}>
        <${Icon} name="send" />${part === null ? t(isBusy.value ? "action.sending" : "follow.send") : t("follow.progress", { percent: part })}
      </button>
    </div>
    ${part !== null && html`<progress
      class="progress"
      max="100"
      value=${part}
      aria-label=${t("action.sending")}
    ></progress>`}
  </form>`;
}

/**
 * @param {{report: Report, data: ReturnType<typeof useReport>,
 *   draft: FormDraft, conflict: import("@preact/signals").Signal<string>}} props
 */
function Notices({ report, data, draft, conflict }) {
  if (conflict.value) {
    return html`<${Conflict}
      before=${conflict.value}
      report=${data.report.value}
      events=${data.events.value}
      close=${() => (conflict.value = "")}
    />`;
  }
  const isLate = !data.isLoading.value && !report.steps?.includes("follow_up");
  return html`
    ${isLate && html`<${Notice} text=${t("follow.late")} />`}
    ${draft.wasFound.value && html`<${Notice} text=${t("follow.draft")} />`}
  `;
}

/** @param {{text: string}} props */
function Notice({ text }) {
  return html`<div class="notice" role="status"><${Icon} name="info" /><div><p>${text}</p></div></div>`;
}

/**
 * @param {{id: string, draft: FormDraft, name: "text"|"note",
 *   audience: "reporter"|"office", error?: string, children?: any}} props
 */
function Words({ id, draft, name, audience, error, children }) {
  return html`<${Field}
    id=${id}
    label=${t(`follow.${name}.label`)}
    hint=${t(`follow.${name}.hint`)}
    error=${error}
    mark=${html`<span class="audience" data-audience=${audience}>${t(`audience.${audience}`)}</span>`}
  >
    ${children}
    <textarea
      ...${about(id, true, error)}
      class="words-field"
      data-audience=${audience}
      rows=${name === "text" ? 4 : 2}
      maxlength="4000"
      value=${draft.values.value[name]}
      onInput=${(/** @type {any} */ event) => draft.set(name, event.target.value)}
    ></textarea>
  <//>`;
}
