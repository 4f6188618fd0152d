// SPDX-License-Identifier: ISC
// Draws the demo's photos: a street with a trouble in it, or the same street
// after the work. The same facts always give the same picture.
// By hand: node config/demo/draw.mjs SCENE SEED before|after OUT.png|OUT.jpg

import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { exifBlock } from "./draw/exif.mjs";
import { encodeJpeg } from "./draw/jpeg.mjs";
import { develop, LIGHTS } from "./draw/light.mjs";
import { encodePng } from "./draw/png.mjs";
import { SCENES } from "./draw/scenes.mjs";
import { Stage } from "./draw/stage.mjs";
import { paintStreet } from "./draw/street.mjs";
import { Random } from "./random.mjs";

const DEVICES = ["Contoh A15", "Contoh Note 9", "Contoh Lite 5G", "Contoh C33"];
const DAYLIGHTS = ["morning", "noon", "afternoon", "overcast"];

/**
 * @typedef {{scene: string, seed: string, after?: boolean, shot?: number,
 *   portrait?: boolean, format?: "jpeg" | "png",
 *   place?: {lat: number, lng: number}, takenAt?: string}} Wish
 */

/** @param {Wish} wish @returns {Stage} */
function stageFor(wish, scene, side) {
  const { portrait = false, after = false, shot = 0 } = wish;
  const base = new Random(`${wish.seed}/camera`);
  const hand = new Random(`${wish.seed}/hand/${after}/${shot}`);
  const lights = scene.lights ?? DAYLIGHTS;
  const light = LIGHTS[after ? hand.pick(lights) : base.pick(lights)];
  // Further shots are smaller: drawing is most of the demo's loading time.
  const [long, short] = shot === 0 ? [1280, 960] : [960, 720];
  const step = shot === 0 ? 0 : hand.between(0.5, 0.9) * (shot === 1 ? 1 : -1);
  return new Stage({
    width: portrait ? short : long,
    height: portrait ? long : short,
    eye: [base.between(-0.4, 0.4) + side * (scene.shift ?? 0) + step * 0.7, base.between(1.45, 1.7), step - 0.2],
    pitch: scene.pitch + hand.between(-0.03, 0.03) - (portrait ? 0.03 : 0),
    yaw: side * scene.yaw + hand.between(-0.04, 0.04) - step * 0.09,
    roll: hand.between(-0.025, 0.025),
    lens: portrait ? 0.74 : 0.7,
    light,
    random: new Random(`${wish.seed}/street`),
  });
}

/** Turns the picture a quarter left: telephones store portrait lying down. */
function layDown(rgb, width, height) {
  const turned = new Uint8ClampedArray(rgb.length);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const from = (y * width + x) * 3;
      const to = ((width - 1 - x) * height + y) * 3;
      turned[to] = rgb[from];
      turned[to + 1] = rgb[from + 1];
      turned[to + 2] = rgb[from + 2];
    }
  }
  return turned;
}

/**
 * @param {Wish} wish
 * @returns {{bytes: Buffer, mime: string}}
 */
export function draw(wish) {
  const scene = SCENES[wish.scene];
  if (!scene) {
    throw new Error(`there is no scene called ${wish.scene}`);
  }
  const side = new Random(`${wish.seed}/side`).happens(0.5) ? 1 : -1;
  const stage = stageFor(wish, scene, side);
  paintStreet(stage, { wallSide: scene.wall ? side : undefined, trees: scene.trees });
  stage.random = new Random(`${wish.seed}/things`);
  (wish.after ? scene.after : scene.before)(stage, side);
  const { width, height } = stage.canvas;
  const rgb = develop(stage.canvas, stage.light, stage.light.name === "night" ? 9 : 4);
  if (wish.format === "png") {
    return { bytes: encodePng(rgb, width, height), mime: "image/png" };
  }
  const exif = wish.place
    ? exifBlock({
      device: new Random(`${wish.seed}/device`).pick(DEVICES),
      lat: wish.place.lat,
      lng: wish.place.lng,
      takenAt: new Date(wish.takenAt ?? "2025-01-01T00:00:00Z"),
      orientation: wish.portrait ? 6 : 1,
    })
    : null;
  return wish.portrait && exif
    ? { bytes: encodeJpeg(layDown(rgb, width, height), height, width, { exif }), mime: "image/jpeg" }
    : { bytes: encodeJpeg(rgb, width, height, { exif }), mime: "image/jpeg" };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [scene, seed, state, out] = process.argv.slice(2);
  if (!out) {
    process.stderr.write(`usage: draw.mjs ${Object.keys(SCENES).join("|")} SEED before|after OUT.png|OUT.jpg\n`);
    process.exit(2);
  }
  const format = out.endsWith(".png") ? "png" : "jpeg";
  writeFileSync(out, draw({ scene, seed, after: state === "after", format }).bytes);
}
