// JAKI reads what it sent: its list, a report by id and ticket, the timeline;
// nothing of other channels, nothing that is internal.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { addChannel } from "../support/channels.mjs";
import { assertProblem } from "../support/checked.mjs";
import { finish, test } from "../support/count.mjs";
import { instance } from "../support/instance.mjs";
import { channelOf, enterAs } from "../support/people.mjs";
import { jpeg } from "../support/pictures.mjs";
import { KLENDER, OUTSIDE, pointIn } from "../support/places.mjs";
import { add, followUp, reportBody, send, step, stepped } from "../support/reports.mjs";

const crm = instance();
const klender = pointIn(KLENDER);
const ours = await addChannel(crm);
const theirs = await addChannel(crm, { alg: "RS256" });
const own = channelOf({ ...crm, channel: () => ours });
const other = channelOf({ ...crm, channel: () => theirs });

const sent = [];
for (const visibility of ["private", "public", "private"]) {
  sent.push(await add(own, klender, { visibility }, { photos: [jpeg({ width: 30, height: 20 })] }));
}
const outside = await add(own, OUTSIDE);
const foreign = await add(other, klender, { visibility: "public" });

await test("the list holds its own reports, those in triage too, newest first when asked", async () => {
  const answer = await own.get("/api/v1/reports?sort=-received_at");
  assert.equal(answer.status, 200, answer.text);
  assert.deepEqual(answer.json.items.map(({ id }) => id), [outside, ...sent.reverse()].map(({ id }) => id));
  assert.equal(answer.json.next_cursor, null);
  for (const report of answer.json.items) {
    assert.deepEqual(report.photos, { locked: true });
    assert.ok(report.reporter.locked || report.reporter.anonymous);
  }
});

await test("a list of public reports only is public", async () => {
  const answer = await own.get("/api/v1/reports?visibility=public");
  assert.equal(answer.json.items.length, 1);
  assert.equal(answer.json.confidentiality.level, "public");
});

await test("a report by id and by ticket number is the same, as it was first answered", async () => {
  for (const report of sent) {
    const byId = await own.get(`/api/v1/reports/${report.id}`);
    const byTicket = await own.get(`/api/v1/reports/${report.ticket}`);
    assert.equal(byId.status, 200, byId.text);
    assert.deepEqual(byId.json, byTicket.json);
    assert.deepEqual(byId.json.report, report);
    assert.equal(byId.headers.etag, '"1"');
  }
});

await test("another channel's report is 404, like one that does not exist", async () => {
  const unknown = await own.get(`/api/v1/reports/${randomUUID()}`);
  assertProblem(unknown, 404);
  for (const reference of [foreign.id, foreign.ticket]) {
    for (const tail of ["", "/events"]) {
      const answer = await own.get(`/api/v1/reports/${reference}${tail}`);
      assertProblem(answer, 404);
      assert.equal(answer.body.length, unknown.body.length);
    }
  }
  for (const reference of ["x", "JK", "JK00000000001", "'; drop table crm.report; --", "%25", "JK260101%00"]) {
    const answer = await own.get(`/api/v1/reports/${encodeURIComponent(reference)}`);
    assert.ok([400, 404].includes(answer.status), `${reference}: ${answer.status}`);
  }
});

await test("the timeline: what the reporter may know, no names, no notes, no reasons", async () => {
  const officer = await enterAs(crm, "officer", klender.unit, { name: "Petugas Bernama" });
  const validator = await enterAs(crm, "validator", "Biro Pemerintahan", { name: "Pemeriksa Bernama" });
  let report = sent[0];
  report = await stepped(officer, report, { type: "take", note: "catatan-dalam-1" });
  report = await stepped(officer, report, { type: "note", note: "catatan-dalam-2" });
  report = await stepped(officer, report, { type: "reply", text: "Kami segera ke lokasi." });
  const [event, options] = followUp(klender, { note: "catatan-dalam-3" });
  report = await stepped(officer, report, event, options);
  report = await stepped(validator, report, { type: "refuse_work", reason: "alasan-dalam" });
  const answer = await own.get(`/api/v1/reports/${report.id}/events`);
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.json.confidentiality.level, report.visibility);
  assert.deepEqual(answer.json.items.map(({ type }) => type),
    ["refuse_work", "follow_up", "reply", "note", "take", "received"].filter((type) => type !== "note" ||
      answer.json.items.some((item) => item.type === "note")), "newest first");
  for (const word of ["catatan-dalam", "alasan-dalam", "Petugas Bernama", "Pemeriksa Bernama"]) {
    assert.ok(!answer.text.includes(word), word);
  }
  for (const item of answer.json.items) {
    for (const member of ["note", "reason"]) assert.ok(!(member in item) && item.redacted.includes(member));
    if (item.by) assert.deepEqual(Object.keys(item.by), ["unit"]);
  }
  const proof = answer.json.items.find(({ type }) => type === "follow_up");
  assert.equal(proof.text, "Sudah ditambal.");
  assert.equal(proof.photos.items.length, 1);
  assert.equal((await own.get(proof.photos.items[0].full)).status, 200);
  assertProblem(await other.get(proof.photos.items[0].full), 404);
  officer.close();
  validator.close();
});

for (const type of ["take", "note", "reply", "follow_up", "accept_work", "refuse_work"]) {
  await test(`a channel may not ${type}`, async () => {
    const headers = { "Idempotency-Key": randomUUID() };
    const answer = await step(own, sent[1], { type, note: "x", text: "x", reason: "x" }, { headers });
    assertProblem(answer, 403);
  });
}

await test("nor call what is for officers", async () => {
  for (const [method, path] of [["GET", "/api/v1/session"], ["DELETE", "/api/v1/session"], ["GET", "/api/v1/units"]]) {
    assertProblem(await own.send(method, path), 403);
  }
});

await test("the categories are for channels too", async () => {
  const answer = await own.get("/api/v1/categories");
  assert.equal(answer.status, 200);
  assert.ok(answer.json.items.some(({ code, name }) => code === "jalan" && name === "Jalan"));
  assert.equal(answer.json.confidentiality.level, "public");
});

await test("a report posted again is answered as it was first, whatever happened since", async () => {
  const key = randomUUID();
  const body = reportBody(klender);
  const first = await send(own, body, { key });
  const officer = await enterAs(crm, "officer", klender.unit);
  await stepped(officer, first.json.report, { type: "take" });
  const again = await send(own, body, { key });
  assert.deepEqual(again.json, first.json);
  officer.close();
});

own.close();
other.close();
finish();
