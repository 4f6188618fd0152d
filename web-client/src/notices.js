// @ts-check
// How much the reader has not heard of yet. Asked for at most once a minute,
// while the page is in sight and somebody is signed in.
// SPDX-License-Identifier: ISC
import { signal } from "@preact/signals";

import { noticeList } from "./api.js";
import { phase, session } from "./session.js";

const EVERY = 60_000;
const FIRST = 2_000;
const ROLES = ["officer", "supervisor", "triage", "validator"];

export const unseen = signal(0);

let last = 0;

/** Who works on reports hears of them. */
export function hasNotices() {
  return ROLES.includes(session.value?.role ?? "");
}

async function look() {
  if (document.hidden || phase.value !== "in" || !hasNotices() || Date.now() - last < EVERY) {
    return;
  }
  last = Date.now();
  const { items } = await noticeList();
  unseen.value = items.filter((notice) => notice.new).length;
}

function tryLook() {
  look().catch(() => {});
}

export function startNotices() {
  session.subscribe((who) => {
    unseen.value = 0;
    last = 0;
    if (who) {
      setTimeout(tryLook, FIRST);
    }
  });
  setInterval(tryLook, EVERY / 4);
  document.addEventListener("visibilitychange", tryLook);
}
