// @ts-check
// The outbox on this device: IndexedDB, every content encrypted with a key
// of the user's own that the browser keeps and never hands out.
// SPDX-License-Identifier: ISC

/**
 * @typedef {object} Sealed what lies in the database
 * @property {string} id
 * @property {string} owner
 * @property {number} at
 * @property {number} bytes
 * @property {{iv: Uint8Array, data: ArrayBuffer}} body
 * @property {{iv: Uint8Array, data: ArrayBuffer}[]} photos
 */

/**
 * @typedef {object} Opened
 * @property {string} id
 * @property {number} at
 * @property {number} bytes
 * @property {any} body
 */

const NAME = "crm-outbox";

/** @type {Promise<IDBDatabase>|null} */
let opening = null;

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @returns {Promise<IDBDatabase>} */
function database() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("key");
      request.result.createObjectStore("record", { keyPath: "id" });
      request.result.createObjectStore("draft", { keyPath: "id" });
    };
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      request.result.onclose = () => {
        opening = null;
      };
      resolve(request.result);
    };
  });
  return opening;
}

/** @param {string} name @param {IDBTransactionMode} mode */
async function store(name, mode) {
  const base = await database();
  return base.transaction(name, mode, { durability: "strict" }).objectStore(name);
}

/** @param {string} owner @returns {Promise<CryptoKey>} */
async function keyOf(owner) {
  const found = await done((await store("key", "readonly")).get(owner));
  if (found) {
    return found;
  }
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await done((await store("key", "readwrite")).put(key, owner));
  return key;
}

/** @param {CryptoKey} key @param {BufferSource} plain */
async function seal(key, plain) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain);
  return { iv, data };
}

/** @param {CryptoKey} key @param {{iv: any, data: ArrayBuffer}} sealed */
function unseal(key, sealed) {
  return crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv }, key, sealed.data);
}

/** @param {CryptoKey} key @param {any} value */
function sealJson(key, value) {
  return seal(key, new TextEncoder().encode(JSON.stringify(value)));
}

/** @param {CryptoKey} key @param {Sealed} found @returns {Promise<Opened>} */
async function open(key, found) {
  const text = new TextDecoder().decode(await unseal(key, found.body));
  return { id: found.id, at: found.at, bytes: found.bytes, body: JSON.parse(text) };
}

/**
 * @param {"record"|"draft"} where
 * @param {{id: string, owner: string, at: number, body: any, photos: Blob[]}} item
 */
export async function put(where, item) {
  const key = await keyOf(item.owner);
  const photos = [];
  for (const photo of item.photos) {
    photos.push(await seal(key, await photo.arrayBuffer()));
  }
  const bytes = item.photos.reduce((sum, photo) => sum + photo.size, 0);
  const sealed = {
    id: item.id,
    owner: item.owner,
    at: item.at,
    bytes,
    body: await sealJson(key, item.body),
    photos,
  };
  await done((await store(where, "readwrite")).put(sealed));
}

/**
 * Change what is said about a record; its photos stay as they are.
 * @param {string} id @param {string} owner @param {any} body
 */
export async function update(id, owner, body) {
  const sealedBody = await sealJson(await keyOf(owner), body);
  const records = await store("record", "readwrite");
  const found = await done(records.get(id));
  if (found) {
    await done(records.put({ ...found, body: sealedBody }));
  }
}

/** Oldest first, without photos. @param {string} owner @returns {Promise<Opened[]>} */
export async function list(owner) {
  /** @type {Sealed[]} */
  const all = await done((await store("record", "readonly")).getAll());
  const own = all.filter((found) => found.owner === owner).sort((a, b) => a.at - b.at);
  if (!own.length) {
    return [];
  }
  const key = await keyOf(owner);
  return Promise.all(own.map((found) => open(key, found)));
}

/**
 * @param {"record"|"draft"} where @param {string} id @param {string} owner
 * @returns {Promise<(Opened & {photos: Blob[]})|null>}
 */
export async function get(where, id, owner) {
  /** @type {Sealed|undefined} */
  const found = await done((await store(where, "readonly")).get(id));
  if (!found || found.owner !== owner) {
    return null;
  }
  const key = await keyOf(owner);
  const photos = [];
  for (const sealed of found.photos) {
    photos.push(new Blob([await unseal(key, sealed)], { type: "image/jpeg" }));
  }
  return { ...(await open(key, found)), photos };
}

/** How many drafts wait on this device. @param {string} owner */
export async function countDrafts(owner) {
  /** @type {Sealed[]} */
  const all = await done((await store("draft", "readonly")).getAll());
  return all.filter((found) => found.owner === owner).length;
}

/** @param {"record"|"draft"} where @param {string} id */
export async function remove(where, id) {
  await done((await store(where, "readwrite")).delete(id));
}

/** Everything of everyone on this device, keys included. */
export async function destroy() {
  const base = await database();
  base.close();
  opening = null;
  await done(indexedDB.deleteDatabase(NAME));
}
