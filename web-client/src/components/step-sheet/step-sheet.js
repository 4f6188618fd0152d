// @ts-check
// One step of work as a form: the whole screen on a phone, a drawer at the
// desk. What is written survives closing, a killed page and a conflict.
// Loaded when first needed: const { StepSheet } = await import(…).
// Usage: <${StepSheet} step="hand_over" report=${report} data=${useReport(…)} close=${fn} done=${fn} />
// <${StepPane} … /> is the same form as part of a page. `done` is called
// instead of `close` once the step has left.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";

import { html } from "../../html.js";
import { session } from "../../session.js";
import { t } from "../../t.js";
import { useFormDraft } from "../../form-draft.js";
import { stepSend } from "../../step-send.js";
import { Conflict } from "../conflict/conflict.js";
import { Dialog } from "../dialog/dialog.js";
import { ErrorSummary } from "../error-summary/error-summary.js";
import { Icon } from "../icon/icon.js";
import { LabelLine } from "../label-banner/label-banner.js";
import { failureText, Loading } from "../state/state.js";
import { EMPTY, eventOf, faultsOf, fieldsOf, FORMS, refusalsOf } from "./forms.js";
import { CategoryField, OfficerField, ReasonField, UnitField } from "./pick.js";
import { PlaceField } from "./place.js";
import { DescriptionField, NoteField, PhotosField, TextField, UntilField, WhyField } from "./words.js";

/** @typedef {import("../../types.js").Report} Report */
/** @typedef {ReturnType<typeof import("../../report-data.js").useReport>} Data */
/** @typedef {import("./forms.js").Name} Name */

/**
 * @typedef {object} FieldProps
 * @property {string} step
 * @property {Report} report
 * @property {import("../../form-draft.js").FormDraft} draft
 * @property {string} [error]
 */

/** @type {Record<Name, (props: FieldProps) => any>} */
const FIELDS = {
  unit: UnitField,
  officer: OfficerField,
  category: CategoryField,
  until: UntilField,
  reason_code: ReasonField,
  reason: WhyField,
  text: TextField,
  description: DescriptionField,
  note: NoteField,
  place: PlaceField,
  photos: PhotosField,
};

/**
 * @typedef {object} StepProps
 * @property {string} step
 * @property {Report} report
 * @property {Data} data
 * @property {() => void} close
 * @property {() => void} [done]
 */

/** @param {StepProps} props */
export function StepSheet(props) {
  return html`<${Dialog} title=${t(`step.${props.step}`)} close=${props.close} kind="drawer"><${Draft} ...${props} /><//>`;
}

/** @param {StepProps} props */
export function StepPane(props) {
  return html`<section class="step-pane" aria-label=${t(`step.${props.step}`)}><${Draft} ...${props} /></section>`;
}

/** @param {StepProps} props */
function Draft(props) {
  const draft = useFormDraft(`${props.report.id} ${props.step}`, EMPTY);
  return draft.isReady.value ? html`<${Form} ...${props} draft=${draft} />` : html`<${Loading} rows=${1} />`;
}

/** @typedef {StepProps & {draft: import("../../form-draft.js").FormDraft}} FormProps */

/** What the button does, and what came of it. @param {FormProps} props */
function useSubmit({ step, report, data, draft, close, done: left = close }) {
  const wasTried = useSignal(false);
  const summary = useSignal(/** @type {{field?: string, text: string}[]} */ ([]));
  const refused = useSignal(/** @type {{field: Name, text: string}[]} */ ([]));
  const isBusy = useSignal(false);
  const conflict = useSignal("");
  const fields = fieldsOf(step, session.value?.role ?? "");

  const post = async () => {
    const event = eventOf(step, fields, draft.values.value, draft.photos.value);
    const done = await stepSend(report, event, draft.photos.value.map((one) => one.blob));
    if (done.state === "sent" || done.state === "kept") {
      await draft.forget();
      left();
      return;
    }
    const error = /** @type {import("../../api.js").ApiError} */ (done.error);
    if (done.state === "stale") {
      const before = report.status;
      await data.load();
      conflict.value = before;
      return;
    }
    refused.value = refusalsOf(error);
    summary.value = refused.value.length
      ? refused.value.map(({ field, text }) => ({ field: `step-${field}`, text }))
      : [{ text: error.status === 422 ? t("step.refused") : failureText(error).title }];
  };
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    if (isBusy.value) {
      return;
    }
    wasTried.value = true;
    refused.value = [];
    const faults = Object.entries(faultsOf(step, draft.values.value));
    summary.value = faults.map(([field, text]) => ({ field: `step-${field}`, text }));
    if (faults.length) {
      return;
    }
    isBusy.value = true;
    conflict.value = "";
    await post().finally(() => (isBusy.value = false));
  };
  // What is put right loses its mark at once; the summary waits for the next try.
  /** @type {Partial<Record<Name, string>>} */
  const faults = {
    ...Object.fromEntries(refused.value.map(({ field, text }) => [field, text])),
    ...(wasTried.value ? faultsOf(step, draft.values.value) : {}),
  };
  return { fields, faults, summary, isBusy, conflict, submit };
}

/** @param {FormProps} props */
function Form(props) {
  const { step, report, data, draft } = props;
  const { fields, faults, summary, isBusy, conflict, submit } = useSubmit(props);
  const isOver = !report.steps?.includes(step);
  return html`<form class="step-form" onSubmit=${submit} noValidate>
    <div class="step-form-body">
      <div class="step-of">
        <p><span class="ticket">${report.ticket}</span> · ${report.category?.name ?? t("report.no_category")}</p>
        <${LabelLine} label=${report.confidentiality} />
      </div>
      ${conflict.value &&
      html`<${Conflict}
        before=${conflict.value}
        report=${report}
        events=${data.events.value}
        close=${() => (conflict.value = "")}
      />`}
      ${isOver && html`<${Notice} text=${t("step.over")} />`}
      ${!isOver && draft.wasFound.value && html`<${Notice} text=${t("step.draft")} />`}
      <${ErrorSummary} errors=${summary.value} />
      <p class="step-hint">${t(`step.hint.${step}`)}</p>
      ${fields.map(
        (name) => html`<${FIELDS[name]} key=${name} step=${step} report=${report} draft=${draft} error=${faults[name]} />`,
      )}
    </div>
    <div class="step-foot">
      <button type="submit" class="button" data-kind=${FORMS[step].isHard ? "danger" : undefined} disabled=${isBusy.value || isOver}>
        <${Icon} name="send" />${t(isBusy.value ? "action.sending" : `step.${step}`)}
      </button>
      <button type="button" class="button" data-kind="second" onClick=${props.close}>${t("action.cancel")}</button>
    </div>
  </form>`;
}

/** @param {{text: string}} props */
function Notice({ text }) {
  return html`<div class="notice" role="status"><${Icon} name="info" /><div><p>${text}</p></div></div>`;
}
