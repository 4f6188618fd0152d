// @ts-check
// What waits for triage: possible emergencies first, then by deadline. The
// list already says what a decision needs, so the next report stands there
// at once; none is opened in advance, because each opening is recorded.
// SPDX-License-Identifier: ISC
import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

import { ApiError, reportList } from "../../api.js";
import { Deadline } from "../../components/deadline/deadline.js";
import { Icon } from "../../components/icon/icon.js";
import { LabelLine } from "../../components/label-banner/label-banner.js";
import { Empty, Failure, Loading } from "../../components/state/state.js";
import { html } from "../../html.js";
import { HOLDS } from "../../labels.js";
import { answered, listKeep, listRecall } from "../../memory.js";
import { entries } from "../../outbox.js";
import { language, t, tn } from "../../t.js";
import { age } from "../../time.js";

/** @typedef {import("../../types.js").Report} Report */
/** @typedef {ReturnType<typeof useQueue>} Queue */

/** @param {string} code */
export function holdName(code) {
  return HOLDS.includes(code) ? t(`held.${code}`) : t("held.unknown");
}

/** @param {Report[]} items each once, the first of two is kept */
function once(items) {
  const seen = new Set();
  return items.filter(({ id }) => !seen.has(id) && seen.add(id));
}

/** @param {string} held @param {string|null} from @param {AbortSignal} signal */
async function page(held, from, signal) {
  const ask = { status: ["incoming"], sort: "due_at" };
  const rest = reportList({ ...ask, ...(held ? { held } : {}), ...(from ? { cursor: from } : {}) }, signal);
  const first = held || from ? null : reportList({ ...ask, held: "emergency" }, signal);
  const [urgent, next] = await Promise.all([first, rest]);
  return { items: [...(urgent?.items ?? []), ...next.items], cursor: next.next_cursor };
}

/** @param {string} held only what is held for this, "" for all */
export function useQueue(held) {
  const key = `triage ${held}`;
  const kept = listRecall(key);
  const items = useSignal(/** @type {Report[]} */ (kept?.items ?? []));
  const cursor = useSignal(/** @type {string|null} */ (kept?.cursor ?? null));
  const error = useSignal(/** @type {ApiError|null} */ (null));
  const isLoading = useSignal(!kept);
  const abort = useRef(new AbortController());

  /** @param {Report[]} list */
  const keep = (list) => {
    items.value = list;
    listKeep(key, { items: list, cursor: cursor.value, language: language.value });
  };
  /** @param {string|null} from */
  const load = async (from) => {
    abort.current.abort();
    const own = (abort.current = new AbortController());
    isLoading.value = true;
    error.value = null;
    try {
      const found = await page(held, from, own.signal);
      if (own === abort.current) {
        cursor.value = found.cursor;
        keep(once([...(from ? items.value : []), ...found.items]));
      }
    } catch (cause) {
      if (own === abort.current) {
        error.value = cause instanceof ApiError ? cause : new ApiError("broken", { status: 500 });
      }
    }
    if (own === abort.current) {
      isLoading.value = false;
    }
  };
  useEffect(() => {
    items.value = listRecall(key)?.items ?? [];
    load(null);
    return () => abort.current.abort();
  }, [key, language.value]);
  // What was decided leaves the queue; what was taken back stands on top again.
  useSignalEffect(() => {
    const report = answered.value?.report;
    const list = items.peek();
    if (report && report.status !== "incoming") {
      keep(list.filter((one) => one.id !== report.id));
    } else if (report) {
      const known = list.some((one) => one.id === report.id);
      keep(known ? list.map((one) => (one.id === report.id ? report : one)) : [report, ...list]);
    }
  });
  return { items, cursor, error, isLoading, reload: () => load(null), more: () => load(cursor.value) };
}

/** @param {{report: Report}} props */
export function Holds({ report }) {
  const codes = HOLDS.filter((code) => report.held_for?.includes(code));
  const others = (report.held_for ?? []).some((code) => !HOLDS.includes(code));
  return html`<ul class="holds" aria-label=${t("triage.held")}>
    ${codes.map((code) => html`<li key=${code} data-code=${code}>${code === "emergency" && html`<${Icon} name="warning" />`}${holdName(code)}</li>`)}
    ${others && html`<li>${t("held.unknown")}</li>`}
  </ul>`;
}

/** @param {{report: Report, isOn: boolean, path: string}} props */
function Row({ report, isOn, path }) {
  const isQueued = entries.value.some((entry) => entry.body.report === report.id);
  return html`<li class="queue-row" data-on=${isOn} data-urgent=${Boolean(report.held_for?.includes("emergency"))}>
    <div class="queue-head"><${Holds} report=${report} /><${Deadline} report=${report} /></div>
    <h2><a href=${path} data-row=${report.id} aria-current=${isOn ? "true" : undefined}>${report.category?.name ?? t("report.no_category")}</a></h2>
    <p class="queue-text">${report.description || t("triage.no_words")}</p>
    <p class="card-meta"><span class="ticket">${report.ticket}</span> · ${age(report.received_at)}${isQueued && ` · ${t("outbox.state.waiting")}`}</p>
    <${LabelLine} label=${report.confidentiality} />
  </li>`;
}

/** @param {{queue: Queue, at: string, held: string, pathOf: (id: string) => string}} props */
export function QueueList({ queue, at, held, pathOf }) {
  const { items, cursor, error, isLoading } = queue;
  if (error.value && !items.value.length) {
    return html`<${Failure} error=${error.value} retry=${queue.reload} />`;
  }
  if (!items.value.length) {
    return isLoading.value
      ? html`<${Loading} rows=${4} />`
      : html`<${Empty} icon="check" title=${t("triage.empty.title")} text=${t(held ? "triage.none.text" : "triage.empty.text")} />`;
  }
  return html`<ol class="queue">
      ${items.value.map((one) => html`<${Row} key=${one.id} report=${one} isOn=${one.id === at} path=${pathOf(one.id)} />`)}
    </ol>
    ${error.value && html`<p class="field-error" role="alert">${t("failure.offline.title")}</p>`}
    ${cursor.value &&
    html`<button type="button" class="button more" data-kind="second" disabled=${isLoading.value} onClick=${queue.more}>
      ${t(isLoading.value ? "state.loading" : "inbox.more")}
    </button>`}`;
}

/** @param {{queue: Queue}} props */
export function QueueCount({ queue }) {
  const { items, cursor, isLoading } = queue;
  const n = items.value.length;
  return html`<p class="queue-count" role="status">${isLoading.value && !n ? "" : tn(cursor.value ? "inbox.count.more" : "inbox.count", n)}</p>`;
}
