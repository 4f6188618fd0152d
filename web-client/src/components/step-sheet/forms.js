// @ts-check
// Which fields each step's form has, and how what stands in them becomes the
// event that is sent. A step that is not here has no form.
// SPDX-License-Identifier: ISC
import { t } from "../../t.js";
import { endOfDay } from "../../time.js";
import { GAP } from "../templates/templates.js";

/** @typedef {"unit"|"officer"|"category"|"until"|"reason_code"|"reason"|"text"|"description"|"note"|"place"|"photos"} Name */

/**
 * @typedef {object} Form
 * @property {Name[]} must
 * @property {Name[]} [may]
 * @property {boolean} [isHard] a step that ends something: its button is red
 */

/** @type {Record<string, Form>} */
export const FORMS = {
  reply: { must: ["text"], may: ["note"] },
  ask: { must: ["text"], may: ["note"] },
  progress: { must: ["text"], may: ["photos", "note"] },
  note: { must: ["note"], may: ["photos"] },
  hand_over: { must: ["unit", "reason"], may: ["note"] },
  dispose: { must: ["unit", "reason"], may: ["note"] },
  return: { must: ["reason"], may: ["note"] },
  schedule: { must: ["until", "reason"], may: ["text", "note"] },
  approve_schedule: { must: [], may: ["until", "note"] },
  refuse_schedule: { must: ["reason"], may: ["note"], isHard: true },
  assign: { must: ["officer"], may: ["note"] },
  route: { must: ["unit"], may: ["place", "category", "note"] },
  split: { must: ["description", "category"], may: ["unit", "note"] },
  reject: { must: ["reason_code", "text"], may: ["note"], isHard: true },
  unmerge: { must: [], may: ["note"] },
};

/** What a form holds before anybody wrote. @type {Record<string, any>} */
export const EMPTY = {
  unit: null, officer: null, category: "", until: "", reason_code: "", reason: "", text: "", description: "", note: "", place: null,
};

export const REJECT_TEXT_MIN = 20;

/** @param {string} step @param {string} role @returns {Name[]} in the order in which they stand */
export function fieldsOf(step, role) {
  const { must, may = [] } = FORMS[step];
  // Photos of the site are for officers alone.
  return [...must, ...may].filter((name) => name !== "photos" || role === "officer");
}

/**
 * What is still missing or wrong, by field.
 * @param {string} step @param {Record<string, any>} values
 * @returns {Partial<Record<Name, string>>}
 */
export function faultsOf(step, values) {
  /** @type {Partial<Record<Name, string>>} */
  const faults = {};
  for (const name of FORMS[step].must) {
    const value = values[name];
    if (typeof value === "string" ? !value.trim() : !value) {
      faults[name] = t(`step.missing.${name}`);
    }
  }
  const text = values.text.trim();
  if (text.includes(GAP)) {
    faults.text = t("template.gap", { gap: GAP });
  } else if (step === "reject" && text && text.length < REJECT_TEXT_MIN) {
    faults.text = t("step.short", { n: REJECT_TEXT_MIN });
  }
  return faults;
}

/**
 * @param {string} step @param {Name[]} fields
 * @param {Record<string, any>} values
 * @param {import("../../form-draft.js").Taken[]} photos
 */
export function eventOf(step, fields, values, photos) {
  /** @type {Record<string, any>} */
  const event = { type: step };
  for (const name of fields) {
    const value = values[name];
    if (name === "unit" || name === "officer") {
      event[name] = value?.id;
    } else if (name === "place") {
      event.location = value ? { lat: value.lat, lng: value.lng } : undefined;
    } else if (name === "until") {
      event.until = value ? endOfDay(value) : undefined;
    } else if (name === "reason_code") {
      event.reason = value;
    } else if (name !== "photos" && value?.trim()) {
      event[name] = value.trim();
    }
  }
  if (step === "progress" && photos.length) {
    event.captured_at = photos.map((one) => one.at).sort()[0];
  }
  return event;
}

/** Problems of the API that the form can say in words. */
const KNOWN = ["own_unit", "not_a_doer", "not_below", "range", "unknown"];

/**
 * @param {import("../../api.js").ApiError} error
 * @returns {{field: Name, text: string}[]}
 */
export function refusalsOf(error) {
  return error.errors.flatMap(({ pointer, code }) => {
    const name = pointer.replace(/^\//, "");
    const field = /** @type {Name} */ (name);
    return KNOWN.includes(code) && name in EMPTY ? [{ field, text: t(`step.refused.${code}`) }] : [];
  });
}
