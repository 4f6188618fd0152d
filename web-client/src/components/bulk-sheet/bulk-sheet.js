// @ts-check
// One step for many reports: what it needs, then what became of each, and ten
// seconds to take back what was done.
// Usage: <${BulkSheet} step="take" reports=${items} close=${(isChanged) => …} />
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

import { ApiError } from "../../api.js";
import { bulkAdd } from "../../desk/work-api.js";
import { html } from "../../html.js";
import { eventLook, STATUSES, UNDO_FOR } from "../../labels.js";
import { t, tn } from "../../t.js";
import { Dialog } from "../dialog/dialog.js";
import { ErrorSummary } from "../error-summary/error-summary.js";
import { Icon } from "../icon/icon.js";
import { LabelLine } from "../label-banner/label-banner.js";
import { failureText } from "../state/state.js";
import { statusName } from "../status-tag/status-tag.js";
import { BulkFields, faultsOf, membersOf } from "./fields.js";

/** @typedef {import("../../types.js").Report} Report */
/** @typedef {import("../../desk/work-api.js").BulkResult} BulkResult */
/** @typedef {{report: Report, result: BulkResult, isBack?: boolean}} Row */

/** @param {{step: string, reports: Report[], close: (isChanged: boolean) => void}} props */
export function BulkSheet({ step, reports, close }) {
  const rows = useSignal(/** @type {Row[]|null} */ (null));
  const done = () => close(rows.value !== null);
  return html`<${Dialog} title=${t(`bulk.${step}`)} close=${done} kind="drawer">
    ${rows.value
      ? html`<${Results} rows=${rows} close=${done} />`
      : html`<${Form} step=${step} reports=${reports} rows=${rows} close=${done} />`}
  <//>`;
}

/**
 * @param {{step: string, reports: Report[], close: () => void,
 *   rows: import("@preact/signals").Signal<Row[]|null>}} props
 */
function Form({ step, reports, rows, close }) {
  const values = useSignal(/** @type {import("./fields.js").Values} */ ({ unit: null, officer: null, reason: "", text: "" }));
  const summary = useSignal(/** @type {{field?: string, text: string}[]} */ ([]));
  const isBusy = useSignal(false);
  // The same key for each try: what was done once is not done again.
  const key = useRef(crypto.randomUUID());
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    const faults = faultsOf(step, values.value);
    summary.value = faults.map(({ field, text }) => ({ field: `bulk-${field}`, text }));
    if (faults.length || isBusy.value) {
      return;
    }
    isBusy.value = true;
    try {
      const results = await bulkAdd(key.current, { type: step, ...membersOf(step, values.value) }, reports);
      rows.value = reports.map((report, at) => ({ report, result: results[at] }));
    } catch (cause) {
      const error = cause instanceof ApiError ? cause : new ApiError("broken", { status: 500 });
      summary.value = [{ text: failureText(error).title }];
      if (!error.isTransient) {
        key.current = crypto.randomUUID();
      }
    }
    isBusy.value = false;
  };
  return html`<form class="step-form bulk-form" onSubmit=${submit} noValidate>
    <div class="step-form-body">
      <${ErrorSummary} errors=${summary.value} />
      <p class="step-hint">${t(`bulk.hint.${step}`)}</p>
      <${BulkFields} step=${step} reports=${reports} values=${values} />
      <p>${tn("bulk.count", reports.length)}</p>
      <ul class="bulk-list">
        ${reports.map((report) => html`<li key=${report.id}><${Which} report=${report} /></li>`)}
      </ul>
    </div>
    <div class="step-foot">
      <button type="submit" class="button" data-kind=${step === "reject" ? "danger" : undefined} disabled=${isBusy.value}>
        <${Icon} name=${eventLook(step).icon} />${isBusy.value ? t("action.sending") : t("bulk.do", { step: t(`bulk.${step}`), n: reports.length })}
      </button>
      <button type="button" class="button" data-kind="second" onClick=${close}>${t("action.cancel")}</button>
    </div>
  </form>`;
}

/** @param {{report: Report}} props */
function Which({ report }) {
  return html`<p><span class="ticket">${report.ticket}</span> · ${report.category?.name ?? t("report.no_category")}</p>
    <${LabelLine} label=${report.confidentiality} />`;
}

/** Why one report was refused. @param {BulkResult} result */
function refusalText({ status, code = "" }) {
  if (status === 409 && STATUSES.includes(code)) {
    return t("bulk.refused.status", { status: statusName(code) });
  }
  switch (status) {
    case 412:
      return t("bulk.refused.stale");
    case 403:
    case 404:
      return t("bulk.refused.not_yours");
    case 422:
      return t("bulk.refused.fields");
    default:
      return t("bulk.refused.other", { code: code || status });
  }
}

/** Offers to take back for as long as the server allows it. @param {import("@preact/signals").Signal<Row[]|null>} rows */
function useUndo(rows) {
  const isOpen = useSignal(true);
  const isBusy = useSignal(false);
  const problem = useSignal("");
  const key = useRef(crypto.randomUUID());
  useEffect(() => {
    const timer = setTimeout(() => (isOpen.value = false), UNDO_FOR);
    return () => clearTimeout(timer);
  }, []);
  const act = async () => {
    const done = (rows.value ?? []).filter(({ result }) => result.status === 201);
    isBusy.value = true;
    problem.value = "";
    try {
      const items = done.map(({ report, result }) => ({ id: report.id, version: result.version ?? 0 }));
      const results = await bulkAdd(key.current, { type: "undo" }, items);
      const back = new Set(results.filter(({ status }) => status === 201).map(({ id }) => id));
      rows.value = (rows.value ?? []).map((row) => ({ ...row, isBack: back.has(row.report.id) }));
      problem.value = back.size < done.length ? t("undo.late") : "";
      isOpen.value = false;
    } catch {
      problem.value = t("undo.late");
    }
    isBusy.value = false;
  };
  return { isOpen: isOpen.value, isBusy: isBusy.value, problem: problem.value, act };
}

/** @param {{rows: import("@preact/signals").Signal<Row[]|null>, close: () => void}} props */
function Results({ rows, close }) {
  const undo = useUndo(rows);
  const list = rows.value ?? [];
  const good = list.filter(({ result, isBack }) => result.status === 201 && !isBack).length;
  const back = list.filter(({ isBack }) => isBack).length;
  return html`<div class="step-form bulk-form">
    <div class="step-form-body">
      <p class="bulk-sum" role="status">${back ? tn("bulk.sum.back", back) : t("bulk.sum", { good, all: list.length })}</p>
      ${undo.problem && html`<p role="alert">${undo.problem}</p>`}
      <ul class="bulk-list">
        ${list.map(({ report, result, isBack }) => {
          const isGood = result.status === 201;
          const text = isBack ? t("undo.done") : isGood ? t("bulk.done") : refusalText(result);
          return html`<li key=${report.id} data-good=${isGood}>
            <${Which} report=${report} />
            <p class="bulk-result"><${Icon} name=${isBack ? "undo" : isGood ? "check" : "warning"} />${text}</p>
          </li>`;
        })}
      </ul>
    </div>
    <div class="step-foot">
      <button type="button" class="button" onClick=${close}>${t("bulk.close")}</button>
      ${undo.isOpen && good > 0 &&
      html`<button type="button" class="button bulk-undo" data-kind="second" disabled=${undo.isBusy} onClick=${undo.act}>
        <${Icon} name="undo" />${t("undo.do")}
      </button>`}
    </div>
  </div>`;
}
