// @ts-check
// The fields of a step that are chosen: a unit, an officer, a category, a
// reason. Suggestions say why; a person chooses.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";

import { categoryList, officerList, reasonList, suggestionList, unitList } from "../../api.js";
import { html } from "../../html.js";
import { useReference } from "../../reference.js";
import { session } from "../../session.js";
import { t, tn } from "../../t.js";
import { about, Field } from "../field/field.js";
import { Icon } from "../icon/icon.js";
import { unitOfPoint, unitsFor, unitsNamed } from "./units.js";

/** @typedef {import("./step-sheet.js").FieldProps} FieldProps */
/** @typedef {import("../../types.js").Named} Named */

/**
 * One line of a list to choose from.
 * @param {{name: string, value: Named, chosen: Named|null, more?: any,
 *   choose: (value: Named) => void}} props
 */
export function Pick({ name, value, chosen, more, choose }) {
  return html`<li>
    <label class="pick">
      <input type="radio" name=${name} checked=${chosen?.id === value.id} onChange=${() => choose({ id: value.id, name: value.name })} />
      <span class="pick-words"><strong>${value.name}</strong>${more && html`<span>${more}</span>`}</span>
    </label>
  </li>`;
}

/** @param {{error?: string, id: string}} props */
function Wrong({ error, id }) {
  return error ? html`<p class="field-error" id=${`${id}-error`}><${Icon} name="warning" />${error}</p>` : null;
}

/** @param {{retry: () => void}} props */
function Failed({ retry }) {
  return html`<div class="field-failed" role="alert">
    <p>${t("failure.offline.title")}</p>
    <button type="button" class="button" data-kind="second" onClick=${retry}>${t("action.retry")}</button>
  </div>`;
}

/** @param {FieldProps} props */
export function UnitField({ step, report, draft, error }) {
  const words = useSignal("");
  const all = useReference("units", unitList);
  const hints = useReference(`suggestions ${report.id} ${report.version}`, () => suggestionList(report.id));
  const chosen = draft.values.value.unit;
  /** @param {Named} unit the list shrinks to what was chosen */
  const choose = (unit) => {
    draft.set("unit", unit);
    words.value = "";
  };
  const open = unitsFor(step, all.items ?? [], report, session.value?.unit?.id ?? "");
  const ids = new Set(open.map((one) => one.id));
  const suggested = (hints.items ?? []).filter(({ unit }) => ids.has(unit.id));
  const near = step === "route" || step === "split" ? unitOfPoint(open, draft.values.value.place ?? report.location) : undefined;
  if (near && !suggested.some(({ unit }) => unit.id === near.id)) {
    suggested.unshift({ unit: near, why: t("step.unit.area") });
  }
  const known = new Set(suggested.map(({ unit }) => unit.id));
  const { shown, left } = unitsNamed(open, words.value);
  const found = shown.filter((one) => !known.has(one.id));
  const isHidden = chosen && !known.has(chosen.id) && !found.some((one) => one.id === chosen.id);
  const listed = isHidden ? [chosen, ...found] : found;
  return html`<fieldset class="field" data-wrong=${Boolean(error)}>
    <legend>${t("step.label.unit")}</legend>
    <${Wrong} error=${error} id="step-unit" />
    ${suggested.length > 0 &&
    html`<p class="field-hint">${t("step.unit.suggested")}</p>
      <ul class="picks">
        ${suggested.map(({ unit, why }) => html`<${Pick} key=${unit.id} name="unit" value=${unit} chosen=${chosen} more=${why} choose=${choose} />`)}
      </ul>`}
    <label for="step-unit">${t("step.unit.search")}</label>
    <input
      ...${about("step-unit", false, error)}
      type="search"
      autocomplete="off"
      enterkeyhint="search"
      value=${words.value}
      onInput=${(/** @type {any} */ event) => (words.value = event.target.value)}
      onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.key === "Enter" && event.preventDefault()}
    />
    ${all.isFailed && html`<${Failed} retry=${all.retry} />`}
    <ul class="picks">
      ${listed.map((one) => html`<${Pick} key=${one.id} name="unit" value=${one} chosen=${chosen} choose=${choose} />`)}
    </ul>
    <p class="field-hint" role="status">${words.value && !shown.length ? t("step.unit.none") : left > 0 ? tn("step.unit.more", left) : ""}</p>
  </fieldset>`;
}

/** @param {FieldProps} props */
export function OfficerField({ report, draft, error }) {
  const unit = report.unit?.id ?? "";
  const { items, isFailed, retry } = useReference(unit && `officers ${unit} ${report.version}`, () => officerList(unit));
  const choose = (/** @type {Named} */ officer) => draft.set("officer", officer);
  const sorted = [...(items ?? [])].sort((a, b) => a.open - b.open || a.name.localeCompare(b.name));
  return html`<fieldset class="field" id="step-officer" tabindex="-1" data-wrong=${Boolean(error)}>
    <legend>${t("step.label.officer")}</legend>
    <${Wrong} error=${error} id="step-officer" />
    ${isFailed && html`<${Failed} retry=${retry} />`}
    ${items && !items.length && html`<p class="field-hint">${t("step.officer.none")}</p>`}
    <ul class="picks">
      ${sorted.map(
        (one) => html`<${Pick}
          key=${one.id}
          name="officer"
          value=${one}
          chosen=${draft.values.value.officer}
          more=${t("step.officer.work", { open: one.open, overdue: one.overdue })}
          choose=${choose}
        />`,
      )}
    </ul>
  </fieldset>`;
}

/** @param {FieldProps} props */
export function CategoryField({ step, report, draft, error }) {
  const { items } = useReference("categories", categoryList);
  return html`<${Field} id="step-category" label=${t("filter.category")} error=${error}>
    <select
      ...${about("step-category", false, error)}
      value=${draft.values.value.category}
      onChange=${(/** @type {any} */ event) => draft.set("category", event.target.value)}
    >
      <option value="">
        ${step === "split" ? t("step.category.choose") : t("step.category.same", { name: report.category?.name ?? t("report.no_category") })}
      </option>
      ${(items ?? []).map((one) => html`<option key=${one.code} value=${one.code}>${one.name}</option>`)}
    </select>
  <//>`;
}

/** The whole of what the reporter will read of a rejection. @param {FieldProps} props */
export function Preview({ report, draft }) {
  const { items } = useReference("reasons", reasonList);
  const { reason_code: code, text } = draft.values.value;
  const reason = items?.find((one) => one.code === code)?.name;
  return reason
    ? html`<div class="words" data-audience="reporter">
        <p class="words-head"><${Icon} name="eye" />${t("step.reject.reads")}</p>
        <p class="words-text">${t("step.reject.preview", { ticket: report.ticket, reason, text: text.trim() })}</p>
      </div>`
    : null;
}

/** The reason's name is what the reporter reads first. @param {FieldProps} props */
export function ReasonField({ draft, error }) {
  const { items, isFailed, retry } = useReference("reasons", reasonList);
  const open = (items ?? []).filter((one) => one.code !== "withdrawn");
  return html`<${Field} id="step-reason_code" label=${t("step.label.reason_code")} error=${error}
    mark=${html`<span class="audience" data-audience="reporter">${t("audience.reporter")}</span>`}>
    ${isFailed && html`<${Failed} retry=${retry} />`}
    <select
      ...${about("step-reason_code", false, error)}
      value=${draft.values.value.reason_code}
      onChange=${(/** @type {any} */ event) => draft.set("reason_code", event.target.value)}
    >
      <option value="">${t("step.reason.choose")}</option>
      ${open.map((one) => html`<option key=${one.code} value=${one.code}>${one.name}</option>`)}
    </select>
  <//>`;
}
