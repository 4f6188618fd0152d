// Waiting for a condition with a deadline; tests never sleep blindly.
//
// SPDX-License-Identifier: ISC

import { setTimeout as pause } from "node:timers/promises";

/**
 * Calls probe until it returns something true, and returns that. Throws after
 * `seconds`, naming what was waited for and the last error.
 */
export async function waitFor(what, probe, { seconds = 10, every = 50 } = {}) {
  const end = Date.now() + seconds * 1000;
  let last;
  do {
    try {
      const result = await probe();
      if (result) return result;
    } catch (error) {
      last = error;
    }
    await pause(every);
  } while (Date.now() < end);
  const why = last ? `: ${last.message}` : "";
  throw new Error(`waited ${seconds} s for ${what}${why}`);
}
