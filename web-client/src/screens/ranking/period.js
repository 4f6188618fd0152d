// @ts-check
// Periods to look at, as first and last day in Jakarta. Pure.
// SPDX-License-Identifier: ISC

export const PERIODS = ["days30", "month", "last_month", "days90"];

const DAY = 24 * 3600_000;

/** @param {number} at @returns {string} */
function text(at) {
  return new Date(at).toISOString().slice(0, 10);
}

/**
 * @param {string} name one of PERIODS
 * @param {string} today in Jakarta, as date fields have it
 */
export function periodOf(name, today) {
  const at = Date.parse(today);
  const first = Date.parse(`${today.slice(0, 8)}01`);
  switch (name) {
    case "month":
      return { from: text(first), to: today };
    case "last_month":
      return { from: `${text(first - DAY).slice(0, 8)}01`, to: text(first - DAY) };
    case "days90":
      return { from: text(at - 89 * DAY), to: today };
    default:
      return { from: text(at - 29 * DAY), to: today };
  }
}
