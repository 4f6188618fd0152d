// A report's life: taken, answered, followed up with proof, refused, followed
// up again, accepted; and who sees what of it on the timeline.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { assertProblem, labelOf } from "../support/checked.mjs";
import { finish, test } from "../support/count.mjs";
import { instance, sql } from "../support/instance.mjs";
import { addAccount, channelOf, enter, enterAs } from "../support/people.mjs";
import { jpeg } from "../support/pictures.mjs";
import { KLENDER, pointIn } from "../support/places.mjs";
import { add, countedHours, followUp, reread, step, stepped } from "../support/reports.mjs";

const crm = instance();
const klender = pointIn(KLENDER);
const jaki = channelOf(crm);
const officer = await enterAs(crm, "officer", klender.unit, { name: "Petugas Satu" });
const colleague = await enterAs(crm, "officer", klender.unit, { name: "Petugas Dua" });
const supervisor = await enterAs(crm, "supervisor", "Kecamatan Duren Sawit", { name: "Camat Uji" });
const triage = await enterAs(crm, "triage", crm.user("triage").unit, { name: "Triase Uji" });
const validator = await enterAs(crm, "validator", "Biro Pemerintahan", { name: "Pemeriksa Uji" });
const elsewhere = await enterAs(crm, "officer", "Kelurahan Pluit");
const everybody = [jaki, officer, colleague, supervisor, triage, validator, elsewhere];
const timeline = async (client, report, query = "") => {
  const answer = await client.get(`/api/v1/reports/${report.id}/events${query}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.json;
};

let report = await add(jaki, klender, {}, { photos: [jpeg({ width: 30, height: 20 })] });

await test("an officer opens it by id and by ticket", async () => {
  for (const reference of [report.id, report.ticket]) {
    const answer = await officer.get(`/api/v1/reports/${reference}`);
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.headers.etag, '"1"');
    const { redacted: _, returns, second_open: second, steps, ...seen } = answer.json.report;
    const { redacted: __, steps: ___, ...sent } = report;
    assert.deepEqual(seen, sent, "as the channel sees it");
    assert.deepEqual([returns, second], [0, false], "and what stays inside the city");
    assert.equal(answer.headers["last-modified"], undefined);
  }
  const head = await officer.send("HEAD", `/api/v1/reports/${report.id}`);
  assert.equal(head.status, 200);
  assert.equal(head.body.length, 0);
  assert.equal(head.headers.etag, '"1"');
});

await test("each opening leaves an audit row in the officer's name", async () => {
  const count = () => Number(sql(`select count(*) from audit.entry e join crm.account a on a.id = e.account_id
    where a.username = '${officer.user.username}' and e.action = 'report_open' and e.report_id = '${report.id}'`)[0][0]);
  const before = count();
  await officer.get(`/api/v1/reports/${report.id}`);
  await officer.get(`/api/v1/reports/${report.ticket}`);
  assert.equal(count(), before + 2);
  await officer.get(`/api/v1/reports/${randomUUID()}`);
  assert.equal(count(), before + 2);
});

await test("take: 201 with the event, the report after it and its version", async () => {
  const answer = await step(officer, report, { type: "take", note: "saya ambil" });
  assert.equal(answer.status, 201, answer.text);
  assert.deepEqual(Object.keys(answer.json), ["confidentiality", "event", "report"]);
  assert.deepEqual(answer.json.confidentiality, labelOf("private"));
  const { event } = answer.json;
  assert.equal(event.type, "take");
  assert.deepEqual(event.by, { unit: klender.unit, name: "Petugas Satu" });
  assert.deepEqual([event.from, event.to, event.note], ["waiting", "in_progress", "saya ambil"]);
  assert.equal(answer.headers.etag, '"2"');
  assert.equal(answer.json.report.version, 2);
  assert.equal(answer.json.report.status, "in_progress");
  assert.equal(answer.json.report.id, report.id);
  const hours = countedHours(event.at, answer.json.report.due_at);
  assert.ok(Math.abs(hours - 24) < 0.1, `a kelurahan has 24 hours: ${hours}`);
  report = answer.json.report;
});

await test("without If-Match 428, with an old one 412, nothing changed", async () => {
  const event = { type: "reply", text: "Segera." };
  assertProblem(await step(officer, report, event, { version: null }), 428);
  assertProblem(await step(officer, report, event, { version: 1 }), 412);
  assertProblem(await step(officer, report, event, { version: 99 }), 412);
  for (const value of ["2", "*", "W/\"2\"", "\"x\"", "\"\"", "\"2\",\"3\"", "\"99999999999999999999\""]) {
    assertProblem(await step(officer, report, event, { version: null, headers: { "If-Match": value } }), 412);
  }
  assert.equal((await reread(officer, report)).version, 2);
});

await test("note, reply and a colleague's note", async () => {
  report = await stepped(officer, report, { type: "note", note: "rahasia kantor" });
  report = await stepped(officer, report, { type: "reply", text: "Kami datang besok." });
  report = await stepped(colleague, report, { type: "note", note: "alat siap" });
  report = await stepped(supervisor, report, { type: "note", note: "mohon segera" });
  report = await stepped(triage, report, { type: "note", note: "sudah benar unitnya" });
  assert.equal(report.status, "in_progress");
  assert.equal(report.version, 7);
});

await test("a follow-up without its evidence is told all that is missing", async () => {
  const [full, options] = followUp(klender);
  const missing = async (members, wanted, photos = options.photos) => {
    const event = Object.fromEntries(Object.entries({ ...full, ...members }).filter(([, value]) => value !== undefined));
    const answer = await step(officer, report, event, { photos });
    assertProblem(answer, 422);
    const pointers = answer.json.errors.map(({ pointer }) => pointer);
    for (const pointer of wanted) assert.ok(pointers.includes(pointer), `${pointer} in ${pointers}`);
  };
  await missing({ text: undefined }, ["/text"]);
  await missing({ captured_at: undefined }, ["/captured_at"]);
  await missing({ location: undefined }, ["/location"]);
  await missing({ location: { lat: 1 } }, ["/location/lng"]);
  await missing({}, ["/photos"], []);
  await missing({ captured_at: new Date(Date.now() + 3600_000).toISOString() }, ["/captured_at"]);
  await missing({ text: undefined, captured_at: undefined, location: undefined },
    ["/text", "/captured_at", "/location", "/photos"], []);
  assertProblem(await step(officer, report, full, { photos: [Buffer.from("bukan foto")] }), 422, [["/photos/0", "photo_unreadable"]]);
  assertProblem(await step(officer, report, full, { photos: Array(6).fill(options.photos[0]) }), 422, [["/photos", "too_many"]]);
  assert.equal((await reread(officer, report)).version, report.version, "nothing changed");
});

await test("a follow-up with proof photos waits for validation", async () => {
  const [event] = followUp({ lat: klender.lat + 0.001, lng: klender.lng }, { note: "untuk validator" });
  const answer = await step(officer, report, event, { photos: [1, 2, 3].map((n) => jpeg({ width: 50 + n, height: 40 })) });
  assert.equal(answer.status, 201, answer.text);
  const made = answer.json.event;
  assert.equal(made.text, event.text);
  assert.equal(new Date(made.captured_at).getTime(), Date.parse(event.captured_at));
  assert.ok(Math.abs(made.location.distance_m - 111) < 2, `${made.location.distance_m} m`);
  assert.deepEqual(made.photos.items.map(({ width }) => width), [51, 52, 53], "in the order sent");
  report = answer.json.report;
  assert.equal(report.status, "awaiting_validation");
  const hours = countedHours(made.at, report.due_at);
  assert.ok(Math.abs(hours - 48) < 0.1, `the validator has 48 hours: ${hours}`);
});

await test("refused with a reason, done again, accepted", async () => {
  assertProblem(await step(validator, report, { type: "refuse_work" }), 422, [["/reason", "required"]]);
  report = await stepped(validator, report, { type: "refuse_work", reason: "foto buram", note: "lihat foto 2" });
  assert.equal(report.status, "followup_rejected");
  report = await stepped(colleague, report, { type: "take" });
  const [event, options] = followUp(klender);
  report = await stepped(colleague, report, event, options);
  report = await stepped(validator, report, { type: "accept_work" });
  assert.equal(report.status, "completed");
  assert.equal(report.due_at, null);
  assert.equal(report.overdue, false);
});

await test("after the end nothing goes on but notes and answers", async () => {
  const [event, options] = followUp(klender);
  for (const [client, body, more] of [[officer, { type: "take" }], [officer, event, options],
    [validator, { type: "accept_work" }], [validator, { type: "refuse_work", reason: "x" }]]) {
    const answer = await step(client, report, body, more);
    assertProblem(answer, 409);
    assert.equal(answer.json.code, "completed");
  }
});

const STEPS = ["accept_work", "follow_up", "take", "refuse_work", "follow_up", "note", "note", "note", "reply", "note", "take", "received"];
await test("the timeline is whole, newest first, in pages too", async () => {
  const whole = await timeline(officer, report);
  assert.deepEqual(whole.items.map(({ type }) => type), STEPS);
  assert.equal(whole.next_cursor, null);
  const ids = [];
  let cursor = null;
  do {
    const page = await timeline(officer, report, `?limit=5${cursor ? `&cursor=${cursor}` : ""}`);
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.next_cursor;
  } while (cursor);
  assert.deepEqual(ids, whole.items.map(({ id }) => id));
  assert.equal(whole.confidentiality.level, "private");
});

/** Reader → [sees notes and reasons, names that are seen]. */
const EYES = [
  [officer, true, ["Petugas Satu", "Petugas Dua"]],
  [supervisor, true, ["Petugas Satu", "Petugas Dua", "Camat Uji", "Triase Uji", "Pemeriksa Uji"]],
  [validator, true, ["Petugas Satu", "Petugas Dua", "Camat Uji", "Triase Uji", "Pemeriksa Uji"]],
  [triage, true, ["Triase Uji"]],
  [jaki, false, []],
];
for (const [client, seesNotes, names] of EYES) {
  await test(`the timeline as ${client.user?.role ?? "channel"}`, async () => {
    const { items } = await timeline(client, report);
    const text = JSON.stringify(items);
    for (const note of ["rahasia kantor", "mohon segera", "foto buram", "untuk validator", "saya ambil"]) {
      assert.equal(text.includes(note), seesNotes, note);
    }
    for (const name of ["Petugas Satu", "Petugas Dua", "Camat Uji", "Triase Uji", "Pemeriksa Uji"]) {
      assert.equal(text.includes(name), names.includes(name), name);
    }
    assert.ok(text.includes("Kami datang besok.") && text.includes("Sudah ditambal."), "what the reporter is told");
    for (const item of items) {
      if (item.type !== "received") assert.ok(item.by.unit, "the unit answers for it");
      assert.equal(item.redacted.includes("note"), !seesNotes);
    }
    assert.equal(items.filter(({ type }) => type === "follow_up").every(({ photos }) => photos.items.length > 0), true);
  });
}

await test("to another unit it does not exist", async () => {
  const unknown = await elsewhere.get(`/api/v1/reports/${randomUUID()}`);
  for (const path of [report.id, report.ticket, `${report.id}/events`]) {
    const answer = await elsewhere.get(`/api/v1/reports/${path}`);
    assertProblem(answer, 404);
    assert.equal(answer.body.length, unknown.body.length);
  }
  for (const type of ["take", "note", "reply"]) assertProblem(await step(elsewhere, report, { type, note: "x", text: "x" }), 404);
});

await test("nobody validates the work of their own unit, whatever their role", async () => {
  const other = await add(jaki, klender);
  let work = await stepped(officer, other, { type: "take" });
  const [event, options] = followUp(klender);
  work = await stepped(officer, work, event, options);
  const insider = await enterAs(crm, "validator", klender.unit);
  for (const body of [{ type: "accept_work" }, { type: "refuse_work", reason: "x" }]) {
    assertProblem(await step(insider, work, body), 403);
  }
  const turncoat = addAccount({ role: "validator", unit: "Biro Pemerintahan" });
  sql(`update crm.event_internal i set by_account_id = a.id from crm.account a, crm.event e
    where a.username = '${turncoat.username}' and e.id = i.event_id and e.report_id = '${work.id}' and e.type = 'follow_up'`);
  const moved = await enter(crm, turncoat);
  assertProblem(await step(moved, work, { type: "accept_work" }), 403);
  assert.equal((await step(validator, work, { type: "accept_work" })).status, 201);
  insider.close();
  moved.close();
});

await test("two officers with the same version: one wins", async () => {
  for (let round = 0; round < 6; round += 1) {
    const one = await add(jaki, klender);
    const answers = await Promise.all([officer, colleague, officer, colleague].map((client) => step(client, one, { type: "take" })));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 412, 412, 412]);
    assert.equal((await reread(officer, one)).version, 2);
    assert.equal((await timeline(officer, one)).items.length, 2);
  }
});

await test("the same step sent again with its key is answered again, not done again", async () => {
  const one = await stepped(officer, await add(jaki, klender), { type: "take" });
  const headers = { "Idempotency-Key": randomUUID() };
  const [event, options] = followUp(klender);
  const first = await step(officer, one, event, { ...options, headers });
  const again = await step(officer, one, event, { ...options, headers });
  assert.equal(first.status, 201, first.text);
  assert.equal(again.status, 201, again.text);
  assert.equal(again.headers["idempotency-replayed"], "true");
  assert.deepEqual(again.json, first.json);
  assertProblem(await step(officer, one, { type: "note", note: "lain" }, { headers, version: 3 }), 422);
  const elsewhereKey = await step(colleague, first.json.report, { type: "note", note: "x" }, { headers });
  assert.equal(elsewhereKey.status, 201, "a key belongs to its account");
  assert.equal((await timeline(officer, one)).items.length, 4);
});

for (const client of everybody) client.close();
finish();
