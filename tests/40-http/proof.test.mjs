// The checks of a proof: copies of earlier proof and of the report's own photo
// are found and told of to those who may open them; other pictures are not.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { assertProblem, labelOf } from "../support/checked.mjs";
import { asJpeg, cut, mirrored, smaller, street, toned } from "../support/copies.mjs";
import { finish, test } from "../support/count.mjs";
import { instance, sql } from "../support/instance.mjs";
import { channelOf, enterAs } from "../support/people.mjs";
import { exif } from "../support/pictures.mjs";
import { KLENDER, pointIn } from "../support/places.mjs";
import { add, followUp, step, stepped } from "../support/reports.mjs";

const PLUIT = "31.72.01.1005";
const crm = instance();
const klender = pointIn(KLENDER);
const pluit = pointIn(PLUIT);
const jaki = channelOf(crm);
const officer = await enterAs(crm, "officer", klender.unit);
const other = await enterAs(crm, "officer", pluit.unit);
const validator = await enterAs(crm, "validator", "Biro Pemerintahan");
const supervisor = await enterAs(crm, "supervisor", "Kecamatan Duren Sawit");
const everybody = [jaki, officer, other, validator, supervisor];

// The same pictures each time: of cuts on all sides a few in a hundred are not
// found, and tests/90-bench counts how many.
const work = street({ scene: "pothole", seed: "proof-work", after: true });
const elsewhere = street({ scene: "pothole", seed: "proof-elsewhere", after: true });
const own = street({ scene: "rubbish", seed: "proof-own" });

async function proven(client, point, members, photos, report) {
  const open = report ?? await add(jaki, point, members);
  const taken = await stepped(client, open, { type: "take" });
  const [event] = followUp(point);
  const answer = await step(client, taken, event, { photos });
  assert.equal(answer.status, 201, answer.text);
  return { report: answer.json.report, event: answer.json.event, photos: answer.json.event.photos.items.map(({ id }) => id) };
}

async function checks(client, report) {
  const answer = await client.get(`/api/v1/reports/${report.id}/checks`);
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.json.next_cursor, null);
  return answer.json.items;
}

const pairs = (items) => items.filter(({ photo }) => photo);
const first = await proven(officer, klender, { visibility: "private" }, [asJpeg(work)]);

await test("new proof is like no other; when and where it was taken is told", async () => {
  const items = await checks(officer, first.report);
  assert.deepEqual(pairs(items), []);
  assert.deepEqual(items.map(({ kind }) => kind).sort(), ["arrival", "before_received", "before_taken", "distance"].filter((kind) => items.some((item) => item.kind === kind)));
  const arrival = items.find(({ kind }) => kind === "arrival");
  assert.ok(arrival.seconds >= 0 && arrival.seconds < 60);
  assert.equal(arrival.event, first.event.id);
  assert.equal(items.find(({ kind }) => kind === "distance").meters, 0);
  assert.deepEqual(items[0].confidentiality, labelOf("private"));
});

const COPIES = [
  ["mirrored", asJpeg(mirrored(work), { quality: 75 })],
  ["cut by a fifth at the left", asJpeg(cut(work, { left: 0.2 }), { quality: 60 })],
  ["cut around by 15 %", asJpeg(cut(work, { left: 0.15, top: 0.15, right: 0.15, bottom: 0.15 }), { quality: 80 })],
  ["small, re-encoded, brighter and dated anew", asJpeg(smaller(toned(work, { gain: 1.1, add: 8 }), 480), { quality: 35, exif: exif({ description: "hari ini" }) })],
  ["another street", asJpeg(elsewhere)],
];
const second = await proven(other, pluit, { visibility: "public" }, COPIES.map(([, data]) => data));

for (const [index, [name]] of COPIES.entries()) {
  await test(`earlier proof, ${name}`, async () => {
    const found = pairs(await checks(validator, second.report)).filter(({ photo }) => photo === second.photos[index]);
    if (name === "another street") {
      assert.deepEqual(found, []);
      return;
    }
    assert.equal(found.length, 1);
    const { kind, other_photo, other_report, mirrored: isMirrored, bits, confidentiality } = found[0];
    assert.deepEqual({ kind, other_photo, other_report, isMirrored },
      { kind: "earlier_proof", other_photo: first.photos[0], other_report: { id: first.report.id, ticket: first.report.ticket }, isMirrored: name === "mirrored" });
    assert.ok(bits <= 48, `${bits} bits`);
    assert.deepEqual(confidentiality, labelOf("private"), "it names a private report");
    assert.equal((await validator.get(`/api/v1/photos/${other_photo}`)).status, 200, "which the reader may open");
  });
}

await test("who may not open the other report learns that there is one, and no more", async () => {
  const answer = await other.get(`/api/v1/reports/${second.report.id}/checks`);
  assert.deepEqual(answer.json.confidentiality, labelOf("public"));
  const found = pairs(answer.json.items);
  assert.equal(found.length, COPIES.length - 1);
  for (const item of found) {
    assert.deepEqual(Object.keys(item).sort(), ["bits", "confidentiality", "event", "id", "kind", "mirrored", "photo"]);
  }
  for (const secret of [first.report.id, first.report.ticket, first.photos[0]]) assert.ok(!answer.text.includes(secret));
  assertProblem(await other.get(`/api/v1/reports/${first.report.id}/checks`), 404);
  assertProblem(await officer.get(`/api/v1/reports/${second.report.ticket}/checks`), 404);
});

await test("the report's own photo as proof: a fact; the photo itself only when it is public", async () => {
  for (const visibility of ["private", "public"]) {
    const open = await add(jaki, klender, { visibility }, { photos: [asJpeg(own)] });
    const [[photo]] = sql(`select id from crm.photo where report_id = '${open.id}'`);
    const done = await proven(officer, klender, {}, [asJpeg(cut(own, { bottom: 0.12, right: 0.12 }), { quality: 50 })], open);
    for (const client of [officer, supervisor, validator]) {
      const answer = await client.get(`/api/v1/reports/${done.report.ticket}/checks`);
      const found = answer.json.items.filter(({ kind }) => kind === "own_photo");
      assert.equal(found.length, 1);
      assert.equal(found[0].photo, done.photos[0]);
      assert.equal(found[0].other_photo, visibility === "public" ? photo : undefined);
      assert.equal(found[0].other_report, undefined);
      if (visibility === "private") assert.ok(!answer.text.includes(photo));
      assert.equal(answer.headers["x-confidentiality"], visibility === "public" && !answer.text.includes('"private"') ? "public" : "private");
    }
  }
});

await test("reading the facts leaves an audit row; writing and searching them is not there", async () => {
  const count = () => Number(sql(`select count(*) from audit.entry where action = 'check_list' and report_id = '${first.report.id}'`)[0][0]);
  const before = count();
  await checks(officer, first.report);
  assert.equal(count(), before + 1);
  assertProblem(await officer.get(`/api/v1/reports/${first.report.id}/checks?kind=arrival`), 400);
  assertProblem(await officer.post(`/api/v1/reports/${first.report.id}/checks`, {}), 405);
  assertProblem(await jaki.get(`/api/v1/reports/${first.report.id}/checks`), 403);
});

await test("a picture of nothing is like no other", async () => {
  const nothing = { rgb: new Uint8ClampedArray(320 * 240 * 3).fill(120), width: 320, height: 240 };
  for (const quality of [50, 90]) {
    const done = await proven(officer, klender, {}, [asJpeg(toned(nothing, { noise: 3, seed: `${quality}` }), { quality })]);
    assert.deepEqual(pairs(await checks(officer, done.report)), []);
  }
});

await test("no hash is in any answer", async () => {
  const words = sql(`select unnest(whole || quarters) from crm.photo_hash h where report_id in ('${first.report.id}', '${second.report.id}')`)
    .flat().filter((word) => word !== "0");
  assert.ok(words.length >= 10);
  for (const report of [first.report, second.report]) {
    for (const path of ["", "/events", "/checks"]) {
      const { text } = await validator.get(`/api/v1/reports/${report.id}${path}`);
      for (const word of words) {
        assert.ok(!text.includes(word) && !text.includes(BigInt.asUintN(64, BigInt(word)).toString(16)), `${path} ${word}`);
      }
    }
  }
});

await test("work that was drawn is validated again, by another unit, from its list", async () => {
  const inspector = await enterAs(crm, "validator", "Inspektorat");
  const colleague = await enterAs(crm, "validator", "Biro Pemerintahan");
  everybody.push(inspector, colleague);
  const accepted = await stepped(validator, first.report, { type: "accept_work" });
  // The draw itself is looked at by tests/30-sql; here it came out so.
  sql(`update crm.report set second_open = true where id = '${accepted.id}'`);
  const listed = async (client) => (await client.get("/api/v1/reports?held=second&limit=100")).json.items.find(({ id }) => id === accepted.id);
  assert.equal((await listed(inspector)).status, "completed");
  assert.equal(await listed(other), undefined);
  assertProblem(await step(colleague, accepted, { type: "second_accept" }), 403);
  const after = await stepped(inspector, accepted, { type: "second_refuse", reason: "Foto lama" });
  assert.equal(after.status, "followup_rejected");
  assert.equal(await listed(inspector), undefined);
  // The reporter was told that it was done: now, that it is not; never why.
  const [told] = (await jaki.get(`/api/v1/reports/${accepted.id}/events`)).json.items;
  assert.deepEqual([told.type, told.to, told.by, told.reason], ["second_refuse", "followup_rejected", { unit: "Inspektorat" }, undefined]);
});

for (const client of everybody) client.close();
finish();
