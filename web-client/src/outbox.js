// @ts-check
// What officers send goes through here, online too: it is on the device
// before the first byte leaves, and goes away only when the server has it.
// SPDX-License-Identifier: ISC
import { computed, signal } from "@preact/signals";

import { ApiError, eventAdd, reportOpen } from "./api.js";
import { answered, reportChanged } from "./memory.js";
import * as store from "./outbox-store.js";
import { session } from "./session.js";
import { now } from "./time.js";

/**
 * @typedef {object} Entry
 * @property {string} id
 * @property {number} at
 * @property {number} bytes
 * @property {{report: string, ticket: string, label: import("./types.js").Label,
 *   version: number, key: string, event: any, state: "waiting"|"attention",
 *   problem: {code: string, status: number, detail: string}|null}} body
 */

/** @typedef {{answer?: any, error?: ApiError}} Outcome */

/** @type {import("@preact/signals").Signal<Entry[]>} */
export const entries = signal([]);

/** False until the device was asked what waits: empty would be a guess. */
export const isRead = signal(false);

/** @type {import("@preact/signals").Signal<{id: string, part: number}|null>} */
export const sending = signal(null);

export const waitingCount = computed(() => entries.value.length);

/** True when the device has little room left for photos. */
export const isTight = signal(false);

const EVERY = 60_000;
const ROOM = 50 * 1024 * 1024;
const BACKOFF_MAX = 10 * 60_000;

let failures = 0;
let notBefore = 0;

function owner() {
  return session.value?.username ?? "";
}

export async function load() {
  const who = owner();
  const found = who ? await store.list(who) : [];
  if (who === owner()) {
    entries.value = /** @type {any} */ (found);
    isRead.value = who !== "";
  }
}

async function watchRoom() {
  await navigator.storage?.persist?.();
  const { quota = Infinity, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  isTight.value = quota - usage < ROOM;
}

/**
 * Keep one step of work on the device. The key is made here, at the tap.
 * @param {import("./types.js").Report} report
 * @param {any} event
 * @param {Blob[]} photos
 * @returns {Promise<string>} the entry's id
 */
export async function add(report, event, photos = []) {
  const id = crypto.randomUUID();
  await store.put("record", {
    id,
    owner: owner(),
    at: now(),
    photos,
    body: {
      report: report.id,
      ticket: report.ticket,
      label: report.confidentiality,
      version: report.version,
      key: crypto.randomUUID(),
      event,
      state: "waiting",
      problem: null,
    },
  });
  await load();
  watchRoom().catch(() => {});
  return id;
}

/**
 * Send one entry now. Never throws: the outcome says what happened.
 * @param {string} id @returns {Promise<Outcome>}
 */
export async function send(id) {
  return navigator.locks.request("crm-outbox", () => sendLocked(id));
}

/** @param {string} id @returns {Promise<Outcome>} */
async function sendLocked(id) {
  const found = await store.get("record", id, owner());
  if (!found) {
    return { error: new ApiError("gone") };
  }
  const { body, photos } = found;
  sending.value = { id, part: 0 };
  try {
    const answer = await eventAdd({
      id: body.report,
      version: body.version,
      key: body.key,
      event: body.event,
      photos,
      progress: (part) => {
        sending.value = { id, part };
      },
    });
    return await sent(id, body, answer);
  } catch (error) {
    return await notSent(id, body, error);
  } finally {
    sending.value = null;
    await load();
  }
}

/** @param {string} id @param {any} body @param {any} answer @returns {Promise<Outcome>} */
async function sent(id, body, answer) {
  if (!answer?.event?.id) {
    throw new ApiError("offline");
  }
  await store.remove("record", id);
  failures = 0;
  notBefore = 0;
  reportChanged(answer.report);
  answered.value = answer;
  await followOwnChange(body, answer.report);
  return { answer };
}

/**
 * The officer's own earlier step made the report newer: later steps of the
 * same officer on it are not stale because of that.
 * @param {any} body @param {import("./types.js").Report} report
 */
async function followOwnChange(body, report) {
  for (const other of await store.list(owner())) {
    const same = other.body.report === body.report && other.body.version === body.version;
    if (same && other.body.state === "waiting") {
      await store.update(other.id, owner(), { ...other.body, version: report.version });
    }
  }
}

/** @param {string} id @param {any} body @param {unknown} cause @returns {Promise<Outcome>} */
async function notSent(id, body, cause) {
  const error = cause instanceof ApiError ? cause : new ApiError("offline");
  if (error.isTransient) {
    failures += 1;
    const wait = Math.min(BACKOFF_MAX, 2 ** failures * 5000);
    notBefore = Date.now() + Math.max(wait * (0.5 + Math.random() / 2), error.retry * 1000);
  } else if (error.status !== 401) {
    const problem = { code: error.code, status: error.status, detail: error.detail };
    await store.update(id, owner(), { ...body, state: "attention", problem });
  }
  return { error };
}

/**
 * Send all that waits, oldest first; stops at the first that the network or
 * the session holds back.
 * @param {boolean} [isAsked] the officer pressed the button: no backing off
 * @returns {Promise<number>} how many went out
 */
export async function sendAll(isAsked = false) {
  let count = 0;
  if (!session.value || sending.value || (!isAsked && Date.now() < notBefore)) {
    return count;
  }
  await load();
  for (const entry of entries.value.filter((one) => one.body.state === "waiting")) {
    const { answer, error } = await send(entry.id);
    count += answer ? 1 : 0;
    if (error && (error.isTransient || error.status === 401)) {
      break;
    }
  }
  return count;
}

/**
 * The officer has seen why an entry was refused and wants it sent all the
 * same: against the report as it is now, as a new action.
 * @param {string} id @returns {Promise<Outcome>}
 */
export async function retry(id) {
  const found = await store.get("record", id, owner());
  if (!found) {
    return { error: new ApiError("gone") };
  }
  try {
    const report = await reportOpen(found.body.report);
    await store.update(id, owner(), {
      ...found.body,
      version: report.version,
      key: crypto.randomUUID(),
      state: "waiting",
      problem: null,
    });
  } catch (error) {
    return { error: /** @type {ApiError} */ (error) };
  }
  return send(id);
}

/** @param {string} id */
export async function drop(id) {
  await store.remove("record", id);
  await load();
}

export async function destroy() {
  await store.destroy();
  entries.value = [];
}

/** @param {(count: number) => void} tell called when some went out by themselves */
export function startOutbox(tell) {
  /** @param {boolean} [isAsked] */
  const tryAll = (isAsked) => {
    sendAll(isAsked).then((count) => count && tell(count), () => {});
  };
  session.subscribe((who) => {
    load().then(() => who && tryAll()).catch(() => {});
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) {
      tryAll();
    }
  });
  setInterval(() => tryAll(), EVERY);
  return { networkBack: () => tryAll(true) };
}

/** How many steps are being written on this device. */
export function countDrafts() {
  return store.countDrafts(owner());
}

/**
 * A step being written, kept so that a killed page loses nothing. It stays
 * the writer's own, also when the session ends in the middle of a word.
 * @param {string} form a report's id and the step
 */
export function draftBox(form) {
  const who = owner();
  const id = `${who} ${form}`;
  return {
    /** @param {any} body @param {Blob[]} photos */
    keep: (body, photos) => store.put("draft", { id, owner: who, at: now(), body, photos }),
    recall: () => store.get("draft", id, who),
    forget: () => store.remove("draft", id),
  };
}
