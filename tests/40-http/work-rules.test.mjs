// Every cell of the table of steps: each type × role × status, with all its
// evidence, is taken or refused as the contract says.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { assertProblem } from "../support/checked.mjs";
import { finish, test } from "../support/count.mjs";
import { instance, sql } from "../support/instance.mjs";
import { channelOf, enterAs } from "../support/people.mjs";
import { KARET_SEMANGGI, pointIn } from "../support/places.mjs";
import { add, followUp, step } from "../support/reports.mjs";

const crm = instance();
const place = pointIn(KARET_SEMANGGI);
const jaki = channelOf(crm);

const STATUSES = ["incoming", "waiting", "coordination", "disposition", "in_progress", "scheduled", "awaiting_validation",
  "followup_rejected", "completed", "rejected", "merged"];
const ALL = STATUSES.slice(1);
/** type → role → statuses it may be taken from; "same" or the status after. */
const RULES = {
  take: { to: "in_progress", officer: ["waiting", "coordination", "disposition", "followup_rejected"] },
  note: { to: "same", officer: ALL, supervisor: ALL, triage: STATUSES, validator: ALL },
  reply: { to: "same", officer: ALL },
  follow_up: { to: "awaiting_validation", officer: ["in_progress", "scheduled"] },
  accept_work: { to: "completed", validator: ["awaiting_validation"] },
  refuse_work: { to: "followup_rejected", validator: ["awaiting_validation"] },
};
const [proofEvent, proofOptions] = followUp(place);
const EVIDENCE = {
  take: [{ type: "take" }],
  note: [{ type: "note", note: "catatan" }],
  reply: [{ type: "reply", text: "jawaban" }],
  follow_up: [proofEvent, proofOptions],
  accept_work: [{ type: "accept_work" }],
  refuse_work: [{ type: "refuse_work", reason: "alasan" }],
};
const UNITS = { officer: place.unit, supervisor: place.unit, triage: crm.user("triage").unit, validator: "Biro Pemerintahan",
  privacy: "Inspektorat", admin: "Biro Pemerintahan" };
const people = {};
for (const [role, unit] of Object.entries(UNITS)) people[role] = await enterAs(crm, role, unit);
const report = await add(jaki, place);

/** Puts the report into a status; the version it has then. */
const put = (status) => Number(sql(`update crm.report set status = '${status}' where id = '${report.id}' returning version`)[0][0]);

/** What the answer must be: 201, or [status, code]. */
function wanted(type, role, status) {
  if (role === "privacy" || role === "admin") return [403];
  if (status === "incoming" && role !== "triage") return [404];
  const statuses = RULES[type][role];
  if (!statuses) return [403];
  return statuses.includes(status) ? [201] : [409, status];
}

for (const status of STATUSES) {
  for (const type of Object.keys(RULES)) {
    await test(`${type} from ${status}, by each role`, async () => {
      let version = put(status);
      for (const [role, client] of Object.entries(people)) {
        const [event, options] = EVIDENCE[type];
        const answer = await step(client, { ...report, version }, event, options);
        const [code, named] = wanted(type, role, status);
        assert.equal(answer.status, code, `${role}: ${answer.text}`);
        if (code !== 201) assertProblem(answer, code);
        if (named) assert.equal(answer.json.code, named, `${role}: the status is named`);
        if (code === 201) {
          assert.equal(answer.json.report.status, RULES[type].to === "same" ? status : RULES[type].to);
          assert.equal(answer.json.event.from, status);
          version = put(status);
        }
      }
    });
  }
}

await test("a unit that held the report before sees it, but does not go on with it", async () => {
  const [[next]] = sql("select id from crm.unit where name = 'Dinas Bina Marga'");
  const held = await add(jaki, place);
  sql(`update crm.report set unit_id = '${next}', unit_ids = unit_ids || '${next}'::uuid, status = 'coordination' where id = '${held.id}'`);
  const holder = await enterAs(crm, "officer", "Dinas Bina Marga");
  assert.equal((await people.officer.get(`/api/v1/reports/${held.id}`)).status, 200);
  assertProblem(await step(people.officer, held, { type: "take" }), 403);
  assertProblem(await step(people.officer, held, { type: "reply", text: "x" }), 403);
  assert.equal((await step(people.officer, held, { type: "note", note: "x" })).status, 201);
  assert.equal((await step(holder, held, { type: "take" }, { version: 2 })).status, 201);
  holder.close();
});

/** [type, members that do not belong there or are not enough, faults]. */
const version = put("waiting");
for (const [event, faults] of [
  [{ type: "note" }, [["/note", "required"]]],
  [{ type: "note", note: " \n " }, [["/note", "required"]]],
  [{ type: "note", note: "" }, [["/note", "required"]]],
  [{ type: "note", note: "x".repeat(4001) }, [["/note", "too_long"]]],
  [{ type: "reply" }, [["/text", "required"]]],
  [{ type: "reply", text: 5 }, [["/text", "type"]]],
  [{ type: "reply", text: "a\u0000b".replace("\u0000", "\u0008") }, [["/text", "characters"]]],
  [{ type: "take", text: "x" }, [["/text", "not_allowed"]]],
  [{ type: "take", reason: "x" }, [["/reason", "not_allowed"]]],
  [{ type: "note", note: "x", text: "x" }, [["/text", "not_allowed"]]],
  [{ type: "lain" }, [["/type", "unknown"]]],
  [{ type: "received" }, [["/type", "unknown"]]],
  [{ type: "TAKE" }, [["/type", "unknown"]]],
  [{ type: 1 }, [["/type", "type"]]],
  [{}, [["/type", "required"]]],
  [{ type: "note", note: "x", status: "completed" }, [["", "unknown_member"]]],
  [{ type: "note", note: "x", unit: "x" }, [["/unit", "unknown"]]],
  [{ type: "note", note: "x", location: { lat: 91, lng: 0 } }, [["/location/lat", "range"]]],
  [{ type: "note", note: "x", captured_at: "kemarin" }, [["/captured_at", "format"]]],
]) {
  await test(`${JSON.stringify(event).slice(0, 60)}: 422`, async () => {
    assertProblem(await step(people.officer, { ...report, version }, event), 422, faults);
  });
}

await test("photos do not belong to a reply or a take", async () => {
  for (const event of [{ type: "take" }, { type: "reply", text: "x" }]) {
    assertProblem(await step(people.officer, { ...report, version }, event, proofOptions), 422, [["/photos", "not_allowed"]]);
  }
});

await test("a step on a report that does not exist: 404", async () => {
  for (const id of [randomUUID(), "JK9901010001", "x"]) {
    assertProblem(await step(people.officer, { id, version: 1 }, { type: "take" }), 404);
  }
});

for (const client of [jaki, ...Object.values(people)]) client.close();
finish();
