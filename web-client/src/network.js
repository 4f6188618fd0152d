// @ts-check
// What the last request said about the network. The browser's own flag is a
// hint only: it says "online" behind a dead access point.
// SPDX-License-Identifier: ISC
import { signal } from "@preact/signals";

/** @type {import("@preact/signals").Signal<"online"|"slow"|"offline">} */
export const network = signal(navigator.onLine ? "online" : "offline");

const SLOW = 4000;

/** @param {number} milliseconds how long the answer took */
export function reached(milliseconds) {
  network.value = milliseconds > SLOW ? "slow" : "online";
}

export function unreachable() {
  network.value = "offline";
}

/** @param {() => void} back called when the network may be there again */
export function startNetwork(back) {
  addEventListener("offline", unreachable);
  addEventListener("online", () => {
    network.value = "online";
    back();
  });
}
