// @ts-check
// Who is signed in, and when that ends: sign-out, expiry, idle lock, another
// tab. Whatever ends it, report content leaves memory and page first.
// SPDX-License-Identifier: ISC
import { signal } from "@preact/signals";

import { ApiError, sessionClose, sessionOpen, sessionRead, whenSignedOut } from "./api.js";
import { forgetAll, forgetReports } from "./memory.js";

/** @typedef {"checking"|"away"|"out"|"expired"|"locked"|"in"} Phase */

/** @type {import("@preact/signals").Signal<Phase>} */
export const phase = signal("checking");

/** @type {import("@preact/signals").Signal<import("./types.js").Session|null>} */
export const session = signal(null);

/** The name that signed in last: offered again after a lock or expiry. */
export const lastName = signal("");

/** True once the tab was out of sight for long. */
const covered = signal(false);

/** Whether a report must not be shown before the officer asks again. @param {import("./types.js").Report} report */
export function isCovered(report) {
  return report.visibility === "private" && covered.value;
}

export function uncover() {
  covered.value = false;
}

const SIGNED = "crm.signed";
const LOCKED = "crm.locked";
const CLOSING = "crm.closing";
const IDLE_PHONE = 10 * 60_000;
const IDLE_DESKTOP = 15 * 60_000;
const COVER_AFTER = 2 * 60_000;
const CHECK_EVERY = 15_000;

const tabs = new BroadcastChannel("crm");
let active = Date.now();
let hiddenAt = 0;

function idleLimit() {
  return matchMedia("(pointer: coarse)").matches ? IDLE_PHONE : IDLE_DESKTOP;
}

/** @param {Phase} next */
function leave(next) {
  forgetReports();
  session.value = null;
  phase.value = next;
}

export function expire() {
  if (phase.value === "in") {
    leave("expired");
  }
}

export function lock() {
  if (phase.value === "in") {
    localStorage.setItem(LOCKED, "1");
    tabs.postMessage("lock");
    leave("locked");
  }
}

/** @param {string} what another tab of this browser did */
function followTab(what) {
  if (what === "lock") {
    leave("locked");
  } else {
    leave("out");
    forgetAll();
  }
}

function checkIdle() {
  if (Date.now() - active > idleLimit()) {
    lock();
  }
}

function touched() {
  checkIdle();
  active = Date.now();
}

function seen() {
  if (document.hidden) {
    hiddenAt = Date.now();
    return;
  }
  checkIdle();
  if (hiddenAt && Date.now() - hiddenAt > COVER_AFTER) {
    covered.value = true;
  }
}

/** @param {PageTransitionEvent} event a page from the back-forward cache is old */
function shown(event) {
  if (event.persisted) {
    location.reload();
  }
}

/** Finish a sign-out that could not reach the server. */
async function closeLate() {
  if (localStorage.getItem(CLOSING)) {
    await sessionClose();
    localStorage.removeItem(CLOSING);
  }
}

/** Somebody signed in on this device and neither left nor was locked out. */
export function hasMark() {
  return Boolean(localStorage.getItem(SIGNED)) && !localStorage.getItem(LOCKED);
}

/** Units are compared for those whose work it is. */
export function hasRanking() {
  return ["officer", "supervisor", "validator"].includes(session.value?.role ?? "");
}

/** Ask the server whether the session still lives. */
export async function check() {
  if (localStorage.getItem(LOCKED)) {
    phase.value = "locked";
    return;
  }
  if (!localStorage.getItem(SIGNED)) {
    phase.value = "out";
    return;
  }
  try {
    enter(await sessionRead());
  } catch (error) {
    const gone = error instanceof ApiError && error.status === 401;
    phase.value = gone ? "expired" : "away";
  }
}

/** @param {import("./types.js").Session} found */
function enter(found) {
  if (lastName.value && lastName.value !== found.username) {
    forgetAll();
  }
  lastName.value = found.username;
  session.value = found;
  active = Date.now();
  covered.value = false;
  localStorage.setItem(SIGNED, "1");
  localStorage.removeItem(LOCKED);
  phase.value = "in";
}

export async function startSession() {
  whenSignedOut(expire);
  tabs.onmessage = (message) => followTab(message.data);
  addEventListener("pointerdown", touched, { passive: true });
  addEventListener("keydown", touched, { passive: true });
  addEventListener("wheel", touched, { passive: true });
  document.addEventListener("visibilitychange", seen);
  addEventListener("pageshow", shown);
  setInterval(checkIdle, CHECK_EVERY);
  await closeLate().catch(() => {});
  await check();
}

/** @param {string} username @param {string} password @param {string} totp */
export async function signIn(username, password, totp) {
  await closeLate();
  enter(await sessionOpen(username, password, totp));
}

/**
 * Ends the session here even when the server cannot be reached; the server
 * is told as soon as it can be. The page is loaded anew, so that nothing
 * stays in this tab's memory.
 */
export async function signOut() {
  const kept = ["crm.theme", "crm.lang"].map((name) => [name, localStorage.getItem(name)]);
  tabs.postMessage("out");
  leave("checking");
  forgetAll();
  localStorage.removeItem(SIGNED);
  localStorage.setItem(CLOSING, "1");
  try {
    await closeLate();
  } catch {
    // The mark stays; the next start tries again.
  }
  for (const [name, value] of kept) {
    if (name && value) {
      localStorage.setItem(name, value);
    }
  }
  location.replace("/");
}
