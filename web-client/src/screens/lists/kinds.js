// @ts-check
// The lists that admins keep: which fields an entry has, and how it reads as
// a row. None of them says anything about a report.
// SPDX-License-Identifier: ISC
import { t } from "../../t.js";
import { fullDay } from "../../time.js";

/**
 * @typedef {object} Input
 * @property {string} name of the member and of the label's key
 * @property {"line"|"text"|"day"|"choice"} type
 * @property {number} [most] letters
 * @property {string[]} [choices]
 */

/**
 * @typedef {object} Kind
 * @property {Input[]} inputs
 * @property {(entry: any) => string} title
 * @property {(entry: any) => string} more
 * @property {(entry: any) => string} order
 * @property {(entry: any) => boolean} may be deleted
 */

/** @type {Record<import("../../desk/api.js").ListName, Kind>} */
export const KINDS = {
  words: {
    inputs: [
      { name: "word", type: "line", most: 60 },
      { name: "kind", type: "choice", choices: ["abuse", "emergency"] },
    ],
    title: ({ word }) => word,
    more: ({ kind }) => t(`lists.choice.${kind}`),
    order: ({ kind, word }) => `${kind} ${word}`,
    may: () => true,
  },
  holidays: {
    inputs: [
      { name: "day", type: "day" },
      { name: "name", type: "line", most: 100 },
      { name: "kind", type: "choice", choices: ["public", "collective"] },
    ],
    title: ({ name }) => name,
    more: ({ day, kind }) => `${fullDay(`${day}T12:00:00+07:00`)} · ${t(`lists.choice.${kind}`)}`,
    order: ({ day }) => day,
    may: () => true,
  },
  templates: {
    inputs: [
      { name: "step", type: "choice", choices: ["reply", "follow_up", "ask", "reject", "schedule"] },
      { name: "title", type: "line", most: 80 },
      { name: "text", type: "text", most: 2000 },
    ],
    title: ({ step, title }) => `${t(`lists.choice.${step}`)}: ${title}`,
    more: ({ text }) => text,
    order: ({ step, title }) => `${step} ${title}`,
    may: ({ own }) => !own,
  },
};

export const NAMES = /** @type {import("../../desk/api.js").ListName[]} */ (Object.keys(KINDS));

/** @param {Kind} kind @returns {Record<string, string>} an entry before anybody wrote */
export function emptyOf({ inputs }) {
  return Object.fromEntries(inputs.map(({ name, choices }) => [name, choices?.[0] ?? ""]));
}
