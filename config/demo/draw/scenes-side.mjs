// SPDX-License-Identifier: ISC
// Scenes beside the carriageway: rubbish, parked cars, broken paving, drains.

import { ball, linear, mix, shade } from "./paint.mjs";
import { blob } from "./stage.mjs";
import { EDGE, KERB, ROAD, WALK } from "./street.mjs";
import { bin, car, foliage, motorcycle, noParking, shadowUnder } from "./things.mjs";
import { gravel } from "./scenes-road.mjs";
import { water } from "./water.mjs";

/** @typedef {import("./stage.mjs").Stage} Stage */

const BAGS = [[34, 34, 40], [30, 32, 38], [224, 224, 218], [52, 96, 170], [184, 46, 44], [228, 168, 40], [60, 130, 84], [40, 40, 44]];

/** A tied plastic bag. @param {Stage} stage */
function bag(stage, x, y, z, size, colour, seed) {
  const spot = stage.at([x, y + size * 0.8, z]);
  if (!spot) {
    return;
  }
  const { canvas } = stage;
  const r = stage.scaleAt([x, y, z]) * size;
  const [cx, cy] = spot;
  canvas.fill(blob(cx, cy, r, r * 0.85, 0.12, seed, 30), ball(cx, cy, r, r * 0.85, colour, 0.5));
  const knot = [[cx - r * 0.12, cy - r * 0.75], [cx - r * 0.3, cy - r * 1.2], [cx, cy - r * 1.02], [cx + r * 0.26, cy - r * 1.24], [cx + r * 0.12, cy - r * 0.75]];
  canvas.fill(knot, shade(colour, 0.9));
  for (let fold = -2; fold <= 2; fold += 1) {
    const lean = fold * r * 0.26;
    canvas.fill([[cx + fold * r * 0.04, cy - r * 0.74], [cx + lean, cy - r * 0.1], [cx + lean * 1.25 + r * 0.05, cy + r * 0.34], [cx + lean * 1.1, cy - r * 0.1]],
      fold % 2 ? shade(colour, 1.5) : shade(colour, 0.55), 0.35);
  }
  canvas.fill(blob(cx - r * 0.36, cy - r * 0.32, r * 0.17, r * 0.26, 0.2, seed, 14), mix(colour, [255, 255, 255], 0.65), 0.5);
}

/** A cardboard box, one corner towards the camera. @param {Stage} stage */
function carton(stage, x, y, z, size, turn) {
  const corner = (a, high) => [x + Math.cos(a) * size, y + high, z + Math.sin(a) * size * 0.8];
  const at = [0, 1, 2, 3].map((side) => turn + side * Math.PI / 2);
  const tone = [188, 148, 100];
  const order = [0, 1, 2, 3].sort((one, two) => corner(at[two] + 0.78, 0)[2] - corner(at[one] + 0.78, 0)[2]);
  for (const side of order) {
    const [a, b] = [at[side], at[(side + 1) % 4]];
    stage.fill([corner(a, 0), corner(b, 0), corner(b, size), corner(a, size)], shade(tone, 0.68 + 0.25 * Math.abs(Math.cos(a + 0.78))));
  }
  stage.fill(at.map((a) => corner(a, size)), shade(tone, 0.5));
  const [a, b] = [at[order[3]], at[(order[3] + 1) % 4]];
  const flap = (from) => {
    const [px, py, pz] = corner(from, size);
    return [px, py - size * 0.25, pz - size * 0.5];
  };
  stage.fill([corner(a, size), corner(b, size), flap(b), flap(a)], shade(tone, 1.12));
}

/** @param {Stage} stage */
function rubbish(stage, side) {
  const { random } = stage;
  const [x, z] = [side * (EDGE - 1.0), random.between(4.4, 5)];
  stage.patch(x - side * 0.5, z, 1.9, 1.7, [52, 44, 36], { alpha: 0.4, y: KERB + 0.005, uneven: 0.2, seed: 1 });
  shadowUnder(stage, x, z, 1.4, 1.5, KERB + 0.01, 1.3);
  const pieces = [];
  for (let piece = 0; piece < 58; piece += 1) {
    const angle = random.between(0, Math.PI * 2);
    const reach = Math.sqrt(random.next());
    const px = x + Math.cos(angle) * reach * 1.15;
    const pz = z + Math.sin(angle) * reach * 1.6;
    const size = random.between(0.17, 0.34);
    pieces.push([px, KERB + (1 - reach) * 0.75, pz, size, random.pick(BAGS), random.between(0, 9)]);
  }
  pieces.sort((one, two) => two[2] - one[2] + (one[1] - two[1]) * 0.4);
  pieces.forEach(([px, py, pz, size, colour, seed], index) => {
    if (index % 11 === 5) {
      carton(stage, px, py, pz, size * 1.25, seed);
    } else {
      bag(stage, px, py, pz, size, colour, seed);
    }
  });
  scatter(stage, x - side * 0.9, z - 0.4, 1.5, 44);
}

/** Bottles, cups and paper on the ground. */
function scatter(stage, x, z, reach, count) {
  const { random } = stage;
  for (let bit = 0; bit < count; bit += 1) {
    const px = x + random.between(-reach, reach);
    const pz = z + random.between(-reach, reach);
    const y = Math.abs(px) > ROAD ? KERB + 0.01 : 0.01;
    const tone = random.pick([[240, 238, 230], [150, 190, 214], [214, 70, 56], [236, 190, 70], [120, 150, 90], [60, 60, 64], [196, 150, 104]]);
    if (bit % 4 === 0) {
      stage.bar([px, y + 0.03, pz], [px + random.between(-0.2, 0.2), y + 0.03, pz + random.between(-0.1, 0.1)], 0.06, tone, 0.95, 0.03);
    } else {
      stage.patch(px, pz, random.between(0.04, 0.12), random.between(0.03, 0.08), tone, { y, uneven: 0.45, seed: bit });
    }
  }
}

function cleanWall(stage, side) {
  const x = side * (EDGE - 0.75);
  stage.patch(x, 4.7, 1.5, 1.6, [60, 52, 44], { alpha: 0.1, y: KERB + 0.005, uneven: 0.2, seed: 1 });
  for (const [z, colour] of [[6.1, [220, 168, 44]], [5.3, [52, 104, 176]], [4.5, [46, 132, 78]]]) {
    bin(stage, x, z, colour);
  }
  planter(stage, side * (EDGE - 0.5), 7.6);
}

function planter(stage, x, z) {
  const { random } = stage;
  shadowUnder(stage, x, z, 0.5, 0.4, KERB + 0.005, 1.3);
  foliage(stage, [x, KERB + 0.78, z + 0.1], 0.55, [74, 136, 62], random, 16);
  stage.fill([[x - 0.3, KERB, z], [x + 0.3, KERB, z], [x + 0.4, KERB + 0.5, z], [x - 0.4, KERB + 0.5, z]], linear(0, 0, [206, 120, 84], 1, 0, [206, 120, 84]));
  stage.front(z - 0.01, x - 0.43, x + 0.43, KERB + 0.43, KERB + 0.53, [226, 140, 100]);
  foliage(stage, [x, KERB + 0.72, z], 0.42, [96, 156, 74], random, 12);
  for (let flower = 0; flower < 6; flower += 1) {
    const spot = stage.at([x + random.between(-0.4, 0.4), KERB + random.between(0.6, 1.05), z - 0.05]);
    if (spot) {
      const size = stage.scaleAt([x, 0, z]) * 0.045;
      stage.canvas.ellipse(spot[0], spot[1], size, size, random.pick([[232, 70, 96], [248, 214, 90], [250, 240, 236]]));
    }
  }
}

const PAINTS = [[206, 208, 210], [36, 38, 44], [150, 34, 38], [44, 78, 138], [224, 224, 220], [112, 116, 120], [184, 150, 96]];

/** @param {Stage} stage */
function parking(stage, side) {
  const { random } = stage;
  const x = side * (ROAD + 1.0);
  noParking(stage, side * (ROAD + 0.25), 15.5, 2.6);
  for (let z = 19; z > 8; z -= 5.2) {
    car(stage, x, z, random.pick(PAINTS), KERB);
  }
  for (const shift of [0.0, 0.75, 1.5]) {
    motorcycle(stage, side * (ROAD + 0.35 + shift), 6.2 - shift * 0.2, random.pick([[188, 44, 40], [40, 80, 150], [30, 30, 34], [226, 226, 220]]), KERB);
  }
  noParking(stage, side * (ROAD + 0.22), 4.9, 2.3);
}

function freePavement(stage, side) {
  planter(stage, side * (ROAD + 0.55), 15);
  planter(stage, side * (ROAD + 0.55), 11.6);
  planter(stage, side * (ROAD + 0.55), 8.4);
  noParking(stage, side * (ROAD + 0.22), 4.9, 2.3);
}

/** @param {Stage} stage */
function brokenPaving(stage, side) {
  const { random } = stage;
  const [x, z] = [side * (ROAD + WALK * 0.55), 3.5];
  stage.patch(x, z, 0.92, 1.15, stage.ground([96, 84, 74], { sharp: 0.5, y: KERB }), { y: KERB + 0.002, uneven: 0.16, seed: 4 });
  stage.patch(x, z - 0.03, 0.85, 1.05, stage.ground([156, 126, 92], { sharp: 0.5, smooth: 0.35 }), { y: KERB - 0.08, uneven: 0.17, seed: 4 });
  stage.patch(x + 0.1, z - 0.2, 0.5, 0.5, [70, 54, 42], { y: KERB - 0.09, uneven: 0.2, seed: 2, alpha: 0.45 });
  for (let at = 0; at < 15; at += 1) {
    const px = x + random.between(-1.0, 1.0);
    const pz = z + random.between(-1.3, 1.4);
    slab(stage, px, KERB, pz, random.between(0, 3), random.between(0.04, 0.3), at % 5 === 2);
  }
  gravel(stage, x, z, 0.6, 0.7, 70, [140, 122, 104], KERB);
  const [tx, tz] = [x + side * 0.35, z + 0.7];
  for (let blade = 0; blade < 26; blade += 1) {
    const from = [tx + random.between(-0.2, 0.2), KERB, tz + random.between(-0.1, 0.1)];
    stage.bar(from, [from[0] + random.between(-0.14, 0.14), KERB + random.between(0.12, 0.38), tz], 0.03, shade([92, 134, 62], random.between(0.7, 1.25)), 1, 0.005);
  }
}

/** One loose paving slab, tilted. */
function slab(stage, x, y, z, turn, tilt, yellow) {
  const half = 0.2;
  const tone = yellow ? [214, 174, 66] : [180, 168, 154];
  const corner = (a, b) => [
    x + (a * Math.cos(turn) - b * Math.sin(turn)) * half,
    y + 0.05 + (a + 1) * half * tilt,
    z + (a * Math.sin(turn) + b * Math.cos(turn)) * half,
  ];
  const top = [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)];
  stage.patch(x, z, half * 1.5, half * 1.3, [30, 26, 24], { y: y + 0.004, alpha: 0.35, uneven: 0.1 });
  const under = top.map(([px, py, pz]) => [px, py - 0.06, pz]);
  for (let edge = 0; edge < 4; edge += 1) {
    const next = (edge + 1) % 4;
    stage.fill([top[edge], top[next], under[next], under[edge]], shade(tone, 0.56));
  }
  stage.fill(top, shade(tone, 0.92 + tilt * 0.4));
}

function repairedPaving(stage, side) {
  const [x, z] = [side * (ROAD + WALK * 0.52), 3.5];
  stage.floor(x - 0.8, x + 0.8, z - 1.2, z + 1.3, stage.ground([196, 186, 172], { sharp: 0.12, smooth: 0.03, y: KERB }), KERB + 0.001);
  for (let row = 0; row <= 6; row += 1) {
    stage.floor(x - 0.8, x + 0.8, z - 1.2 + row * 0.4167, z - 1.18 + row * 0.4167, [120, 112, 104], KERB + 0.002, 0.6);
    stage.floor(x - 0.8 + row * 0.2667, x - 0.785 + row * 0.2667, z - 1.2, z + 1.3, [120, 112, 104], KERB + 0.002, 0.6);
  }
  stage.floor(x - 0.15, x + 0.15, z - 1.2, z + 1.3, stage.ground([226, 188, 70], { sharp: 0.1, y: KERB }), KERB + 0.003);
  for (let line = 0; line < 4; line += 1) {
    stage.floor(x - 0.12 + line * 0.07, x - 0.09 + line * 0.07, z - 1.2, z + 1.3, [176, 140, 46], KERB + 0.004, 0.7);
  }
  stage.patch(x - 0.3, z - 0.4, 0.7, 0.5, [236, 226, 200], { y: KERB + 0.004, alpha: 0.18, uneven: 0.3 });
}

/** The open drain beside the kerb. */
function channel(stage, side) {
  const [near, far] = [side * (ROAD + 0.35), side * (ROAD + 1.45)];
  const deep = -0.55;
  const concrete = [168, 164, 154];
  stage.floor(near - side * 0.16, far + side * 0.16, 0.4, 40, stage.ground([186, 182, 172], { y: KERB }), KERB + 0.003);
  stage.floor(near, far, 0.4, 40, [52, 48, 44], KERB + 0.003);
  stage.side(far, 0.4, 40, deep, KERB, stage.ground(shade(concrete, 0.72), { sharp: 0.3 }));
  stage.side(far, 0.4, 40, deep, deep + 0.35, [58, 66, 48], 0.6);
  return { near, far, deep };
}

function closeChannel(stage, { near, far }) {
  for (const z of [14, 9.2]) {
    stage.floor(near, far, z, z + 0.9, stage.ground([182, 178, 168], { y: KERB }), KERB + 0.08);
    stage.front(z, near, far, KERB - 0.06, KERB + 0.08, [122, 118, 110]);
  }
}

/** @param {Stage} stage */
function cloggedDrain(stage, side) {
  const { random } = stage;
  const cut = channel(stage, side);
  const { near, far } = cut;
  const level = -0.2;
  stage.floor(near, far, 0.4, 40, water(stage, { y: level, mirror: 0.3, ripple: 0.01, colour: [62, 58, 40] }), level);
  const middle = (near + far) / 2;
  for (let lump = 0; lump < 12; lump += 1) {
    stage.patch(middle + random.between(-0.3, 0.3), random.between(2.6, 11), random.between(0.2, 0.42), random.between(0.3, 0.7),
      stage.ground(random.pick([[84, 68, 48], [70, 84, 44], [96, 82, 60]]), { sharp: 0.4, smooth: 0.3 }), { y: level + 0.02, uneven: 0.25, seed: lump });
  }
  const pieces = Array.from({ length: 34 }, () => [middle + random.between(-0.42, 0.42), random.between(2.7, 9), random.between(0.08, 0.2)]);
  pieces.sort((one, two) => two[1] - one[1]);
  pieces.forEach(([x, z, size], index) => {
    if (index % 3 === 0) {
      bag(stage, x, level - 0.04, z, size * 1.1, random.pick(BAGS), index);
    } else if (index % 3 === 1) {
      stage.bar([x, level + 0.06, z], [x + random.between(-0.22, 0.22), level + 0.08, z - 0.1], 0.08, random.pick([[150, 196, 214], [120, 170, 110], [236, 236, 230]]), 0.95, 0.05);
    } else {
      stage.patch(x, z, size * 0.7, size * 0.6, random.pick([[238, 236, 228], [214, 70, 56], [230, 180, 70]]), { y: level + 0.05, uneven: 0.4, seed: index });
    }
  });
  foliage(stage, [far - side * 0.1, level + 0.2, 5.6], 0.34, [76, 116, 56], random, 14);
  foliage(stage, [far - side * 0.1, level + 0.2, 7.8], 0.4, [86, 124, 56], random, 14);
  closeChannel(stage, cut);
}

function clearDrain(stage, side) {
  const { random } = stage;
  const cut = channel(stage, side);
  const { near, far } = cut;
  const level = -0.42;
  stage.floor(near, far, 0.4, 40, water(stage, { y: level, mirror: 0.5, ripple: 0.03, colour: [96, 120, 118] }), level);
  for (let streak = 0; streak < 22; streak += 1) {
    const x = (near + far) / 2 + random.between(-0.4, 0.4);
    stage.floor(x, x + 0.02, random.between(1.5, 9), random.between(9, 12), [220, 236, 236], level, 0.14);
  }
  closeChannel(stage, cut);
  stage.patch(side * (ROAD + 1.85), 4.4, 0.3, 0.4, [96, 78, 56], { alpha: 0.25, y: KERB + 0.004, uneven: 0.3 });
}

export const SIDE_SCENES = {
  rubbish: { pitch: -0.17, yaw: 0.46, shift: 1.7, wall: true, trees: false, before: rubbish, after: cleanWall },
  parking: { pitch: -0.1, yaw: 0.3, shift: 0.3, before: parking, after: freePavement },
  paving: { pitch: -0.36, yaw: 0.32, shift: 2.6, before: brokenPaving, after: repairedPaving },
  drain: { pitch: -0.26, yaw: 0.16, shift: 2.6, before: cloggedDrain, after: clearDrain },
};
