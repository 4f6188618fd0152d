// What a reporter gets who asks what is held: the report, what was told of it,
// who opened it, and which members of an identity lie sealed.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { assertProblem } from "../support/checked.mjs";
import { finish, test } from "../support/count.mjs";
import { instance, sql } from "../support/instance.mjs";
import { channelOf, enterAs, stranger } from "../support/people.mjs";
import { jpeg } from "../support/pictures.mjs";
import { KLENDER, pointIn } from "../support/places.mjs";
import { add, reread, stepped } from "../support/reports.mjs";

const crm = instance();
const klender = pointIn(KLENDER);
const jaki = channelOf(crm);
const desk = channelOf(crm, "desk");
const nobody = stranger(crm);
const officer = await enterAs(crm, "officer", klender.unit, { name: "Petugas Rahasia" });
const lurah = await enterAs(crm, "supervisor", klender.unit);
const triage = await enterAs(crm, "triage", crm.user("triage").unit);
const keyed = () => ({ headers: { "Idempotency-Key": randomUUID() } });
const address = (report) => `/api/v1/reports/${report.id}/export`;

let report = await add(jaki, klender, {
  visibility: "public", reporter: { name: "Warga Ekspor", phone: "", email: "warga@contoh.invalid", device_id: "perangkat-1" },
}, { photos: [jpeg({ width: 30, height: 20 })] });

await test("all that is held, and no more than is told", async () => {
  const [photo] = (await reread(officer, report)).photos.items;
  await officer.get(photo.full);
  await reread(lurah, report);
  await reread(triage, report);
  await officer.get("/api/v1/reports?limit=1");
  report = await stepped(officer, report, { type: "note", note: "catatan dalam" });
  report = await stepped(officer, report, { type: "take" });
  report = await stepped(officer, report, { type: "reply", text: "Petugas datang besok." });
  const answer = await jaki.get(address(report));
  assert.equal(answer.status, 200, answer.text);
  assert.deepEqual(Object.keys(answer.json), ["confidentiality", "report", "events", "opened", "held"]);
  assert.equal(answer.headers["x-confidentiality"], "public");
  assert.equal(answer.headers["cache-control"], "no-store");
  assert.deepEqual(answer.json.report, (await jaki.get(`/api/v1/reports/${report.id}`)).json.report);
  assert.deepEqual(answer.json.events, (await jaki.get(`/api/v1/reports/${report.id}/events?limit=100`)).json.items);
  assert.deepEqual(answer.json.events.map(({ type }) => type), ["reply", "take", "received"]);
  const opened = Object.fromEntries(answer.json.opened.map(({ unit, count }) => [unit.name, count]));
  assert.deepEqual(opened, { [klender.unit]: 3, [triage.user.unit]: 1 });
  assert.deepEqual(answer.json.held, { identity: ["name", "email", "device_id"], photos: 1, received_by: "jaki" });
  for (const word of ["Warga Ekspor", "warga@contoh", "perangkat-1", "Rahasia", "catatan"]) assert.ok(!answer.text.includes(word), word);
  const [[count]] = sql(`select count(*) from audit.entry where action = 'report_export' and report_id = '${report.id}'`);
  assert.equal(count, "1");
  assert.equal((await jaki.get(`/api/v1/reports/${report.ticket}/export`)).status, 200);
});

await test("of a private report with the private label", async () => {
  const closed = await add(jaki, klender, { visibility: "private", reporter: undefined });
  const answer = await jaki.get(address(closed));
  assert.deepEqual([answer.status, answer.headers["x-confidentiality"], answer.json.confidentiality.level], [200, "private", "private"]);
  assert.deepEqual([answer.json.opened, answer.json.held], [[], { identity: [], photos: 0, received_by: "jaki" }]);
});

await test("what a desk officer keyed in is named the same way", async () => {
  const body = { channel: "walikota", category: "jalan", description: "Jalan rusak di depan kantor", location: { lat: klender.lat, lng: klender.lng },
    reporter: { name: "Warga Loket", phone: "081200001111" } };
  const answer = await triage.post("/api/v1/reports", body);
  assert.equal(answer.status, 201, answer.text);
  assert.deepEqual(sql(`select members from identity.sealed where report_id = '${answer.json.report.id}'`), [["{name,phone}"]]);
});

await test("nothing is left to name after it was forgotten or erased", async () => {
  report = await stepped(jaki, report, { type: "forget" }, keyed());
  assert.deepEqual((await jaki.get(address(report))).json.held, { identity: [], photos: 1, received_by: "jaki" });
  report = await stepped(jaki, report, { type: "erase" }, keyed());
  const { json } = await jaki.get(address(report));
  assert.deepEqual(json.held, { identity: [], photos: 0, received_by: "jaki" });
  assert.equal(json.report.description, "");
  assert.deepEqual(json.events.map(({ type }) => type), ["erase", "forget", "reply", "take", "received"]);
});

await test("for the channel that sent it and nobody else", async () => {
  assertProblem(await desk.get(address(report)), 404);
  assertProblem(await jaki.get(address({ id: randomUUID() })), 404);
  assertProblem(await officer.get(address(report)), 403);
  assertProblem(await nobody.get(address(report)), 401);
  assertProblem(await jaki.get(`${address(report)}?limit=1`), 400);
  assertProblem(await jaki.post(address(report), {}), 405);
});

for (const client of [jaki, desk, nobody, officer, lurah, triage]) client.close();
finish();
