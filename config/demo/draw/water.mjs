// SPDX-License-Identifier: ISC
// Standing water: mirrors what was painted before it, tinted and rippled.

import { cloudAt, mix } from "./paint.mjs";
import { EDGE } from "./street.mjs";

/** @typedef {import("./stage.mjs").Stage} Stage */
/** @typedef {import("./canvas.mjs").Colour} Colour */

/**
 * @param {Stage} stage
 * @param {{colour?: Colour, mirror?: number, ripple?: number, y?: number}} [how]
 * @returns {import("./canvas.mjs").Shader}
 */
export function water(stage, { colour = [112, 92, 66], mirror = 0.55, ripple = 0.05, y = 0 } = {}) {
  const { width, height, pixels } = stage.canvas;
  const before = pixels.slice();
  const look = stage.rays();
  const ray = new Float64Array(3);
  const [ex, ey, ez] = stage.eye;
  return (px, py, out) => {
    look(px, py, ray);
    const down = Math.min(-0.02, ray[1]);
    const far = (ey - y) / -down;
    const gx = ex + ray[0] * far;
    const gz = ez + ray[2] * far;
    const wave = cloudAt(gx * 9 + gz * 2, gz * 22) * ripple + cloudAt(gx * 3, gz * 5) * ripple * 0.8;
    const rx = ray[0] + wave * 0.6;
    const side = rx > 0 ? EDGE : -EDGE;
    const reach = Math.min(60, Math.abs(rx) > 0.001 ? (side - gx) / rx : 60);
    const seen = stage.at([gx + rx * reach, y - (down + wave * 0.5) * reach, gz + ray[2] * reach]);
    const sx = seen ? Math.min(width - 1, Math.max(0, seen[0] | 0)) : px;
    const sy = seen ? Math.min(height - 1, Math.max(0, seen[1] | 0)) : 0;
    const at = (sy * width + sx) * 3;
    // Flat views mirror more than steep ones.
    const share = Math.min(0.92, mirror * (0.55 + 0.5 * (1 + down)));
    const spark = 1 + wave * 2.2;
    out[0] = (colour[0] + (before[at] - colour[0]) * share) * spark;
    out[1] = (colour[1] + (before[at + 1] - colour[1]) * share) * spark;
    out[2] = (colour[2] + (before[at + 2] - colour[2]) * share) * spark;
  };
}

/** Rings around things that stand in water. */
export function ring(stage, x, z, rx, rz, y) {
  for (const [size, alpha] of [[1.5, 0.12], [1.2, 0.2]]) {
    stage.patch(x, z, rx * size, rz * size, mix([255, 255, 255], stage.light.haze, 0.4), { alpha, y, uneven: 0.06, seed: x });
    stage.patch(x, z, rx * size * 0.95, rz * size * 0.95, [84, 72, 54], { alpha: alpha * 1.4, y, uneven: 0.06, seed: x });
  }
}
