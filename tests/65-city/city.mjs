// The day itself, in steps of twenty-five minutes: what comes in comes in, and
// everybody works on what lies before them. See run.
//
// SPDX-License-Identifier: ISC
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Random } from "../../config/demo/random.mjs";
import { finish, skip, test } from "../support/count.mjs";
import { crm as command, instance } from "../support/instance.mjs";
import { jpeg } from "../support/pictures.mjs";
import { send } from "../support/reports.mjs";
import { waitFor } from "../support/wait.mjs";
import { Acts } from "./acts.mjs";
import { Cast } from "./cast.mjs";
import { broken, INVARIANTS } from "./invariants.mjs";
import { hasData, Mix } from "./mix.mjs";

const REPORTS = Number(process.env.CITY_REPORTS ?? 800);
const STEP_MINUTES = 25;
const SPREAD = 0.004;
const EACH = 8;

const crm = instance();
const random = new Random("a day of the city");
const marker = `Pelapor${[...randomBytes(9)].map((byte) => String.fromCharCode(97 + (byte % 26))).join("")}`;
const mix = new Mix(random);
const cast = new Cast(crm, marker);
const plans = new Map();
const clock = { offset: 0, now: () => Date.now() + clock.offset * 1000 };
const acts = new Acts(cast, plans, random, clock);
let posted = 0;
let lastBody;

function body() {
  posted += 1;
  if (lastBody && random.happens(0.03)) return { ...lastBody, channel_ref: `kota-${posted}` };
  const point = random.pick([...cast.points.values()]);
  const near = () => (random.next() - 0.5) * SPREAD;
  lastBody = {
    visibility: random.happens(0.8) ? "private" : "public", category: random.happens(0.95) ? mix.category() : null,
    description: mix.words(posted), channel_ref: `kota-${posted}`,
    location: random.happens(0.97) ? { lat: point.lat + near(), lng: point.lng + near(), accuracy_m: 12 } : null,
    reporter: { name: `${marker} ${posted}`, phone: `0812${String(posted).padStart(8, "0")}` },
  };
  return lastBody;
}

async function post() {
  const photos = random.happens(0.05) ? [jpeg({ width: 80, height: 60 })] : undefined;
  const answer = await send(cast.jaki, body(), { photos });
  if (answer.status !== 201) {
    acts.surprises.push(`report: ${answer.status} ${answer.text.slice(0, 300)}`);
    return;
  }
  plans.set(answer.json.report.id, { agency: mix.agency() });
}

async function list(client, query, limit = EACH) {
  const answer = await client.get(`/api/v1/reports?${query}&limit=${limit}`);
  if (answer.status !== 200) acts.surprises.push(`list ${query}: ${answer.status} ${answer.text.slice(0, 200)}`);
  return answer.json?.items ?? [];
}

const IN_WORK = ["waiting", "coordination", "disposition", "in_progress", "scheduled", "followup_rejected"];

async function workOf(unit, client) {
  const id = cast.unitIds.get(unit);
  for (const report of await list(client, `unit=${id}&status=${IN_WORK.join(",")}`)) {
    if (report.status !== "scheduled" || Date.parse(report.due_at) < clock.now() + 5 * 864e5) await acts.officer(unit, client, report);
  }
}

/** Everybody once; those who cannot meet in one report side by side. */
async function everybody() {
  for (const report of await list(cast.triage, "status=incoming", 25)) await acts.triage(cast.triage, report);
  await Promise.all([...cast.officers].map(([unit, client]) => workOf(unit, client)));
  for (const [index, client] of cast.validators.entries()) {
    const waiting = await list(client, "status=awaiting_validation", 40);
    for (const report of waiting.filter((_, place) => place % 2 === index)) await acts.validator(client, report);
  }
  for (const report of (await list(cast.second, "status=completed&sort=-received_at", 40)).filter((one) => one.second_open)) await acts.second(cast.second, report);
  for (const client of new Set(cast.supervisors.values())) await list(client, "overdue=true", 5);
  for (const status of ["completed", "rejected", IN_WORK.join(",")]) {
    for (const report of await list(cast.jaki, `status=${status}&sort=-received_at`, 60)) await acts.reporter(cast.jaki, report);
  }
}

async function advance(seconds) {
  clock.offset += seconds;
  command("clock", String(clock.offset));
  cast.renew();
}

async function day() {
  const steps = Math.ceil(24 * 60 / STEP_MINUTES);
  for (let turn = 0; turn < steps; turn += 1) {
    const from = turn * STEP_MINUTES / 60;
    const count = Mix.between(REPORTS, from, Math.min(24, from + STEP_MINUTES / 60));
    for (let done = 0; done < count; done += 8) {
      await Promise.all(Array.from({ length: Math.min(8, count - done) }, post));
    }
    await everybody();
    await advance(STEP_MINUTES * 60);
    if (turn === Math.floor(steps / 2) - 1) await cast.signInAgain();
  }
}

function logsHold(word) {
  const folder = join(crm.state, "log");
  return readdirSync(folder).filter((name) => readFileSync(join(folder, name), "latin1").includes(word));
}

if (!hasData) skip("the mix of a published year", "the collection is not here; a small table of our own is used");
await cast.gather(mix.agencies);
await test(`${REPORTS} reports in a day`, async () => {
  await day();
  assert.ok(posted >= REPORTS - 2, `${posted} posted`);
});
await test("every step was answered as the rules say", () => {
  assert.deepEqual(acts.surprises.slice(0, 5), [], `${acts.surprises.length} surprises`);
});
await test("what was left is worked off", async () => {
  await cast.signInAgain();
  for (let turn = 0; turn < 6; turn += 1) await everybody();
  const done = await list(cast.triage, "status=completed", 100);
  assert.equal(done.length, 100, "a hundred completed and more");
});
await test("all kinds of step were taken", () => {
  for (const type of ["hand_over", "dispose", "return", "take", "follow_up", "accept_work", "refuse_work", "route", "reject", "ask", "answer", "rate", "reopen", "appeal", "merge"]) {
    assert.ok(acts.counts.get(type) > 0, `${type}: ${JSON.stringify([...acts.counts])}`);
  }
});
await test("the jobs have caught up", () => waitFor("every alarm that was due", () => broken("what is overdue was told to a supervisor").count === 0, { seconds: 90, every: 500 }));
for (const name of Object.keys(INVARIANTS)) {
  await test(name, () => {
    const { count, first } = broken(name);
    assert.equal(count, 0, `${count} break it, ${first} first`);
  });
}
await test("no officer was told who reported", () => assert.deepEqual(cast.leaks, []));
await test("no log holds who reported", () => assert.deepEqual(logsHold(marker), []));
console.log(`# ${posted} reports, ${cast.requests} requests of officers; ${[...acts.counts].map(([type, count]) => `${type} ${count}`).join(", ")}`);
cast.close();
finish();
