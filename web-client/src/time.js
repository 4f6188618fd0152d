// @ts-check
// All times are shown in Jakarta's zone and measured by the server's clock:
// a phone with a wrong clock must not show a wrong deadline.
// SPDX-License-Identifier: ISC
import { signal } from "@preact/signals";

import { language, t, tn } from "./t.js";

const ZONE = "Asia/Jakarta";
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let offset = 0;

/** Ticks once a minute; reading it makes a component follow the time. */
export const minute = signal(0);

export function now() {
  return Date.now() + offset;
}

/**
 * Learn the server's clock from a Date header. Its precision is a second, so
 * small differences are left alone.
 * @param {string|null} header
 */
export function learnServerTime(header) {
  const server = header ? Date.parse(header) : NaN;
  if (Number.isNaN(server)) {
    return;
  }
  const next = server + 500 - Date.now();
  offset = Math.abs(next) < 2000 ? 0 : next;
}

export function startClock() {
  setInterval(() => {
    minute.value += 1;
  }, MINUTE);
}

/** @param {string|number} at @param {Intl.DateTimeFormatOptions} options */
function format(at, options) {
  return new Intl.DateTimeFormat(language.value, {
    timeZone: ZONE,
    hourCycle: "h23",
    ...options,
  }).format(new Date(at));
}

/** 24 Nov 2026, 00.05 WIB @param {string|number} at */
export function dateTime(at) {
  const text = format(at, { dateStyle: "medium", timeStyle: "short" });
  return `${text} WIB`;
}

/** 10.42 WIB @param {string|number} at */
export function clock(at) {
  return `${format(at, { timeStyle: "short" })} WIB`;
}

/** 24 November 2026 @param {string|number} at */
export function longDay(at) {
  return format(at, { dateStyle: "long" });
}

/** Selasa, 24 November 2026 @param {string|number} at */
export function fullDay(at) {
  return format(at, { dateStyle: "full" });
}

/**
 * The day in Jakarta, as date fields have it, some days from now.
 * @param {number} days
 */
export function dayFromNow(days) {
  return new Date(now() + days * DAY + 7 * HOUR).toISOString().slice(0, 10);
}

/** The last minute of a day in Jakarta. @param {string} day as date fields have it */
export function endOfDay(day) {
  return new Date(`${day}T23:59:00+07:00`).toISOString();
}

/**
 * How long ago, in one unit: "3 jam lalu".
 * @param {string} at
 */
export function age(at) {
  minute.value;
  const past = Math.max(0, now() - Date.parse(at));
  if (past < MINUTE) {
    return t("time.just_now");
  }
  if (past < HOUR) {
    return tn("time.ago.minutes", Math.floor(past / MINUTE));
  }
  if (past < DAY) {
    return tn("time.ago.hours", Math.floor(past / HOUR));
  }
  return tn("time.ago.days", Math.floor(past / DAY));
}

/**
 * A length of time in at most two units: "3 jam 10 mnt", "2 hari".
 * @param {number} milliseconds
 */
export function duration(milliseconds) {
  const minutes = Math.max(1, Math.floor(milliseconds / MINUTE));
  if (minutes < 60) {
    return tn("time.minutes", minutes);
  }
  const hours = Math.floor(minutes / 60);
  if (hours < 24) {
    const rest = minutes % 60;
    const text = tn("time.hours", hours);
    return rest ? `${text} ${tn("time.minutes", rest)}` : text;
  }
  return tn("time.days", Math.floor(hours / 24));
}

/**
 * What is left until a deadline.
 * @param {string} due
 * @returns {{late: boolean, soon: boolean, text: string}}
 */
export function deadline(due) {
  minute.value;
  const left = Date.parse(due) - now();
  const text = duration(Math.abs(left));
  if (left < 0) {
    return { late: true, soon: false, text: t("deadline.late", { text }) };
  }
  return { late: false, soon: left < 2 * HOUR, text: t("deadline.left", { text }) };
}
