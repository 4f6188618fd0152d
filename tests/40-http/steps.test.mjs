// One report through the hands of all: filter, hand-over, instruction, return,
// question and answer, schedule, follow-up, refusal, completion, rating,
// reopening. Before each step those who may not take it are refused, and what
// is missing is named; after it the timeline says who sees what.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { openapiJson } from "../../web-client/openapi.mjs";
import { assertProblem } from "../support/checked.mjs";
import { finish, test } from "../support/count.mjs";
import { instance, sql } from "../support/instance.mjs";
import { channelOf, enterAs } from "../support/people.mjs";
import { jpeg } from "../support/pictures.mjs";
import { KLENDER, pointIn } from "../support/places.mjs";
import { add, followUp, reread, step, stepped } from "../support/reports.mjs";
import { Schemas } from "../support/schema.mjs";

const crm = instance();
const schemas = new Schemas(JSON.parse(await openapiJson()));
const klender = pointIn(KLENDER);
const DINAS = "Dinas Bina Marga";
const [[SUDIN]] = sql(`select name from crm.unit where parent_id = (select id from crm.unit where name = '${DINAS}') and kind = 'sudin' order by name limit 1`);
const unitId = (name) => sql(`select id from crm.unit where name = '${name}'`)[0][0];
const accountId = (client) => sql(`select id from crm.account where username = '${client.user.username}'`)[0][0];
const days = (count) => new Date(Date.now() + count * 86400_000).toISOString();

const jaki = channelOf(crm);
const desk = channelOf(crm, "desk");
const people = {
  officer: await enterAs(crm, "officer", klender.unit, { name: "Petugas Klender" }),
  lurah: await enterAs(crm, "supervisor", klender.unit, { name: "Lurah Klender" }),
  dinas: await enterAs(crm, "officer", DINAS, { name: "Petugas Dinas" }),
  head: await enterAs(crm, "supervisor", DINAS, { name: "Kepala Dinas" }),
  sudin: await enterAs(crm, "officer", SUDIN, { name: "Petugas Sudin" }),
  colleague: await enterAs(crm, "officer", SUDIN, { name: "Rekan Sudin" }),
  triage: await enterAs(crm, "triage", crm.user("triage").unit, { name: "Triase Uji" }),
  validator: await enterAs(crm, "validator", "Biro Pemerintahan", { name: "Pemeriksa Uji" }),
  elsewhere: await enterAs(crm, "officer", "Kelurahan Pluit"),
  jaki, desk,
};
const isChannel = (who) => who === "jaki" || who === "desk";
const headersOf = (who, key = randomUUID()) => (isChannel(who) ? { "Idempotency-Key": key } : {});
const names = { Report: new Set(), Event: new Set() };

function fits(kind, object) {
  assert.deepEqual(schemas.faults({ $ref: `#/components/schemas/${kind}` }, object), [], kind);
  for (const name of Object.keys(object)) names[kind].add(name);
}

/**
 * Takes one step of the journey, after all that must be refused: `others` get
 * 403, `unseen` 404, `missing` members 422; then 201 and the status `to`.
 */
async function go(report, who, event, { to, others = [], unseen = ["elsewhere", "desk"], missing = [], photos } = {}) {
  const send = (client, body, options = {}) =>
    step(people[client], report, body, { photos, ...options, headers: { ...headersOf(client), ...options.headers } });
  for (const one of others) assertProblem(await send(one, event), 403);
  for (const one of unseen) assertProblem(await send(one, event), 404);
  assertProblem(await send(who, event, { version: null }), 428);
  assertProblem(await send(who, event, { version: report.version - 2 }), 412);
  for (const name of missing) {
    const { [name]: _, ...less } = event;
    assertProblem(await send(who, less), 422, [[`/${name}`, "required"]]);
  }
  const before = await reread(people[who], report);
  assert.equal(before.version, report.version, "nothing was changed by what was refused");
  assert.ok(before.steps.includes(event.type), `${event.type} in ${before.steps}`);
  const answer = await send(who, event);
  assert.equal(answer.status, 201, `${event.type}: ${answer.text}`);
  fits("Report", answer.json.report);
  fits("Event", answer.json.event);
  assert.equal(answer.json.event.type, event.type);
  if (to) assert.equal(answer.json.report.status, to);
  assert.equal(answer.json.report.version, report.version + 1);
  return answer.json;
}

let report = await add(jaki, null, { location: null, visibility: "private" });
let last;
const after = async (...args) => {
  last = await go(report, ...args);
  report = last.report;
};

await test("triage routes what has no place to its kelurahan", async () => {
  assert.equal(report.status, "incoming");
  assertProblem(await step(people.officer, report, { type: "take" }), 404);
  const event = { type: "route", unit: unitId(klender.unit), category: "jalan", location: { lat: klender.lat, lng: klender.lng } };
  await after("triage", event, { to: "waiting", others: ["jaki"], unseen: ["elsewhere", "officer", "desk"], missing: ["unit"] });
  assert.equal(report.location.kelurahan.code, KLENDER);
  assert.equal(report.unit.name, klender.unit);
  assert.equal(last.event.to_unit.name, klender.unit);
});

await test("the kelurahan hands it over to a dinas", async () => {
  const event = { type: "hand_over", unit: unitId(DINAS), reason: "Jalan provinsi", note: "sudah ditelepon" };
  await after("officer", event, { to: "coordination", others: ["jaki", "lurah", "triage", "validator"], unseen: ["elsewhere", "dinas"], missing: ["unit", "reason"] });
  assert.equal(report.unit.name, DINAS);
  assert.equal(last.event.to_unit.name, DINAS);
  assertProblem(await step(people.dinas, report, { ...event, unit: unitId(DINAS) }), 422, [["/unit", "own_unit"]]);
  assertProblem(await step(people.dinas, report, { ...event, unit: randomUUID() }), 422, [["/unit", "unknown"]]);
});

await test("who handed it over does not go on with it", async () => {
  assertProblem(await step(people.officer, report, { type: "take" }), 403);
  assertProblem(await step(people.officer, report, { type: "reply", text: "x" }), 403);
});

await test("the dinas instructs a suku dinas of its own, and none but one of its own", async () => {
  const event = { type: "dispose", unit: unitId(SUDIN), reason: "Tolong dikerjakan" };
  await after("dinas", event, { to: "disposition", others: ["officer", "jaki", "head", "validator"], missing: ["unit", "reason"] });
  assert.equal(report.unit.name, SUDIN);
  assertProblem(await step(people.sudin, report, { ...event, unit: unitId(DINAS) }), 403);
});

await test("the suku dinas sends it back, with a reason", async () => {
  await after("sudin", { type: "return", reason: "Bukan ruas kami" }, { to: "coordination", others: ["dinas", "jaki"], missing: ["reason"] });
  assert.equal(report.unit.name, DINAS);
  assert.equal(report.returns, 1);
  assertProblem(await step(people.dinas, report, { type: "dispose", unit: unitId(klender.unit), reason: "x" }), 422, [["/unit", "not_below"]]);
  await after("dinas", { type: "dispose", unit: unitId(SUDIN), reason: "Sudah dicek, ruas Anda" }, { to: "disposition" });
});

await test("a supervisor above assigns it to an officer of the unit", async () => {
  const event = { type: "assign", officer: accountId(people.sudin) };
  await after("head", event, { to: "disposition", others: ["sudin", "lurah", "jaki", "validator"], missing: ["officer"] });
  assert.deepEqual(report.officer, { id: accountId(people.sudin), name: "Petugas Sudin" });
  assert.equal(last.event.officer, "Petugas Sudin");
  assertProblem(await step(people.head, report, { type: "assign", officer: accountId(people.dinas) }), 422, [["/officer", "unknown"]]);
  const seen = await Promise.all(["sudin", "validator", "officer", "dinas", "triage", "jaki"].map(async (who) => [who, await reread(people[who], report)]));
  for (const [who, one] of seen) {
    assert.equal(one.officer?.name, ["sudin", "validator"].includes(who) ? "Petugas Sudin" : undefined, who);
    assert.equal(one.redacted.includes("officer.name"), !["sudin", "validator"].includes(who), who);
  }
});

await test("it is taken, and of two who take it one is told that it was changed", async () => {
  const answers = await Promise.all([step(people.sudin, report, { type: "take" }), step(people.colleague, report, { type: "take" })]);
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 412]);
  report = answers.find(({ status }) => status === 201).json.report;
  assert.equal(report.status, "in_progress");
  assertProblem(await step(people.sudin, report, { type: "take" }), 409);
  assert.equal((await step(people.sudin, report, { type: "take" })).json.code, "in_progress");
});

await test("a question stops the clock until the reporter answers", async () => {
  assertProblem(await step(jaki, report, { type: "answer", text: "x" }, { headers: headersOf("jaki") }), 409);
  await after("sudin", { type: "ask", text: "Di sisi jalan yang mana?" }, { to: "in_progress", others: ["officer", "jaki", "head"], missing: ["text"] });
  assert.equal(report.paused, true);
  assert.equal(report.due_at, null);
  await after("jaki", { type: "answer", text: "Sisi utara" }, { to: "in_progress", others: ["sudin", "triage"], missing: ["text"] });
  assert.equal(report.paused, false);
  assert.notEqual(report.due_at, null);
});

await test("what a channel says is masked before anything is stored", async () => {
  await after("sudin", { type: "ask", text: "Ada nomor rumah?" });
  const text = "Hubungi saya di 0812-3456-7890 atau budi@contoh.id, NIK 3175074507920003, dekat B 1234 XYZ";
  const masked = "Hubungi saya di [telepon] atau [surel], NIK [NIK], dekat B 1234 XYZ";
  const key = randomUUID();
  const first = await step(jaki, report, { type: "answer", text }, { headers: headersOf("jaki", key) });
  assert.equal(first.status, 201, first.text);
  assert.equal(first.json.event.text, masked);
  const again = await step(jaki, report, { type: "answer", text }, { headers: headersOf("jaki", key) });
  assert.equal(again.headers["idempotency-replayed"], "true");
  assert.equal(again.json.event.text, masked);
  report = first.json.report;
  assert.equal((await people.sudin.get(`/api/v1/reports/${report.id}/events?limit=1`)).json.items[0].text, masked);
  const rows = sql("select coalesce(text, '') from crm.event union all select coalesce(report::text, '') from crm.idempotency").flat();
  assert.ok(!rows.some((row) => /0812-3456-7890|budi@contoh|3175074507920003/.test(row)));
});

await test("a channel's step needs an Idempotency-Key, and the same key the same words", async () => {
  const answer = await step(jaki, report, { type: "me_too" });
  assertProblem(answer, 400, [["", "idempotency_key"]]);
  const key = randomUUID();
  const one = await step(jaki, report, { type: "me_too" }, { headers: headersOf("jaki", key) });
  assert.equal(one.json.report.me_too, 1);
  // What an officer holds is still good; a channel must have seen its own step.
  assert.equal((await step(people.sudin, report, { type: "note", note: "tetap cocok" })).status, 201);
  assertProblem(await step(jaki, report, { type: "me_too" }, { headers: headersOf("jaki") }), 412);
  report = await reread(jaki, report);
  assertProblem(await step(jaki, report, { type: "confirm" }, { headers: headersOf("jaki", key) }), 422, [["/", "idempotency_key_reused"]]);
});

await test("a date is wished for, refused, wished for again and approved by somebody above", async () => {
  const event = { type: "schedule", until: days(20), reason: "Menunggu alat berat" };
  await after("sudin", event, { to: "in_progress", others: ["dinas", "head", "jaki"], missing: ["until", "reason"] });
  assert.equal(report.schedule.approved, false);
  for (const until of [days(-1), days(0.5), days(400)]) {
    assertProblem(await step(people.sudin, report, { ...event, until }), 422, [["/until", "range"]]);
  }
  await after("head", { type: "refuse_schedule", reason: "Terlalu lama" }, { to: "in_progress", others: ["sudin", "lurah"], missing: ["reason"] });
  assert.equal(report.schedule, undefined);
  assertProblem(await step(people.head, report, { type: "approve_schedule" }), 409);
  await after("sudin", event, { to: "in_progress" });
  assert.equal((await reread(jaki, report)).schedule, undefined, "a wish is not told");
  await after("head", { type: "approve_schedule" }, { to: "scheduled", others: ["sudin", "lurah"] });
  assert.equal(report.schedule.approved, true);
  assert.ok(report.due_at && Date.parse(report.due_at) >= Date.parse(event.until) - 86400_000, report.due_at);
  assert.equal((await reread(jaki, report)).schedule.approved, true);
});

await test("progress with a photo, and a note with a view of the site that the channel never sees", async () => {
  await after("sudin", { type: "progress", text: "Setengah jadi.", captured_at: new Date().toISOString(), location: { lat: klender.lat, lng: klender.lng } },
    { to: "scheduled", others: ["dinas", "jaki"], missing: ["text"], photos: [jpeg({ width: 30, height: 20 })] });
  const [proof] = last.event.photos.items;
  const noted = await step(people.sudin, report, { type: "note", note: "pagar warga" }, { photos: [jpeg({ width: 20, height: 20 })] });
  assert.equal(noted.status, 201, noted.text);
  report = noted.json.report;
  const [site] = noted.json.event.photos.items;
  assert.equal((await people.validator.get(site.full)).status, 200);
  assertProblem(await jaki.get(site.full), 404);
  assert.equal((await jaki.get(proof.full)).status, 200);
  const told = (await jaki.get(`/api/v1/reports/${report.id}/events?limit=100`)).json.items;
  assert.ok(!JSON.stringify(told).includes(site.id) && told.some(({ photos }) => photos?.items[0].id === proof.id));
});

await test("the proof is of the last 30 days, and not of the future", async () => {
  const [event, { photos }] = followUp(klender);
  for (const [captured, code] of [[days(-31), "range"], [days(1), "future"]]) {
    assertProblem(await step(people.sudin, report, { ...event, captured_at: captured }, { photos }), 422, [["/captured_at", code]]);
  }
});

await test("followed up, refused, followed up again, accepted by one of two validators", async () => {
  const [event, { photos }] = followUp(klender);
  await after("sudin", event, { to: "awaiting_validation", others: ["officer", "dinas", "jaki", "head"], missing: ["text", "captured_at", "location"], photos });
  await after("validator", { type: "refuse_work", reason: "Foto buram" }, { to: "followup_rejected", others: ["sudin", "head", "triage", "jaki"], missing: ["reason"] });
  await after("sudin", { type: "take" }, { to: "in_progress" });
  await after("sudin", { ...event, captured_at: new Date().toISOString() }, { to: "awaiting_validation", photos });
  const second = await enterAs(crm, "validator", "Biro Pemerintahan");
  const answers = await Promise.all([people.validator, second].map((one) => step(one, report, { type: "accept_work" })));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 412]);
  report = answers.find(({ status }) => status === 201).json.report;
  second.close();
  assert.equal(report.status, "completed");
  assert.ok(report.completed_at);
});

await test("the reporter rates, confirms, and reopens", async () => {
  assertProblem(await step(jaki, report, { type: "rate", stars: 6 }, { headers: headersOf("jaki") }), 422, [["/stars", "range"]]);
  await after("jaki", { type: "rate", stars: 2, text: "Cepat rusak lagi" }, { to: "completed", others: ["sudin", "validator"], missing: ["stars"] });
  assert.equal(report.stars, 2);
  assert.equal(last.event.stars, 2);
  await after("jaki", { type: "confirm" }, { to: "completed", others: ["sudin"] });
  await after("jaki", { type: "reopen", text: "Lubang muncul lagi" }, { to: "waiting", others: ["sudin", "triage"], missing: ["text"] });
  assert.equal(report.unit.name, SUDIN);
  assert.equal(report.reopened, 1);
});

await test("after 30 days it is not reopened any more", async () => {
  const old = await add(jaki, klender);
  sql(`update crm.report set status = 'completed', completed_at = crm.now() - interval '30 days 1 minute' where id = '${old.id}'`);
  const answer = await step(jaki, old, { type: "reopen", text: "x" }, { headers: headersOf("jaki") });
  assertProblem(answer, 409);
  assert.equal(answer.json.code, "completed");
});

await test("rejected with a code the reporter is told, and an appeal brings it back to triage", async () => {
  let one = await add(jaki, klender);
  assertProblem(await step(people.triage, one, { type: "reject", reason: "tak-ada", text: "x" }), 422, [["/reason", "unknown"]]);
  one = (await go(one, "triage", { type: "reject", reason: "not_city", text: "Ini jalan tol." }, { to: "rejected", others: ["officer", "jaki"], missing: ["reason", "text"] })).report;
  const told = await reread(jaki, one);
  assert.equal(told.reason_code, "not_city");
  const [event] = (await jaki.get(`/api/v1/reports/${one.id}/events?limit=1`)).json.items;
  assert.deepEqual([event.type, event.reason_code, event.text], ["reject", "not_city", "Ini jalan tol."]);
  fits("Event", event);
  one = (await go(one, "jaki", { type: "appeal", text: "Ini jalan kampung" }, { to: "incoming", others: ["officer", "triage"], missing: ["text"] })).report;
  const held = await reread(people.triage, one);
  fits("Report", held);
  assert.deepEqual(held.held_for, ["appeal"]);
  assert.equal((await reread(jaki, one)).held_for, undefined);
});

await test("withdrawn, it stays so", async () => {
  let one = await add(jaki, klender);
  one = (await go(one, "jaki", { type: "withdraw", text: "Sudah dibereskan warga" }, { to: "rejected", others: ["officer", "triage"] })).report;
  assert.equal(one.reason_code, "withdrawn");
  assertProblem(await step(jaki, one, { type: "appeal", text: "x" }, { headers: headersOf("jaki") }), 409);
});

await test("made public and private again: the label follows at once", async () => {
  let one = await add(jaki, klender, { visibility: "public" }, { photos: [jpeg({ width: 20, height: 20 })] });
  const [photo] = (await reread(people.officer, one)).photos.items;
  one = (await go(one, "jaki", { type: "make_private" }, { to: "waiting", others: ["officer", "triage"] })).report;
  assert.equal((await reread(people.officer, one)).confidentiality.level, "private");
  assertProblem(await people.officer.get(photo.full), 404);
  one = (await go(one, "jaki", { type: "make_public" }, { to: "waiting", others: ["officer"] })).report;
  assert.equal((await reread(people.officer, one)).confidentiality.level, "public");
});

await test("what came with a private report stays locked when it turns public", async () => {
  let one = await add(jaki, klender, { visibility: "private" }, { photos: [jpeg({ width: 20, height: 20 })] });
  one = (await go(one, "jaki", { type: "make_public" }, { to: "waiting" })).report;
  assert.deepEqual((await reread(people.officer, one)).photos, { locked: false, items: [] });
  const [[photo]] = sql(`select id from crm.photo where report_id = '${one.id}'`);
  assertProblem(await people.officer.get(`/api/v1/photos/${photo}`), 404);
});

await test("a quoted ticket is a link only for who may open that report", async () => {
  const other = await add(jaki, klender);
  const quoting = await add(jaki, klender, { description: `Sama dengan ${other.ticket}, belum ditangani` });
  const seen = await reread(people.officer, quoting);
  fits("Report", seen);
  assert.deepEqual(seen.links, [{ id: other.id, ticket: other.ticket }]);
  sql(`update crm.report set unit_id = '${unitId("Kelurahan Pluit")}', unit_ids = array['${unitId("Kelurahan Pluit")}'::uuid] where id = '${other.id}'`);
  assert.equal((await reread(people.officer, quoting)).links, undefined);
});

await test("merged into another, it tells its channel what happens to that one", async () => {
  const main = await add(jaki, klender);
  let one = await add(jaki, klender);
  one = (await go(one, "triage", { type: "merge", into: main.ticket }, { to: "merged", others: ["officer", "jaki", "validator"], missing: ["into"] })).report;
  assert.equal(one.main.ticket, main.ticket);
  await stepped(people.officer, await reread(people.officer, main), { type: "take" });
  for (const who of ["jaki", "officer"]) {
    const seen = await reread(people[who], one);
    fits("Report", seen);
    assert.deepEqual(seen.main, { id: main.id, ticket: main.ticket, status: "in_progress" });
    const { items } = (await people[who].get(`/api/v1/reports/${one.id}/events`)).json;
    for (const item of items) fits("Event", item);
    assert.deepEqual(items.find(({ type }) => type === "merge").into, { id: main.id, ticket: main.ticket });
    assert.ok(items.some(({ type, step: what }) => type === "main_step" && what === "take"), JSON.stringify(items));
  }
  assert.equal((await reread(jaki, main)).merged, 1);
  one = (await go(await reread(people.triage, one), "triage", { type: "unmerge" }, { to: "waiting", others: ["officer", "jaki"] })).report;
  assert.equal(one.main, undefined);
});

await test("what is split off is masked like a report", async () => {
  const one = await add(jaki, klender);
  const event = { type: "split", category: "pohon", description: "Pohon tumbang, hubungi 0812-3456-7890, mobil B 1234 XYZ" };
  const { event: done } = await go(one, "triage", event, { to: "waiting", others: ["officer", "jaki"], missing: ["description"] });
  const made = await reread(people.triage, done.into);
  assert.equal(made.description, "Pohon tumbang, hubungi [telepon], mobil B 1234 XYZ");
  const [[open]] = sql(`select description_public from crm.report where id = '${made.id}'`);
  assert.equal(open, "Pohon tumbang, hubungi [telepon], mobil [plat]");
  assert.equal((await reread(jaki, done.into)).category.code, "pohon");
});

await test("the timeline: who sees what of it", async () => {
  for (const [who, client] of Object.entries(people).filter(([name]) => !["elsewhere", "desk"].includes(name))) {
    const { items } = (await client.get(`/api/v1/reports/${report.id}/events?limit=100`)).json;
    for (const item of items) fits("Event", item);
    const text = JSON.stringify(items);
    assert.equal(text.includes("Ruas") || text.includes("ruas Anda"), who !== "jaki", `${who}: reasons`);
    assert.equal(text.includes("pagar warga"), who !== "jaki", `${who}: notes`);
    const types = new Set(items.map(({ type }) => type));
    for (const inner of ["return", "assign", "schedule", "refuse_schedule", "note"]) assert.equal(types.has(inner), who !== "jaki", `${who}: ${inner}`);
    for (const told of ["hand_over", "dispose", "ask", "answer", "approve_schedule", "progress", "follow_up", "accept_work", "rate", "confirm", "reopen"]) {
      assert.ok(types.has(told), `${who}: ${told}`);
    }
    const namesOf = items.filter(({ by }) => by?.name).map(({ by }) => by.unit);
    if (["officer", "dinas", "sudin"].includes(who)) assert.ok(namesOf.every((unit) => unit === client.user.unit), `${who}: names of others`);
    if (who === "jaki") assert.deepEqual(namesOf, []);
  }
  for (const who of ["elsewhere", "desk"]) assertProblem(await people[who].get(`/api/v1/reports/${report.id}/events`), 404);
});

await test("these steps bring every member that only they bring", () => {
  for (const name of ["held_for", "officer", "schedule", "stars", "completed_at", "reason_code", "main", "links", "steps"]) assert.ok(names.Report.has(name), name);
  for (const name of ["reason_code", "to_unit", "officer", "until", "stars", "step", "into"]) assert.ok(names.Event.has(name), name);
});

for (const client of Object.values(people)) client.close();
finish();
