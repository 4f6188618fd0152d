// @ts-check
// The only Trusted Types policies. One lets two fixed addresses through, the
// service worker and the photo worker; the other exists once a map is shown
// and lets its library's one constant through. Everything else is refused.
// SPDX-License-Identifier: ISC

/** @param {string} url @param {string} allowed */
function only(url, allowed) {
  if (url !== allowed) {
    throw new TypeError("not a script of ours");
  }
  return url;
}

const SERVICE_WORKER = "/sw.js";
const PHOTO_WORKER = __PHOTO_WORKER__;

/** @type {any} */
const factory = /** @type {any} */ (globalThis).trustedTypes;
const policy = factory?.createPolicy("sw", {
  /** @param {string} url */
  createScriptURL(url) {
    return only(url, url === SERVICE_WORKER ? SERVICE_WORKER : PHOTO_WORKER);
  },
});

/** @param {string} url @returns {string} */
function trusted(url) {
  return policy ? policy.createScriptURL(url) : url;
}

export function registerServiceWorker() {
  return navigator.serviceWorker.register(trusted(SERVICE_WORKER));
}

export function newPhotoWorker() {
  return new Worker(trusted(PHOTO_WORKER));
}

/** What Leaflet writes once, to learn whether the browser draws SVG. */
const MAP_MARKUP = "<svg/>";

let isMapTrusted = false;

/** For the map's own file, before its library loads. */
export function trustMap() {
  if (!isMapTrusted) {
    isMapTrusted = true;
    factory?.createPolicy("default", {
      /** @param {string} text */
      createHTML: (text) => (text === MAP_MARKUP ? text : null),
    });
  }
}
