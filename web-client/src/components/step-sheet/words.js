// @ts-check
// The fields of a step that are written: words for the reporter, words for
// the office, a date, photos.
// SPDX-License-Identifier: ISC
import { html } from "../../html.js";
import { t } from "../../t.js";
import { dayFromNow, endOfDay, fullDay, longDay } from "../../time.js";
import { Camera } from "../camera/camera.js";
import { about, Field } from "../field/field.js";
import { Templates } from "../templates/templates.js";
import { Preview } from "./pick.js";

/** @typedef {import("./step-sheet.js").FieldProps} FieldProps */

const DAYS_MAX = 364;

/** @param {FieldProps & {name: "text"|"reason"|"note", rows: number, children?: any}} props */
function Words({ step, draft, name, rows, error, children }) {
  const audience = name === "text" ? "reporter" : "office";
  const id = `step-${name}`;
  const isNote = name === "note" && step !== "note";
  return html`<${Field}
    id=${id}
    label=${t(`step.label.${name}`)}
    hint=${isNote ? t("follow.note.hint") : undefined}
    error=${error}
    mark=${html`<span class="audience" data-audience=${audience}>${t(`audience.${audience}`)}</span>`}
  >
    ${children}
    <textarea
      ...${about(id, isNote, error)}
      class="words-field"
      data-audience=${audience}
      rows=${rows}
      maxlength=${name === "reason" ? 1000 : 4000}
      value=${draft.values.value[name]}
      onInput=${(/** @type {any} */ event) => draft.set(name, event.target.value)}
    ></textarea>
  <//>`;
}

/** To the reporter, with texts to start from. @param {FieldProps} props */
export function TextField(props) {
  const { step, report, draft } = props;
  const { text, until } = draft.values.value;
  return html`<${Words} ...${props} name="text" rows=${5}>
    <${Templates}
      step=${step}
      report=${report}
      text=${text}
      due=${until ? endOfDay(until) : undefined}
      set=${(/** @type {string} */ next) => draft.set("text", next)}
    />
  <//>
  ${step === "reject" && html`<${Preview} ...${props} />`}`;
}

/** @param {FieldProps} props */
export function WhyField(props) {
  return html`<${Words} ...${props} name="reason" rows=${3} />`;
}

/** @param {FieldProps} props */
export function NoteField(props) {
  return html`<${Words} ...${props} name="note" rows=${props.step === "note" ? 5 : 2} />`;
}

/** What else a report says, as the text of one of its own. @param {FieldProps} props */
export function DescriptionField({ report, draft, error }) {
  return html`<${Field} id="step-description" label=${t("step.label.description")} hint=${t("step.description.hint")} error=${error}>
    <blockquote class="step-quote">${report.description}</blockquote>
    <textarea
      ...${about("step-description", true, error)}
      rows="5"
      maxlength="4000"
      value=${draft.values.value.description}
      onInput=${(/** @type {any} */ event) => draft.set("description", event.target.value)}
    ></textarea>
  <//>`;
}

/** @param {FieldProps} props */
export function UntilField({ step, report, draft, error }) {
  const { until } = draft.values.value;
  const asked = step === "approve_schedule" && report.schedule ? t("step.until.asked", { day: longDay(report.schedule.until) }) : t("step.until.hint");
  return html`<${Field} id="step-until" label=${t("step.label.until")} hint=${until ? fullDay(endOfDay(until)) : asked} error=${error}>
    <input
      ...${about("step-until", true, error)}
      type="date"
      min=${dayFromNow(1)}
      max=${dayFromNow(DAYS_MAX)}
      value=${until}
      onInput=${(/** @type {any} */ event) => draft.set("until", event.target.value)}
    />
  <//>`;
}

/** @param {FieldProps} props */
export function PhotosField({ step, draft }) {
  return html`<div class="field">
    <h3 class="field-name">${t("step.label.photos")}</h3>
    <p class="field-hint">${t(`step.photos.${step}`)}</p>
    <${Camera} id="step-photos" draft=${draft} />
  </div>`;
}
