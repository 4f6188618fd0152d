// Plants a word in every member a channel may send, lets two reports go through
// the hands of all, has them erased, and looks for the words in everything that
// is left: answers to every reader, a dump of the database, the photo store.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomInt, randomUUID } from "node:crypto";
import { existsSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { finish, test } from "../support/count.mjs";
import { dump } from "../support/database.mjs";
import { instance, sql } from "../support/instance.mjs";
import { jobsAnew } from "../support/jobs.mjs";
import { jpeg } from "../support/pictures.mjs";
import { pointIn } from "../support/places.mjs";
import { followUp, reread, send, step } from "../support/reports.mjs";
import { Scanner, writings } from "../support/scanner.mjs";
import { HOME, byLabel, digits, marker, readersOf } from "./world.mjs";

const crm = instance();
const home = pointIn(HOME);
const readers = await readersOf(crm, home);
const client = (label) => byLabel(readers, label).client;
const [jaki, officer, supervisor, triage, validator] = ["channel that sent it", "officer of the unit", "supervisor above", "triage", "validator"].map(client);

/** Place → word; `kept` are those that stand in the database until they are erased. */
const words = {};
const kept = new Set();
const scanner = new Scanner();
function plant(place, word = marker(), isKept = true) {
  words[place] = word;
  if (isKept) kept.add(place);
  scanner.add(place, word);
  return word;
}
const plain = (place, text) => {
  kept.add(place);
  scanner.add(place, text, (word) => [["plain", Buffer.from(word)]]);
};

/** A point nobody else reports, and a moment. */
function body(name) {
  const spot = { lat: home.lat + randomInt(1e6) / 1e12, lng: home.lng + randomInt(1e6) / 1e12, accuracy_m: 10 + randomInt(1e6) / 1e7 };
  for (const member of Object.keys(spot)) plain(`${name} ${member}`, String(spot[member]));
  const moment = `04:07.${String(randomInt(100001, 999999)).replace(/0$/, "1")}`;
  plain(`${name} occurred_at`, moment);
  return {
    visibility: "public", category: "jalan", occurred_at: `2026-01-02T03:${moment}Z`, channel_ref: plant(`${name} channel_ref`),
    description: `Lubang besar ${plant(`${name} description`)} di depan rumah`,
    location: { ...spot, address: `Gang ${plant(`${name} address`)}` },
    reporter: {
      name: plant(`${name} name`, marker(), false), phone: plant(`${name} phone`, digits("0813", 13), false),
      nik: plant(`${name} NIK`, digits("3175", 16), false), email: `${plant(`${name} e-mail`, marker(), false)}@contoh.invalid`,
      account_id: plant(`${name} account`, marker(), false), device_id: plant(`${name} device`, marker(), false),
    },
  };
}

/** One that no other report has: equal pictures are one file. */
const picture = () => jpeg({ width: 100 + randomInt(400), height: 100 + randomInt(400) });

/** Posts one report and brings it to its unit, wherever the filter held it. */
async function open(name) {
  const sent = body(name);
  const answer = await send(jaki, sent, { photos: [picture()], key: plant(`${name} key`, marker(), false) });
  assert.equal(answer.status, 201, answer.text);
  const report = answer.json.report;
  return [report.status === "waiting" ? report : await go(triage, report, { type: "route", unit: unitOf(home.unit) }), sent];
}
const unitOf = (name) => sql(`select id from crm.unit where name = '${name}'`)[0][0];
async function go(who, report, event, options = {}) {
  const answer = await step(who, report, event, { headers: { "Idempotency-Key": randomUUID() }, ...options });
  assert.equal(answer.status, 201, `${event.type}: ${answer.text}`);
  return answer.json.report;
}
const says = (place) => `Kata pelapor ${plant(place)}`;

let [first, sent] = await open("first");
first = await go(officer, first, { type: "take", note: "catatan" });
first = await go(officer, first, { type: "ask", text: "Di mana?" });
first = await go(jaki, first, { type: "answer", text: says("answer") });
first = await go(jaki, first, { type: "add_photos", text: says("add_photos") }, { photos: [picture()] });
first = await go(officer, first, ...followUp(sent.location));
first = await go(validator, first, { type: "accept_work" });
first = await go(jaki, first, { type: "rate", stars: 2, text: says("rate") });
first = await go(jaki, first, { type: "reopen", text: says("reopen") });
first = await go(officer, first, { type: "hand_over", unit: unitOf("Dinas Bina Marga"), reason: "jalan provinsi" });

const [other] = await open("other");
let second;
[second, sent] = await open("second");
second = await go(triage, second, { type: "merge", into: other.id });
second = await go(triage, second, { type: "unmerge" });
second = await go(jaki, second, { type: "make_private" });
second = await go(jaki, second, { type: "add_photos", text: says("add_photos, private") }, { photos: [picture()] });
second = await go(triage, second, { type: "reject", reason: "spam", text: "Bukan laporan." });
second = await go(jaki, second, { type: "appeal", text: says("appeal") });
const splitted = await step(triage, second, { type: "split", category: "pohon", description: `Pohon ${words["second description"]} juga` });
assert.equal(splitted.status, 201, splitted.text);
second = await go(jaki, splitted.json.report, { type: "withdraw", text: says("withdraw") });

const erased = [first, second, { id: splitted.json.event.into.id }];
const files = sql(`select unnest(array[file_full, file_thumb]) from crm.photo where kind = 'report'
  and report_id in (${erased.map(({ id }) => `'${id}'`)})`).flat().map((name) => join(crm.state, "jail/photos", name.slice(0, 2), name));

await test("until then the database holds all but who it was", () => {
  const found = new Set(scanner.scan(dump()).map((hit) => hit.replace(/ \([^()]*\)$/, "")));
  assert.deepEqual([...kept].filter((place) => !found.has(place)), []);
  assert.deepEqual([...found].filter((place) => !kept.has(place)), []);
  assert.equal(files.length, 8);
  for (const file of files) assert.ok(existsSync(file), file);
});

await go(jaki, first, { type: "erase" });
await go(jaki, second, { type: "erase" });

/** Hits but those of the report that stays. */
const left = (bytes) => scanner.scan(bytes).filter((hit) => !hit.startsWith("other "));

await test("afterwards a dump of the database holds none of it", () => {
  const hits = scanner.scan(dump());
  assert.deepEqual(hits.filter((hit) => !hit.startsWith("other ")), []);
  assert.ok(hits.some((hit) => hit.startsWith("other description")), "the report that stays is there");
});

await test("no reader is told any of it, whatever is asked", async () => {
  const addresses = ["", "/events", "/hand-overs", "/related", "/checks", "/suggestions"].flatMap((tail) => erased.map(({ id }) => `/api/v1/reports/${id}${tail}`));
  for (const reader of [jaki, officer, supervisor, triage, validator]) {
    for (const address of [...addresses, "/api/v1/reports?limit=100&sort=-received_at", `/api/v1/reports?q=${words["second description"]}`, `/api/v1/reports/${other.id}/related`]) {
      const answer = await reader.get(address);
      assert.deepEqual(left(answer.body), [], address);
    }
  }
  assert.equal((await reread(jaki, first)).description, "");
});

await test("the files of its photos go with the next sweep", async () => {
  const then = Date.now() / 1000 - 2 * 86_400;
  for (const file of files) utimesSync(file, then, then);
  await jobsAnew();
  assert.deepEqual(files.filter(existsSync), []);
});

await test("what a spelling could hide was looked for, too", () => {
  for (const [spelling, bytes] of writings(words.answer)) assert.ok(bytes.length < 6 || scanner.scan(bytes).length > 0, spelling);
});

for (const { client: one } of readers) one.close();
finish();
