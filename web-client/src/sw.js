// @ts-check
// Keeps the client's own files on the device, and nothing else: every answer
// of the API goes straight to the network and is never stored.
// SPDX-License-Identifier: ISC

const CACHE = `crm-shell-${__VERSION__}`;
const FILES = __PRECACHE__;

const worker = /** @type {any} */ (self);

async function install() {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES.map((file) => new Request(file, { cache: "reload" })));
}

async function activate() {
  for (const name of await caches.keys()) {
    if (name !== CACHE) {
      await caches.delete(name);
    }
  }
  await worker.clients.claim();
}

/** @param {Request} request */
async function answer(request) {
  const cache = await caches.open(CACHE);
  const page = request.mode === "navigate";
  const kept = await cache.match(page ? "/" : request, { ignoreVary: true });
  return kept ?? fetch(request);
}

worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(install()));
worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(activate()));
worker.addEventListener("message", (/** @type {any} */ event) => {
  if (event.data === "take over") {
    worker.skipWaiting();
  }
});
worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { pathname, origin } = new URL(event.request.url);
  const isPage = event.request.mode === "navigate" && !/^\/(api|docs|open311|healthz|readyz)(\/|$)/.test(pathname);
  if (origin === location.origin && (isPage || FILES.includes(pathname))) {
    event.respondWith(answer(event.request));
  }
});
