// SPDX-License-Identifier: ISC
// Single things that stand in a street: trees, poles, cars, signs, bins.

import { Random } from "../random.mjs";
import { ball, grainAt, linear, mix, shade } from "./paint.mjs";

/** @typedef {import("./stage.mjs").Stage} Stage */
/** @typedef {import("./canvas.mjs").Colour} Colour */

/** A soft dark patch under a thing. */
export function shadowUnder(stage, x, z, rx, rz, y = 0.01, strength = 1) {
  const alpha = Math.max(0.16, stage.light.shadow) * strength;
  for (const [size, share] of [[1.25, 0.25], [1.05, 0.35], [0.85, 0.5]]) {
    stage.patch(x + stage.light.slant * 0.15, z, rx * size, rz * size, [18, 20, 32], { alpha: alpha * share, y });
  }
}

/** Round clumps of leaves, dark behind and lit in front. */
export function foliage(stage, centre, size, colour, random, count = 34) {
  const spot = stage.at(centre);
  if (!spot) {
    return;
  }
  const scale = stage.scaleAt(centre) * size;
  for (let leaf = 0; leaf < count; leaf += 1) {
    const share = leaf / count;
    const angle = random.between(0, Math.PI * 2);
    const reach = Math.sqrt(random.next()) * (1 - share * 0.35);
    const x = spot[0] + Math.cos(angle) * reach * scale * 0.85;
    const y = spot[1] + Math.sin(angle) * reach * scale * 0.62 - share * scale * 0.16;
    const radius = scale * random.between(0.17, 0.3);
    const tone = shade(colour, 0.62 + share * 0.45 + random.between(-0.06, 0.06));
    stage.canvas.fill(leafy(x, y, radius, random), ball(x, y, radius, radius, tone, 0.34));
  }
}

/** A ragged round clump, so that crowns do not look like balloons. */
function leafy(x, y, radius, random) {
  /** @type {[number, number][]} */
  const points = [];
  const lobes = radius < 6 ? 5 : 11;
  const count = radius < 6 ? 10 : 44;
  const start = random.between(0, 6);
  for (let step = 0; step < count; step += 1) {
    const angle = (step / count) * Math.PI * 2;
    const lobe = Math.abs(Math.sin((angle * lobes) / 2 + start));
    const reach = radius * (0.86 + lobe * 0.16 + random.between(-0.03, 0.03));
    points.push([x + Math.cos(angle) * reach, y + Math.sin(angle) * reach * 0.85]);
  }
  return points;
}

export function bark(colour) {
  return (x, y, out) => {
    const factor = 1 + grainAt(x * 0.7, y * 0.12) * 0.22;
    out[0] = colour[0] * factor;
    out[1] = colour[1] * factor;
    out[2] = colour[2] * factor;
  };
}

/** @param {Stage} stage */
export function tree(stage, x, z, size, seed) {
  const random = new Random(Math.floor(seed * 1e9));
  const green = stage.hazed(mix([58, 112, 52], [104, 126, 46], random.next()), z);
  shadowUnder(stage, x - Math.sign(x) * 0.8, z, 1.8 * size, 1.5 * size, 0.17);
  stage.floor(x - 0.45, x + 0.45, z - 0.4, z + 0.4, stage.hazed([104, 80, 58], z), 0.165);
  const trunk = bark(stage.hazed([112, 88, 66], z));
  const high = 2.9 * size;
  stage.bar([x, 0.16, z], [x + 0.1, high, z], 0.32 * size, trunk, 1, 0.2 * size);
  stage.bar([x + 0.05, high * 0.72, z], [x + 0.75 * size, high * 1.2, z], 0.16 * size, trunk, 1, 0.08);
  stage.bar([x + 0.05, high * 0.78, z], [x - 0.8 * size, high * 1.25, z], 0.15 * size, trunk, 1, 0.08);
  foliage(stage, [x, high + 1.0 * size, z], 2.1 * size, green, random, 44);
}

/** @param {Stage} stage */
export function palm(stage, x, z, size, seed) {
  const random = new Random(Math.floor(seed * 1e9));
  const green = stage.hazed([84, 126, 62], z);
  const top = [x + 0.3, 4.6 * size, z];
  shadowUnder(stage, x, z, 0.9, 0.8, 0.17);
  stage.bar([x, 0.16, z], top, 0.26, bark(stage.hazed([142, 122, 98], z)), 1, 0.18);
  for (let leaf = 0; leaf < 13; leaf += 1) {
    const angle = (leaf / 13) * Math.PI * 2 + random.between(-0.2, 0.2);
    const end = [top[0] + Math.cos(angle) * 1.8, top[1] + Math.sin(angle) * 0.9 - 0.35, z];
    const middle = [top[0] + Math.cos(angle) * 0.95, top[1] + Math.sin(angle) * 0.75 + 0.25, z];
    const tone = shade(green, random.between(0.7, 1.2));
    stage.bar(top, middle, 0.14, tone, 1, 0.3);
    stage.bar(middle, end, 0.3, tone, 1, 0.03);
  }
}

/** A concrete pole with a street lamp and hanging cables. @param {Stage} stage */
export function pole(stage, x, z, side) {
  const grey = stage.hazed([150, 148, 142], z);
  stage.bar([x, 0.16, z], [x, 7.4, z], 0.22, linear(0, 0, grey, 400, 0, shade(grey, 0.82)), 1, 0.16);
  stage.bar([x, 7.2, z], [x - side * 1.6, 7.7, z], 0.09, grey, 1, 0.07);
  stage.bar([x - side * 1.4, 7.66, z], [x - side * 2.1, 7.7, z], 0.17, shade(grey, 0.7));
  stage.bar([x - 0.5, 6.7, z], [x + 0.5, 6.7, z], 0.1, shade(grey, 0.6));
  for (const [offset, sag] of [[-0.4, 0.5], [0, 0.75], [0.4, 0.6]]) {
    let before = [x + offset, 6.75, z];
    for (let step = 1; step <= 8; step += 1) {
      const share = step / 8;
      const place = [x + offset, 6.75 - sag * 4 * share * (1 - share), z + share * 16];
      stage.bar(before, place, 0.025, [52, 52, 56], 0.75);
      before = place;
    }
  }
}

/** Places on a plane: a along one axis, b up. */
function wheel(stage, x, y, z, radius, alongZ) {
  const ring = (size) => Array.from({ length: 22 }, (_, step) => {
    const angle = (step / 22) * Math.PI * 2;
    const a = Math.cos(angle) * size;
    const b = y + Math.sin(angle) * size;
    return alongZ ? [x, b, z + a] : [x + a, b, z];
  });
  stage.fill(ring(radius), [30, 30, 32]);
  stage.fill(ring(radius * 0.62), [150, 152, 156]);
  stage.fill(ring(radius * 0.2), [84, 86, 90]);
}

const CAR = [
  // [along, height] of the outline, from the rear bumper over the roof.
  [0, 0.32], [0, 0.86], [0.18, 1.0], [0.5, 1.56], [0.9, 1.66], [2.2, 1.62], [2.95, 1.08], [3.9, 0.92], [4.1, 0.62], [4.1, 0.3],
];

/**
 * A parked car seen from behind.
 * @param {Stage} stage
 * @param {number} x middle
 * @param {number} z rear end
 * @param {Colour} colour
 */
export function car(stage, x, z, colour, y = 0) {
  const half = 0.82;
  const near = stage.eye[0] < x ? x - half : x + half;
  shadowUnder(stage, x, z + 2, half * 1.3, 2.5, y + 0.005, 1.7);
  for (const along of [0.75, 3.3]) {
    wheel(stage, near, y + 0.31, z + along, 0.31, true);
  }
  // Strips across the car, far to near, each lit by its slope.
  for (let at = CAR.length - 2; at >= 0; at -= 1) {
    const [a0, h0] = CAR[at];
    const [a1, h1] = CAR[at + 1];
    const slope = (a1 - a0) / Math.hypot(a1 - a0, h1 - h0);
    const tone = shade(colour, 0.62 + 0.5 * Math.max(0, slope));
    stage.fill([[x - half, y + h0, z + a0], [x + half, y + h0, z + a0], [x + half, y + h1, z + a1], [x - half, y + h1, z + a1]], tone);
  }
  carSide(stage, near, z, y, colour);
  carRear(stage, x, z, y, half);
}

function carSide(stage, x, z, y, colour) {
  const outline = CAR.map(([along, high]) => [x, y + high, z + along]);
  const top = stage.at([x, y + 1.66, z + 2]) ?? [0, 0];
  const foot = stage.at([x, y + 0.3, z + 2]) ?? [0, 1];
  stage.fill(outline, linear(0, top[1], shade(colour, 1.05), 0, foot[1], shade(colour, 0.62)));
  const glass = (points) => stage.fill(points.map(([a, b]) => [x, y + b, z + a]), [52, 66, 80]);
  glass([[0.5, 1.06], [0.72, 1.5], [1.4, 1.55], [1.4, 1.06]]);
  glass([[1.5, 1.06], [1.5, 1.55], [2.14, 1.53], [2.7, 1.08]]);
  stage.fill([[x, y + 0.98, z + 0.1], [x, y + 0.95, z + 3.8], [x, y + 0.91, z + 3.8], [x, y + 0.94, z + 0.1]], shade(colour, 1.25), 0.7);
  for (const along of [1.45, 2.75]) {
    stage.side(x, z + along, z + along + 0.02, y + 0.4, y + 1.0, shade(colour, 0.5), 0.6);
  }
  for (const along of [0.75, 3.3]) {
    const arch = Array.from({ length: 14 }, (_, step) => {
      const angle = (step / 13) * Math.PI;
      return [x, y + 0.3 + Math.sin(angle) * 0.4, z + along + Math.cos(angle) * 0.4];
    });
    stage.fill(arch, [20, 20, 24]);
    wheel(stage, x, y + 0.31, z + along, 0.31, true);
  }
}

function carRear(stage, x, z, y, half) {
  const w = half;
  stage.fill([[x - w * 0.82, y + 1.08, z + 0.2], [x + w * 0.82, y + 1.08, z + 0.2], [x + w * 0.72, y + 1.48, z + 0.44], [x - w * 0.72, y + 1.48, z + 0.44]],
    [44, 56, 70]);
  stage.fill([[x - w * 0.5, y + 1.12, z + 0.2], [x - w * 0.1, y + 1.12, z + 0.2], [x + w * 0.1, y + 1.46, z + 0.42], [x - w * 0.2, y + 1.46, z + 0.42]],
    [130, 150, 166], 0.5);
  stage.front(z - 0.01, x - w, x - w * 0.72, y + 0.66, y + 0.86, [196, 44, 38]);
  stage.front(z - 0.01, x + w * 0.72, x + w, y + 0.66, y + 0.86, [196, 44, 38]);
  stage.front(z - 0.02, x - w, x + w, y + 0.32, y + 0.5, [48, 48, 52]);
  stage.front(z - 0.02, x - 0.24, x + 0.24, y + 0.54, y + 0.7, [236, 236, 232]);
  stage.front(z - 0.03, x - 0.18, x + 0.18, y + 0.6, y + 0.64, [60, 60, 66]);
}

/** A motorcycle standing along the street. @param {Stage} stage */
export function motorcycle(stage, x, z, colour, y = 0) {
  shadowUnder(stage, x, z + 0.6, 0.35, 0.9, y + 0.005, 1.4);
  const flat = (points, paint) => stage.fill(points.map(([a, b]) => [x, y + b, z + a]), paint);
  wheel(stage, x, y + 0.28, z + 1.25, 0.28, true);
  wheel(stage, x, y + 0.28, z + 0.1, 0.28, true);
  flat([[-0.1, 0.55], [-0.15, 0.72], [0.35, 0.66], [0.55, 0.42], [0.85, 0.42], [1.0, 0.86], [1.14, 0.92], [1.24, 0.5], [1.0, 0.3], [0.4, 0.28], [0.1, 0.46]], colour);
  flat([[-0.12, 0.7], [-0.08, 0.8], [0.55, 0.76], [0.6, 0.66], [0.3, 0.66]], [34, 32, 34]);
  flat([[0.3, 0.3], [0.75, 0.28], [0.8, 0.4], [0.35, 0.42]], [86, 86, 92]);
  stage.bar([x, y + 0.86, z + 1.04], [x, y + 1.06, z + 0.96], 0.05, [40, 40, 44]);
  stage.bar([x - 0.3, y + 1.04, z + 0.96], [x + 0.3, y + 1.04, z + 0.96], 0.04, [40, 40, 44]);
  stage.bar([x, y + 0.55, z - 0.12], [x, y + 0.55, z - 0.2], 0.16, [196, 40, 36]);
  stage.bar([x + 0.22, y + 1.04, z + 0.97], [x + 0.28, y + 1.24, z + 0.97], 0.03, [40, 40, 44]);
}

/** A no-parking sign on a post. @param {Stage} stage */
export function noParking(stage, x, z, high = 2.5, y = 0.16) {
  stage.bar([x, y, z], [x, y + high, z], 0.07, [170, 172, 174]);
  const spot = stage.at([x, y + high, z]);
  if (!spot) {
    return;
  }
  const size = stage.scaleAt([x, y + high, z]) * 0.36;
  const { canvas } = stage;
  const [cx, cy] = spot;
  canvas.ellipse(cx, cy, size * 1.06, size * 1.06, [230, 230, 226]);
  canvas.ellipse(cx, cy, size, size, [200, 34, 36]);
  canvas.ellipse(cx, cy, size * 0.78, size * 0.78, [246, 246, 242]);
  const box = (x0, y0, x1, y1) => canvas.fill([[cx + x0 * size, cy + y0 * size], [cx + x1 * size, cy + y0 * size],
    [cx + x1 * size, cy + y1 * size], [cx + x0 * size, cy + y1 * size]], [24, 24, 26]);
  box(-0.26, -0.46, -0.1, 0.48);
  canvas.ellipse(cx + 0.02 * size, cy - 0.18 * size, size * 0.3, size * 0.28, [24, 24, 26]);
  canvas.ellipse(cx + 0.0 * size, cy - 0.18 * size, size * 0.14, size * 0.13, [246, 246, 242]);
  const d = size * 0.62;
  const t = size * 0.09;
  canvas.fill([[cx - d - t, cy - d + t], [cx - d + t, cy - d - t], [cx + d + t, cy + d - t], [cx + d - t, cy + d + t]], [200, 34, 36]);
}

/** A green rubbish bin. @param {Stage} stage */
export function bin(stage, x, z, colour = [46, 128, 74], y = 0.16) {
  shadowUnder(stage, x, z + 0.2, 0.45, 0.35, y + 0.005, 1.4);
  stage.fill([[x - 0.24, y + 0.08, z], [x + 0.24, y + 0.08, z], [x + 0.32, y + 0.95, z], [x - 0.32, y + 0.95, z]], colour);
  stage.fill([[x - 0.24, y + 0.08, z], [x - 0.1, y + 0.08, z], [x - 0.14, y + 0.95, z], [x - 0.32, y + 0.95, z]], shade(colour, 0.78));
  stage.fill([[x - 0.36, y + 0.95, z - 0.02], [x + 0.36, y + 0.95, z - 0.02], [x + 0.34, y + 1.1, z + 0.3], [x - 0.34, y + 1.1, z + 0.3]], shade(colour, 1.25));
  stage.front(z - 0.01, x - 0.1, x + 0.1, y + 0.5, y + 0.7, [236, 240, 230]);
  for (const foot of [-0.2, 0.2]) {
    wheel(stage, x + foot, y + 0.08, z, 0.08, false);
  }
}
