// @ts-check
// Camera photos before they are kept or sent, and where they were taken.
// SPDX-License-Identifier: ISC
import { newPhotoWorker } from "./trusted.js";

/** @typedef {{blob: Blob, width: number, height: number}} Shrunk */

export const PHOTOS_MAX = 5;

/** @type {Worker|null} */
let worker = null;
let last = 0;

/** @type {Map<number, (result: Shrunk|null) => void>} */
const asked = new Map();

function ready() {
  if (!worker) {
    worker = newPhotoWorker();
    worker.onmessage = (message) => {
      asked.get(message.data.id)?.(message.data.result);
      asked.delete(message.data.id);
    };
  }
  return worker;
}

/**
 * @param {Blob} file
 * @returns {Promise<Shrunk|null>} null when it is not a picture
 */
export function shrink(file) {
  return new Promise((resolve) => {
    last += 1;
    asked.set(last, resolve);
    ready().postMessage({ id: last, file });
  });
}

/** @typedef {{lat: number, lng: number, accuracy_m: number}} Fix */

/**
 * Ask the device where it is. Called after a tap only.
 * @returns {Promise<Fix>} rejects with "denied" or "unknown"
 */
export function locate() {
  return new Promise((resolve, reject) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        resolve({
          lat: coords.latitude,
          lng: coords.longitude,
          accuracy_m: Math.round(coords.accuracy),
        }),
      (error) => reject(new Error(error.code === 1 ? "denied" : "unknown")),
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 30_000 },
    );
  });
}

const EARTH = 6_371_000;

/**
 * Metres between two points.
 * @param {{lat: number, lng: number}} a @param {{lat: number, lng: number}} b
 */
export function distance(a, b) {
  const rad = Math.PI / 180;
  const x = Math.sin(((b.lat - a.lat) * rad) / 2) ** 2;
  const y = Math.sin(((b.lng - a.lng) * rad) / 2) ** 2;
  const h = x + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * y;
  return 2 * EARTH * Math.asin(Math.sqrt(h));
}
