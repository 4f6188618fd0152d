// @ts-check
// What the place looked like before the work: the report's own photos where
// they are not locked, else what an officer photographed on site, else an
// earlier proof. Pure.
// SPDX-License-Identifier: ISC

/** @typedef {import("../../types.js").Report} Report */
/** @typedef {import("../../types.js").Event} Event */
/** @typedef {import("../../types.js").Photo} Photo */

/**
 * @typedef {object} Before
 * @property {Photo[]} photos
 * @property {"report"|"site"|"proof"} name whose photos they are
 * @property {string} [at] when they came in
 */

/** The proof that is to be checked: the newest. @param {Event[]} events newest first */
export function proofOf(events) {
  return events.find((event) => event.type === "follow_up") ?? null;
}

/**
 * @param {Report} report @param {Event[]} events newest first
 * @returns {Before|null} null when there is no picture from before
 */
export function beforeOf(report, events) {
  if (!report.photos?.locked && report.photos?.items?.length) {
    return { photos: report.photos.items, name: "report", at: report.received_at };
  }
  const proof = proofOf(events);
  const earlier = proof ? events.slice(events.indexOf(proof) + 1) : events;
  /** @param {string[]} types */
  const newest = (types) => earlier.find((event) => types.includes(event.type) && event.photos?.items?.length);
  const site = newest(["note"]);
  const found = site ?? newest(["follow_up", "progress"]);
  return found ? { photos: found.photos?.items ?? [], name: site ? "site" : "proof", at: found.at } : null;
}
