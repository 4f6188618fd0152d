// @ts-check
// Routes that only some screens need, kept out of what everybody loads:
// checks of proof, many reports at once, saved views, notices, figures.
// SPDX-License-Identifier: ISC
import { query, read, reportPath, request } from "../api.js";

/** @typedef {import("../types.js").Named} Named */

/**
 * @typedef {object} Check
 * @property {string} id
 * @property {import("../types.js").Label} confidentiality
 * @property {string} event
 * @property {"earlier_proof"|"own_photo"|"arrival"|"distance"|"before_received"|"before_taken"} kind
 * @property {string} [photo]
 * @property {string} [other_photo]
 * @property {import("../types.js").Link} [other_report]
 * @property {boolean} [mirrored]
 * @property {number} [bits]
 * @property {number} [seconds]
 * @property {number} [meters]
 */

/** Facts about the proofs of a report. @param {string} id @returns {Promise<Check[]>} */
export async function checkList(id) {
  return (await read(`${reportPath(id)}/checks`)).body.items;
}

/** @typedef {{id: string, name: string, query: string}} View */

/** Saved views of the own account. @returns {Promise<View[]>} */
export async function viewList() {
  return (await read("/api/v1/views")).body.items;
}

/** @param {string} name @param {string} filters @returns {Promise<View>} */
export async function viewAdd(name, filters) {
  return (await request("POST", "/api/v1/views", { body: { name, query: filters } })).body.view;
}

/** @param {string} id */
export async function viewDelete(id) {
  await request("DELETE", `/api/v1/views/${encodeURIComponent(id)}`);
}

/** @typedef {{id: string, status: number, version?: number, code?: string}} BulkResult */

/**
 * One step for many reports, each for itself.
 * @param {string} key the same for each try of the same step
 * @param {object} members
 * @param {{id: string, version: number}[]} items
 * @returns {Promise<BulkResult[]>}
 */
export async function bulkAdd(key, members, items) {
  const body = { ...members, items: items.map(({ id, version }) => ({ id, version })) };
  return (await request("POST", "/api/v1/bulk", { headers: { "Idempotency-Key": key }, body })).body.items;
}

/** All up to this moment has been seen. @param {string} until */
export async function noticeSee(until) {
  await request("POST", "/api/v1/notices/seen", { body: { until } });
}

/** @typedef {{unit: Named, validated: number, reopened: number, on_time: number, rank: number}} Ranked */

/**
 * Units by work that was found good.
 * @param {{from: string, to: string, kind: string}} wish
 * @returns {Promise<Ranked[]>}
 */
export async function rankingList(wish) {
  return (await read(`/api/v1/ranking${query(wish)}`)).body.items;
}

/**
 * Officers of the reader's units, page by page.
 * @param {string|null} cursor
 * @returns {Promise<{items: (import("../types.js").Officer & {unit: Named})[], next_cursor: string|null}>}
 */
export async function workloadList(cursor) {
  return (await read(`/api/v1/officers${query({ limit: "100", cursor: cursor ?? undefined })}`)).body;
}
