// Who has how much to do, how units rank, and how a report went from one to
// another: for those who share out work, and no more than they may know.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { assertProblem } from "../support/checked.mjs";
import { finish, test } from "../support/count.mjs";
import { instance, sql } from "../support/instance.mjs";
import { channelOf, enterAs } from "../support/people.mjs";
import { pointIn } from "../support/places.mjs";
import { add, followUp, handOver, step, stepped } from "../support/reports.mjs";

const crm = instance();
/** Cilandak Timur, in the kecamatan Pasar Minggu: no other test works there. */
const home = pointIn("31.74.04.1003");
const jaki = channelOf(crm);
const officer = await enterAs(crm, "officer", home.unit, { name: "Rina" });
const colleague = await enterAs(crm, "officer", home.unit, { name: "Agus" });
const head = await enterAs(crm, "supervisor", home.unit);
const above = await enterAs(crm, "supervisor", "Kecamatan Pasar Minggu");
const elsewhere = await enterAs(crm, "officer", "Kelurahan Pluit");
const validator = await enterAs(crm, "validator", "Biro Pemerintahan");
const triage = await enterAs(crm, "triage", "Pusat Penyaringan CRM");
const [[unit]] = sql(`select id from crm.unit where name = '${home.unit}'`);

const officers = async (client, query = "") => {
  const answer = await client.get(`/api/v1/officers${query}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.json.items;
};
const loads = async (client, query) => (await officers(client, query)).map(({ name, open, overdue }) => [name, open, overdue]);

const reports = [];
for (let count = 0; count < 10; count += 1) reports.push(await stepped(officer, await add(jaki, home), { type: "take" }));

await test("what an officer took is to be done by this officer", async () => {
  assert.deepEqual(await loads(officer), [["Agus", 0, 0], ["Rina", 10, 0]]);
  sql(`update crm.report set due_at = crm.now() - interval '1 hour' where id in ('${reports[0].id}', '${reports[1].id}')`);
  for (const client of [officer, colleague, head]) assert.deepEqual(await loads(client), [["Agus", 0, 0], ["Rina", 10, 2]]);
  const [, rina] = await officers(head);
  assert.deepEqual(rina.unit, { id: unit, name: home.unit });
});

await test("of the own units only, whatever is asked for", async () => {
  assert.deepEqual(await loads(above, `?unit=${unit}`), [["Agus", 0, 0], ["Rina", 10, 2]]);
  assert.ok((await officers(above)).every((one) => one.unit.id === unit));
  assert.ok(!(await officers(elsewhere)).some((one) => one.unit.id === unit));
  for (const id of [unit, randomUUID()]) assert.deepEqual(await officers(elsewhere, `?unit=${id}`), [], "as if there were no such unit");
  assertProblem(await officer.get("/api/v1/officers?unit=x"), 422, [["?unit", "unknown"]]);
  for (const client of [validator, triage, jaki]) assertProblem(await client.get("/api/v1/officers"), 403);
});

await test("pages of officers", async () => {
  const first = (await officer.get("/api/v1/officers?limit=1")).json;
  assert.deepEqual(first.items.map(({ name }) => name), ["Agus"]);
  const second = (await officer.get(`/api/v1/officers?limit=1&cursor=${first.next_cursor}`)).json;
  assert.deepEqual([second.items[0].name, second.next_cursor], ["Rina", null]);
  assertProblem(await officer.get(`/api/v1/officers?limit=1&unit=${unit}&cursor=${first.next_cursor}`), 422, [["?cursor", "cursor"]]);
});

const day = (offset = 0) => new Date(Date.now() + 7 * 3_600_000 + offset * 86_400_000).toISOString().slice(0, 10);
const ranking = async (client, query = "") => (await client.get(`/api/v1/ranking${query}`)).json.items;
const mine = async (query) => (await ranking(elsewhere, query)).find((one) => one.unit.id === unit);

await test("nine pieces of work make no rank, ten do", async () => {
  for (const [index, report] of reports.entries()) {
    const done = await step(officer, report, ...followUp(home));
    assert.equal(done.status, 201, done.text);
    reports[index] = await stepped(validator, done.json.report, { type: "accept_work" });
    if (index === 8) assert.equal(await mine(), undefined);
  }
  const { rank, ...rest } = await mine();
  assert.deepEqual(rest, { unit: { id: unit, name: home.unit }, validated: 10, reopened: 0, on_time: 1 });
  assert.ok(rank >= 1);
  assert.deepEqual(await loads(officer), [["Agus", 0, 0], ["Rina", 0, 0]], "and none of it is to be done");
});

await test("days and kinds", async () => {
  assert.ok(await mine(`?from=${day()}&to=${day()}`), "today in Jakarta");
  assert.equal(await mine(`?from=${day(1)}`), undefined);
  assert.equal(await mine(`?to=${day(-1)}`), undefined);
  assert.ok(await mine("?kind=kelurahan"));
  assert.equal(await mine("?kind=dinas"), undefined);
  for (const [query, fault] of [["?from=2026-02-30", ["?from", "format"]], ["?from=kemarin", ["?from", "format"]], ["?to=2026-1-1", ["?to", "format"]],
    ["?from=2026-01-011", ["?from", "format"]], ["?from=2026-02-01&to=2026-01-31", ["?to", "range"]], ["?kind=rw", ["?kind", "unknown"]]]) {
    assertProblem(await officer.get(`/api/v1/ranking${query}`), 422, [fault]);
  }
  for (const client of [triage, jaki]) assertProblem(await client.get("/api/v1/ranking"), 403);
});

await test("one piece of work more or less is not seen", async () => {
  const before = await mine();
  const answer = await step(officer, await stepped(officer, await add(jaki, home), { type: "take" }), ...followUp(home));
  await stepped(validator, answer.json.report, { type: "accept_work" });
  assert.deepEqual({ ...await mine(), rank: 0 }, { ...before, rank: 0 });
  for (const one of await ranking(validator)) {
    assert.ok(one.validated >= 10 && one.validated % 5 === 0 && one.reopened % 5 === 0 && (one.on_time * 20) % 1 === 0, JSON.stringify(one));
  }
});

await test("work that its reporter reopens is no longer counted as found good", async () => {
  const row = () => sql(`select validated, reopened from crm.work_day where unit_id = '${unit}'`)[0];
  const [validated, reopened] = row().map(Number);
  const report = await stepped(jaki, reports[0], { type: "reopen", text: "Masih berlubang." }, { headers: { "Idempotency-Key": randomUUID() } });
  assert.equal(report.status, "waiting");
  assert.deepEqual(row().map(Number), [validated - 1, reopened + 1]);
});

await test("a report that goes on and comes back tells both ways", async () => {
  const [[dinas]] = sql("select id from crm.unit where name = 'Dinas Bina Marga'");
  const there = await enterAs(crm, "officer", "Dinas Bina Marga");
  const report = await stepped(officer, await add(jaki, home), { type: "hand_over", unit: dinas, reason: "Jalan provinsi", note: "Sudah ditelepon" });
  const list = async (client) => (await client.get(`/api/v1/reports/${report.id}/hand-overs`)).json.items;
  const [sent] = await list(there);
  assert.deepEqual({ ...sent, id: 0, at: 0 }, { id: 0, kind: "coordination", from_unit: { id: unit, name: home.unit },
    to_unit: { id: dinas, name: "Dinas Bina Marga" }, reason: "Jalan provinsi", note: "Sudah ditelepon", at: 0, returned: false });
  assert.ok(Math.abs(Date.parse(sent.at) - Date.now()) < 600_000);
  await stepped(there, report, { type: "return", reason: "Bukan jalan kami" });
  const [back] = await list(officer);
  assert.equal(back.returned, true);
  assert.ok(Date.parse(back.ended_at) >= Date.parse(back.at));
  there.close();
});

await test("hand-overs are for those who see the report, reasons and all", async () => {
  const report = await add(jaki, home);
  handOver(report.id, "milik provinsi");
  for (const client of [officer, head, above, triage, validator]) {
    const { json, headers } = await client.get(`/api/v1/reports/${report.ticket}/hand-overs`);
    assert.deepEqual([json.items.length, json.confidentiality.level, headers["cache-control"]], [2, "private", "no-store"]);
    const went = json.items.find((one) => one.returned);
    assert.deepEqual([went.from_unit.name, went.to_unit.name, went.reason, went.note], [home.unit, "Dinas Bina Marga", "milik provinsi", "milik provinsi catatan"]);
    assert.ok(went.ended_at);
  }
  assertProblem(await elsewhere.get(`/api/v1/reports/${report.id}/hand-overs`), 404);
  assertProblem(await jaki.get(`/api/v1/reports/${report.id}/hand-overs`), 403);
  const page = (await officer.get(`/api/v1/reports/${report.id}/hand-overs?limit=1`)).json;
  const rest = (await officer.get(`/api/v1/reports/${report.id}/hand-overs?limit=1&cursor=${page.next_cursor}`)).json;
  assert.deepEqual([page.items.length, rest.items.length, rest.next_cursor], [1, 1, null]);
  assert.notEqual(page.items[0].id, rest.items[0].id);
});

await test("a report that never moved has none, and each look is in the audit log", async () => {
  const report = await add(jaki, home);
  const { json } = await officer.get(`/api/v1/reports/${report.id}/hand-overs`);
  assert.deepEqual(json.items, []);
  assert.deepEqual(sql(`select action from audit.entry where report_id = '${report.id}' and account_id is not null`), [["hand_over_list"]]);
});

for (const client of [jaki, officer, colleague, head, above, elsewhere, validator, triage]) client.close();
finish();
