// @ts-check
// The list's data: load, load more, come back to it. The newest question
// wins; older answers that arrive late are dropped.
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

import { ApiError, reportList } from "../../api.js";
import { listKeep, listRecall } from "../../memory.js";
import { language } from "../../t.js";
import { filterQuery } from "../../filter.js";

/** @typedef {import("../../types.js").Report} Report */

/**
 * @param {string} key of the history entry
 * @param {import("../../filter.js").Filter} filter
 */
export function useList(key, filter) {
  const kept = listRecall(key);
  const items = useSignal(/** @type {Report[]} */ (kept?.items ?? []));
  const cursor = useSignal(/** @type {string|null} */ (kept?.cursor ?? null));
  const error = useSignal(/** @type {ApiError|null} */ (null));
  const state = useSignal(/** @type {"loading"|"more"|"ready"} */ (kept ? "ready" : "loading"));
  const abort = useRef(new AbortController());

  /** @param {string|null} from */
  const load = async (from) => {
    abort.current.abort();
    const own = (abort.current = new AbortController());
    state.value = from ? "more" : "loading";
    error.value = null;
    try {
      const query = { ...filterQuery(filter), ...(from ? { cursor: from } : {}) };
      const page = await reportList(query, own.signal);
      if (own !== abort.current) {
        return;
      }
      items.value = from ? [...items.value, ...page.items] : page.items;
      cursor.value = page.next_cursor;
      listKeep(key, { items: items.value, cursor: cursor.value, language: language.value });
    } catch (cause) {
      if (own !== abort.current) {
        return;
      }
      error.value = cause instanceof ApiError ? cause : new ApiError("broken", { status: 500 });
    }
    state.value = "ready";
  };

  // A new filter is a new history entry, so the key says it all.
  useEffect(() => {
    const found = listRecall(key);
    if (found?.language === language.value) {
      items.value = found.items;
      cursor.value = found.cursor;
      error.value = null;
      state.value = "ready";
      return;
    }
    load(null);
  }, [key, language.value]);
  useEffect(() => () => abort.current.abort(), []);

  return { items, cursor, error, state, reload: () => load(null), more: () => load(cursor.value) };
}
