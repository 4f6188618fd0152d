// Days pass: tickets start anew at midnight in Jakarta, deadlines run out.
// Moves the clock of the instance, so nothing else may run beside it.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { finish, test } from "../../support/count.mjs";
import { crm as command, instance, sql } from "../../support/instance.mjs";
import { channelOf, enterAs } from "../../support/people.mjs";
import { KLENDER, pointIn } from "../../support/places.mjs";
import { add } from "../../support/reports.mjs";

const crm = instance();
const klender = pointIn(KLENDER);
const jaki = channelOf(crm);
const jakarta = (seconds) => new Date(Date.now() + (seconds + 7 * 3600) * 1000);
const dayOf = (seconds) => jakarta(seconds).toISOString().slice(2, 10).replaceAll("-", "");
/** Seconds from now to a moment after the next midnight in Jakarta. */
const toMidnight = 86_400 - Math.floor((jakarta(0).getTime() / 1000) % 86_400);

try {
  await test("the number starts at 1 after midnight in Jakarta, whatever day it is in Greenwich", async () => {
    command("clock", String(toMidnight - 120));
    const before = await add(jaki, klender);
    assert.equal(before.ticket.slice(2, 8), dayOf(toMidnight - 120));
    command("clock", String(toMidnight + 5));
    const tickets = [];
    for (let index = 0; index < 3; index += 1) tickets.push((await add(jaki, klender)).ticket);
    const day = dayOf(toMidnight + 5);
    assert.notEqual(day, before.ticket.slice(2, 8));
    assert.deepEqual(tickets, [1, 2, 3].map((number) => `JK${day}000${number}`));
  });

  await test("numbers beyond 9,999 have five digits", async () => {
    sql("select setval('crm.ticket_number', (select last_value from crm.ticket_number) + 9996)");
    const tickets = [];
    for (let index = 0; index < 3; index += 1) tickets.push((await add(jaki, klender)).ticket.slice(8));
    assert.deepEqual(tickets, ["10000", "10001", "10002"]);
    assert.equal((await jaki.get(`/api/v1/reports/JK${dayOf(toMidnight + 5)}10001`)).status, 200);
  });

  await test("a report is overdue when its time has passed", async () => {
    const report = await add(jaki, klender);
    assert.equal(report.overdue, false);
    command("clock", String(Math.ceil((Date.parse(report.due_at) - Date.now()) / 1000) + 60));
    const officer = await enterAs(crm, "officer", klender.unit);
    const answer = await officer.get(`/api/v1/reports/${report.id}`);
    assert.equal(answer.json.report.overdue, true);
    officer.close();
  });
} finally {
  command("clock", "reset");
}

jaki.close();
finish();
