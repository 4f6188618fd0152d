// @ts-check
// Routes that only triage and admins need, kept out of what everybody loads.
// SPDX-License-Identifier: ISC
import { read, reportPath, request, upload } from "../api.js";

/** @typedef {import("../types.js").Report} Report */

/**
 * @typedef {object} Related
 * @property {string} id
 * @property {string} ticket
 * @property {string} status
 * @property {import("../types.js").Label} confidentiality
 * @property {{code: string, name: string}|null} category
 * @property {string} description
 * @property {"merged"|"split"|"duplicate"|"recurrence"|"quoted"} relation
 * @property {number} [distance_m]
 * @property {number} [similarity]
 * @property {string} received_at
 */

/** What belongs to a report: likely duplicates, merged ones, quoted tickets. @param {string} id @returns {Promise<Related[]>} */
export async function relatedList(id) {
  return (await read(`${reportPath(id)}/related`)).body.items;
}

/** Channels without a door of their own. @returns {Promise<{code: string, name: string}[]>} */
export async function channelList() {
  return (await read("/api/v1/channels")).body.items;
}

/**
 * Hands in a report for somebody who came by another way.
 * @param {string} key @param {object} report @param {Blob[]} photos
 * @returns {Promise<Report>}
 */
export async function reportAdd(key, report, photos) {
  const headers = { "Idempotency-Key": key };
  if (!photos.length) {
    return (await request("POST", "/api/v1/reports", { headers, body: report })).body.report;
  }
  const form = new FormData();
  form.set("report", new Blob([JSON.stringify(report)], { type: "application/json" }));
  photos.forEach((photo, at) => form.append("photo", photo, `${at + 1}.jpg`));
  return (await upload("/api/v1/reports", headers, form, () => {})).report;
}

/** What the lists of admins hold: words of the filter, days off, texts to start from. */
const LISTS = /** @type {const} */ ({ words: "word", holidays: "holiday", templates: "template" });

/** @typedef {keyof typeof LISTS} ListName */

/** @param {ListName} name @returns {Promise<any[]>} */
export async function listRead(name) {
  return (await read(`/api/v1/${name}`)).body.items;
}

/** @param {ListName} name @param {object} entry @returns {Promise<any>} */
export async function listAdd(name, entry) {
  return (await request("POST", `/api/v1/${name}`, { body: entry })).body[LISTS[name]];
}

/** @param {ListName} name @param {string} id */
export async function listDelete(name, id) {
  await request("DELETE", `/api/v1/${name}/${encodeURIComponent(id)}`);
}
