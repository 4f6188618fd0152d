// @ts-check
// What a signed-in officer's tab knows beyond the screen it shows: lists it
// came from and words not yet sent. Memory only, emptied at sign-out.
// SPDX-License-Identifier: ISC
import { signal } from "@preact/signals";

/** The answer to the newest step that left this tab; open screens follow it. @type {import("@preact/signals").Signal<any>} */
export const answered = signal(null);

/** @type {Map<string, any>} */
const lists = new Map();

/** @type {{report: import("./types.js").Report, events: import("./types.js").Event[]}|null} */
let opened = null;

/** @type {Map<string, string>} */
const drafts = new Map();

const LISTS_MAX = 5;

/** @param {string} key */
export function listRecall(key) {
  return lists.get(key);
}

/** @param {string} key @param {any} list */
export function listKeep(key, list) {
  lists.delete(key);
  lists.set(key, list);
  for (const oldest of lists.keys()) {
    if (lists.size <= LISTS_MAX) {
      break;
    }
    lists.delete(oldest);
  }
}

/**
 * A report changed: the lists that hold it show the change at once.
 * @param {import("./types.js").Report} report
 */
export function reportChanged(report) {
  if (opened?.report.id === report.id) {
    opened = { ...opened, report };
  }
  for (const list of lists.values()) {
    list.items = list.items.map((/** @type {any} */ item) => (item.id === report.id ? report : item));
  }
}

/**
 * The report before and after one, in the list the officer came from.
 * @param {string} id
 */
export function neighbours(id) {
  const list = [...lists.values()].pop();
  const at = list ? list.items.findIndex((/** @type {any} */ item) => item.id === id) : -1;
  if (at < 0) {
    return { before: null, after: null };
  }
  return {
    before: list.items[at - 1]?.id ?? null,
    after: list.items[at + 1]?.id ?? null,
  };
}

/**
 * The next report that waits for this reader in the list the officer came
 * from, after the given one, else from the top. It is known from the list;
 * nothing is opened in advance, because each opening is recorded.
 * @param {string} id @param {string[]} statuses
 * @returns {import("./types.js").Report|null}
 */
export function nextWaiting(id, statuses) {
  const items = [...lists.values()].pop()?.items ?? [];
  const at = items.findIndex((/** @type {any} */ item) => item.id === id);
  const rest = [...items.slice(at + 1), ...items.slice(0, Math.max(at, 0))];
  return rest.find((/** @type {any} */ item) => statuses.includes(item.status)) ?? null;
}

/**
 * The report on the screen, so that going to its follow-up and back works
 * without a network.
 * @param {import("./types.js").Report} report
 * @param {import("./types.js").Event[]} events
 */
export function openedKeep(report, events) {
  opened = { report, events };
}

/**
 * A report as it was last seen: shown while the current one loads.
 * @param {string} id
 * @returns {{report: import("./types.js").Report|null, events: import("./types.js").Event[]}}
 */
export function reportRecall(id) {
  if (opened && (opened.report.id === id || opened.report.ticket === id)) {
    return opened;
  }
  for (const list of lists.values()) {
    const found = list.items.find((/** @type {any} */ item) => item.id === id);
    if (found) {
      return { report: found, events: [] };
    }
  }
  return { report: null, events: [] };
}

/** @param {string} key */
export function draftRecall(key) {
  return drafts.get(key) ?? "";
}

/** @param {string} key @param {string} text */
export function draftKeep(key, text) {
  if (text) {
    drafts.set(key, text);
  } else {
    drafts.delete(key);
  }
}

export function forgetReports() {
  opened = null;
  answered.value = null;
  lists.clear();
}

export function forgetAll() {
  forgetReports();
  drafts.clear();
}
