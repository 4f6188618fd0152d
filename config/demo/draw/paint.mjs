// SPDX-License-Identifier: ISC
// Colours, gradients and noise: everything a polygon can be filled with.

import { Random } from "../random.mjs";

/** @typedef {import("./canvas.mjs").Colour} Colour */
/** @typedef {import("./canvas.mjs").Shader} Shader */

const NOISE_SIZE = 256;
const NOISE_MASK = NOISE_SIZE - 1;

/** White noise in −1…1, tileable. */
const grain = makeGrain();
/** Smooth noise in about −1…1, tileable. */
const cloud = makeCloud();

function makeGrain() {
  const random = new Random(20);
  return Float32Array.from(
    { length: NOISE_SIZE * NOISE_SIZE },
    () => random.next() + random.next() - 1,
  );
}

function makeCloud() {
  const field = new Float32Array(NOISE_SIZE * NOISE_SIZE);
  for (let octave = 0; octave < 5; octave += 1) {
    const cells = 8 << octave;
    const weight = 0.55 ** octave;
    const step = NOISE_SIZE / cells;
    for (let at = 0; at < field.length; at += 1) {
      const x = (at & NOISE_MASK) / step;
      const y = (at >> 8) / step;
      field[at] += weight * lattice(x, y, cells, octave * 31);
    }
  }
  return field;
}

function lattice(x, y, cells, shift) {
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const u = (x - x0) ** 2 * (3 - 2 * (x - x0));
  const v = (y - y0) ** 2 * (3 - 2 * (y - y0));
  const at = (cx, cy) => grain[((cy % cells) + shift) * NOISE_SIZE % 65536 + (cx % cells) + shift];
  const top = at(x0, y0) * (1 - u) + at(x0 + 1, y0) * u;
  const bottom = at(x0, y0 + 1) * (1 - u) + at(x0 + 1, y0 + 1) * u;
  return (top * (1 - v) + bottom * v) * 1.6;
}

/** Sharp noise at any coordinate. @returns {number} −1…1 */
export function grainAt(x, y) {
  return grain[((y & NOISE_MASK) << 8) | (x & NOISE_MASK)];
}

/** Smooth noise at any coordinate, bilinear. @returns {number} about −1…1 */
export function cloudAt(x, y) {
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const u = x - x0;
  const v = y - y0;
  const top = (y0 & NOISE_MASK) << 8;
  const bottom = ((y0 + 1) & NOISE_MASK) << 8;
  const left = x0 & NOISE_MASK;
  const right = (x0 + 1) & NOISE_MASK;
  return (cloud[top | left] * (1 - u) + cloud[top | right] * u) * (1 - v)
    + (cloud[bottom | left] * (1 - u) + cloud[bottom | right] * u) * v;
}

/** @param {Colour} one @param {Colour} two @param {number} share @returns {Colour} */
export function mix(one, two, share) {
  return [
    one[0] + (two[0] - one[0]) * share,
    one[1] + (two[1] - one[1]) * share,
    one[2] + (two[2] - one[2]) * share,
  ];
}

/** @param {Colour} colour @param {number} factor @returns {Colour} */
export function shade(colour, factor) {
  return [colour[0] * factor, colour[1] * factor, colour[2] * factor];
}

/** A gradient along the line between two points. @returns {Shader} */
export function linear(x0, y0, from, x1, y1, to) {
  const dx = x1 - x0;
  const dy = y1 - y0;
  const scale = 1 / (dx * dx + dy * dy || 1);
  return (x, y, out) => {
    const raw = ((x - x0) * dx + (y - y0) * dy) * scale;
    const share = raw < 0 ? 0 : raw > 1 ? 1 : raw;
    out[0] = from[0] + (to[0] - from[0]) * share;
    out[1] = from[1] + (to[1] - from[1]) * share;
    out[2] = from[2] + (to[2] - from[2]) * share;
  };
}

/** A colour that fades out towards the rim of an ellipse. @returns {Shader} */
export function soft(cx, cy, rx, ry, colour, power = 1) {
  return (x, y, out) => {
    const far = ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2;
    out[0] = colour[0];
    out[1] = colour[1];
    out[2] = colour[2];
    out[3] = far >= 1 ? 0 : power === 1 ? 1 - far : (1 - far) ** power;
  };
}

/** A round body: lit at the upper left, dark at the lower right. @returns {Shader} */
export function ball(cx, cy, rx, ry, colour, depth = 0.45) {
  return (x, y, out) => {
    const light = ((x - cx) / rx) * 0.45 + ((y - cy) / ry) * 0.8;
    const factor = 1 - depth * light + grainAt(x, y) * 0.05;
    out[0] = colour[0] * factor;
    out[1] = colour[1] * factor;
    out[2] = colour[2] * factor;
  };
}

/** Flat colour with sharp and smooth noise in picture space. @returns {Shader} */
export function rough(colour, sharp = 0.06, smooth = 0.08, scale = 0.25) {
  return (x, y, out) => {
    const factor = 1 + grainAt(x, y) * sharp + cloudAt(x * scale, y * scale) * smooth;
    out[0] = colour[0] * factor;
    out[1] = colour[1] * factor;
    out[2] = colour[2] * factor;
  };
}
