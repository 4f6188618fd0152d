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
import { jpeg } from "../support/pictures.mjs";
import { KARET_SEMANGGI, pointIn } from "../support/places.mjs";
import { add, followUp, step } from "../support/reports.mjs";

const crm = instance();
const place = pointIn(KARET_SEMANGGI);
const jaki = channelOf(crm);

const STATUSES = ["incoming", "waiting", "coordination", "disposition", "in_progress", "scheduled", "awaiting_validation",
  "followup_rejected", "completed", "rejected", "merged"];
const ALL = STATUSES.slice(1);
const WORK = ["waiting", "coordination", "disposition", "in_progress", "scheduled", "followup_rejected"];
const OPEN = ["incoming", ...WORK, "awaiting_validation"];
const WHOLE = [...OPEN, "completed", "rejected"];
/** type → role → statuses it may be taken from; "same", "any" or the status after; unit: who else is refused. */
const RULES = {
  route: { to: "waiting", triage: ["incoming"] },
  reject: { to: "rejected", triage: ["incoming", "waiting"] },
  take: { to: "in_progress", officer: ["waiting", "coordination", "disposition", "followup_rejected"] },
  hand_over: { to: "coordination", officer: WORK },
  dispose: { to: "disposition", officer: WORK, isForbidden: true },
  return: { to: "any", officer: WORK.filter((status) => status !== "scheduled") },
  assign: { to: "same", supervisor: [...WORK, "awaiting_validation"] },
  schedule: { to: "same", officer: ["in_progress"] },
  approve_schedule: { to: "scheduled", supervisor: ["in_progress"] },
  refuse_schedule: { to: "same", supervisor: ["in_progress"] },
  ask: { to: "same", officer: WORK },
  note: { to: "same", officer: ALL, supervisor: ALL, triage: STATUSES, validator: ALL },
  reply: { to: "same", officer: ALL },
  progress: { to: "same", officer: ["in_progress", "scheduled"] },
  follow_up: { to: "awaiting_validation", officer: ["in_progress", "scheduled"] },
  accept_work: { to: "completed", validator: ["awaiting_validation"] },
  refuse_work: { to: "followup_rejected", validator: ["awaiting_validation"] },
  second_accept: { to: "same", validator: ["completed"] },
  second_refuse: { to: "followup_rejected", validator: ["completed"] },
  answer: { to: "same", channel: WORK },
  appeal: { to: "incoming", channel: ["rejected"] },
  rate: { to: "same", channel: ["completed"] },
  confirm: { to: "same", channel: ["completed"] },
  reopen: { to: "waiting", channel: ["completed"] },
  me_too: { to: "same", channel: [...OPEN, "completed"] },
  add_photos: { to: "same", channel: OPEN },
  make_private: { to: "same", channel: STATUSES },
  make_public: { to: "same", channel: WHOLE },
  withdraw: { to: "rejected", channel: [...OPEN, "merged"] },
  forget: { to: "same", channel: STATUSES },
  erase: { to: "any", channel: STATUSES },
};
const ids = (names) => Object.fromEntries(sql(`select name, id from crm.unit where name in (${names.map((name) => `'${name}'`).join()})`));
const units = ids([place.unit, "Dinas Bina Marga"]);
const UNITS = { officer: place.unit, supervisor: place.unit, triage: crm.user("triage").unit, validator: "Biro Pemerintahan",
  privacy: "Inspektorat", admin: "Biro Pemerintahan" };
const people = {};
for (const [role, unit] of Object.entries(UNITS)) people[role] = await enterAs(crm, role, unit);
people.channel = jaki;
/** A second check is for somebody of another unit, who had no part in it yet. */
const seconds = { second_accept: await enterAs(crm, "validator", "Inspektorat"), second_refuse: await enterAs(crm, "validator", "Inspektorat") };
const [[worker]] = sql(`select id from crm.account where username = '${people.officer.user.username}'`);
const [proofEvent, proofOptions] = followUp(place);
const days = (count) => new Date(Date.now() + count * 86400_000).toISOString();
const MEMBERS = {
  route: { unit: units[place.unit] }, reject: { reason: "spam", text: "Bukan laporan." },
  hand_over: { unit: units["Dinas Bina Marga"], reason: "jalan provinsi" }, dispose: { unit: units["Dinas Bina Marga"], reason: "x" },
  return: { reason: "bukan kami" }, assign: { officer: worker }, schedule: { until: days(10), reason: "alat berat" },
  refuse_schedule: { reason: "terlalu lama" }, ask: { text: "Di mana tepatnya?" }, note: { note: "catatan" }, reply: { text: "jawaban" },
  progress: { text: "Setengah jadi." }, refuse_work: { reason: "alasan" }, second_refuse: { reason: "alasan" },
  answer: { text: "Di depan balai warga." }, appeal: { text: "Ini urusan kota." }, rate: { stars: 4 }, reopen: { text: "Rusak lagi." },
};
const PHOTOS = { photos: [jpeg({ width: 24, height: 16 })] };
const evidence = (type) => (type === "follow_up" ? [proofEvent, proofOptions]
  : [{ type, ...MEMBERS[type] }, type === "add_photos" ? PHOTOS : {}]);
const report = await add(jaki, place);

/** Puts the report into a status, with all that other steps could have left; the version it has then. */
const put = (status) => Number(sql(`with gone as (delete from crm.photo where report_id = '${report.id}') update crm.report set status = '${status}', unit_id = '${units[place.unit]}',
  unit_ids = array['${units[place.unit]}'::uuid], due_at = crm.now() + interval '1 day', asked_at = crm.now(),
  schedule_until = crm.now() + interval '9 days', completed_at = crm.now(), second_open = true, returns = 0, erased_at = null,
  reason_code = case '${status}' when 'rejected' then 'spam' end where id = '${report.id}' returning version`)[0][0]);

/** What the answer must be: 201, or [status, code]. */
function wanted(type, role, status) {
  if (role === "privacy" || role === "admin") return [403];
  if (status === "incoming" && role !== "triage" && role !== "channel") return [404];
  const statuses = RULES[type][role];
  if (!statuses) return [403];
  if (!statuses.includes(status)) return [409, status];
  return [RULES[type].isForbidden ? 403 : 201];
}

for (const status of STATUSES) {
  for (const type of Object.keys(RULES)) {
    await test(`${type} from ${status}, by each role`, async () => {
      let version = put(status);
      for (const [role, one] of Object.entries(people)) {
        // Who may not take it in any status is asked once.
        if (!RULES[type][role] && status !== "waiting") continue;
        const client = role === "validator" ? seconds[type] ?? one : one;
        const [event, options] = evidence(type);
        const headers = role === "channel" ? { "Idempotency-Key": randomUUID() } : {};
        const answer = await step(client, { ...report, version }, event, { ...options, headers });
        const [code, named] = wanted(type, role, status);
        assert.equal(answer.status, code, `${role}: ${answer.text}`);
        if (code !== 201) assertProblem(answer, code);
        if (named) assert.equal(answer.json.code, named, `${role}: the status is named`);
        if (code === 201) {
          const { to } = RULES[type];
          if (to !== "any") assert.equal(answer.json.report.status, to === "same" ? status : to);
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
  [{ type: "note", note: "x", unit: 7 }, [["/unit", "type"]]],
  [{ type: "note", note: "x", unit: randomUUID() }, [["/unit", "not_allowed"]]],
  [{ type: "note", note: "x", officer: "budi" }, [["/officer", "unknown"]]],
  [{ type: "note", note: "x", into: "JK12" }, [["/into", "unknown"]]],
  [{ type: "note", note: "x", into: "JK2611240001 " }, [["/into", "unknown"]]],
  [{ type: "note", note: "x", into: "JK2611240001" }, [["/into", "not_allowed"]]],
  [{ type: "note", note: "x", stars: 5 }, [["/stars", "not_allowed"]]],
  [{ type: "note", note: "x", stars: 0 }, [["/stars", "range"]]],
  [{ type: "note", note: "x", stars: 6 }, [["/stars", "range"]]],
  [{ type: "note", note: "x", stars: 1.5 }, [["/stars", "type"]]],
  [{ type: "note", note: "x", stars: "5" }, [["/stars", "type"]]],
  [{ type: "note", note: "x", until: "besok" }, [["/until", "format"]]],
  [{ type: "note", note: "x", category: "x".repeat(65) }, [["/category", "too_long"]]],
  [{ type: "note", note: "x", description: "x".repeat(4001) }, [["/description", "too_long"]]],
  [{ type: "note", note: "x", description_public: "x" }, [["", "unknown_member"]]],
  [{ type: "remind" }, [["/type", "unknown"]]],
  [{ type: "main_step" }, [["/type", "unknown"]]],
  [{ type: "note", note: "x", location: { lat: 91, lng: 0 } }, [["/location/lat", "range"]]],
  [{ type: "note", note: "x", captured_at: "kemarin" }, [["/captured_at", "format"]]],
]) {
  await test(`${JSON.stringify(event).slice(0, 60)}: 422`, async () => {
    assertProblem(await step(people.officer, { ...report, version }, event), 422, faults);
  });
}

await test("photos do not belong to a take or a reply, nor to notes of others than officers", async () => {
  for (const [client, event] of [[people.officer, { type: "take" }], [people.officer, { type: "reply", text: "x" }],
    [people.supervisor, { type: "note", note: "x" }]]) {
    assertProblem(await step(client, { ...report, version }, event, proofOptions), 422, [["/photos", "not_allowed"]]);
  }
});

await test("a step on a report that does not exist: 404", async () => {
  for (const id of [randomUUID(), "JK9901010001", "x"]) {
    assertProblem(await step(people.officer, { id, version: 1 }, { type: "take" }), 404);
  }
});

for (const client of [...Object.values(people), ...Object.values(seconds)]) client.close();
finish();
