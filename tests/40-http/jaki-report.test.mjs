// JAKI hands in reports and gets them back: the report object member by
// member, labels in both languages, masking, the filter.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { addChannel } from "../support/channels.mjs";
import { assertProblem, labelOf } from "../support/checked.mjs";
import { finish, test } from "../support/count.mjs";
import { instance } from "../support/instance.mjs";
import { channelOf } from "../support/people.mjs";
import { KLENDER, OUTSIDE, pointIn } from "../support/places.mjs";
import { add, countedHours, reportBody, send } from "../support/reports.mjs";
import { jpeg } from "../support/pictures.mjs";

const crm = instance();
const jaki = channelOf(crm);
const klender = pointIn(KLENDER);
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const MEMBERS = ["id", "ticket", "visibility", "status", "version", "confidentiality", "category", "description",
  "location", "unit", "received_at", "occurred_at", "due_at", "overdue", "reporter", "photos",
  "paused", "reopened", "me_too", "merged", "steps", "updated_at", "redacted"];
const SECRETS = { name: "Sulastri Rahayu", phone: "081377665544", email: "sulastri.rahayu@contoh.invalid",
  nik: "3175074507920003", account_id: "akun-9f3b77", device_id: "gawai-51c0aa" };

/** Nothing the reporter is may come back, in body or headers. */
function assertNoEcho(answer, words) {
  const all = answer.text + answer.rawHeaders.join("\n");
  for (const word of words) assert.ok(!all.includes(word), `${word} is not in the answer`);
}

for (const language of ["en", "id"]) {
  for (const visibility of ["private", "public"]) {
    await test(`a ${visibility} report, ${language}`, async () => {
      const body = reportBody(klender, { visibility, reporter: SECRETS, channel_ref: "rujukan-ac5e11",
        occurred_at: "2026-01-02T03:04:05+07:00" });
      const answer = await send(jaki, body, { key: "kunci-b7d1aa-" + language + visibility,
        headers: { "Accept-Language": language } });
      assert.equal(answer.status, 201, answer.text);
      const { report } = answer.json;
      assert.deepEqual(Object.keys(answer.json), ["confidentiality", "report"]);
      assert.deepEqual(answer.json.confidentiality, labelOf(visibility, language));
      assert.deepEqual(Object.keys(report), MEMBERS);
      assert.match(report.id, UUID);
      assert.match(report.ticket, /^JK\d{6}\d{4,}$/);
      assert.equal(report.visibility, visibility);
      assert.equal(report.status, "waiting");
      assert.equal(report.version, 1);
      assert.deepEqual(report.confidentiality, labelOf(visibility, language));
      assert.equal(report.category.code, "jalan");
      assert.ok(report.category.name.length > 2);
      assert.equal(report.description, body.description);
      assert.deepEqual(report.location, { lat: klender.lat, lng: klender.lng, accuracy_m: 8,
        address: body.location.address, kelurahan: { code: KLENDER, name: klender.kelurahan } });
      assert.equal(report.unit.name, klender.unit);
      assert.match(report.unit.id, UUID);
      assert.match(report.received_at, TIME);
      assert.equal(new Date(report.occurred_at).getTime(), Date.parse("2026-01-01T20:04:05Z"));
      assert.equal(countedHours(report.received_at, report.due_at), 6, "six hours to respond");
      assert.equal(report.overdue, false);
      assert.deepEqual(report.reporter, visibility === "private" ? { locked: true } : { anonymous: true });
      assert.deepEqual(report.photos, { locked: true }, "JAKI keeps its own photos");
      assert.ok(report.redacted.includes("reporter") && report.redacted.includes("photos"));
      assert.equal(answer.headers.location, `/api/v1/reports/${report.id}`);
      assert.equal(answer.headers.etag, '"1"');
      assert.equal(answer.headers["x-confidentiality"], visibility);
      assert.equal(answer.headers["cache-control"], "no-store");
      assertNoEcho(answer, [...Object.values(SECRETS), "rujukan-ac5e11", "kunci-b7d1aa"]);
    });
  }
}

await test("private is the default", async () => {
  const body = reportBody(klender);
  delete body.visibility;
  const answer = await send(jaki, body);
  assert.equal(answer.json.report.visibility, "private");
});

await test("the smallest report", async () => {
  const answer = await send(jaki, { description: "Lampu mati", location: { lat: klender.lat, lng: klender.lng } });
  assert.equal(answer.status, 201, answer.text);
  assert.equal(answer.json.report.category, null);
  assert.equal(answer.json.report.status, "waiting");
});

await test("a description of 4,000 characters, emoji and line breaks comes back as it is", async () => {
  const description = `Baris satu\nbaris dua\t😀 ${"é".repeat(4000 - 24)}`.slice(0, 3990);
  const answer = await send(jaki, reportBody(klender, { description }));
  assert.equal(answer.status, 201, answer.text);
  assert.equal(answer.json.report.description, description);
});

for (const [name, members, point] of [
  ["no point", { location: null }, null],
  ["a place outside the city", {}, OUTSIDE],
  ["a description of spaces only", { description: "   \n  " }, klender],
]) {
  await test(`${name} waits for triage`, async () => {
    const report = await add(jaki, point, members);
    assert.equal(report.status, "incoming");
    assert.equal(countedHours(report.received_at, report.due_at), 2, "triage has two hours");
    if (point !== klender) assert.equal(report.location?.kelurahan ?? null, null);
  });
}

await test("NIK, telephone and e-mail typed into text and address are masked, the rest stays", async () => {
  const answer = await send(jaki, reportBody(klender, {
    description: "Tetangga saya NIK 3175 0745 0792 0003 hp 0813-7766-5544 surel sulastri.rahayu@contoh.invalid parkir B 1234 XYZ",
    location: { lat: klender.lat, lng: klender.lng, address: "Gang Melati, hubungi 081377665544" },
  }));
  assert.equal(answer.status, 201, answer.text);
  const { description, location } = answer.json.report;
  for (const secret of ["3175", "0745", "7766", "5544", "sulastri.rahayu", "contoh.invalid"]) {
    assert.ok(!description.includes(secret) && !location.address.includes(secret), `${secret} is masked`);
  }
  assert.match(description, /^Tetangga saya NIK \[NIK\] hp \[telepon\] surel \[surel\] parkir B 1234 XYZ$/);
  assert.equal(location.address, "Gang Melati, hubungi [telepon]");
});

await test("an unknown category is refused by name of the field", async () => {
  assertProblem(await send(jaki, reportBody(klender, { category: "tidak_ada" })), 422, [["/category", "unknown"]]);
});

for (const count of [0, 1, 3, 5]) {
  for (const visibility of ["private", "public"]) {
    await test(`${visibility}, multipart with ${count} photos`, async () => {
      const photos = Array.from({ length: count }, (_, index) => jpeg({ width: 60 + index, height: 40 }));
      const report = await add(jaki, klender, { visibility }, { photos });
      assert.equal(report.visibility, visibility);
      assert.equal(report.status, "waiting");
      assert.deepEqual(report.photos, { locked: true });
    });
  }
}

await test("reports posted with RS256 are taken as well", async () => {
  const channel = await addChannel(crm, { alg: "RS256" });
  const other = channelOf({ ...crm, channel: () => channel });
  const report = await add(other, klender);
  assert.equal(report.status, "waiting");
  other.close();
});

jaki.close();
finish();
