// SPDX-License-Identifier: ISC
// Turns the reports and their work into requests in the order of time.

import { reporterOf } from "./people.mjs";
import { PLACES, pointNear } from "./places.mjs";
import { Random } from "./random.mjs";
import { REPORTS } from "./reports.mjs";
import { eventOf, WORK } from "./work.mjs";

/** @typedef {import("./draw.mjs").Wish} Wish */
/**
 * @typedef {{index: number, key: string, at: Date, age: number,
 *   actor: {channel?: string, role?: string, unit?: string},
 *   json: Record<string, any>, wishes: Wish[], files: string[],
 *   pictures: Promise<{bytes: Uint8Array, mime: string}>[], first?: string}} Action
 */

const DAY = 86400000;
const OUTSIDE = new Set(["Bekasi", "Depok"]);

/** Ages in days at which the clock stops: half days, then ever closer. */
const STOPS = [
  ...Array.from({ length: 39 }, (_, step) => 20 - step / 2),
  0.95, 0.8, 0.65, 0.55, 0.45, 0.36, 0.29, 0.25, 0.21, 0.17, 0.14, 0.11, 0.08, 0.06, 0.045, 0.03, 0.015,
];

/**
 * All requests, grouped by the time at which they happen, oldest first.
 * @param {Date} base the time that counts as now
 * @returns {Action[][]}
 */
export function planOf(base) {
  const times = STOPS.map((age) => timeAt(base, age));
  /** @type {Action[][]} */
  const steps = STOPS.map(() => []);
  for (const report of REPORTS) {
    const random = new Random(`report/${report.index}`);
    const point = report.place ? pointNear(report.place, random) : null;
    let stop = stopFor(report.age, -1);
    steps[stop].push(intakeOf(report, point, times[stop], random));
    const plan = WORK[report.work ?? ""] ?? [];
    const last = (plan[plan.length - 1]?.hours ?? 0) / 24;
    const pace = Math.min(1, (report.age * 0.85) / (last || 1));
    plan.forEach((step, number) => {
      stop = stopFor(report.age - (step.hours / 24) * pace, stop);
      steps[stop].push(stepOf(report, step, number, point, times[stop]));
    });
  }
  return steps.filter((step) => step.length > 0);
}

/** Not on the dot, but in order: people report at all times of day. */
function timeAt(base, age) {
  const reach = age >= 1.5 ? 0.2 : age * 0.02;
  const drift = new Random(`stop/${age}`).between(-reach, reach);
  return new Date(base.getTime() - Math.round((age + drift) * DAY));
}

/** The first stop not older than an age and after another stop. */
function stopFor(age, after) {
  const fitting = STOPS.findIndex((stop) => stop <= age);
  const stop = Math.max(fitting === -1 ? STOPS.length - 1 : fitting, after + 1);
  if (stop >= STOPS.length) {
    throw new Error("a report has more steps than there is time for");
  }
  return stop;
}

/** @returns {Action} */
function intakeOf(report, point, at, random) {
  const number = String(report.index).padStart(2, "0");
  const channel = report.channel ?? "jaki";
  const seen = new Date(at.getTime() - random.whole(2, 40) * 60000);
  const json = {
    visibility: report.kind ?? "private",
    category: report.category,
    description: report.text,
    location: point && {
      ...point,
      accuracy_m: random.whole(4, 25),
      ...(report.address ? { address: report.address } : {}),
    },
    occurred_at: seen.toISOString(),
    channel_ref: channel === "jaki" ? `JAKI-CONTOH-${number}` : `LOKET-CONTOH-${number}`,
    reporter: reporterOf(report.index),
  };
  const count = report.photos ?? 0;
  return {
    index: report.index,
    key: `demo-report-${number}`,
    at,
    age: report.age,
    actor: { channel },
    json,
    wishes: wishesOf(report, count, point, seen, random, { after: false, seed: `${report.index}` }),
    files: filesOf(count, seen),
    pictures: [],
    first: report.held || !point || OUTSIDE.has(report.place) ? "incoming" : "waiting",
  };
}

/** @returns {Action} */
function stepOf(report, step, number, point, at) {
  const name = `${String(report.index).padStart(2, "0")}-${number}`;
  const random = new Random(`step/${name}`);
  const json = eventOf(step, report.scene, report.index);
  const taken = new Date(at.getTime() - random.whole(4, 15) * 60000);
  const actor = step.type.endsWith("_work")
    ? { role: "validator" }
    : { role: "officer", unit: `Kelurahan ${report.place}` };
  const count = step.proof ? random.pick([1, 1, 2, 2, 3]) : 0;
  if (step.proof) {
    json.captured_at = taken.toISOString();
    json.location = {
      lat: Number((point.lat + random.between(-0.00012, 0.00012)).toFixed(6)),
      lng: Number((point.lng + random.between(-0.00012, 0.00012)).toFixed(6)),
      accuracy_m: random.whole(4, 14),
    };
  }
  const seed = step.proof === "elsewhere" ? `${report.index}/elsewhere` : `${report.index}`;
  return {
    index: report.index,
    key: `demo-step-${name}`,
    at,
    age: report.age,
    actor,
    json,
    wishes: wishesOf(report, count, point, taken, random, { after: true, seed }),
    files: filesOf(count, taken),
    pictures: [],
  };
}

/** @returns {Wish[]} */
function wishesOf(report, count, point, taken, random, { after, seed }) {
  const away = PLACES.Menteng;
  return Array.from({ length: count }, (_, shot) => ({
    scene: report.scene,
    seed,
    after,
    shot,
    portrait: random.happens(0.35),
    format: random.happens(0.07) ? "png" : "jpeg",
    place: point ?? { lat: away[0], lng: away[1] },
    takenAt: taken.toISOString(),
  }));
}

/** Telephones name files after the time; the server drops names. */
function filesOf(count, taken) {
  const stamp = taken.toISOString().replace(/[-:]/g, "").replace("T", "_").slice(0, 15);
  return Array.from({ length: count }, (_, shot) => `IMG_${stamp}_contoh_${shot}.jpg`);
}
