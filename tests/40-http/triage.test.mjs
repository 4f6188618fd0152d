// The filter at intake, its words, reports keyed in at a desk, what belongs to
// a report, and whom to hand it to.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { assertProblem } from "../support/checked.mjs";
import { finish, test } from "../support/count.mjs";
import { instance, sql } from "../support/instance.mjs";
import { channelOf, enterAs } from "../support/people.mjs";
import { jpeg } from "../support/pictures.mjs";
import { OUTSIDE, pointIn } from "../support/places.mjs";
import { add, reportBody, send, uniqueWord } from "../support/reports.mjs";

const crm = instance();
const home = pointIn("31.75.07.1005");
const other = pointIn("31.74.02.1003");
const jaki = channelOf(crm);
const desk = channelOf(crm, "desk");
const triage = await enterAs(crm, "triage", crm.user("triage").unit, { name: "Triase Meja" });
const colleague = await enterAs(crm, "triage", crm.user("triage").unit);
const officer = await enterAs(crm, "officer", home.unit);
const elsewhere = await enterAs(crm, "officer", "Kelurahan Pluit");
const admin = await enterAs(crm, "admin", "Dinas Komunikasi, Informatika dan Statistik");
const everybody = [jaki, desk, triage, colleague, officer, elsewhere, admin];

const open = async (client, report) => (await client.get(`/api/v1/reports/${report.id}`)).json.report;
const items = async (client, path, headers) => {
  const answer = await client.get(`/api/v1/${path}`, headers);
  assert.equal(answer.status, 200, answer.text);
  return answer.json.items;
};
const related = (client, report) => items(client, `reports/${report.id}/related`);

/** A text with eight words of its own, so that nothing else is like it. */
const ownText = () => Array.from({ length: 8 }, uniqueWord).join(" ");

await test("what is held waits for triage, with its codes for officers only", async () => {
  const word = uniqueWord();
  for (const [point, description, codes] of [
    [home, ` .,!? - `, ["empty"]], [null, `Lampu mati ${word}`, ["no_point"]], [OUTSIDE, `Lampu mati ${word}`, ["outside"]],
    [home, `Petugas G0BL0K ${word}`, ["abusive"]], [home, `Tolong ada orang tenggelam ${word}`, ["emergency"]],
  ]) {
    const report = await add(jaki, point, { description });
    assert.equal(report.status, "incoming", description);
    assert.equal(report.held_for, undefined, "the channel is not told why");
    assert.equal(report.unit.name, crm.user("triage").unit);
    assert.deepEqual((await open(triage, report)).held_for, codes);
    assert.equal((await officer.get(`/api/v1/reports/${report.id}`)).status, 404, "no unit sees it yet");
    const rings = (await items(triage, "notices?limit=100")).some((notice) => notice.report.id === report.id);
    assert.equal(rings, codes.includes("emergency"), "only an emergency rings");
  }
  const good = await add(jaki, home, { description: `Selang pemadam kebakaran rusak ${word}` });
  assert.equal(good.status, "waiting");
});

await test("a likely duplicate is held and shown on both, to who may open both", async () => {
  const text = ownText();
  const first = await add(jaki, home, { description: `${text} pertama` });
  const second = await add(desk, home, { visibility: "public", description: `Segera tindak lanjuti masalah. ${text.toUpperCase()} kedua` });
  assert.equal(second.status, "incoming");
  assert.deepEqual((await open(triage, second)).held_for, ["duplicate"]);
  const [hint] = await related(triage, second);
  assert.deepEqual([hint.id, hint.ticket, hint.relation, hint.visibility, hint.distance_m], [first.id, first.ticket, "duplicate", "private", 0]);
  assert.ok(hint.similarity > 0.6 && hint.similarity < 1, `${hint.similarity}`);
  assert.equal(hint.confidentiality.level, "private");
  assert.equal((await related(triage, first))[0].id, second.id);
  assert.deepEqual(await related(officer, first), [], "an officer sees no sign of what is still filtered");
  assertProblem(await officer.get(`/api/v1/reports/${second.id}/related`), 404);
  assertProblem(await jaki.get(`/api/v1/reports/${first.id}/related`), 403);
});

await test("a quoted number becomes a link only for who may open that report", async () => {
  const quoted = await add(jaki, other, { description: ownText() });
  const report = await add(jaki, home, { description: `Sudah lapor ${quoted.ticket.toLowerCase()} dan JK2001010001, ${ownText()}` });
  assert.ok(report.description.includes(quoted.ticket.toLowerCase()), "a ticket number is no telephone number");
  assert.deepEqual((await related(triage, report)).map(({ id, relation }) => [id, relation]), [[quoted.id, "quoted"]]);
  assert.deepEqual(await related(officer, report), []);
});

await test("words of the filter: an admin adds and removes, triage reads", async () => {
  const word = `kata${uniqueWord()}`;
  assertProblem(await triage.post("/api/v1/words", { word, kind: "abuse" }), 403);
  assertProblem(await officer.get("/api/v1/words"), 403);
  const answer = await admin.post("/api/v1/words", { word: `  ${word.toUpperCase()}!! `, kind: "abuse" });
  assert.equal(answer.status, 201, answer.text);
  assert.deepEqual(Object.keys(answer.json), ["confidentiality", "word"]);
  assert.deepEqual([answer.json.word.word, answer.json.word.kind], [word, "abuse"]);
  const again = await admin.post("/api/v1/words", { word, kind: "abuse" });
  assert.deepEqual(again.json, answer.json, "once more is the same");
  assertProblem(await admin.post("/api/v1/words", { word, kind: "emergency" }), 422, [["/word", "duplicate"]]);
  assertProblem(await admin.post("/api/v1/words", { word: "!!! 12", kind: "abuse" }), 422, [["/word", "format"]]);
  assertProblem(await admin.post("/api/v1/words", { word: "x", kind: "lain" }), 422, [["/word", "too_short"], ["/kind", "unknown"]]);
  assert.ok((await items(triage, "words")).some((one) => one.id === answer.json.word.id));
  assert.equal((await add(jaki, home, { description: `ini ${word} lho` })).status, "incoming");
  assertProblem(await triage.delete(`/api/v1/words/${answer.json.word.id}`), 403);
  assert.equal((await admin.delete(`/api/v1/words/${answer.json.word.id}`)).json.status, "deleted");
  assertProblem(await admin.delete(`/api/v1/words/${answer.json.word.id}`), 404);
  assertProblem(await admin.delete("/api/v1/words/lain"), 404);
  assert.equal((await add(jaki, home, { description: `ini ${word} lho` })).status, "waiting");
});

const keyed = (members, options) => send(triage, reportBody(home, { channel: "walikota", description: ownText(), ...members }), options);

await test("a desk officer keys in a report: sealed, masked, and no identity in the answer", async () => {
  const secret = `Sri ${uniqueWord()}`;
  const ref = `surat-${randomUUID()}`;
  const body = { visibility: "public", description: `${ownText()} hp 081299887766`, channel_ref: ref, reporter: { name: secret, phone: "081299887766" } };
  const answer = await keyed(body, { photos: [jpeg({ width: 50, height: 40 })] });
  assert.equal(answer.status, 201, answer.text);
  assert.equal(answer.headers.location, `/api/v1/reports/${answer.json.report.id}`);
  const { report } = answer.json;
  assert.deepEqual([report.status, report.unit.name], ["waiting", home.unit]);
  assert.deepEqual(report.reporter, { anonymous: true });
  assert.equal(report.photos.items.length, 1);
  assert.match(report.description, /hp \[telepon\]$/);
  for (const word of [secret, ref, "081299887766"]) assert.ok(!answer.text.includes(word), word);
  const [[channel, sealed, reference]] = sql(`select c.name, (select count(*) from identity.sealed s where s.report_id = r.id),
    (select o.channel_ref from crm.report_origin o where o.report_id = r.id)
    from crm.report r join crm.channel c on c.id = r.channel_id where r.id = '${report.id}'`);
  assert.deepEqual([channel, Number(sealed), reference], ["walikota", 1, ref]);
  const [event] = (await triage.get(`/api/v1/reports/${report.id}/events`)).json.items;
  assert.deepEqual([event.type, event.by], ["received", { unit: crm.user("triage").unit, name: "Triase Meja" }]);
  assert.equal((await officer.get(`/api/v1/reports/${report.id}`)).status, 200);
});

await test("the photos of a private one are sealed", async () => {
  const answer = await keyed({}, { photos: [jpeg({ width: 50, height: 40 })] });
  assert.equal(answer.status, 201, answer.text);
  assert.deepEqual(answer.json.report.photos, { locked: true });
  assert.deepEqual(sql(`select is_sealed from crm.photo where report_id = '${answer.json.report.id}'`), [["t"]]);
});

await test("the same key again gets the first answer, other words 422", async () => {
  const key = randomUUID();
  const body = reportBody(home, { channel: "email", description: ownText() });
  const first = await send(triage, body, { key });
  const again = await send(triage, body, { key });
  assert.deepEqual([first.status, again.status, again.headers["idempotency-replayed"]], [201, 201, "true"]);
  assert.deepEqual(again.json, first.json);
  assertProblem(await send(triage, { ...body, channel: "media" }, { key }), 422);
  assert.equal((await send(colleague, body, { key })).status, 201, "a key belongs to its account");
});

await test("only for channels without a door of their own, only by triage", async () => {
  assertProblem(await keyed({ channel: undefined }), 422, [["/channel", "required"]]);
  for (const channel of ["jaki", "open311", "qlue", "lain"]) assertProblem(await keyed({ channel }), 422, [["/channel", "unknown"]]);
  assertProblem(await send(jaki, reportBody(home, { channel: "walikota" })), 422, [["", "unknown_member"]]);
  for (const client of [officer, admin]) assertProblem(await send(client, reportBody(home, { channel: "walikota" })), 403);
  const list = await items(triage, "channels");
  assert.ok(list.some(({ code, name }) => code === "walikota" && name === "Kantor Wali Kota"));
  assert.ok(!list.some(({ code }) => ["jaki", "open311", "qlue"].includes(code)));
  assertProblem(await officer.get("/api/v1/channels"), 403);
});

await test("suggestions: the usual agency first, what officers chose once enough is known", async () => {
  const report = await add(jaki, home, { category: "air_bersih", description: ownText() });
  const ask = (client, lang = "en") => items(client, `reports/${report.id}/suggestions`, { "Accept-Language": lang });
  assert.deepEqual((await ask(officer)).map(({ unit, count, of, share, why }) => [unit.name, unit.kind, count, of, share, why]),
    [["PAM Jaya", "bumd", 0, 0, undefined, "This unit usually handles this category."]]);
  assert.equal((await ask(officer, "id"))[0].why, "Unit ini biasanya menangani kategori ini.");
  sql(`select crm.choice_add('hand_over', 'air_bersih', a.code, u.id, 1) from crm.unit u, crm.area a, generate_series(1, 12)
    where u.name = 'Dinas Sumber Daya Air' and a.code = '31.75.07.1005'`);
  const [first, second] = await ask(triage);
  assert.deepEqual([first.unit.name, first.count, first.of, first.share], ["Dinas Sumber Daya Air", 12, 12, 1]);
  assert.match(first.why, /^12 of 12 reports like this \(Air Bersih\) in Kelurahan .+ went to this unit\.$/);
  assert.equal(second.unit.name, "PAM Jaya");
  assertProblem(await elsewhere.get(`/api/v1/reports/${report.id}/suggestions`), 404);
  assertProblem(await jaki.get(`/api/v1/reports/${report.id}/suggestions`), 403);
});

for (const client of everybody) client.close();
finish();
