// A public report that its reporter makes private: from the next request on it
// is locked for everybody, on connections that were open before, in lists, in
// answers kept for retries, for Open311, in files that were linked.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { assertProblem } from "../support/checked.mjs";
import { finish, test } from "../support/count.mjs";
import { instance } from "../support/instance.mjs";
import { channelOf, enterAs, stranger } from "../support/people.mjs";
import { jpeg } from "../support/pictures.mjs";
import { KLENDER, pointIn } from "../support/places.mjs";
import { add, reread, step, stepped } from "../support/reports.mjs";

const crm = instance();
const klender = pointIn(KLENDER);
const jaki = channelOf(crm);
const nobody = stranger(crm);
const staff = [await enterAs(crm, "officer", klender.unit), await enterAs(crm, "supervisor", klender.unit),
  await enterAs(crm, "triage", crm.user("triage").unit), await enterAs(crm, "validator", crm.user("validator").unit)];
const [officer] = staff;
const flip = async (report, type) => stepped(jaki, await reread(jaki, report), { type }, { headers: { "Idempotency-Key": randomUUID() } });

let report = await add(jaki, klender, { visibility: "public" }, { photos: [jpeg({ width: 60, height: 40 })] });
const key = { "Idempotency-Key": randomUUID() };
const taken = await step(officer, report, { type: "take" }, { headers: key });
assert.equal(taken.status, 201, taken.text);
const [photo] = taken.json.report.photos.items;
const open311 = `/open311/v2/requests/${report.id}.json`;
const link = new URL((await nobody.get(open311)).json[0].media_url).pathname;
const listed = async (client, visibility) => (await client.get(`/api/v1/reports?visibility=${visibility}&limit=100&sort=-received_at`)).json.items
  .find(({ id }) => id === report.id);

await test("while it is public it is shown, on connections that stay open", async () => {
  for (const client of staff) {
    assert.equal((await client.get(photo.full)).status, 200);
    assert.equal((await listed(client, "public")).photos.locked, false);
  }
  assert.equal((await nobody.get(link)).status, 200);
});

await test("once it is private nobody gets a photo, whatever was loaded before", async () => {
  report = await flip(report, "make_private");
  for (const client of staff) {
    for (const url of [photo.full, photo.thumb, `/api/v1/photos/${photo.id}`]) assertProblem(await client.get(url), 404);
    const one = await reread(client, report);
    assert.deepEqual([one.photos, one.reporter, one.confidentiality.level], [{ locked: true }, { locked: true }, "private"]);
    assert.equal(await listed(client, "public"), undefined);
    assert.deepEqual((await listed(client, "private")).photos, { locked: true });
    const answer = await client.get(`/api/v1/reports/${report.id}/events`);
    assert.deepEqual([answer.json.confidentiality.level, answer.headers["x-confidentiality"]], ["private", "private"]);
  }
  const again = await step(officer, { ...report, version: 1 }, { type: "take" }, { headers: key });
  assert.equal(again.headers["idempotency-replayed"], "true");
  assert.deepEqual([again.json.report.photos, again.json.report.confidentiality.level], [{ locked: true }, "private"]);
  const told = (await officer.get("/api/v1/notices?limit=100")).json.items.filter((one) => one.report.id === report.id);
  assert.ok(told.length > 0 && told.every((one) => one.confidentiality.level === "private"));
});

await test("and for Open311 it never was, nor is the link that was given out", async () => {
  const gone = await nobody.get(open311);
  const none = await nobody.get(`/open311/v2/requests/${randomUUID()}.json`);
  assert.deepEqual([gone.status, gone.text], [404, none.text]);
  assert.equal((await nobody.get(link)).status, 404);
  const all = await nobody.get(`/open311/v2/requests.json?service_request_id=${report.id}`);
  assert.ok(!all.text.includes(report.id));
});

await test("made public again, and private, and public: each time at once", async () => {
  for (const [type, isLocked] of [["make_public", false], ["make_private", true], ["make_public", false]]) {
    report = await flip(report, type);
    for (const client of staff) {
      assert.equal((await reread(client, report)).photos.locked, isLocked, type);
      // What was sealed meanwhile stays locked, so only the one way is certain.
      if (isLocked) assertProblem(await client.get(photo.full), 404);
    }
  }
});

for (const client of [jaki, nobody, ...staff]) client.close();
finish();
