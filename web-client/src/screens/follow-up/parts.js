// @ts-check
// The place of the follow-up. The device says where it is; where it may not
// or cannot, the officer sets the report's own point and says why, and that
// stands in the note for the validator.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";

import { about, Field } from "../../components/field/field.js";
import { Icon } from "../../components/icon/icon.js";
import { html } from "../../html.js";
import { distance, locate } from "../../photo.js";
import { formatNumber, t } from "../../t.js";

/** @typedef {import("../../form-draft.js").FormDraft} FormDraft */
/** @typedef {{lat: number, lng: number}} Point */

/**
 * Finding the place, by a button or as soon as a photo was taken.
 * @param {FormDraft} draft
 */
export function usePosition(draft) {
  const isBusy = useSignal(false);
  const problem = useSignal("");
  const find = async () => {
    if (isBusy.value) {
      return;
    }
    isBusy.value = true;
    problem.value = "";
    try {
      draft.set("fix", await locate());
      draft.set("why", "");
    } catch (cause) {
      problem.value = /** @type {Error} */ (cause).message;
    }
    isBusy.value = false;
  };
  const findOnce = () => {
    if (!draft.values.value.fix) {
      find();
    }
  };
  return { isBusy, problem, find, findOnce };
}

/**
 * @param {{draft: FormDraft, target: Point|null|undefined, error: string,
 *   whyError: string, position: ReturnType<typeof usePosition>}} props
 */
export function Position({ draft, target, error, whyError, position }) {
  const { isBusy, problem, find } = position;
  const { fix } = draft.values.value;
  const isManual = Boolean(fix) && fix.accuracy_m === undefined;
  const wrong = problem.value && !isManual ? t(`follow.place.${problem.value}`) : error;
  const words = isBusy.value ? "follow.place.busy" : fix ? "follow.place.again" : "follow.place.take";
  return html`<div class="position">
    ${wrong && html`<p class="field-error" id="position-error"><${Icon} name="warning" />${wrong}</p>`}
    ${isManual
      ? html`<p class="position-fix" data-far="true" role="status"><${Icon} name="pin" />${t("follow.place.manual.set")}</p>
          <${Why} draft=${draft} error=${whyError} />`
      : fix && html`<${Distance} fix=${fix} target=${target} />`}
    <button
      type="button"
      id="position"
      class="button"
      data-kind="second"
      aria-describedby=${wrong ? "position-error" : undefined}
      disabled=${isBusy.value}
      onClick=${find}
    >
      <${Icon} name="pin" />${t(words)}
    </button>
    ${problem.value && !isManual && target && html`<${Manual} draft=${draft} target=${target} />`}
  </div>`;
}

/** @param {{draft: FormDraft, target: Point}} props */
function Manual({ draft, target }) {
  const set = () => draft.set("fix", { lat: target.lat, lng: target.lng });
  return html`<p class="field-hint">${t("follow.place.manual.hint")}</p>
    <button type="button" class="button" data-kind="second" onClick=${set}><${Icon} name="hand" />${t("follow.place.manual")}</button>`;
}

/** @param {{draft: FormDraft, error: string}} props */
function Why({ draft, error }) {
  return html`<${Field}
    id="follow-why"
    label=${t("follow.place.why")}
    error=${error}
    mark=${html`<span class="audience" data-audience="office">${t("audience.office")}</span>`}
  >
    <textarea
      ...${about("follow-why", false, error)}
      class="words-field"
      data-audience="office"
      rows="2"
      maxlength="500"
      value=${draft.values.value.why}
      onInput=${(/** @type {any} */ event) => draft.set("why", event.target.value)}
    ></textarea>
  <//>`;
}

/** @param {{fix: import("../../photo.js").Fix, target: Point|null|undefined}} props */
function Distance({ fix, target }) {
  const accuracy = formatNumber(fix.accuracy_m);
  if (!target) {
    return html`<p class="position-fix" role="status"><${Icon} name="check" />${t("follow.place.accuracy", { accuracy })}</p>`;
  }
  const metres = Math.round(distance(fix, target));
  const isFar = metres > 150;
  return html`<p class="position-fix" data-far=${isFar} role="status">
    <${Icon} name=${isFar ? "warning" : "check"} />
    <span>${t("follow.place.distance", { metres: formatNumber(metres), accuracy })}${isFar ? `. ${t("follow.place.far")}` : ""}</span>
  </p>`;
}
