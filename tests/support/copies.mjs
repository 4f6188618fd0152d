// Pictures of streets, and what people do to a copy of one.
//
// SPDX-License-Identifier: ISC

import { inflateSync } from "node:zlib";
import { draw } from "../../config/demo/draw.mjs";
import { encodeJpeg } from "../../config/demo/draw/jpeg.mjs";
import { Random } from "../../config/demo/random.mjs";

/** @typedef {{rgb: Uint8ClampedArray, width: number, height: number}} Picture */

/** A drawn street, see config/demo/draw.mjs. @returns {Picture} */
export function street(wish) {
  const png = draw({ ...wish, format: "png" }).bytes;
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const rows = inflateSync(png.subarray(41, 41 + png.readUInt32BE(33)));
  const stride = width * 3;
  const rgb = new Uint8ClampedArray(stride * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < stride; x += 1) {
      // Filter 0 in the first row, 2 in the others: what encodePng writes.
      rgb[y * stride + x] = (rows[y * (stride + 1) + 1 + x] + (y === 0 ? 0 : rgb[(y - 1) * stride + x])) & 255;
    }
  }
  return { rgb, width, height };
}

function made(width, height, pixel) {
  const rgb = new Uint8ClampedArray(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) rgb.set(pixel(x, y), (y * width + x) * 3);
  }
  return { rgb, width, height };
}

const at = ({ rgb, width }, x, y) => rgb.subarray((y * width + x) * 3, (y * width + x) * 3 + 3);

/** What is left when these parts of the sides are cut off. */
export function cut(picture, { left = 0, top = 0, right = 0, bottom = 0 }) {
  const x0 = Math.round(left * picture.width);
  const y0 = Math.round(top * picture.height);
  const width = picture.width - x0 - Math.round(right * picture.width);
  const height = picture.height - y0 - Math.round(bottom * picture.height);
  return made(width, height, (x, y) => at(picture, x + x0, y + y0));
}

export function mirrored(picture) {
  return made(picture.width, picture.height, (x, y) => at(picture, picture.width - 1 - x, y));
}

/** Means of whole areas, roughly. */
export function smaller(picture, width) {
  const scale = picture.width / width;
  return made(width, Math.round(picture.height / scale), (x, y) => {
    const sum = [0, 0, 0];
    const ys = [y * scale, (y + 0.5) * scale].map((one) => Math.min(picture.height - 1, Math.floor(one)));
    const xs = [x * scale, (x + 0.5) * scale].map((one) => Math.min(picture.width - 1, Math.floor(one)));
    for (const row of ys) for (const column of xs) at(picture, column, row).forEach((value, k) => { sum[k] += value / 4; });
    return sum;
  });
}

/** Every value times `gain`, plus `add`, plus noise of about that deviation. */
export function toned(picture, { gain = 1, add = 0, noise = 0, seed = "noise" }) {
  const random = new Random(seed);
  const wide = noise * 3.46;
  const rgb = picture.rgb.map((value) => value * gain + add + (noise ? random.between(-0.5, 0.5) * wide : 0));
  return { ...picture, rgb };
}

export function asJpeg({ rgb, width, height }, options = {}) {
  return encodeJpeg(rgb, width, height, options);
}
