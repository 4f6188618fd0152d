// @ts-check
// What a step for many reports asks for: an officer, a unit, a reason.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";

import { officerList, reasonList, unitList } from "../../api.js";
import { html } from "../../html.js";
import { useReference } from "../../reference.js";
import { t, tn } from "../../t.js";
import { about, Field } from "../field/field.js";
import { REJECT_TEXT_MIN } from "../step-sheet/forms.js";
import { Pick } from "../step-sheet/pick.js";
import { unitsNamed } from "../step-sheet/units.js";

/** @typedef {import("../../types.js").Report} Report */
/** @typedef {import("../../types.js").Named} Named */
/** @typedef {{unit: Named|null, officer: Named|null, reason: string, text: string}} Values */
/** @typedef {import("@preact/signals").Signal<Values>} Held */

/** @param {string} step @param {Values} values @returns {{field: string, text: string}[]} */
export function faultsOf(step, values) {
  const faults = [];
  if (step === "assign" && !values.officer) {
    faults.push({ field: "officer", text: t("step.missing.officer") });
  }
  if (step === "route" && !values.unit) {
    faults.push({ field: "unit", text: t("step.missing.unit") });
  }
  if (step === "reject" && !values.reason) {
    faults.push({ field: "reason", text: t("step.missing.reason_code") });
  }
  if (step === "reject" && values.text.trim().length < REJECT_TEXT_MIN) {
    faults.push({ field: "text", text: t("step.short", { n: REJECT_TEXT_MIN }) });
  }
  return faults;
}

/** The members of the step as the API takes them. @param {string} step @param {Values} values */
export function membersOf(step, values) {
  switch (step) {
    case "assign":
      return { officer: values.officer?.id };
    case "route":
      return { unit: values.unit?.id };
    case "reject":
      return { reason: values.reason, text: values.text.trim() };
    default:
      return {};
  }
}

/** @param {{step: string, reports: Report[], values: Held}} props */
export function BulkFields({ step, reports, values }) {
  if (step === "assign") {
    return html`<${Officers} reports=${reports} values=${values} />`;
  }
  if (step === "route") {
    return html`<${Units} values=${values} />`;
  }
  return step === "reject" ? html`<${Reject} values=${values} />` : null;
}

/** Officers of the unit that holds them all. @param {{reports: Report[], values: Held}} props */
function Officers({ reports, values }) {
  const units = new Set(reports.map((report) => report.unit?.id ?? ""));
  const unit = units.size === 1 ? [...units][0] : "";
  const { items, isFailed, retry } = useReference(unit && `officers ${unit}`, () => officerList(unit));
  const sorted = [...(items ?? [])].sort((a, b) => a.open - b.open || a.name.localeCompare(b.name));
  if (!unit) {
    return html`<p role="alert">${t("bulk.one_unit")}</p>`;
  }
  return html`<fieldset class="field" id="bulk-officer" tabindex="-1">
    <legend>${t("step.label.officer")}</legend>
    ${isFailed && html`<button type="button" class="button" data-kind="second" onClick=${retry}>${t("action.retry")}</button>`}
    ${items && !items.length && html`<p class="field-hint">${t("step.officer.none")}</p>`}
    <ul class="picks">
      ${sorted.map((one) => html`<${Pick}
        key=${one.id}
        name="officer"
        value=${one}
        chosen=${values.value.officer}
        more=${t("step.officer.work", { open: one.open, overdue: one.overdue })}
        choose=${(/** @type {Named} */ officer) => (values.value = { ...values.value, officer })}
      />`)}
    </ul>
  </fieldset>`;
}

/** @param {{values: Held}} props */
function Units({ values }) {
  const words = useSignal("");
  const all = useReference("units", unitList);
  const chosen = values.value.unit;
  const doers = (all.items ?? []).filter((unit) => unit.kind !== "province");
  const { shown, left } = unitsNamed(doers, words.value);
  const isHidden = chosen && !shown.some((one) => one.id === chosen.id);
  const choose = (/** @type {Named} */ unit) => (values.value = { ...values.value, unit });
  return html`<fieldset class="field">
    <legend>${t("step.label.unit")}</legend>
    ${all.isFailed && html`<button type="button" class="button" data-kind="second" onClick=${all.retry}>${t("action.retry")}</button>`}
    <label for="bulk-unit">${t("step.unit.search")}</label>
    <input
      ...${about("bulk-unit", false, "")}
      type="search"
      autocomplete="off"
      enterkeyhint="search"
      value=${words.value}
      onInput=${(/** @type {any} */ event) => (words.value = event.target.value)}
      onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.key === "Enter" && event.preventDefault()}
    />
    <ul class="picks">
      ${isHidden && html`<${Pick} key=${chosen.id} name="unit" value=${chosen} chosen=${chosen} choose=${choose} />`}
      ${shown.map((one) => html`<${Pick} key=${one.id} name="unit" value=${one} chosen=${chosen} choose=${choose} />`)}
    </ul>
    <p class="field-hint" role="status">${words.value && !shown.length ? t("step.unit.none") : left > 0 ? tn("step.unit.more", left) : ""}</p>
  </fieldset>`;
}

/** @param {{values: Held}} props */
function Reject({ values }) {
  const { items } = useReference("reasons", reasonList);
  const open = (items ?? []).filter((one) => one.code !== "withdrawn");
  const mark = html`<span class="audience" data-audience="reporter">${t("audience.reporter")}</span>`;
  return html`<${Field} id="bulk-reason" label=${t("step.label.reason_code")} mark=${mark}>
      <select
        ...${about("bulk-reason", false, "")}
        value=${values.value.reason}
        onChange=${(/** @type {any} */ event) => (values.value = { ...values.value, reason: event.target.value })}
      >
        <option value="">${t("step.reason.choose")}</option>
        ${open.map((one) => html`<option key=${one.code} value=${one.code}>${one.name}</option>`)}
      </select>
    <//>
    <${Field} id="bulk-text" label=${t("follow.text.label")} mark=${mark}>
      <textarea
        ...${about("bulk-text", false, "")}
        rows="4"
        maxlength="1000"
        value=${values.value.text}
        onInput=${(/** @type {any} */ event) => (values.value = { ...values.value, text: event.target.value })}
      ></textarea>
    <//>`;
}
