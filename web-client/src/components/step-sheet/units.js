// @ts-check
// Which units a report can go to, and which of them a few letters mean. Pure.
// SPDX-License-Identifier: ISC

/** @typedef {import("../../types.js").Unit} Unit */

const SHOWN = 8;

/** @param {Unit[]} all @param {string} top @returns {Set<string>} those strictly below */
function below(all, top) {
  const found = new Set();
  let size = -1;
  while (size < found.size) {
    size = found.size;
    all.filter((unit) => unit.parent && (unit.parent === top || found.has(unit.parent))).forEach((unit) => found.add(unit.id));
  }
  return found;
}

/**
 * The server has the last word; this only spares officers a refusal.
 * @param {string} step @param {Unit[]} all
 * @param {import("../../types.js").Report} report
 * @param {string} own the reader's unit
 */
export function unitsFor(step, all, report, own) {
  const doers = all.filter((unit) => unit.kind !== "province" && unit.id !== report.unit?.id);
  if (step !== "dispose") {
    return doers;
  }
  const ids = below(all, own);
  return doers.filter((unit) => ids.has(unit.id));
}

/**
 * Every word must occur; names that begin with the first come first.
 * @param {Unit[]} units @param {string} words
 */
export function unitsNamed(units, words) {
  const parts = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (!parts.length) {
    return units.length <= SHOWN ? { shown: units, left: 0 } : { shown: [], left: 0 };
  }
  const found = units.filter(({ name }) => parts.every((part) => name.toLowerCase().includes(part)));
  const rank = (/** @type {Unit} */ { name }) => (name.toLowerCase().startsWith(parts[0]) ? 0 : 1);
  found.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
  return { shown: found.slice(0, SHOWN), left: found.length - Math.min(SHOWN, found.length) };
}

/**
 * The kelurahan that a point lies in, as a unit.
 * @param {Unit[]} units
 * @param {{kelurahan?: {name: string}|null}|null} [place]
 */
export function unitOfPoint(units, place) {
  const name = place?.kelurahan?.name;
  return name ? units.find((unit) => unit.kind === "kelurahan" && unit.name.replace(/^Kelurahan /, "") === name) : undefined;
}
