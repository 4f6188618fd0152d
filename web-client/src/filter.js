// @ts-check
// The list's filters between address, API and chips. Pure. Words typed into
// the search stay out of the address: they may be about a person.
// SPDX-License-Identifier: ISC
import { GROUPS, STATUSES } from "./labels.js";

/**
 * @typedef {object} Filter
 * @property {string[]} status
 * @property {string} category
 * @property {string} unit
 * @property {string} kelurahan
 * @property {string} visibility
 * @property {string} overdue
 * @property {string} assigned me: what I work on; none: what nobody works on
 * @property {string} sort
 * @property {string} q
 */

export const SORTS = ["due_at", "received_at", "-received_at"];

const PLAIN = /** @type {const} */ (["category", "unit", "kelurahan", "visibility", "overdue", "assigned"]);

/** @param {URLSearchParams} query @param {any} state @returns {Filter} */
export function filterFrom(query, state) {
  const one = (/** @type {string} */ name) => query.get(name) ?? "";
  const sort = one("sort");
  return {
    status: one("status").split(",").filter((status) => STATUSES.includes(status)),
    category: one("category"),
    unit: one("unit"),
    kelurahan: one("kelurahan"),
    visibility: ["private", "public"].includes(one("visibility")) ? one("visibility") : "",
    overdue: one("overdue") === "true" ? "true" : "",
    assigned: ["me", "none"].includes(one("assigned")) ? one("assigned") : "",
    sort: SORTS.includes(sort) ? sort : "due_at",
    q: typeof state?.q === "string" ? state.q : "",
  };
}

/** @param {Filter} filter */
export function filterPath(filter) {
  const query = new URLSearchParams();
  if (filter.status.length) {
    query.set("status", filter.status.join(","));
  }
  for (const name of PLAIN) {
    if (filter[name]) {
      query.set(name, filter[name]);
    }
  }
  if (filter.sort !== "due_at") {
    query.set("sort", filter.sort);
  }
  const text = query.toString().replaceAll("%2C", ",");
  return text ? `/?${text}` : "/";
}

/** What the API is asked. @param {Filter} filter @returns {Record<string, any>} */
export function filterQuery(filter) {
  return { ...filter, q: filter.q.trim() };
}

/** The group whose statuses are chosen exactly: "all", "waiting", … or "". @param {Filter} filter */
export function groupOf(filter) {
  if (!filter.status.length) {
    return "all";
  }
  const chosen = [...filter.status].sort().join();
  const found = Object.entries(GROUPS).find(([, list]) => [...list].sort().join() === chosen);
  return found ? found[0] : "";
}

/**
 * The filters that are on, each with the filter that is left without it.
 * @param {Filter} filter
 * @returns {{name: string, value: string, rest: Filter}[]}
 */
export function filterChips(filter) {
  const chips = [];
  if (!groupOf(filter)) {
    for (const status of filter.status) {
      const left = filter.status.filter((one) => one !== status);
      chips.push({ name: "status", value: status, rest: { ...filter, status: left } });
    }
  }
  for (const name of PLAIN) {
    if (filter[name]) {
      chips.push({ name, value: filter[name], rest: { ...filter, [name]: "" } });
    }
  }
  return chips;
}

/** @param {Filter} filter @returns {Filter} without anything but the order */
export function filterCleared(filter) {
  return { status: [], category: "", unit: "", kelurahan: "", visibility: "", overdue: "", assigned: "", sort: filter.sort, q: "" };
}
