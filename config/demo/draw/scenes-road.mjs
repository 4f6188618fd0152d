// SPDX-License-Identifier: ISC
// Scenes on the carriageway: pothole, fallen tree, flood, dark street lamp.

import { dim } from "./light.mjs";
import { linear, mix, shade } from "./paint.mjs";
import { blob } from "./stage.mjs";
import { EDGE, KERB, ROAD } from "./street.mjs";
import { bark, bin, car, foliage, motorcycle, shadowUnder } from "./things.mjs";
import { ring, water } from "./water.mjs";

/** @typedef {import("./stage.mjs").Stage} Stage */

/** Loose stones around a spot. */
export function gravel(stage, x, z, rx, rz, count, colour, y = 0) {
  const { random } = stage;
  for (let stone = 0; stone < count; stone += 1) {
    const angle = random.between(0, Math.PI * 2);
    const reach = random.between(0.75, 1.5);
    const px = x + Math.cos(angle) * rx * reach;
    const pz = z + Math.sin(angle) * rz * reach;
    const spot = stage.at([px, y, pz]);
    if (spot) {
      const size = stage.scaleAt([px, y, pz]) * random.between(0.012, 0.045);
      stage.canvas.ellipse(spot[0] + size * 0.3, spot[1] + size * 0.4, size * 1.1, size * 0.6, [26, 26, 30], 0.5);
      stage.canvas.fill(blob(spot[0], spot[1], size, size * 0.7, 0.3, stone, 9), shade(colour, random.between(0.75, 1.25)));
    }
  }
}

/** @param {Stage} stage */
function pothole(stage, side) {
  const { random } = stage;
  const [x, z] = [side * random.between(0.5, 1.0), random.between(3.2, 3.9)];
  const rx = random.between(0.95, 1.2);
  const rz = rx * random.between(0.72, 0.9);
  const seed = random.between(0, 9);
  for (let crack = 0; crack < 7; crack += 1) {
    crackFrom(stage, x, z, rx, rz, crack / 7 * Math.PI * 2 + random.between(-0.3, 0.3));
  }
  const how = (size, deep, shift) => ({ uneven: 0.17, seed: seed + shift, y: -deep, size });
  stage.patch(x, z, rx * 1.16, rz * 1.16, stage.ground([116, 110, 104], { sharp: 0.5 }), { ...how(1, 0, 0.1), alpha: 0.8 });
  stage.patch(x, z, rx * 1.02, rz * 1.02, stage.ground([60, 54, 50], { sharp: 0.4 }), how(1, 0, 0));
  stage.patch(x, z - 0.03, rx * 0.95, rz * 0.88, stage.ground([122, 100, 78], { sharp: 0.55, smooth: 0.3 }), how(1, 0.1, 0));
  stage.patch(x, z - 0.06, rx * 0.76, rz * 0.66, [52, 42, 34], { ...how(1, 0.12, 0.6), alpha: 0.55 });
  stage.patch(x, z - 0.06, rx * 0.7, rz * 0.6, water(stage, { colour: [104, 86, 66], mirror: 0.72, ripple: 0.015, y: -0.12 }), how(1, 0.12, 0.7));
  gravel(stage, x, z, rx * 0.86, rz * 0.82, 46, [140, 126, 110]);
  gravel(stage, x, z, rx * 1.2, rz * 1.2, 60, [112, 108, 106]);
  if (random.happens(0.5)) {
    warningStick(stage, x + rx * 0.3, z + rz * 0.25);
  }
  stage.patch(side * -1.9, z + 3.2, 0.5, 0.4, stage.ground([66, 60, 56], { sharp: 0.5 }), { uneven: 0.2, seed: 2 });
}

function crackFrom(stage, x, z, rx, rz, angle) {
  const { random } = stage;
  let before = [x + Math.cos(angle) * rx, 0, z + Math.sin(angle) * rz];
  let turn = angle;
  for (let step = 0; step < 5; step += 1) {
    turn += random.between(-0.6, 0.6);
    const next = [before[0] + Math.cos(turn) * 0.24, 0, before[2] + Math.sin(turn) * 0.2];
    stage.bar(before, next, 0.03 - step * 0.005, [44, 42, 44], 0.85);
    before = next;
  }
}

/** Neighbours mark holes with a branch and a piece of cloth. */
function warningStick(stage, x, z) {
  stage.bar([x, -0.1, z], [x + 0.12, 1.1, z], 0.045, bark([122, 92, 62]));
  stage.fill([[x + 0.1, 1.1, z], [x + 0.12, 0.78, z], [x + 0.55, 0.86, z - 0.1], [x + 0.42, 0.98, z - 0.1], [x + 0.58, 1.08, z - 0.1]], [206, 52, 42]);
}

function patchedRoad(stage, side) {
  const { random } = stage;
  const [x, z] = [side * random.between(0.5, 1.0), random.between(3.2, 3.9)];
  const [w, d] = [1.35, 1.15];
  stage.floor(x - w - 0.05, x + w + 0.05, z - d - 0.05, z + d + 0.05, [30, 30, 33], 0, 0.75);
  stage.floor(x - w, x + w, z - d, z + d, stage.ground([58, 58, 62], { sharp: 0.34, smooth: 0.05 }));
  stage.floor(x - w, x + w, z - d, z - d + 0.05, [92, 92, 96], 0, 0.5);
  stage.floor(x - w, x + w, z + d - 0.06, z + d, [22, 22, 24], 0, 0.6);
  gravel(stage, x, z, w * 1.05, d * 1.05, 14, [70, 70, 74]);
  const cone = [side * -1.1 + x, z + 1.5];
  trafficCone(stage, cone[0], cone[1]);
  trafficCone(stage, x + side * 1.7, z + 2.4);
}

function trafficCone(stage, x, z) {
  shadowUnder(stage, x, z, 0.26, 0.24, 0.005, 1.5);
  const ring = (y0, r0, y1, r1, colour) => stage.fill([[x - r0, y0, z], [x + r0, y0, z], [x + r1, y1, z], [x - r1, y1, z]],
    linear((stage.at([x - r0, y0, z]) ?? [0])[0], 0, shade(colour, 1.12), (stage.at([x + r0, y0, z]) ?? [1])[0], 0, shade(colour, 0.66)));
  stage.floor(x - 0.24, x + 0.24, z - 0.22, z + 0.22, [200, 84, 30], 0.02);
  ring(0.02, 0.18, 0.26, 0.12, [236, 100, 34]);
  ring(0.26, 0.12, 0.42, 0.085, [240, 240, 236]);
  ring(0.42, 0.085, 0.68, 0.03, [236, 100, 34]);
}

/** @param {Stage} stage */
function fallenTree(stage, side) {
  const { random } = stage;
  const z = random.between(7.2, 8.4);
  const root = side * (ROAD + 0.9);
  const green = mix([62, 116, 54], [96, 124, 52], random.next());
  shadowUnder(stage, 0, z, 3.4, 0.9, 0.01, 1.7);
  stage.patch(root, z, 0.95, 0.6, stage.ground([98, 72, 50], { sharp: 0.5, y: KERB }), { uneven: 0.25, y: KERB + 0.01 });
  // The plate of roots that came up with the tree.
  for (let spoke = 0; spoke < 15; spoke += 1) {
    const angle = spoke / 15 * Math.PI * 2;
    const end = [root + side * (0.25 + random.between(0, 0.35)), 0.75 + Math.sin(angle) * random.between(0.55, 0.95), z + Math.cos(angle) * 0.6];
    stage.bar([root, 0.7, z], end, 0.16, bark(shade([104, 76, 54], random.between(0.7, 1.1))), 1, 0.03);
  }
  foliage(stage, [side * -2.4, 1.15, z + 0.9], 1.7, shade(green, 0.72), random, 26);
  const trunk = (from, to, a, b) => stage.bar(from, to, a, bark([120, 94, 70]), 1, b);
  trunk([root, 0.62, z], [side * -0.6, 0.62, z - 0.1], 0.62, 0.46);
  stage.bar([root, 0.83, z], [side * -0.6, 0.78, z - 0.1], 0.14, [168, 140, 110], 0.5, 0.1);
  stage.bar([root, 0.4, z], [side * -0.6, 0.45, z - 0.1], 0.16, [60, 44, 34], 0.6, 0.12);
  trunk([side * -0.5, 0.62, z], [side * -2.6, 1.5, z], 0.4, 0.14);
  trunk([side * -0.4, 0.6, z], [side * -2.8, 0.4, z - 0.5], 0.36, 0.14);
  trunk([side * 0.5, 0.7, z], [side * -0.3, 1.7, z - 0.2], 0.2, 0.06);
  for (const [x, y, dz, size] of [[-2.9, 0.9, 0.1, 1.5], [-1.9, 1.35, -0.1, 1.2], [-2.4, 0.55, -0.6, 1.25], [-0.5, 1.65, -0.2, 0.62], [-3.7, 0.6, -0.3, 1.0]]) {
    foliage(stage, [side * x, y, z + dz], size, shade(green, random.between(0.92, 1.15)), random, 28);
  }
  litterLeaves(stage, side * -1, z - 1.1, 2.6, 60, green);
}

function litterLeaves(stage, x, z, reach, count, colour) {
  const { random } = stage;
  for (let leaf = 0; leaf < count; leaf += 1) {
    const px = x + random.between(-reach, reach);
    const pz = z + random.between(-0.9, 0.9);
    stage.patch(px, pz, random.between(0.03, 0.08), random.between(0.02, 0.05),
      shade(colour, random.between(0.7, 1.3)), { y: 0.01, uneven: 0.3, seed: leaf, alpha: 0.9 });
  }
}

function clearedRoad(stage, side) {
  const { random } = stage;
  const z = random.between(7.2, 8.4);
  const x = side * (ROAD + 0.95);
  stage.patch(x, z, 0.95, 0.6, stage.ground([110, 82, 58], { sharp: 0.4, y: KERB }), { uneven: 0.2, y: KERB + 0.01 });
  shadowUnder(stage, x, z, 0.5, 0.4, KERB + 0.02, 1.6);
  stage.bar([x, KERB, z], [x, 0.56, z], 0.8, bark([112, 86, 62]), 1, 0.66);
  stage.patch(x, z, 0.34, 0.3, [206, 172, 124], { y: 0.56, uneven: 0.08 });
  for (const size of [0.26, 0.18, 0.1]) {
    stage.patch(x, z, size, size * 0.85, [166, 128, 84], { y: 0.56, uneven: 0.08, alpha: 0.8 });
    stage.patch(x, z, size - 0.03, (size - 0.03) * 0.85, [212, 178, 130], { y: 0.56, uneven: 0.08 });
  }
  stage.patch(x - side * 1.1, z - 0.2, 1.0, 0.5, [204, 178, 136], { alpha: 0.4, uneven: 0.4, y: 0.01 });
  litterLeaves(stage, side * 1.4, z - 0.3, 1.4, 14, [96, 120, 60]);
  for (let log = 0; log < 5; log += 1) {
    const [lx, ly] = [x + side * (0.9 + (log % 3) * 0.26 - (log > 2 ? -0.13 : 0)), KERB + 0.13 + (log > 2 ? 0.22 : 0)];
    stage.bar([lx, ly, z + 1.4], [lx, ly, z + 0.5], 0.26, bark([116, 90, 66]));
    const end = stage.at([lx, ly, z + 0.5]);
    if (end) {
      const size = stage.scaleAt([lx, ly, z + 0.5]) * 0.13;
      stage.canvas.ellipse(end[0], end[1], size, size, [200, 164, 116]);
      stage.canvas.ellipse(end[0], end[1], size * 0.5, size * 0.5, [176, 138, 92]);
    }
  }
}

/** @param {Stage} stage */
function flood(stage, side) {
  const { random } = stage;
  const y = random.between(0.22, 0.3);
  const colour = random.pick([[176, 180, 184], [60, 84, 130], [150, 40, 40]]);
  car(stage, side * -2.1, 9.5, colour);
  stage.floor(-EDGE, EDGE, 0.28, 300, water(stage, { y, mirror: 0.6, ripple: 0.045, colour: [126, 102, 72] }), y);
  for (const edge of [-1, 1]) {
    stage.side(edge * EDGE, 0.3, 60, y, y + 0.05, [70, 56, 42], 0.5);
  }
  for (let z = 1.6; z < 14; z += 1.1) {
    stage.patch(random.between(-3, 3), z, random.between(0.3, 1.2), 0.05, [255, 250, 236], { y, alpha: 0.06, uneven: 0.3, seed: z });
  }
  ring(stage, side * -2.1, 11.4, 1.2, 2.3, y);
  stage.low = y;
  car(stage, side * -2.1, 9.5, colour, -0.08);
  stage.low = -Infinity;
  ring(stage, side * 1.2, 4.7, 0.5, 0.26, y);
  floatBin(stage, side * 1.2, 4.7, y);
  for (let bit = 0; bit < 14; bit += 1) {
    const tone = random.pick([[236, 236, 230], [120, 160, 190], [196, 120, 60], [84, 110, 60]]);
    stage.patch(random.between(-3, 3), random.between(2.4, 8), random.between(0.04, 0.12), random.between(0.03, 0.07), tone, { y: y + 0.01, uneven: 0.3, seed: bit });
  }
}

function floatBin(stage, x, z, y) {
  stage.fill([[x - 0.42, y, z], [x + 0.34, y, z], [x + 0.4, y + 0.36, z], [x - 0.38, y + 0.24, z]], [190, 62, 46]);
  stage.fill([[x - 0.38, y + 0.24, z], [x + 0.4, y + 0.36, z], [x + 0.36, y + 0.3, z + 0.35], [x - 0.3, y + 0.22, z + 0.35]], [120, 34, 28]);
  stage.fill([[x - 0.42, y, z], [x - 0.2, y, z], [x - 0.18, y + 0.28, z], [x - 0.38, y + 0.24, z]], [222, 96, 70], 0.8);
}

function dryStreet(stage, side) {
  const { random } = stage;
  stage.floor(-ROAD, ROAD, 0.3, 60, [40, 38, 42], 0, 0.2);
  stage.patch(side * 1.4, 4.4, 1.1, 0.5, [54, 46, 38], { alpha: 0.35, uneven: 0.3, seed: 3 });
  stage.patch(side * 2.4, 6.2, 0.8, 0.9, water(stage, { mirror: 0.6, ripple: 0.01, colour: [92, 86, 80] }), { uneven: 0.25, seed: 5, alpha: 0.8 });
  car(stage, side * -2.1, 9.5, [176, 180, 184]);
  motorcycle(stage, side * 2.2, 8.4, [188, 52, 44]);
  bin(stage, side * (ROAD + 0.6), 5.4, [190, 62, 46]);
}

/** @param {Stage} stage */
function lampPost(stage, side, lit) {
  const { random, canvas } = stage;
  const x = side * (ROAD + 0.5);
  const z = random.between(5.4, 6.6);
  dim(canvas, lit ? [0.52, 0.52, 0.62] : [0.3, 0.33, 0.46]);
  const steel = lit ? [120, 116, 112] : [54, 58, 70];
  const head = [x - side * 1.35, 4.75, z];
  if (lit) {
    const pool = stage.outline(blob(head[0], z, 3.1, 3.6, 0, 0).map(([px, pz]) => [px, 0.01, pz]));
    const centre = stage.at([head[0], 0, z]) ?? [0, 0];
    const wide = stage.scaleAt([head[0], 0, z]) * 3.1;
    canvas.fill(pool, (px, py, out) => {
      const far = Math.min(1, Math.hypot((px - centre[0]) / wide, (py - centre[1]) / (wide * 0.5)));
      out.set([255, 214, 140, 0.42 * (1 - far) ** 1.4]);
    });
  }
  stage.bar([x, KERB, z], [x, 4.6, z], 0.16, linear(0, 0, steel, 400, 0, shade(steel, 0.8)), 1, 0.11);
  stage.bar([x, KERB, z], [x, 0.7, z], 0.26, shade(steel, 0.8), 1, 0.22);
  stage.bar([x, 4.55, z], [x - side * 0.6, 4.86, z], 0.09, steel);
  stage.bar([x - side * 0.6, 4.86, z], [head[0], 4.86, z], 0.09, steel);
  stage.bar([head[0] + side * 0.35, 4.84, z], [head[0] - side * 0.3, 4.84, z], 0.2, shade(steel, 0.75), 1, 0.12);
  const spot = stage.at([head[0], 4.74, z]);
  if (spot && lit) {
    const scale = stage.scaleAt(head);
    stage.bar([head[0] + side * 0.25, 4.75, z], [head[0] - side * 0.25, 4.75, z], 0.1, [520, 470, 340]);
    canvas.glow(spot[0], spot[1], scale * 3.4, [255, 206, 130], 0.55);
    canvas.glow(spot[0], spot[1], scale * 0.8, [255, 240, 200], 0.9);
  }
  motorcycle(stage, side * 2.5, z + 2, lit ? [150, 40, 36] : [60, 26, 28]);
}

export const ROAD_SCENES = {
  pothole: { pitch: -0.3, yaw: 0.06, before: pothole, after: patchedRoad },
  fallenTree: { pitch: -0.1, yaw: 0, before: fallenTree, after: clearedRoad },
  flood: { pitch: -0.14, yaw: 0.05, lights: ["overcast", "morning"], before: flood, after: dryStreet },
  lamp: {
    pitch: 0.12, yaw: 0.28, lights: ["night"], before: (stage, side) => lampPost(stage, side, false),
    after: (stage, side) => lampPost(stage, side, true),
  },
};
