// @ts-check
// Words in two languages. Indonesian is bundled because it is the default;
// English is fetched once. Reading `t` in a component follows the language.
// SPDX-License-Identifier: ISC
import { signal } from "@preact/signals";

import id from "./locales/id.json" with { type: "json" };

/** @typedef {"id"|"en"} Language */

/** @type {Record<string, Record<string, string>>} */
const catalogues = { id };

/** @type {import("@preact/signals").Signal<Language>} */
export const language = signal("id");

/**
 * @param {string} key
 * @param {Record<string, string|number>} [values]
 */
export function t(key, values) {
  const text = catalogues[language.value]?.[key] ?? catalogues.id[key];
  if (text === undefined) {
    throw new Error("no text for " + key);
  }
  return values ? fill(text, values) : text;
}

/**
 * A text that counts: English has a singular, Indonesian has not.
 * @param {string} key
 * @param {number} n
 * @param {Record<string, string|number>} [values]
 */
export function tn(key, n, values) {
  const form = new Intl.PluralRules(language.value).select(n);
  const exact = `${key}.${form}`;
  const has = catalogues[language.value]?.[exact] !== undefined;
  return t(has ? exact : `${key}.other`, { n: formatNumber(n), ...values });
}

/** @param {number} n */
export function formatNumber(n) {
  return new Intl.NumberFormat(language.value).format(n);
}

/** @param {string} text @param {Record<string, string|number>} values */
function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/** @param {Language} next */
export async function setLanguage(next) {
  if (!catalogues[next]) {
    const module = await import("./locales/en.json", { with: { type: "json" } });
    catalogues[next] = module.default;
  }
  document.documentElement.lang = next;
  language.value = next;
}

/** The language to ask the server in: boot.js knew it before the words came. */
export function asked() {
  return document.documentElement.lang;
}

/** @returns {Language} */
export function savedLanguage() {
  return localStorage.getItem("crm.lang") === "en" ? "en" : "id";
}

/** @param {Language} next */
export function saveLanguage(next) {
  localStorage.setItem("crm.lang", next);
}
