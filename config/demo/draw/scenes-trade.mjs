// SPDX-License-Identifier: ISC
// Scenes of street trade and advertising: stalls on the pavement, torn banners.

import { bark, bin, shadowUnder } from "./things.mjs";
import { linear, mix, shade } from "./paint.mjs";
import { EDGE, KERB, ROAD } from "./street.mjs";

/** @typedef {import("./stage.mjs").Stage} Stage */

const FRUIT = [[238, 140, 40], [206, 50, 44], [122, 164, 60], [240, 206, 70], [150, 70, 110]];

/** A box standing on the ground, its front and inner side visible. */
function box(stage, x0, x1, z0, z1, y0, y1, tone) {
  const inner = Math.abs(x0) < Math.abs(x1) ? x0 : x1;
  stage.side(inner, z0, z1, y0, y1, shade(tone, 0.84));
  stage.front(z0, x0, x1, y0, y1, tone);
  stage.fill([[x0, y1, z0], [x1, y1, z0], [x1, y1, z1], [x0, y1, z1]], shade(tone, 1.16));
}

/** A stall with striped roof, counter and fruit crates. @param {Stage} stage */
function stall(stage, side, z, cloth, kind) {
  const { random } = stage;
  const x0 = side * (ROAD + 0.35);
  const x1 = side * (EDGE - 0.35);
  const deep = 1.7;
  shadowUnder(stage, (x0 + x1) / 2, z + 0.9, 1.3, 1.3, KERB + 0.01, 1.8);
  const post = [128, 104, 78];
  for (const x of [x0, x1]) {
    stage.bar([x, KERB, z + deep], [x, 2.3, z + deep], 0.06, post);
  }
  stage.front(z + deep, x0, x1, KERB, 1.5, shade(cloth, 0.5), 0.9);
  if (kind === "food") {
    foodCart(stage, x0, x1, z, cloth);
  } else {
    box(stage, x0, x1, z + 0.1, z + 1.2, KERB, 0.95, [150, 112, 74]);
    for (let plank = 0.3; plank < 0.9; plank += 0.2) {
      stage.front(z + 0.09, x0, x1, plank, plank + 0.02, [92, 66, 44], 0.7);
    }
    crates(stage, x0, x1, z, random);
  }
  for (const x of [x0, x1]) {
    stage.bar([x, KERB, z], [x, 2.2, z], 0.06, post);
  }
  roof(stage, x0 - side * 0.3, x1 + side * 0.2, z, deep, cloth);
}

function roof(stage, x0, x1, z, deep, cloth) {
  const stripes = 8;
  const step = (x1 - x0) / stripes;
  for (let stripe = 0; stripe < stripes; stripe += 1) {
    const a = x0 + stripe * step;
    const tone = stripe % 2 ? [240, 236, 224] : cloth;
    stage.fill([[a, 2.6, z + deep + 0.2], [a + step, 2.6, z + deep + 0.2], [a + step, 2.2, z - 0.5], [a, 2.2, z - 0.5]], tone);
    stage.fill([[a, 2.2, z - 0.5], [a + step, 2.2, z - 0.5], [a + step, 2.02, z - 0.52], [a + step / 2, 1.96, z - 0.52], [a, 2.02, z - 0.52]], shade(tone, 0.84));
  }
}

function crates(stage, x0, x1, z, random) {
  const step = (x1 - x0) / 4;
  for (let row = 1; row >= 0; row -= 1) {
    for (let crate = 0; crate < 4; crate += 1) {
      const a = x0 + crate * step + step * 0.08;
      const b = a + step * 0.84;
      const zz = z + 0.15 + row * 0.5;
      const y = 0.95 + row * 0.2;
      const colour = random.pick(FRUIT);
      stage.front(zz, a, b, y, y + 0.16, [186, 146, 98]);
      for (let fruit = 0; fruit < 15; fruit += 1) {
        const place = [a + (b - a) * (((fruit % 5) + 0.5) / 5), y + 0.17 + (fruit > 9 ? 0.07 : 0), zz + 0.3 - Math.floor(fruit / 5) * 0.13];
        const spot = stage.at(place);
        if (spot) {
          const size = stage.scaleAt(place) * 0.062;
          stage.canvas.ellipse(spot[0], spot[1], size, size, shade(colour, random.between(0.85, 1.1)));
          stage.canvas.ellipse(spot[0] - size * 0.3, spot[1] - size * 0.35, size * 0.3, size * 0.26, [255, 255, 250], 0.4);
        }
      }
    }
  }
}

function foodCart(stage, x0, x1, z, cloth) {
  box(stage, x0, x1, z + 0.1, z + 1.1, 0.5, 1.05, [62, 116, 160]);
  stage.front(z + 0.09, x0, x1, 0.62, 0.92, [238, 226, 190]);
  for (let letter = 0; letter < 9; letter += 1) {
    const a = x0 + (x1 - x0) * (0.12 + letter * 0.085);
    stage.front(z + 0.08, a, a + (x1 - x0) * 0.055, 0.68, letter % 3 ? 0.86 : 0.8, [190, 46, 40]);
  }
  const glass = mix(cloth, [210, 226, 232], 0.85);
  stage.front(z + 0.12, x0 + (x1 - x0) * 0.05, x0 + (x1 - x0) * 0.6, 1.05, 1.65, glass, 0.6);
  for (let shelf = 0; shelf < 2; shelf += 1) {
    for (let bowl = 0; bowl < 5; bowl += 1) {
      const a = x0 + (x1 - x0) * (0.08 + bowl * 0.1);
      stage.front(z + 0.11, a, a + (x1 - x0) * 0.07, 1.1 + shelf * 0.28, 1.24 + shelf * 0.28, bowl % 2 ? [240, 238, 228] : [214, 140, 60]);
    }
  }
  const pot = stage.at([x0 + (x1 - x0) * 0.8, 1.2, z + 0.4]);
  if (pot) {
    const size = stage.scaleAt([x0, 1.2, z + 0.4]) * 0.24;
    stage.canvas.fill([[pot[0] - size, pot[1] - size * 0.4], [pot[0] + size, pot[1] - size * 0.4], [pot[0] + size * 0.9, pot[1] + size * 0.8], [pot[0] - size * 0.9, pot[1] + size * 0.8]],
      linear(pot[0] - size, 0, [220, 222, 226], pot[0] + size, 0, [120, 124, 130]));
    for (let puff = 0; puff < 9; puff += 1) {
      stage.canvas.ellipse(pot[0] + Math.sin(puff * 1.3) * size * 0.5, pot[1] - size * (0.8 + puff * 0.35), size * (0.4 + puff * 0.08), size * (0.34 + puff * 0.06), [250, 250, 248], 0.12);
    }
  }
  for (const x of [x0 + (x1 - x0) * 0.2, x0 + (x1 - x0) * 0.8]) {
    const spot = stage.at([x, 0.4, z + 0.06]);
    if (spot) {
      const size = stage.scaleAt([x, 0.4, z]) * 0.25;
      stage.canvas.ellipse(spot[0], spot[1], size, size, [34, 34, 36]);
      stage.canvas.ellipse(spot[0], spot[1], size * 0.74, size * 0.74, [128, 124, 118]);
      stage.canvas.ellipse(spot[0], spot[1], size * 0.2, size * 0.2, [50, 50, 54]);
    }
  }
}

function stool(stage, x, z, tone) {
  shadowUnder(stage, x, z, 0.22, 0.18, 0.01, 1.3);
  for (const leg of [-0.13, 0.13]) {
    stage.bar([x + leg, 0, z], [x + leg * 0.75, 0.4, z], 0.05, shade(tone, 0.7));
  }
  stage.fill([[x - 0.17, 0.4, z - 0.12], [x + 0.17, 0.4, z - 0.12], [x + 0.17, 0.4, z + 0.14], [x - 0.17, 0.4, z + 0.14]], tone);
  stage.front(z - 0.12, x - 0.17, x + 0.17, 0.35, 0.4, shade(tone, 0.8));
}

/** @param {Stage} stage */
function stalls(stage, side) {
  const { random } = stage;
  const cloths = [[40, 110, 180], [200, 60, 50], [46, 140, 92], [232, 150, 40]];
  const start = random.whole(0, 3);
  const kinds = random.happens(0.5) ? ["fruit", "food", "fruit"] : ["food", "fruit", "food"];
  [12.2, 8.6, 5.1].forEach((z, index) => stall(stage, side, z, cloths[(start + index) % 4], kinds[index]));
  for (const [x, z] of [[ROAD - 0.5, 6.8], [ROAD - 0.9, 6.2], [ROAD - 0.45, 5.4]]) {
    stool(stage, side * x, z, random.pick([[206, 52, 46], [46, 96, 170], [60, 150, 90]]));
  }
}

function noStalls(stage, side) {
  const x = side * (EDGE - 0.5);
  bin(stage, x, 6.2);
  for (let z = 14; z > 4; z -= 1.5) {
    const post = side * (ROAD + 0.3);
    stage.bar([post, KERB, z], [post, 0.85, z], 0.16, linear(0, 0, [206, 74, 40], 1, 0, [206, 74, 40]));
    stage.bar([post, 0.6, z], [post, 0.74, z], 0.165, [240, 236, 226]);
    const top = stage.at([post, 0.85, z]);
    if (top) {
      const size = stage.scaleAt([post, 0.85, z]) * 0.1;
      stage.canvas.ellipse(top[0], top[1], size, size * 0.8, [222, 92, 52]);
    }
  }
}

/** A banner between two bamboo poles; each row of holes is its wear. */
function cloth(stage, side, { z, y, colour, ink, torn }) {
  const x0 = side * (ROAD + 0.5);
  const x1 = side * (EDGE + 0.6);
  for (const x of [x0, x1]) {
    stage.bar([x, KERB, z + 0.05], [x + side * 0.06, y + 1.5, z + 0.05], 0.09, bark([186, 158, 96]), 1, 0.07);
  }
  const columns = 26;
  const at = (share, up) => {
    const sag = torn ? Math.sin(share * Math.PI) * 0.16 + Math.max(0, share - 0.55) * 0.75 : Math.sin(share * Math.PI) * 0.05;
    return [x0 + (x1 - x0) * share, y + up - sag, z + Math.sin(share * 14) * 0.07];
  };
  for (let column = 0; column < columns; column += 1) {
    const a = column / columns;
    const b = (column + 1) / columns;
    const rag = (share) => (torn ? Math.max(0, Math.sin(share * 23) * 0.18 + Math.sin(share * 57) * 0.12 + Math.max(0, share - 0.4) * 0.7) : 0);
    if (torn && column > 16 && column < 19) {
      continue;
    }
    const fold = 0.9 + Math.sin(a * 14 + 1.2) * 0.14;
    stage.fill([at(a, 1.2), at(b, 1.2), at(b, rag(b)), at(a, rag(a))], shade(colour, fold));
    if (column > 1 && column % 4 !== 0 && column < 24) {
      stage.fill([at(a, 0.98), at(b, 0.98), at(b, 0.76), at(a, 0.76)], shade(ink, fold));
    }
    if (column > 3 && column % 3 !== 0 && column < 15) {
      stage.fill([at(a, 0.62), at(b, 0.62), at(b, 0.5), at(a, 0.5)], shade(ink, fold), 0.85);
    }
  }
  if (torn) {
    stage.fill([at(1, 1.2), at(0.86, 0.8), [x0 + (x1 - x0) * 0.9, y - 0.7, z - 0.1], [x0 + (x1 - x0) * 0.97, y - 0.25, z - 0.15]], shade(colour, 0.72));
  }
}

/** @param {Stage} stage */
function banners(stage, side) {
  const { random } = stage;
  const colours = [[[226, 196, 60], [150, 36, 36]], [[60, 110, 170], [240, 238, 228]], [[200, 60, 52], [250, 240, 220]], [[70, 146, 90], [244, 240, 214]]];
  const first = random.whole(0, 3);
  [11.5, 8, 5.1].forEach((z, index) => {
    const [colour, ink] = colours[(first + index) % 4];
    shadowUnder(stage, side * (EDGE - 0.8), z, 1.2, 0.3, KERB + 0.01, 1.2);
    cloth(stage, side, { z, y: 1.15 + random.between(-0.1, 0.2), colour, ink, torn: index !== 0 });
  });
  for (let scrap = 0; scrap < 7; scrap += 1) {
    const [colour] = colours[(first + 2) % 4];
    stage.patch(side * random.between(ROAD - 0.4, EDGE - 0.3), random.between(3.6, 5), random.between(0.08, 0.3), random.between(0.05, 0.16),
      shade(colour, random.between(0.7, 1.05)), { y: KERB + 0.012, uneven: 0.45, seed: scrap });
  }
}

function noBanners(stage, side) {
  for (const z of [11.5, 8]) {
    stage.patch(side * (ROAD + 0.5), z, 0.09, 0.08, [96, 84, 70], { y: KERB + 0.005, uneven: 0.2 });
  }
  bin(stage, side * (EDGE - 0.5), 6.8);
}

export const TRADE_SCENES = {
  stalls: { pitch: -0.1, yaw: 0.34, shift: 0.5, before: stalls, after: noStalls },
  banner: { pitch: -0.06, yaw: 0.42, shift: 1.2, before: banners, after: noBanners },
};
