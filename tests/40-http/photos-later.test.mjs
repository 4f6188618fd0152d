// Photos that a channel adds to a report it sent before: shown with the others
// while the report is public, sealed before they touch a disk while it is not.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assertProblem } from "../support/checked.mjs";
import { finish, test } from "../support/count.mjs";
import { instance, sql } from "../support/instance.mjs";
import { lookAt } from "../support/jpeg-look.mjs";
import { channelOf, enterAs } from "../support/people.mjs";
import { jpeg } from "../support/pictures.mjs";
import { KLENDER, pointIn } from "../support/places.mjs";
import { add, reread, step, stepped } from "../support/reports.mjs";
import { openSealed, unwrap } from "../support/vault.mjs";

const crm = instance();
const klender = pointIn(KLENDER);
const jaki = channelOf(crm);
const desk = channelOf(crm, "desk");
const officer = await enterAs(crm, "officer", klender.unit);
const photo = (width) => jpeg({ width, height: 20 });
const keyed = (key = randomUUID()) => ({ "Idempotency-Key": key });
const send = (report, photos, { client = jaki, key, members = {}, ...options } = {}) =>
  step(client, report, { type: "add_photos", ...members }, { photos, headers: keyed(key), ...options });
const added = (report, photos) => stepped(jaki, report, { type: "add_photos" }, { photos, headers: keyed() });
const flip = (report, type) => stepped(jaki, report, { type }, { headers: keyed() });

await test("photos of a public report stand behind those it came with", async () => {
  const report = await add(jaki, klender, { visibility: "public" }, { photos: [photo(30)] });
  const answer = await send(report, [photo(31), photo(32)], { members: { text: "Dari dekat, telp 0812-3456-7890" } });
  assert.equal(answer.status, 201, answer.text);
  assert.equal(answer.json.event.text, "Dari dekat, telp [telepon]");
  assert.equal(answer.json.report.status, "waiting");
  const { items } = (await reread(officer, report)).photos;
  assert.deepEqual(items.map(({ width }) => width), [30, 31, 32]);
  for (const one of items) assert.equal(lookAt((await officer.get(one.full)).body).width, one.width);
  const [event] = (await officer.get(`/api/v1/reports/${report.id}/events`)).json.items;
  assert.deepEqual([event.type, event.text, event.photos], ["add_photos", "Dari dekat, telp [telepon]", undefined]);
  assert.equal(Number(sql(`select count(*) from crm.photo_hash where report_id = '${report.id}' and not is_proof`)[0][0]), 3);
  assertProblem(await jaki.get(items[1].full), 404);
});

await test("five in all, one at least", async () => {
  const report = await add(jaki, klender, { visibility: "public" }, { photos: [photo(30), photo(31)] });
  assertProblem(await send(report, undefined), 422, [["/photos", "required"]]);
  assertProblem(await send(report, [32, 33, 34, 35].map(photo)), 422, [["/photos", "too_many"]]);
  assert.equal((await reread(officer, report)).photos.items.length, 2);
  const full = await added(report, [32, 33, 34].map(photo));
  assertProblem(await send(full, [photo(36)]), 422, [["/photos", "too_many"]]);
});

await test("a request sent twice adds once", async () => {
  const report = await add(jaki, klender, { visibility: "public" });
  const key = randomUUID();
  const answers = await Promise.all([1, 2, 3].map(() => send(report, [photo(40)], { key })));
  assert.deepEqual(answers.map(({ status }) => status), [201, 201, 201]);
  assert.equal(new Set(answers.map(({ json }) => json.event.id)).size, 1);
  assert.equal((await reread(officer, report)).photos.items.length, 1);
  assertProblem(await send(report, [photo(41)], { key }), 422, [["/", "idempotency_key_reused"]]);
});

const rowsOf = (report) => sql(`select p.id, p.file_full, p.file_thumb, p.is_sealed, encode(k.wrapped_key, 'hex') from crm.photo p
  left join identity.photo_key k on k.photo_id = p.id where p.report_id = '${report.id}' and p.kind = 'report' order by p.place`)
  .map(([id, full, thumb, sealed, wrapped]) => ({ id, files: [full, thumb], sealed, wrapped }));
const file = (name) => readFileSync(join(crm.state, "jail/photos", name.slice(0, 2), name));

await test("those of a private report reach the disk sealed, and only the vault can open them", async () => {
  const report = await added(await add(jaki, klender, {}, { photos: [photo(30)] }), [photo(50), photo(51)]);
  const rows = rowsOf(report);
  assert.deepEqual(rows.map(({ sealed }) => sealed), ["t", "t", "t"]);
  assert.deepEqual(rows.map(({ wrapped }) => wrapped !== ""), [false, true, true]);
  for (const [index, { id, files, wrapped }] of rows.slice(1).entries()) {
    const key = unwrap(Buffer.from(wrapped, "hex"), `photo:${id}`);
    for (const name of files) {
      const bytes = file(name);
      assert.equal(bytes.subarray(0, 4).toString(), "CRM1");
      assert.equal(lookAt(openSealed(key, "photo", bytes.subarray(4))).width, 50 + index);
    }
    assert.throws(() => unwrap(Buffer.from(wrapped, "hex"), `photo:${randomUUID()}`));
    assertProblem(await officer.get(`/api/v1/photos/${id}`), 404);
  }
  assert.deepEqual((await reread(officer, report)).photos, { locked: true });
});

await test("what was sealed stays locked when the report is made public; what comes then is shown", async () => {
  let report = await added(await add(jaki, klender), [photo(60)]);
  report = await added(await flip(report, "make_public"), [photo(61)]);
  assert.deepEqual((await reread(officer, report)).photos.items.map(({ width }) => width), [61]);
  report = await added(await flip(report, "make_private"), [photo(62)]);
  assert.deepEqual(rowsOf(report).map(({ sealed }) => sealed), ["t", "f", "t"]);
  assert.deepEqual((await reread(officer, report)).photos, { locked: true });
});

await test("a report that became private on the way takes no photo in clear", async () => {
  const report = await add(jaki, klender, { visibility: "public" });
  // As if the report had been public when the photo was converted.
  sql(`update crm.report set visibility = 'private' where id = '${report.id}'`);
  assert.throws(() => sql(`begin; set local role crm_channel; select api.channel_enter('${crm.channel("jaki").kid}', 'uji');
    select * from api.event_add(null, null, '${report.id}', 1, 'add_photos', '{}', array[gen_random_uuid()],
    array['${"a".repeat(64)}'], array['${"b".repeat(64)}'], '{1}', '{1}', '{}')`, { login: "postgres" }), /changed meanwhile/);
});

await test("not of closed reports, not by others, and only photos", async () => {
  let report = await add(jaki, klender, { visibility: "public" });
  assertProblem(await send(report, [photo(70)], { client: desk }), 404);
  assertProblem(await step(officer, report, { type: "add_photos" }, { photos: [photo(70)] }), 403);
  assertProblem(await send(report, [Buffer.from("no photo")]), 422, [["/photos/0", "photo_unreadable"]]);
  assertProblem(await send(report, [photo(70)], { members: { note: "x" } }), 422, [["/note", "not_allowed"]]);
  assertProblem(await send(report, [photo(70)], { version: null }), 428);
  assertProblem(await send({ ...report, id: randomUUID() }, [photo(70)]), 404);
  assertProblem(await step(jaki, report, { type: "me_too" }, { photos: [photo(70)], headers: keyed() }), 422, [["/photos", "not_allowed"]]);
  report = await stepped(jaki, report, { type: "withdraw" }, { headers: keyed() });
  assertProblem(await send(report, [photo(70)]), 409);
});

for (const client of [jaki, desk, officer]) client.close();
finish();
