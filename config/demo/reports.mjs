// SPDX-License-Identifier: ISC
// All demo reports, oldest first; a report's index is its name.

import { ELSEWHERE, FOR_TRIAGE } from "./reports-elsewhere.mjs";
import { KARET_SEMANGGI, KLENDER, PLUIT } from "./reports-worked.mjs";

/** @typedef {import("./reports-worked.mjs").DemoReport} DemoReport */

/** @type {(DemoReport & {index: number})[]} */
export const REPORTS = [...KLENDER, ...KARET_SEMANGGI, ...PLUIT, ...ELSEWHERE, ...FOR_TRIAGE]
  .map((report, index) => ({ ...report, index }));
