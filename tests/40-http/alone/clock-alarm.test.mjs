// A deadline comes near, passes, and is a day old: who is told, and that nothing
// else happens. Moves the clock of the instance, and starts the jobs anew for
// each thing that is due.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { labelOf } from "../../support/checked.mjs";
import { finish, test } from "../../support/count.mjs";
import { crm as command, instance, sql } from "../../support/instance.mjs";
import { jobsAnew } from "../../support/jobs.mjs";
import { addAccount, channelOf, enter } from "../../support/people.mjs";
import { KLENDER, pointIn } from "../../support/places.mjs";
import { add } from "../../support/reports.mjs";

const crm = instance();
const klender = pointIn(KLENDER);
const jaki = channelOf(crm);
const people = Object.fromEntries([
  ["officer", "officer", klender.unit], ["lurah", "supervisor", klender.unit], ["camat", "supervisor", "Kecamatan Duren Sawit"],
  ["stranger", "officer", "Kelurahan Pluit"], ["validator", "validator", "Biro Pemerintahan"],
].map(([name, role, unit]) => [name, addAccount({ role, unit })]));

/** Moves the clock to a time; sessions that began before may end with it. */
function moveTo(time) {
  command("clock", String(Math.ceil((Date.parse(time) - Date.now()) / 1000) + 1));
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

/** Types of the notices of a report that someone hears of, newest first. */
const heard = (name, report) => as(name, async (client) => {
  // Other tests' reports ring as well: this one's may be pages down.
  const items = [];
  for (let cursor = ""; cursor !== null;) {
    const { json } = await client.get(`/api/v1/notices?limit=100${cursor && `&cursor=${cursor}`}`);
    items.push(...json.items);
    cursor = json.next_cursor;
  }
  return items.filter((one) => one.report.id === report.id && ["remind", "escalate"].includes(one.type)).map(({ type }) => type);
});

const ringsAt = (report) => sql(`select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
  from crm.alarm where report_id = '${report.id}'`)[0]?.[0];

const rang = (report) => sql(`select type from crm.event where report_id = '${report.id}'
  and type in ('remind', 'escalate') order by at`).flat();

try {
  const report = await add(jaki, klender, { visibility: "private" });

  await test("before the deadline the unit is reminded, with the label", async () => {
    moveTo(ringsAt(report));
    await jobsAnew();
    await as("officer", async (officer) => {
      const answer = await officer.get("/api/v1/notices?limit=100");
      const notice = answer.json.items.find((one) => one.report.id === report.id && one.type === "remind");
      assert.ok(notice, "the reminder is among the newest");
      assert.deepEqual(Object.keys(notice), ["id", "type", "at", "new", "report", "confidentiality"]);
      assert.deepEqual([notice.type, notice.new], ["remind", true]);
      assert.deepEqual(notice.report, { id: report.id, ticket: report.ticket, status: "waiting", visibility: "private" });
      assert.deepEqual(notice.confidentiality, labelOf("private"));
      assert.deepEqual(answer.json.confidentiality, labelOf("private"));
    });
    assert.deepEqual(await heard("lurah", report), ["remind"]);
    for (const name of ["camat", "stranger", "validator"]) assert.deepEqual(await heard(name, report), [], name);
  });

  await test("what was seen is no longer new, for this account", async () => {
    const isNew = (client) => client.get("/api/v1/notices?limit=100").then(({ json }) => json.items.find((one) => one.report.id === report.id).new);
    await as("officer", async (officer) => {
      const [{ at }] = (await officer.get("/api/v1/notices?limit=1")).json.items;
      assert.equal((await officer.post("/api/v1/notices/seen", { until: at })).json.status, "seen");
      assert.equal(await isNew(officer), false);
    });
    assert.equal(await as("lurah", isNew), true);
  });

  await test("at the deadline the supervisor hears of it, a day later the one above", async () => {
    moveTo(ringsAt(report));
    await jobsAnew();
    assert.deepEqual(await heard("lurah", report), ["escalate", "remind"]);
    assert.deepEqual(await heard("officer", report), ["remind"]);
    assert.deepEqual(await heard("camat", report), []);
    moveTo(ringsAt(report));
    await jobsAnew();
    assert.deepEqual(await heard("camat", report), ["escalate"]);
    assert.deepEqual(await heard("lurah", report), ["escalate", "remind"]);
    assert.equal(ringsAt(report), undefined);
  });

  await test("nothing rings twice, and nothing closes itself", async () => {
    await jobsAnew();
    await jobsAnew();
    assert.deepEqual(rang(report), ["remind", "escalate", "escalate"]);
    await as("officer", async (officer) => {
      const { report: now } = (await officer.get(`/api/v1/reports/${report.id}`)).json;
      assert.deepEqual([now.status, now.version, now.due_at, now.overdue], ["waiting", report.version, report.due_at, true]);
      const { items } = (await officer.get(`/api/v1/reports/${report.id}/events`)).json;
      assert.deepEqual(items.map(({ type, by }) => [type, by === null]), [["escalate", true], ["escalate", true], ["remind", true], ["received", true]]);
    });
  });

  await test("a channel hears of no reminder", async () => {
    const { items } = (await jaki.get(`/api/v1/reports/${report.id}/events`)).json;
    assert.deepEqual(items.map(({ type }) => type), ["received"]);
  });
} finally {
  command("clock", "reset");
}

jaki.close();
finish();
