// @ts-check
// Outlines of areas: rings of encoded polylines, and which area a point lies
// in. Pure.
// SPDX-License-Identifier: ISC

/** @typedef {[number, number]} Point latitude, longitude */
/** @typedef {{code: string, name: string, rings: Point[][]}} Area */

const FIVE_DIGITS = 1e5;

/** @param {string} text @returns {Point[]} */
export function decoded(text) {
  /** @type {Point[]} */
  const points = [];
  const sum = [0, 0];
  let at = 0;
  while (at < text.length) {
    for (const axis of [0, 1]) {
      let value = 0;
      let shift = 0;
      let byte;
      do {
        byte = text.charCodeAt(at++) - 63;
        value |= (byte & 31) << shift;
        shift += 5;
      } while (byte >= 32);
      sum[axis] += value & 1 ? ~(value >> 1) : value >> 1;
    }
    points.push([sum[0] / FIVE_DIGITS, sum[1] / FIVE_DIGITS]);
  }
  return points;
}

/** @param {Point[]} ring @param {number} lat @param {number} lng */
function crossings(ring, lat, lng) {
  let count = 0;
  for (let at = 0; at < ring.length; at++) {
    const [y1, x1] = ring[at];
    const [y2, x2] = ring[(at + 1) % ring.length];
    if (y1 > lat !== y2 > lat && lng < x1 + ((lat - y1) / (y2 - y1)) * (x2 - x1)) {
      count += 1;
    }
  }
  return count;
}

/** A hole is a ring like others, so what counts is odd or even. @param {Area[]} areas @param {number} lat @param {number} lng */
export function areaAt(areas, lat, lng) {
  return areas.find(({ rings }) => rings.reduce((sum, ring) => sum + crossings(ring, lat, lng), 0) % 2 === 1);
}

/** The middle of the largest ring's box. @param {Area} area @returns {Point} */
export function middleOf({ rings }) {
  const ring = rings.reduce((longest, one) => (one.length > longest.length ? one : longest), rings[0] ?? []);
  const lats = ring.map(([lat]) => lat);
  const lngs = ring.map(([, lng]) => lng);
  return [(Math.min(...lats) + Math.max(...lats)) / 2, (Math.min(...lngs) + Math.max(...lngs)) / 2];
}
