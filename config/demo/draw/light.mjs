// SPDX-License-Identifier: ISC
// Times of day: the colours of sky, haze and shadow, and the grading that
// turns the drawn scene into something like a telephone's photo.

import { cloudAt, grainAt, mix } from "./paint.mjs";

/** @typedef {import("./canvas.mjs").Colour} Colour */
/**
 * @typedef {{name: string, high: Colour, low: Colour, haze: Colour,
 *   tint: Colour, shadow: number, slant: number, clouds: number}} Light
 */

/** @type {Record<string, Light>} */
export const LIGHTS = {
  morning: {
    name: "morning", high: [112, 168, 214], low: [248, 226, 190], haze: [236, 220, 196],
    tint: [1.05, 1.0, 0.92], shadow: 0.34, slant: 1.5, clouds: 0.5,
  },
  noon: {
    name: "noon", high: [72, 142, 206], low: [196, 220, 230], haze: [206, 218, 222],
    tint: [1.02, 1.02, 0.98], shadow: 0.4, slant: 0.4, clouds: 0.7,
  },
  afternoon: {
    name: "afternoon", high: [106, 146, 190], low: [255, 206, 140], haze: [240, 204, 160],
    tint: [1.08, 0.98, 0.84], shadow: 0.38, slant: -1.8, clouds: 0.55,
  },
  overcast: {
    name: "overcast", high: [150, 162, 172], low: [206, 212, 212], haze: [198, 205, 207],
    tint: [0.95, 0.98, 1.0], shadow: 0.14, slant: 0.2, clouds: 0.9,
  },
  night: {
    name: "night", high: [52, 62, 98], low: [112, 104, 116], haze: [92, 90, 108],
    tint: [1, 1, 1], shadow: 0, slant: 0, clouds: 0.4,
  },
};

/** Sky with drifting clouds. @param {import("./stage.mjs").Stage} stage @param {number} horizon */
export function paintSky(stage, horizon) {
  const { canvas, light, random } = stage;
  const shift = random.between(0, 200);
  const white = mix([255, 255, 255], light.low, light.name === "night" ? 0.8 : 0.25);
  // Below the horizon the ground covers everything; 80 pixels allow for tilt.
  const bottom = Math.min(canvas.height, horizon + 80);
  const area = [[0, 0], [canvas.width, 0], [canvas.width, bottom], [0, bottom]];
  canvas.fill(area, (x, y, out) => {
    const share = Math.min(1, y / horizon);
    const bend = share * Math.sqrt(share);
    const depth = 1.15 - share * 0.75;
    const field = cloudAt(x * 0.02 * depth + shift, (y * 0.055) / depth + shift);
    const raw = (field + 0.15) * 1.6;
    const cloud = (raw < 0 ? 0 : raw > 1 ? 1 : raw) * light.clouds;
    for (let band = 0; band < 3; band += 1) {
      const clear = light.high[band] + (light.low[band] - light.high[band]) * bend;
      out[band] = clear + (white[band] - clear) * cloud;
    }
  });
}

/** Multiplies the picture so far: night falls before lamps are lit. */
export function dim(canvas, colour) {
  const { pixels } = canvas;
  for (let at = 0; at < pixels.length; at += 3) {
    pixels[at] *= colour[0];
    pixels[at + 1] *= colour[1];
    pixels[at + 2] *= colour[2];
  }
}

/** Tint, contrast, vignette, sensor grain. @returns {Uint8ClampedArray} RGB bytes */
export function develop(canvas, light, grain = 3) {
  const { width, height, pixels } = canvas;
  const bytes = new Uint8ClampedArray(pixels.length);
  const curve = new Float32Array(1024);
  for (let step = 0; step < 1024; step += 1) {
    const value = Math.min(1, step / 4 / 255);
    curve[step] = 255 * (value * 0.72 + 0.28 * value * value * (3 - 2 * value)) + 2;
  }
  for (let y = 0; y < height; y += 1) {
    const dy = (y / height - 0.5) ** 2;
    for (let x = 0; x < width; x += 1) {
      const edge = 1 - 0.42 * ((x / width - 0.5) ** 2 + dy);
      const noise = grainAt(x, y) * grain;
      const at = (y * width + x) * 3;
      for (let band = 0; band < 3; band += 1) {
        const value = pixels[at + band] * light.tint[band] * edge * 4;
        const step = value < 0 ? 0 : value > 1023 ? 1023 : value | 0;
        bytes[at + band] = curve[step] + noise;
      }
    }
  }
  return bytes;
}
