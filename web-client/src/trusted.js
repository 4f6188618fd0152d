// @ts-check
// The only Trusted Types policy: it lets two fixed addresses through, the
// service worker and the photo worker. Everything else is refused.
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
