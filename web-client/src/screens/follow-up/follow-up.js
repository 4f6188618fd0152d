// @ts-check
// Work is done: prove it. One form for phone and desktop; it goes to the
// outbox first, so it works without a network.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";

import { ErrorSummary } from "../../components/error-summary/error-summary.js";
import { about, Field } from "../../components/field/field.js";
import { Icon } from "../../components/icon/icon.js";
import { LabelBanner } from "../../components/label-banner/label-banner.js";
import { PhotoStrip } from "../../components/photo-strip/photo-strip.js";
import { Failure, failureText, Loading } from "../../components/state/state.js";
import { say } from "../../components/toast/toast.js";
import { TopBar } from "../../components/top-bar/top-bar.js";
import { html } from "../../html.js";
import { actionsFor } from "../../labels.js";
import { add, drop, send, sending } from "../../outbox.js";
import { back, place } from "../../router.js";
import { session } from "../../session.js";
import { t } from "../../t.js";
import { clock, now } from "../../time.js";
import { Conflict } from "../../components/conflict/conflict.js";
import { useReport } from "../../report-data.js";
import { useDraft } from "./draft.js";
import { Camera, Position } from "./parts.js";

/** @typedef {import("../../types.js").Report} Report */

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

/**
 * What the form still lacks, by field.
 * @param {{draft: ReturnType<typeof useDraft>}} props
 * @returns {Record<string, string>}
 */
function missing({ draft }) {
  /** @type {Record<string, string>} */
  const found = {};
  if (!draft.photos.value.length) {
    found.camera = t("follow.photo.missing");
  }
  if (!draft.fix.value) {
    found.position = t("follow.place.missing");
  }
  if (!draft.text.value.trim()) {
    found["follow-text"] = t("follow.text.missing");
  }
  return found;
}

/** @param {ReturnType<typeof useDraft>} draft */
function eventFrom(draft) {
  const note = draft.note.value.trim();
  return {
    type: "follow_up",
    text: draft.text.value.trim(),
    ...(note ? { note } : {}),
    captured_at: draft.photos.value.map((one) => one.at).sort()[0],
    location: draft.fix.value,
  };
}

/**
 * What the form's button does, and what came of it.
 * @param {Report} report @param {ReturnType<typeof useReport>} data
 * @param {ReturnType<typeof useDraft>} draft
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
    summary.value = Object.entries(missing({ draft })).map(([field, text]) => ({ field, text }));
    if (summary.value.length) {
      return;
    }
    isBusy.value = true;
    conflict.value = "";
    await post();
    isBusy.value = false;
  };
  const post = async () => {
    const id = await add(report, eventFrom(draft), draft.photos.value.map((one) => one.blob));
    const { answer, error } = await send(id);
    if (!error || error.isTransient || error.status === 401) {
      await draft.forget();
      if (answer) {
        data.apply(answer);
      }
      say(answer ? t("sent.now", { at: clock(now()) }) : t("sent.kept"), Boolean(answer));
      back(`/reports/${report.id}`);
      return;
    }
    // The draft still holds everything; the refused entry is not needed.
    await drop(id);
    if (error.status === 412 || error.status === 409) {
      const seen = report.status;
      await data.load();
      conflict.value = seen;
      return;
    }
    summary.value = [{ text: error.status === 422 ? t("follow.refused") : failureText(error).text }];
  };
  // What is put right loses its mark at once; the summary waits for the next try.
  const faults = wasTried.value ? missing({ draft }) : {};
  return { faults, summary, isBusy, conflict, submit };
}

/** @param {{report: Report, data: ReturnType<typeof useReport>}} props */
function Form({ report, data }) {
  const draft = useDraft(report.id);
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
      <${Camera} draft=${draft} error=${faults.camera ?? ""} />
    </section>
    <section class="panel">
      <h2 class="section-title"><span class="step-number">2</span>${t("follow.place.title")}</h2>
      <p class="field-hint">${t("follow.place.hint")}</p>
      <${Position} draft=${draft} target=${report.location} error=${faults.position ?? ""} />
    </section>
    <section class="panel">
      <h2 class="section-title"><span class="step-number">3</span>${t("follow.words.title")}</h2>
      <${Words} id="follow-text" draft=${draft} name="text" audience="reporter" error=${faults["follow-text"]} />
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
 *   draft: ReturnType<typeof useDraft>, conflict: import("@preact/signals").Signal<string>}} props
 */
function Notices({ report, data, draft, conflict }) {
  const who = /** @type {import("../../types.js").Session} */ (session.value);
  if (conflict.value) {
    return html`<${Conflict}
      before=${conflict.value}
      report=${data.report.value}
      events=${data.events.value}
      close=${() => (conflict.value = "")}
    />`;
  }
  const isLate = !actionsFor(who, report).follow_up;
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
 * @param {{id: string, draft: ReturnType<typeof useDraft>, name: "text"|"note",
 *   audience: "reporter"|"office", error?: string}} props
 */
function Words({ id, draft, name, audience, error }) {
  /** @param {any} event */
  const typed = (event) => {
    draft[name].value = event.target.value;
    draft.keepSoon();
  };
  return html`<${Field}
    id=${id}
    label=${t(`follow.${name}.label`)}
    hint=${t(`follow.${name}.hint`)}
    error=${error}
    mark=${html`<span class="audience" data-audience=${audience}>${t(`audience.${audience}`)}</span>`}
  >
    <textarea
      ...${about(id, true, error)}
      class="words-field"
      data-audience=${audience}
      rows=${name === "text" ? 4 : 2}
      maxlength="4000"
      value=${draft[name].value}
      onInput=${typed}
    ></textarea>
  <//>`;
}
