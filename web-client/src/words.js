// @ts-check
// The words of a report, or that its reporter erased them.
// SPDX-License-Identifier: ISC
import { t } from "./t.js";

/** @param {{description?: string}} report */
export function wordsOf({ description }) {
  return description === "" ? t("report.erased") : description ?? "";
}
