// One step for many reports: each a transaction of its own, what one is refused
// does not touch the next; and the last step taken back in time.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { assertProblem } from "../support/checked.mjs";
import { finish, test } from "../support/count.mjs";
import { instance, sql } from "../support/instance.mjs";
import { addAccount, channelOf, enter, enterAs } from "../support/people.mjs";
import { KLENDER, KARET_SEMANGGI, pointIn } from "../support/places.mjs";
import { add, reread, step, stepped } from "../support/reports.mjs";

const crm = instance();
const klender = pointIn(KLENDER);
const karet = pointIn(KARET_SEMANGGI);
const jaki = channelOf(crm);
const officer = await enterAs(crm, "officer", klender.unit);
const colleague = await enterAs(crm, "officer", klender.unit);
const triage = await enterAs(crm, "triage", crm.user("triage").unit);
const everybody = [jaki, officer, colleague, triage];
const made = async (count, place = klender, members = {}) => {
  const list = [];
  for (let n = 0; n < count; n += 1) list.push(await add(jaki, place, members));
  return list;
};
const items = (reports) => reports.map(({ id, version }) => ({ id, version }));
const bulk = (client, body, headers = {}) => client.post("/api/v1/bulk", body, headers);

await test("each of many is taken", async () => {
  const reports = await made(5);
  const answer = await bulk(officer, { type: "take", note: "semua sekaligus", items: items(reports) });
  assert.equal(answer.status, 200, answer.text);
  assert.deepEqual(answer.json.items, reports.map(({ id }) => ({ id, status: 201, version: 2 })));
  assert.equal(answer.json.confidentiality.level, "private");
  for (const report of reports) {
    const now = await reread(officer, report);
    assert.deepEqual([now.status, now.version], ["in_progress", 2]);
  }
  const [[audited]] = sql(`select count(*) from audit.entry where action = 'event_take' and report_id in (${reports.map(({ id }) => `'${id}'`).join()})`);
  assert.equal(audited, "5", "each has its own audit row");
});

await test("one that is public makes no private answer, and tickets will do", async () => {
  const reports = await made(2, klender, { visibility: "public" });
  const answer = await bulk(officer, { type: "take", items: reports.map(({ ticket, version }) => ({ id: ticket, version })) });
  assert.deepEqual(answer.json.items.map(({ id, status }) => [id, status]), reports.map(({ ticket }) => [ticket, 201]));
  assert.equal(answer.json.confidentiality.level, "public");
});

await test("mixed: done, wrong status, stale, not for this unit, not there, not valid", async () => {
  const [good, taken, stale, foreign, moved, last] = [...await made(3), ...await made(1, karet), ...await made(2)];
  await stepped(officer, taken, { type: "take" });
  await stepped(officer, stale, { type: "note", note: "x" });
  const [[dinas]] = sql("select id from crm.unit where name = 'Dinas Bina Marga'");
  const handed = await stepped(officer, moved, { type: "hand_over", unit: dinas, reason: "x" });
  const unknown = randomUUID();
  const answer = await bulk(officer, { type: "take", items: [...items([good]), { id: taken.id, version: 2 }, ...items([stale, foreign]),
    ...items([handed]), { id: unknown, version: 1 }, ...items([last])] });
  assert.equal(answer.status, 200, answer.text);
  assert.deepEqual(answer.json.items, [
    { id: good.id, status: 201, version: 2 },
    { id: taken.id, status: 409, code: "in_progress" },
    { id: stale.id, status: 412, code: "stale" },
    { id: foreign.id, status: 404, code: "not-found" },
    { id: moved.id, status: 403, code: "forbidden" },
    { id: unknown, status: 404, code: "not-found" },
    { id: last.id, status: 201, version: 2 },
  ]);
  const wrong = await bulk(officer, { type: "reply", items: [{ id: good.id, version: 2 }, { id: last.id, version: 2 }] });
  assert.deepEqual(wrong.json.items.map(({ status, code }) => [status, code]), [[422, "required"], [422, "required"]]);
});

await test("a hundred at most, each once, whole numbers, no photos", async () => {
  const [one] = await made(1);
  const id = one.id;
  const many = Array.from({ length: 101 }, () => ({ id: randomUUID(), version: 1 }));
  for (const [body, faults] of [
    [{ type: "take" }, [["/items", "required"]]],
    [{ type: "take", items: [] }, [["/items", "required"]]],
    [{ type: "take", items: {} }, [["/items", "type"]]],
    [{ type: "take", items: many }, [["/items", "too_many"]]],
    [{ type: "take", items: [{ id, version: 1 }, { id, version: 2 }] }, [["/items/1/id", "duplicate"]]],
    [{ type: "take", items: [{ id }] }, [["/items/0/version", "required"]]],
    [{ type: "take", items: [{ id, version: 1.5 }] }, [["/items/0/version", "type"]]],
    [{ type: "take", items: [{ id, version: 0 }] }, [["/items/0/version", "range"]]],
    [{ type: "take", items: [{ id, version: 1, status: "x" }] }, [["/items/0", "unknown_member"]]],
    [{ type: "take", items: ["x"] }, [["/items/0", "type"]]],
    [{ type: "follow_up", items: items([one]) }, [["/type", "not_allowed"]]],
    [{ type: "lain", items: items([one]) }, [["/type", "unknown"]]],
    [{ items: items([one]) }, [["/type", "required"]]],
    [{ type: "take", lain: 1, items: items([one]) }, [["", "unknown_member"]]],
  ]) assertProblem(await bulk(officer, body), 422, faults);
  assert.equal((await reread(officer, one)).version, 1, "nothing was done");
  const full = await bulk(officer, { type: "note", note: "x", items: many.slice(1) });
  assert.equal(full.json.items.length, 100);
  assert.ok(full.json.items.every(({ status }) => status === 404));
});

await test("the same key goes on where the first try stopped", async () => {
  const reports = await made(3);
  const key = { "Idempotency-Key": randomUUID() };
  const body = { type: "note", note: "sekali saja", items: items(reports) };
  const first = await bulk(officer, body, key);
  const again = await bulk(officer, body, key);
  assert.deepEqual(again.json.items, first.json.items);
  assert.equal(again.headers["idempotency-replayed"], "true");
  assert.equal(first.headers["idempotency-replayed"], undefined);
  for (const report of reports) assert.equal((await reread(officer, report)).version, 2, "once");
  const other = await bulk(officer, { ...body, note: "lain" }, key);
  assert.deepEqual(other.json.items.map(({ status, code }) => [status, code]), Array(3).fill([422, "idempotency_key_reused"]));
});

await test("not for channels, nobody and those without reports", async () => {
  const body = { type: "note", note: "x", items: items(await made(1)) };
  assertProblem(await bulk(jaki, body, { "Idempotency-Key": randomUUID() }), 403);
  for (const role of ["privacy", "admin"]) {
    const client = await enterAs(crm, role, "Inspektorat");
    assertProblem(await bulk(client, body), 403);
    client.close();
  }
  assertProblem(await bulk(officer, body, { "X-CRM": "0" }), 403);
});

await test("an account that is closed meanwhile ends it with 401, what was done stays done", async () => {
  const user = addAccount({ role: "officer", unit: klender.unit });
  const client = await enter(crm, user);
  const reports = await made(40);
  sql(`create function crm.uji_close() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      if new.note = 'uji tutup' and (select count(*) from crm.event_internal where note = 'uji tutup') >= 20 then
        update crm.account set is_active = false where username = '${user.username}';
      end if;
      return null;
    end $$;
    create trigger uji_close after insert on crm.event_internal for each row execute function crm.uji_close();`);
  try {
    assertProblem(await bulk(client, { type: "note", note: "uji tutup", items: items(reports) }), 401);
  } finally {
    sql("drop trigger uji_close on crm.event_internal; drop function crm.uji_close();");
  }
  const [[count]] = sql("select count(*) from crm.event_internal where note = 'uji tutup'");
  assert.equal(count, "20");
  client.close();
});

await test("others are served while a bulk is under way", async () => {
  const reports = await made(60);
  const slow = bulk(officer, { type: "note", note: "x", items: items(reports) });
  let served = 0;
  let isDone = false;
  slow.then(() => { isDone = true; });
  while (!isDone) {
    assert.equal((await colleague.get(`/api/v1/reports/${reports[0].id}`)).status, 200);
    served += 1;
  }
  assert.ok((await slow).json.items.every(({ status }) => status === 201));
  assert.ok(served > 3, `${served} requests of another officer`);
});

/* --- taking back ------------------------------------------------------------ */

await test("the last step is taken back by who took it: status, unit, clock and officer are as before", async () => {
  const [one] = await made(1);
  const before = await reread(officer, one);
  for (const event of [{ type: "take" }, { type: "hand_over", unit: sql("select id from crm.unit where name = 'Dinas Bina Marga'")[0][0], reason: "x" }]) {
    const now = await reread(officer, one);
    const done = await stepped(officer, now, event);
    assert.ok(done.steps.includes("undo"), `${done.steps}`);
    assertProblem(await step(colleague, done, { type: "undo" }), 403);
    assertProblem(await step(officer, done, { type: "undo", note: "x" }), 422, [["/note", "not_allowed"]]);
    const back = await stepped(officer, done, { type: "undo" });
    assert.equal(back.version, now.version + 2);
    for (const name of ["status", "unit", "due_at", "officer", "returns"]) assert.deepEqual(back[name], before[name], `${event.type}: ${name}`);
  }
  const told = (await jaki.get(`/api/v1/reports/${one.id}/events?limit=100`)).json.items.map(({ type }) => type);
  assert.deepEqual(told, ["received"], "what was undone was never told");
  const seen = (await officer.get(`/api/v1/reports/${one.id}/events?limit=100`)).json.items.map(({ type }) => type);
  assert.deepEqual(seen, ["undo", "hand_over", "undo", "take", "received"], "but stays on the officers' timeline");
});

await test("not twice, not what others did after it, not what cannot be taken back", async () => {
  const [one] = await made(1);
  let now = await stepped(officer, one, { type: "take" });
  now = await stepped(officer, now, { type: "undo" });
  assertProblem(await step(officer, now, { type: "undo" }), 409);
  now = await stepped(officer, now, { type: "take" });
  const noted = await stepped(colleague, now, { type: "note", note: "x" });
  assertProblem(await step(officer, now, { type: "undo" }), 412);
  assertProblem(await step(officer, noted, { type: "undo" }), 409);
  const replied = await stepped(officer, noted, { type: "reply", text: "x" });
  const late = await step(officer, replied, { type: "undo" });
  assertProblem(late, 409);
  assert.equal(late.json.code, "in_progress", "the status is named");
  assertProblem(await step(jaki, replied, { type: "undo" }, { headers: { "Idempotency-Key": randomUUID() } }), 403);
});

await test("triage takes back a rejection, and many at once", async () => {
  const reports = await made(3);
  const done = await bulk(triage, { type: "reject", reason: "spam", text: "Bukan laporan.", items: items(reports) });
  assert.deepEqual(done.json.items.map(({ status }) => status), [201, 201, 201]);
  const back = await bulk(triage, { type: "undo", items: done.json.items.map(({ id, version }) => ({ id, version })) });
  assert.deepEqual(back.json.items.map(({ status, version }) => [status, version]), Array(3).fill([201, 3]));
  for (const report of reports) {
    const now = await reread(jaki, report);
    assert.deepEqual([now.status, now.reason_code], ["waiting", undefined]);
  }
});

for (const client of everybody) client.close();
finish();
