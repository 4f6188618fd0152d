// @ts-check
// An officer's open reports by deadline, and by distance inside a group. Pure.
// SPDX-License-Identifier: ISC
import { distance } from "../../photo.js";

/** @typedef {import("../../types.js").Report} Report */
/** @typedef {{lat: number, lng: number}} Spot */

const ZONE = 7 * 3600_000;

/** The day in Jakarta. @param {number} at */
function dayOf(at) {
  return new Date(at + ZONE).toISOString().slice(0, 10);
}

/** @param {Report} report @param {Spot|null} spot @returns {number|null} metres */
export function away({ location }, spot) {
  return spot && location ? distance(spot, location) : null;
}

/**
 * @param {Report[]} items by deadline
 * @param {number} now
 * @param {Spot|null} spot where the officer is, if that was asked for
 * @returns {{name: "late"|"today"|"later", items: Report[]}[]} no empty ones
 */
export function groupsOf(items, now, spot) {
  /** @type {Record<"late"|"today"|"later", Report[]>} */
  const groups = { late: [], today: [], later: [] };
  for (const report of items) {
    const due = report.due_at ? Date.parse(report.due_at) : Infinity;
    const isToday = due !== Infinity && dayOf(due) === dayOf(now);
    groups[due < now ? "late" : isToday ? "today" : "later"].push(report);
  }
  const near = (/** @type {Report} */ report) => away(report, spot) ?? Infinity;
  return /** @type {const} */ (["late", "today", "later"])
    .map((name) => ({ name, items: spot ? groups[name].sort((a, b) => near(a) - near(b) || 0) : groups[name] }))
    .filter((group) => group.items.length > 0);
}
