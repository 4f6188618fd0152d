// A question to the reporter stops the clock, silence brings a reminder, the
// answer starts it again; a date that was approved takes its place. Moves the
// clock of the instance.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { finish, test } from "../../support/count.mjs";
import { crm as command, instance, sql } from "../../support/instance.mjs";
import { jobsAnew } from "../../support/jobs.mjs";
import { addAccount, channelOf, enter } from "../../support/people.mjs";
import { KLENDER, pointIn } from "../../support/places.mjs";
import { add, countedHours, reread, stepped } from "../../support/reports.mjs";

const crm = instance();
const klender = pointIn(KLENDER);
const jaki = channelOf(crm);
const people = Object.fromEntries([["officer", "officer"], ["lurah", "supervisor"]]
  .map(([name, role]) => [name, addAccount({ role, unit: klender.unit })]));

const domainNow = () => Date.parse(sql(`select to_char(crm.now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`)[0][0]);

/** Moves the clock to a time and a little more. */
function moveTo(time) {
  command("clock", String(Math.ceil((time - Date.now()) / 1000) + 2));
}

/** Calls back with a fresh session, since days pass between two uses. */
async function as(name, use) {
  const client = await enter(crm, people[name]);
  try {
    return await use(client);
  } finally {
    client.close();
  }
}

let report = await add(jaki, klender, { visibility: "public" });
const work = async (name, event) => {
  report = await as(name, async (client) => stepped(client, await reread(client, report), event));
};
const tell = async (event) => {
  report = await stepped(jaki, await reread(jaki, report), event, { headers: { "Idempotency-Key": randomUUID() } });
};
const ringsAt = () => Date.parse(sql(`select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from crm.alarm where report_id = '${report.id}'`)[0][0]);
const rang = () => sql(`select type from crm.event where report_id = '${report.id}' and type in ('remind', 'escalate') order by at`).flat();
const newest = (name) => as(name, async (client) => (await client.get("/api/v1/notices?limit=100")).json.items
  .filter((one) => one.report.id === report.id).map(({ type }) => type)[0]);

let left;
try {
  await test("a question stops the clock, and everybody sees that it stands", async () => {
    await work("officer", { type: "take" });
    left = countedHours(new Date(domainNow()).toISOString(), report.due_at);
    assert.ok(left > 23.9 && left <= 24, `a day to do it: ${left}`);
    await work("officer", { type: "ask", text: "Di sisi jalan yang mana?" });
    assert.deepEqual([report.status, report.due_at, report.overdue, report.paused], ["in_progress", null, false, true]);
    assert.equal((await reread(jaki, report)).paused, true);
  });

  await test("without an answer the unit is reminded after three counted days, and no more", async () => {
    const asked = new Date(domainNow()).toISOString();
    assert.ok(Math.abs(countedHours(asked, new Date(ringsAt()).toISOString()) - 72) < 0.1);
    moveTo(ringsAt());
    await jobsAnew();
    assert.equal(await newest("officer"), "remind");
    moveTo(domainNow() + 30 * 86_400_000);
    await jobsAnew();
    assert.deepEqual(rang(), ["remind"]);
    const now = await as("officer", (client) => reread(client, report));
    assert.deepEqual([now.status, now.overdue, now.paused], ["in_progress", false, true]);
  });

  await test("the answer goes on with what was left, and the unit hears of it", async () => {
    await tell({ type: "answer", text: "Di depan pasar." });
    assert.equal(report.paused, false);
    assert.ok(Math.abs(countedHours(new Date(domainNow()).toISOString(), report.due_at) - left) < 0.1);
    assert.equal(await newest("officer"), "answer");
    assert.equal(await newest("lurah"), "answer");
  });

  await test("an approved date is the deadline; when it comes the supervisor hears, and nothing closes", async () => {
    const until = new Date(domainNow() + 10 * 86_400_000).toISOString();
    const due = report.due_at;
    await work("officer", { type: "schedule", until, reason: "Menunggu alat berat" });
    assert.equal(report.due_at, due, "a wish changes no clock");
    assert.equal(await newest("lurah"), "schedule");
    await work("lurah", { type: "approve_schedule" });
    assert.deepEqual([report.status, Date.parse(report.due_at)], ["scheduled", Date.parse(until)]);
    assert.equal(await newest("officer"), "approve_schedule");
    moveTo(ringsAt());
    await jobsAnew();
    assert.equal(await newest("officer"), "remind");
    moveTo(Date.parse(until));
    await jobsAnew();
    assert.equal(await newest("lurah"), "escalate");
    const now = await as("lurah", (client) => reread(client, report));
    assert.deepEqual([now.status, now.overdue, now.version], ["scheduled", true, report.version]);
    assert.deepEqual(rang(), ["remind", "remind", "escalate"]);
  });
} finally {
  command("clock", "reset");
}

jaki.close();
finish();
