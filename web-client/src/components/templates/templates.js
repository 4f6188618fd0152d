// @ts-check
// Texts to start from, for one step, with the report's own words filled in.
// What the report does not know stays a gap that must be filled by hand.
// Usage: <${Templates} step="reply" report=${report} text=${text} set=${fn} />
// SPDX-License-Identifier: ISC
import { useRef } from "preact/hooks";

import { templateList } from "../../api.js";
import { html } from "../../html.js";
import { useReference } from "../../reference.js";
import { t } from "../../t.js";
import { longDay } from "../../time.js";

/** Stands where something must still be written. */
export const GAP = "[…]";

/**
 * @param {string} text
 * @param {import("../../types.js").Report} report
 * @param {string} [due] a date chosen in the same form
 */
export function filled(text, report, due) {
  const until = due ?? report.due_at;
  /** @type {Record<string, string|undefined>} */
  const words = {
    ticket: report.ticket,
    category: report.category?.name.toLowerCase(),
    unit: report.unit?.name,
    due: until ? longDay(until) : undefined,
  };
  return text.replace(/\{(\w+)\}/g, (_, name) => words[name] ?? GAP);
}

/**
 * @param {{step: string, report: import("../../types.js").Report, text: string,
 *   due?: string, set: (text: string) => void}} props
 */
export function Templates({ step, report, text, due, set }) {
  const { items } = useReference("templates", templateList);
  const last = useRef("");
  const own = (items ?? []).filter((one) => one.step === step);
  /** @param {string} words a text that was only chosen is replaced, a written one is kept */
  const choose = (words) => {
    const next = filled(words, report, due);
    const isWritten = text.trim() !== "" && text !== last.current;
    last.current = isWritten ? `${text.trim()}\n\n${next}` : next;
    set(last.current);
  };
  if (!own.length) {
    return null;
  }
  return html`<div class="templates" role="group" aria-label=${t("template.title")}>
    ${own.map(
      (one) => html`<button type="button" key=${one.id} class="chip" onClick=${() => choose(one.text)}>${one.title}</button>`,
    )}
  </div>`;
}
