// @ts-check
// All filters of a list in one sheet: full screen on phones, a panel on
// desktops. Nothing changes until the officer says so.
// Usage: <${FilterSheet} value=${filter} lists=${…} apply=${fn} close=${fn} />
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";

import { html } from "../../html.js";
import { SORTS } from "../../filter.js";
import { STATUSES } from "../../labels.js";
import { session } from "../../session.js";
import { t } from "../../t.js";
import { Dialog } from "../dialog/dialog.js";
import { about, Field } from "../field/field.js";
import { statusName } from "../status-tag/status-tag.js";

/** @typedef {import("../../filter.js").Filter} Filter */
/** @typedef {{value: string, name: string}} Option */

/**
 * @param {{value: Filter, categories: Option[], units: Option[], areas: Option[],
 *   apply: (filter: Filter) => void, close: () => void}} props
 */
export function FilterSheet({ value, categories, units, areas, apply, close }) {
  const draft = useSignal(value);
  /** @param {Partial<Filter>} part */
  const change = (part) => (draft.value = { ...draft.value, ...part });
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    apply(draft.value);
  };
  const clear = () => change({ status: [], category: "", unit: "", kelurahan: "", visibility: "", overdue: "", assigned: "" });
  const now = draft.value;
  return html`<${Dialog} title=${t("filter.title")} close=${close} kind="sheet">
    <form class="filter-sheet" onSubmit=${submit}>
      <div class="filter-fields">
        <${Choices} now=${now} change=${change} />
        <${Select}
          id="filter-category"
          label=${t("filter.category")}
          options=${categories}
          value=${now.category}
          set=${(/** @type {string} */ category) => change({ category })}
        />
        ${areas.length > 0 && html`<${Select}
          id="filter-area"
          label=${t("filter.kelurahan")}
          options=${areas}
          value=${now.kelurahan}
          set=${(/** @type {string} */ kelurahan) => change({ kelurahan })}
        />`}
        ${units.length > 0 && html`<${Select}
          id="filter-unit"
          label=${t("filter.unit")}
          options=${units}
          value=${now.unit}
          set=${(/** @type {string} */ unit) => change({ unit })}
        />`}
      </div>
      <div class="filter-foot">
        <button type="submit" class="button">${t("filter.apply")}</button>
        <button type="button" class="button" data-kind="plain" onClick=${clear}>${t("filter.clear")}</button>
      </div>
    </form>
  <//>`;
}

/** @param {{now: Filter, change: (part: Partial<Filter>) => void}} props */
function Choices({ now, change }) {
  /** @param {string} status @param {boolean} isOn */
  const toggle = (status, isOn) => {
    const rest = now.status.filter((one) => one !== status);
    change({ status: isOn ? [...rest, status] : rest });
  };
  return html`
    <fieldset>
      <legend>${t("sort.title")}</legend>
      <div class="checks">
        ${SORTS.map((one) => html`<${Radio}
          key=${one}
          name="sort"
          text=${t(`sort.${one}`)}
          isOn=${now.sort === one}
          set=${() => change({ sort: one })}
        />`)}
      </div>
    </fieldset>
    <fieldset>
      <legend>${t("filter.status")}</legend>
      <div class="checks">
        ${STATUSES.map((status) => html`<${Check}
          key=${status}
          text=${statusName(status)}
          isOn=${now.status.includes(status)}
          set=${(/** @type {boolean} */ isOn) => toggle(status, isOn)}
        />`)}
      </div>
    </fieldset>
    <fieldset>
      <legend>${t("filter.visibility")}</legend>
      <div class="checks">
        ${["", "private", "public"].map((one) => html`<${Radio}
          key=${one}
          name="visibility"
          text=${t(`filter.visibility.${one || "any"}`)}
          isOn=${now.visibility === one}
          set=${() => change({ visibility: one })}
        />`)}
      </div>
    </fieldset>
    <fieldset>
      <legend>${t("filter.deadline")}</legend>
      <div class="checks">
        <${Check}
          text=${t("filter.overdue")}
          isOn=${now.overdue === "true"}
          set=${(/** @type {boolean} */ isOn) => change({ overdue: isOn ? "true" : "" })}
        />
      </div>
    </fieldset>
    ${["officer", "supervisor"].includes(session.value?.role ?? "") && html`<${Assigned} now=${now} change=${change} />`}
  `;
}

/** @param {{now: Filter, change: (part: Partial<Filter>) => void}} props */
function Assigned({ now, change }) {
  return html`<fieldset>
    <legend>${t("filter.assigned")}</legend>
    <div class="checks">
      ${["", "me", "none"].map((one) => html`<${Radio}
        key=${one}
        name="assigned"
        text=${t(`filter.assigned.${one || "any"}`)}
        isOn=${now.assigned === one}
        set=${() => change({ assigned: one })}
      />`)}
    </div>
  </fieldset>`;
}

/** @param {{text: string, isOn: boolean, set: (isOn: boolean) => void}} props */
function Check({ text, isOn, set }) {
  return html`<label class="check">
    <input type="checkbox" checked=${isOn} onChange=${(/** @type {any} */ event) => set(event.target.checked)} />
    <span>${text}</span>
  </label>`;
}

/** @param {{name: string, text: string, isOn: boolean, set: () => void}} props */
function Radio({ name, text, isOn, set }) {
  return html`<label class="check">
    <input type="radio" name=${name} checked=${isOn} onChange=${set} />
    <span>${text}</span>
  </label>`;
}

/** @param {{id: string, label: string, options: Option[], value: string, set: (value: string) => void}} props */
function Select({ id, label, options, value, set }) {
  return html`<${Field} id=${id} label=${label}>
    <select ...${about(id, false, "")} value=${value} onChange=${(/** @type {any} */ event) => set(event.target.value)}>
      <option value="">${t("filter.any")}</option>
      ${options.map((one) => html`<option key=${one.value} value=${one.value}>${one.name}</option>`)}
    </select>
  <//>`;
}
