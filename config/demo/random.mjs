// SPDX-License-Identifier: ISC
// A small seeded generator: the demo must come out the same on every machine.

/** Seeded pseudo-random numbers (mulberry32). Never used for anything secret. */
export class Random {
  #state;

  /** @param {number | string} seed */
  constructor(seed) {
    this.#state = typeof seed === "number" ? seed >>> 0 : hashOf(seed);
  }

  /** @returns {number} in [0, 1) */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** @param {number} low @param {number} high */
  between(low, high) {
    return low + (high - low) * this.next();
  }

  /** @param {number} low @param {number} high both included */
  whole(low, high) {
    return Math.floor(this.between(low, high + 1));
  }

  /** @param {number} chance */
  happens(chance) {
    return this.next() < chance;
  }

  /** @template T @param {readonly T[]} items @returns {T} */
  pick(items) {
    return items[Math.floor(this.next() * items.length)];
  }
}

/** @param {string} text @returns {number} FNV-1a, 32 bits */
export function hashOf(text) {
  let hash = 0x811c9dc5;
  for (const letter of text) {
    hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return hash;
}
