// SPDX-License-Identifier: ISC
// The street every scene stands in: sky, skyline, road with painted kerbs,
// pavements, and two rows of houses, shops, walls, trees and poles.

import { Random } from "../random.mjs";
import { paintSky } from "./light.mjs";
import { linear, mix, shade } from "./paint.mjs";
import { foliage, palm, pole, tree } from "./things.mjs";

/** @typedef {import("./stage.mjs").Stage} Stage */

export const ROAD = 3.3;
export const WALK = 2.3;
export const EDGE = ROAD + WALK;
export const KERB = 0.16;
const FAR = 90;

const WALLS = [
  [232, 220, 196], [214, 224, 214], [240, 206, 164], [196, 214, 226], [236, 226, 220],
  [226, 190, 170], [206, 198, 214], [244, 232, 190], [180, 204, 190],
];
const ROOFS = [[168, 84, 56], [150, 70, 52], [128, 92, 78], [122, 126, 130], [176, 104, 66]];
const CLOTHS = [[40, 110, 170], [190, 60, 50], [46, 132, 90], [226, 150, 44], [120, 80, 150]];

/**
 * @param {Stage} stage
 * @param {{wallSide?: -1 | 1, trees?: boolean}} [how] wallSide: this side is one long wall
 */
export function paintStreet(stage, { wallSide, trees = true } = {}) {
  const horizon = stage.at([stage.eye[0], stage.eye[1], 4000]);
  paintSky(stage, Math.max(60, horizon ? horizon[1] : stage.canvas.height / 3));
  paintSkyline(stage);
  paintGround(stage);
  const parts = [
    ...rowOf(stage, -1, wallSide === -1, trees),
    ...rowOf(stage, 1, wallSide === 1, trees),
  ];
  parts.sort((one, two) => two.z - one.z);
  for (const part of parts) {
    part.draw();
  }
}

function paintSkyline(stage) {
  const { random, light } = stage;
  for (const z of [420, 300]) {
    let x = -260;
    while (x < 260) {
      const wide = random.between(12, 34);
      const high = random.between(14, z === 420 ? 110 : 60);
      const tone = mix([118, 132, 150], light.haze, z === 420 ? 0.78 : 0.62);
      stage.front(z, x, x + wide, 0, high, tone);
      for (let y = 5; y < high - 4; y += 5) {
        stage.front(z - 1, x + 2, x + wide - 2, y, y + 1.6, shade(tone, 0.93), 0.7);
      }
      x += wide + random.between(0, 30);
    }
  }
}

function paintGround(stage) {
  const { light, random } = stage;
  const dust = stage.at([0, 0, 60]) ?? [0, 0];
  stage.floor(-200, 200, 0.3, 900, linear(0, dust[1] - 30, light.haze, 0, dust[1] + 60, [150, 150, 138]));
  const asphalt = mix([92, 93, 97], [120, 112, 102], random.between(0, 0.6));
  stage.floor(-ROAD, ROAD, -3, FAR * 3, stage.ground(asphalt, { sharp: 0.3, smooth: 0.09 }));
  for (let z = -2; z < 80; z += 5) {
    stage.floor(-0.07, 0.07, z, z + 2.6, stage.hazed([226, 224, 214], z), 0, 0.72);
  }
  for (const side of [-1, 1]) {
    stage.floor(side * (ROAD - 0.4), side * (ROAD - 0.3), -3, FAR, [222, 220, 210], 0, 0.5);
    stage.floor(side * (ROAD - 0.28), side * ROAD, -3, FAR, [46, 46, 48], 0, 0.28);
    paintWalk(stage, side);
  }
  if (light.shadow > 0.2) {
    const tone = [22, 26, 44];
    const reach = light.slant;
    stage.floor(
      reach > 0 ? -EDGE : EDGE, reach > 0 ? -EDGE + reach * 1.7 : EDGE + reach * 1.7,
      -3, FAR, tone, 0, light.shadow * 0.8,
    );
  }
}

function paintWalk(stage, side) {
  const paving = stage.ground([176, 164, 150], { sharp: 0.14, smooth: 0.07, y: KERB });
  stage.floor(side * ROAD, side * EDGE, -3, FAR, paving, KERB);
  for (let z = -1; z < 26; z += 0.6) {
    const fade = 0.32 * (1 - z / 28);
    stage.floor(side * (ROAD + 0.16), side * EDGE, z, z + 0.03, [84, 74, 68], KERB, fade);
  }
  for (let x = ROAD + 0.6; x < EDGE; x += 0.6) {
    stage.floor(side * x, side * (x + 0.025), -3, 26, [84, 74, 68], KERB, 0.25);
  }
  const guide = side * (ROAD + WALK * 0.52);
  stage.floor(guide - 0.15, guide + 0.15, -3, 60, [212, 172, 62], KERB, 0.85);
  for (let z = -1; z < 22; z += 0.3) {
    stage.floor(guide - 0.15, guide + 0.15, z, z + 0.02, [140, 108, 40], KERB, 0.5);
  }
  for (let z = -3; z < 70; z += 1) {
    const white = (z & 1) === 0;
    const tone = stage.hazed(white ? [226, 224, 216] : [44, 44, 46], z);
    stage.side(side * ROAD, z, z + 1, 0, KERB, tone);
    stage.floor(side * ROAD, side * (ROAD + 0.16), z, z + 1, shade(tone, 1.08), KERB);
  }
}

/** Everything on one side, as pieces with a depth. */
function rowOf(stage, side, isWall, trees) {
  const { random } = stage;
  const parts = [];
  const long = random.pick(WALLS);
  let z = -2;
  while (z < 62) {
    const deep = random.between(4.5, 8.5);
    const kind = isWall && z < 20 ? "wall" : random.pick(["shop", "house", "shop", "house", "tall", "fence"]);
    const from = z;
    const seed = random.next();
    const wall = kind === "wall" ? long : random.pick(WALLS);
    parts.push({ z: from + deep, draw: () => building(stage, side, from, from + deep, kind, wall, seed) });
    z += deep;
  }
  for (let at = random.between(8, 14); at < 60; at += random.between(12, 20)) {
    parts.push({ z: at, draw: () => pole(stage, side * (EDGE - 0.35), at, side) });
  }
  for (let at = random.between(6, 12); trees && at < 56; at += random.between(7, 13)) {
    const draw = random.happens(0.8) ? tree : palm;
    const seed = random.next();
    parts.push({ z: at - 0.1, draw: () => draw(stage, side * (EDGE - 0.5), at, 0.8 + seed * 0.5, seed) });
  }
  return parts;
}

function building(stage, side, z0, z1, kind, wall, seed) {
  const x = side * EDGE;
  const sunny = side * stage.light.slant < 0 ? 1.06 : 0.84;
  const tone = stage.hazed(shade(wall, sunny), (z0 + z1) / 2);
  if (kind === "wall" || kind === "fence") {
    yard(stage, side, z0, z1, kind, tone, seed);
    return;
  }
  const high = { shop: 6.2, house: 4, tall: 8.8 }[kind] + seed * 1.4;
  // The face towards the camera, then the street face.
  stage.front(z0, x, x + side * 9, 0, high, shade(tone, 0.86));
  const top = stage.at([x, high, z1]) ?? [0, 0];
  const foot = stage.at([x, 0, z1]) ?? [0, 1];
  stage.side(x, z0, z1, 0, high, linear(top[0], top[1], shade(tone, 1.04), top[0], foot[1], shade(tone, 0.86)));
  stage.side(x, z0, z1, 0, 0.5, shade(tone, 0.62), 0.6);
  if (kind === "house") {
    houseFront(stage, side, z0, z1, high, seed);
  } else {
    shopFront(stage, side, z0, z1, high, seed);
  }
}

function houseFront(stage, side, z0, z1, high, seed) {
  const x = side * EDGE;
  const roof = stage.hazed(ROOFS[Math.floor(seed * ROOFS.length)], z0);
  const over = x - side * 0.5;
  stage.fill([[over, high - 0.15, z0 - 0.3], [over, high - 0.15, z1 + 0.1], [x + side * 3.4, high + 1.9, z1 + 0.1],
    [x + side * 3.4, high + 1.9, z0 - 0.3]], shade(roof, 0.98));
  for (let row = 1; row < 7; row += 1) {
    const share = row / 7;
    const line = over + (x + side * 3.4 - over) * share;
    const y = high - 0.15 + 2.05 * share;
    stage.fill([[line, y, z0 - 0.3], [line, y, z1], [line + side * 0.08, y + 0.05, z1], [line + side * 0.08, y + 0.05, z0 - 0.3]],
      shade(roof, 0.76));
  }
  stage.fill([[over, high - 0.15, z0 - 0.3], [x + side * 3.4, high + 1.9, z0 - 0.3], [x + side * 7, high - 0.15, z0 - 0.3]],
    shade(roof, 0.7));
  const middle = (z0 + z1) / 2;
  windowAt(stage, x, z0 + 0.7, middle - 0.6, 1.1, 2.6, z0);
  windowAt(stage, x, middle + 0.9, z1 - 0.6, 1.1, 2.6, z0);
  stage.side(x, middle - 0.4, middle + 0.6, 0, 2.4, stage.hazed([112, 74, 50], z0));
  stage.side(x, middle - 0.3, middle + 0.5, 0.1, 2.3, stage.hazed([134, 90, 60], z0));
}

function windowAt(stage, x, z0, z1, y0, y1, depth) {
  if (z1 - z0 < 0.3) {
    return;
  }
  const lit = stage.light.name === "night" && (z0 * 7) % 3 < 1.2;
  stage.side(x, z0 - 0.08, z1 + 0.08, y0 - 0.08, y1 + 0.08, stage.hazed([238, 234, 224], depth));
  stage.side(x, z0, z1, y0, y1, lit ? [340, 280, 150] : stage.hazed([64, 84, 100], depth));
  stage.side(x, z0, z1, (y0 + y1) / 2, y1, lit ? [360, 300, 170] : stage.hazed([118, 144, 160], depth), 0.7);
  stage.side(x, (z0 + z1) / 2 - 0.03, (z0 + z1) / 2 + 0.03, y0, y1, stage.hazed([238, 234, 224], depth));
}

function shopFront(stage, side, z0, z1, high, seed) {
  const x = side * EDGE;
  const bays = Math.max(1, Math.round((z1 - z0) / 3.4));
  const wide = (z1 - z0) / bays;
  const cloth = CLOTHS[Math.floor(seed * 37) % CLOTHS.length];
  for (let bay = bays - 1; bay >= 0; bay -= 1) {
    const from = z0 + bay * wide;
    const open = (seed * 100 + bay) % 2 > 1;
    const door = stage.hazed(open ? [70, 62, 56] : [150, 156, 160], from);
    stage.side(x, from + 0.25, from + wide - 0.25, 0, 2.5, door);
    for (let y = 0.25; !open && y < 2.5; y += 0.25) {
      stage.side(x, from + 0.25, from + wide - 0.25, y, y + 0.05, shade(door, 0.8));
    }
    if (open) {
      stage.side(x, from + 0.5, from + wide - 0.6, 0.7, 1.1, stage.hazed([198, 160, 90], from));
      stage.side(x, from + 0.5, from + wide - 0.6, 1.4, 1.8, stage.hazed([170, 80, 70], from));
    }
    for (let y = 3.8; y + 1.6 < high; y += 2.5) {
      windowAt(stage, x, from + 0.6, from + wide - 0.6, y, y + 1.4, from);
    }
    awning(stage, side, from + 0.1, from + wide - 0.1, bay % 2 ? shade(cloth, 0.86) : cloth);
  }
  stage.fill([[x - side * 0.2, high, z0 - 0.1], [x - side * 0.2, high, z1], [x - side * 0.2, high + 0.3, z1],
    [x - side * 0.2, high + 0.3, z0 - 0.1]], stage.hazed([196, 190, 180], z0));
}

function awning(stage, side, z0, z1, cloth) {
  const x = side * EDGE;
  const out = x - side * 1.05;
  const stripes = 6;
  const step = (z1 - z0) / stripes;
  stage.side(x - side * 0.03, z0, z1, 2.5, 3.1, stage.hazed(shade(cloth, 0.7), z0), 0.5);
  for (let stripe = 0; stripe < stripes; stripe += 1) {
    const a = z0 + stripe * step;
    const tone = stage.hazed(stripe % 2 ? [236, 230, 216] : cloth, z0);
    stage.fill([[x, 3.1, a], [x, 3.1, a + step], [out, 2.55, a + step], [out, 2.55, a]], tone);
    stage.side(out, a, a + step, 2.35, 2.55, shade(tone, 0.86));
  }
}

function yard(stage, side, z0, z1, kind, tone, seed) {
  const { light } = stage;
  const x = side * EDGE;
  const leaf = stage.hazed(mix([66, 116, 58], light.haze, 0.05), z0);
  const random = new Random(Math.floor(seed * 1e9));
  for (let z = z1; z > z0 - 0.5; z -= 1.3) {
    const place = [x + side * 1.5, 2.1, z];
    foliage(stage, place, random.between(1.0, 1.5), shade(leaf, random.between(0.85, 1.1)), random, z > 24 ? 5 : 13);
  }
  const high = kind === "wall" ? 2.1 : 1.1;
  const top = stage.at([x, high, z1]) ?? [0, 0];
  const foot = stage.at([x, 0, z1]) ?? [0, 1];
  stage.side(x, z0, z1, 0, high, linear(0, top[1], shade(tone, 1.05), 0, foot[1], shade(tone, 0.72)));
  stage.side(x, z0, z1, high - 0.12, high + 0.06, shade(tone, 1.12));
  stage.side(x, z0, z1, 0, 0.35, shade(tone, 0.6), 0.55);
  for (let z = z0; z < z1; z += 2.4) {
    stage.side(x - side * 0.06, z, z + 0.35, 0, high + 0.2, shade(tone, 0.93));
  }
  for (let z = z0; kind === "fence" && z < z1; z += 0.25) {
    stage.side(x, z, z + 0.05, high, 2.1, [56, 66, 70]);
  }
}
