// @ts-check
// The first list is asked for while the session is still being checked: on a
// slow network that saves a whole round trip before the officer sees work.
// SPDX-License-Identifier: ISC
import { reportList } from "./api.js";

/** @type {{key: string, answer: ReturnType<typeof reportList>}|null} */
let early = null;

/** @param {Record<string, any>} query */
export function askEarly(query) {
  const answer = reportList(query);
  answer.catch(() => {});
  early = { key: JSON.stringify(query), answer };
}

/**
 * The early answer when it is for this very query, once.
 * @param {Record<string, any>} query @param {AbortSignal} signal
 */
export function takeEarly(query, signal) {
  const found = early?.key === JSON.stringify(query) ? early.answer : null;
  early = null;
  return found ?? reportList(query, signal);
}
