// Two reports that differ in nothing but who sent them look the same to every
// officer: members, order, length, headers. And nobody finds one by asking for
// the reporter.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { finish, test } from "../support/count.mjs";
import { instance } from "../support/instance.mjs";
import { jpeg } from "../support/pictures.mjs";
import { pointIn } from "../support/places.mjs";
import { reread, send, step, stepped, followUp } from "../support/reports.mjs";
import { byLabel, digits, HOME, marker, readersOf } from "./world.mjs";

const crm = instance();
const home = pointIn(HOME);
const readers = await readersOf(crm, home);
const channel = byLabel(readers, "channel that sent it").client;
const officer = byLabel(readers, "officer of the unit").client;
/** When the proof of all was taken. */
const SHOT = new Date().toISOString();
const REPORTER = { name: `Nama ${marker()}`, phone: digits("08", 12), email: `${marker()}@contoh.invalid`, nik: digits("3175", 16),
  account_id: marker(), device_id: marker() };
/** Who sends the second of the pair. */
const WHO = {
  "nobody known": undefined,
  "an empty reporter": {},
  "somebody with long names": Object.fromEntries(Object.keys(REPORTER).map((name) => [name, "x".repeat(190)])),
  "the same person": REPORTER,
};

async function made(reporter, visibility, reference, word) {
  const body = { visibility, category: "jalan", description: `Jalan rusak di depan balai warga ${word}`, occurred_at: "2026-01-02T03:04:05Z",
    location: { lat: home.lat, lng: home.lng, address: "Jl. Kembar 1" }, channel_ref: reference };
  if (reporter) body.reporter = reporter;
  const answer = await send(channel, body, { photos: [jpeg({ width: 60, height: 40 })] });
  assert.equal(answer.status, 201, answer.text);
  let report = await stepped(officer, answer.json.report, { type: "take" });
  const [event, options] = followUp(home, { captured_at: SHOT });
  report = (await step(officer, report, event, options)).json.report;
  return { answer, report: await reread(officer, report) };
}

/** An answer without what must differ: ids, ticket numbers, times. */
function faceOf(answer) {
  const { date, ratelimit, ...headers } = answer.headers;
  const blank = (text) => text.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "<id>").replace(/JK\d{10,}/g, "<ticket>")
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>").replace(/[0-9a-f]{32}/g, "<request>");
  return { status: answer.status, headers: JSON.parse(blank(JSON.stringify(headers))), text: blank(answer.text), size: answer.body.length };
}

for (const visibility of ["private", "public"]) {
  for (const [who, reporter] of Object.entries(WHO)) {
    await test(`${visibility}: ${who} and somebody else are twins to everybody`, async () => {
      const word = marker();
      const one = await made(REPORTER, visibility, marker(), word);
      const two = await made(reporter, visibility, "r", word);
      assert.deepEqual(faceOf(two.answer), faceOf(one.answer), "already when handed in");
      for (const { label, client } of readers) {
        for (const tail of ["", "/events"]) {
          const faces = [];
          for (const { report } of [one, two]) faces.push(faceOf(await client.get(`/api/v1/reports/${report.id}${tail}`)));
          assert.deepEqual(faces[1], faces[0], `${label}${tail}`);
        }
      }
      const list = await officer.get(`/api/v1/reports?q=${word}`);
      const items = list.json.items.map((item) => faceOf({ headers: {}, text: JSON.stringify(item), body: Buffer.from(JSON.stringify(item)) }));
      assert.equal(items.length, 2);
      assert.deepEqual(items[0], items[1], "in the list");
    });
  }
}

await test("asking for the reporter finds nothing, in any parameter", async () => {
  for (const { label, wire, client } of readers.filter(({ wire: role }) => ["officer", "supervisor", "triage", "validator"].includes(role))) {
    for (const word of Object.values(REPORTER)) {
      const answer = await client.get(`/api/v1/reports?q=${encodeURIComponent(word)}`);
      assert.equal(answer.status, 200, `${label} ${wire}`);
      assert.deepEqual(answer.json.items, [], `${label}: ${word}`);
      assert.equal(answer.json.next_cursor, null);
    }
  }
});

for (const { client } of readers) client.close();
finish();
