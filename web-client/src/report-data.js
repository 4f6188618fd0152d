// @ts-check
// One report with its timeline: loading, refreshing, and what to say when
// somebody else was faster.
// SPDX-License-Identifier: ISC
import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

import { ApiError, eventList, reportOpen } from "./api.js";
import { answered, openedKeep, reportChanged, reportRecall } from "./memory.js";
import { language } from "./t.js";

/** @typedef {import("./types.js").Report} Report */
/** @typedef {import("./types.js").Event} Event */

/** @param {string} id */
export function useReport(id) {
  const known = reportRecall(id);
  const report = useSignal(/** @type {Report|null} */ (known.report));
  const events = useSignal(/** @type {Event[]} */ (known.events));
  const cursor = useSignal(/** @type {string|null} */ (null));
  const error = useSignal(/** @type {ApiError|null} */ (null));
  const isLoading = useSignal(true);
  const turn = useRef(0);

  const load = async () => {
    turn.current += 1;
    const own = turn.current;
    isLoading.value = true;
    error.value = null;
    try {
      const [opened, page] = await Promise.all([reportOpen(id), eventList(id)]);
      if (own === turn.current) {
        report.value = opened;
        events.value = page.items;
        cursor.value = page.next_cursor;
        reportChanged(opened);
        openedKeep(opened, page.items);
      }
    } catch (cause) {
      if (own === turn.current) {
        error.value = cause instanceof ApiError ? cause : new ApiError("broken", { status: 500 });
      }
    }
    if (own === turn.current) {
      isLoading.value = false;
    }
  };
  const more = async () => {
    const page = await eventList(id, cursor.value ?? undefined);
    events.value = [...events.value, ...page.items];
    cursor.value = page.next_cursor;
  };
  /** The answer to one's own step holds all that changed. @param {any} answer */
  const apply = (answer) => {
    report.value = answer.report;
    events.value = [answer.event, ...events.value.filter((event) => event.id !== answer.event.id)];
    reportChanged(answer.report);
    openedKeep(answer.report, events.value);
  };
  useEffect(() => {
    load();
    return () => {
      turn.current += 1;
    };
  }, [id, language.value]);
  // Steps also leave from the outbox by themselves and from the toast.
  useSignalEffect(() => {
    const answer = answered.value;
    if (answer && answer.report.id === report.peek()?.id && answer.report.version > (report.peek()?.version ?? 0)) {
      turn.current += 1;
      isLoading.value = false;
      apply(answer);
    }
  });
  return { report, events, cursor, error, isLoading, load, more };
}
