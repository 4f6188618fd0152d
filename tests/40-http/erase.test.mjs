// A reporter who is forgotten and a report that is erased: what every reader
// sees afterwards, and that nothing which its channel sent is left anywhere.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { assertProblem } from "../support/checked.mjs";
import { finish, test } from "../support/count.mjs";
import { instance, sql } from "../support/instance.mjs";
import { channelOf, enterAs } from "../support/people.mjs";
import { jpeg } from "../support/pictures.mjs";
import { KLENDER, pointIn } from "../support/places.mjs";
import { add, reread, send, reportBody, step, stepped } from "../support/reports.mjs";

const crm = instance();
const klender = pointIn(KLENDER);
const jaki = channelOf(crm);
const desk = channelOf(crm, "desk");
const officer = await enterAs(crm, "officer", klender.unit);
const triage = await enterAs(crm, "triage", crm.user("triage").unit);
const keyed = (key = randomUUID()) => ({ "Idempotency-Key": key });
const told = (report, event, options = {}) => stepped(jaki, report, event, { headers: keyed(), ...options });
const photos = [jpeg({ width: 30, height: 20 })];
const held = (report) => sql(`select (select count(*) from identity.sealed s where s.report_id = r.id),
  (select count(*) from crm.report_origin o where o.report_id = r.id), (select count(*) from crm.photo p where p.report_id = r.id and p.kind = 'report'),
  (select count(*) from crm.photo p join identity.photo_key k on k.photo_id = p.id where p.report_id = r.id),
  (select count(*) from crm.photo_hash h where h.report_id = r.id and not h.is_proof)
  from crm.report r where r.id = '${report.id}'`)[0].map(Number);

await test("forget destroys who reported and leaves the report", async () => {
  let report = await add(jaki, klender, { visibility: "private" }, { photos });
  report = await told(report, { type: "add_photos" }, { photos });
  assert.deepEqual(held(report), [1, 1, 2, 1, 2]);
  const after = await told(report, { type: "forget" });
  assert.deepEqual(held(report), [0, 0, 2, 0, 2]);
  assert.deepEqual([after.status, after.description, after.location], [report.status, report.description, report.location]);
  assert.equal((await reread(officer, report)).description, report.description);
  await told(after, { type: "forget" });
  assertProblem(await step(desk, after, { type: "forget" }, { headers: keyed() }), 404);
  assertProblem(await step(officer, after, { type: "forget" }), 403);
});

let erased;
await test("erase leaves ticket, status, category and kelurahan", async () => {
  let report = await add(jaki, klender, { visibility: "public", occurred_at: "2026-01-02T03:04:05Z" }, { photos });
  const [photo] = (await reread(officer, report)).photos.items;
  report = await told(report, { type: "me_too" });
  assertProblem(await step(jaki, report, { type: "erase", text: "x" }, { headers: keyed() }), 422, [["/text", "not_allowed"]]);
  assertProblem(await step(officer, report, { type: "erase" }), 403);
  assertProblem(await step(desk, report, { type: "erase" }, { headers: keyed() }), 404);
  const key = randomUUID();
  const answer = await step(jaki, report, { type: "erase" }, { headers: keyed(key) });
  assert.equal(answer.status, 201, answer.text);
  erased = answer.json.report;
  assert.deepEqual(held(report), [0, 0, 0, 0, 0]);
  for (const one of [erased, await reread(officer, report), await reread(triage, report)]) {
    assert.deepEqual([one.status, one.reason_code, one.description, one.ticket], ["rejected", "withdrawn", "", report.ticket]);
    assert.deepEqual([one.location, one.occurred_at, one.category], [null, undefined, report.category]);
  }
  const listed = await officer.get(`/api/v1/reports?status=rejected&kelurahan=${KLENDER}&limit=100&sort=-received_at`);
  assert.ok(listed.json.items.some(({ id }) => id === report.id), "its kelurahan is known");
  assert.deepEqual((await reread(officer, report)).photos, { locked: false, items: [] });
  assertProblem(await officer.get(photo.full), 404);
  const [event] = (await officer.get(`/api/v1/reports/${report.id}/events`)).json.items;
  assert.deepEqual([event.type, event.from, event.to, event.text, event.reason_code], ["erase", "waiting", "rejected", undefined, "withdrawn"]);
  const again = await step(jaki, report, { type: "erase" }, { headers: keyed(key) });
  assert.equal(again.headers["idempotency-replayed"], "true");
  assert.equal(again.json.report.description, "");
});

await test("nobody goes on with it, and its channel least", async () => {
  assert.equal(erased.steps, undefined);
  for (const event of [{ type: "erase" }, { type: "forget" }, { type: "appeal", text: "x" }, { type: "make_private" }, { type: "add_photos" }]) {
    assertProblem(await step(jaki, erased, event, { headers: keyed(), ...(event.type === "add_photos" ? { photos } : {}) }), 409);
  }
  assert.ok(!(await reread(triage, erased)).steps.includes("unmerge"));
});

await test("the first answers that are kept for retries say no more than the report does", async () => {
  const key = randomUUID();
  const body = reportBody(klender, { visibility: "public" });
  const first = await send(jaki, body, { key, photos });
  await told(first.json.report, { type: "erase" });
  const again = await send(jaki, body, { key, photos });
  assert.equal(again.headers["idempotency-replayed"], "true");
  assert.deepEqual([again.json.report.id, again.json.report.description, again.json.report.location], [first.json.report.id, "", null]);
});

await test("what was completed, rejected or merged before stays so", async () => {
  const done = await add(jaki, klender);
  sql(`update crm.report set status = 'completed', completed_at = crm.now() where id = '${done.id}'`);
  assert.equal((await told(done, { type: "erase" })).status, "completed");
  let spam = await add(jaki, klender);
  spam = await stepped(triage, spam, { type: "reject", reason: "spam", text: "Bukan laporan." });
  assert.deepEqual(await told(spam, { type: "erase" }).then(({ status, reason_code }) => [status, reason_code]), ["rejected", "spam"]);
});

await test("a merged one that was erased is over when its main report is", async () => {
  const main = await add(jaki, klender);
  const joined = await stepped(triage, await add(jaki, klender), { type: "merge", into: main.id });
  const gone = await told(joined, { type: "erase" });
  assert.equal(gone.status, "merged");
  assertProblem(await step(triage, gone, { type: "unmerge" }), 409);
  await told(await reread(jaki, main), { type: "withdraw" });
  const after = await reread(officer, joined);
  assert.deepEqual([after.status, after.reason_code, after.description, after.location?.lat], ["rejected", "withdrawn", "", undefined]);
});

await test("what triage split off goes with it", async () => {
  const report = await add(jaki, klender, { visibility: "public" });
  const answer = await step(triage, report, { type: "split", description: "Lampu di gang yang sama juga mati", category: "pohon" });
  assert.equal(answer.status, 201, answer.text);
  const other = await reread(triage, answer.json.event.into);
  assert.equal(other.location.address, "Jl. Raya Uji No. 1");
  await told(await reread(jaki, report), { type: "erase" });
  const after = await reread(jaki, other);
  assert.deepEqual([after.status, after.description, after.location], ["rejected", "", null]);
  assert.equal((await jaki.get(`/api/v1/reports/${other.id}/events`)).json.items[0].type, "erase");
});

for (const client of [jaki, desk, officer, triage]) client.close();
finish();
