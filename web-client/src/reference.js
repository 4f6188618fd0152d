// @ts-check
// Lists that are the same for every report: units, categories, templates,
// reasons. Asked for once per person and language, when first needed.
// Usage: const { items, isFailed, retry } = useReference("units", unitList);
// SPDX-License-Identifier: ISC
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { session } from "./session.js";
import { language } from "./t.js";

/** @type {Map<string, Promise<any[]>>} */
const known = new Map();

/**
 * @template T
 * @param {string} name @param {() => Promise<T[]>} ask
 * @returns {Promise<T[]>}
 */
export function reference(name, ask) {
  const key = `${session.value?.username} ${language.value} ${name}`;
  const found = known.get(key) ?? ask();
  known.set(key, found);
  found.catch(() => known.delete(key));
  return found;
}

/**
 * @template T
 * @param {string} name an empty name asks for nothing
 * @param {() => Promise<T[]>} ask
 */
export function useReference(name, ask) {
  const items = useSignal(/** @type {T[]|null} */ (null));
  const isFailed = useSignal(false);
  const turn = useSignal(0);
  useEffect(() => {
    let isGone = false;
    isFailed.value = false;
    if (name) {
      reference(name, ask).then(
        (list) => isGone || (items.value = list),
        () => isGone || (isFailed.value = true),
      );
    }
    return () => {
      isGone = true;
    };
  }, [name, language.value, turn.value]);
  return { items: items.value, isFailed: isFailed.value, retry: () => (turn.value += 1) };
}
