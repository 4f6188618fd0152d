// Reports merged, taken out again and split by triage: what each reader sees of
// it, and what happens when a step of the main report comes at the same time.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { assertProblem } from "../support/checked.mjs";
import { finish, test } from "../support/count.mjs";
import { instance } from "../support/instance.mjs";
import { channelOf, enterAs } from "../support/people.mjs";
import { pointIn } from "../support/places.mjs";
import { add, followUp, reread, step, stepped, uniqueWord } from "../support/reports.mjs";

const crm = instance();
const home = pointIn("31.75.07.1006");
const jaki = channelOf(crm);
const desk = channelOf(crm, "desk");
const triage = await enterAs(crm, "triage", crm.user("triage").unit);
const officer = await enterAs(crm, "officer", home.unit);
const everybody = [jaki, desk, triage, officer];

const stepsOf = async (client, report) => {
  const answer = await client.get(`/api/v1/reports/${report.id}/events?limit=100`);
  assert.equal(answer.status, 200, answer.text);
  return answer.json.items;
};
const related = async (client, report) => (await client.get(`/api/v1/reports/${report.id}/related`)).json.items.map(({ id, relation }) => `${relation} ${id}`);
const mergeInto = (one, main, options) => step(triage, one, { type: "merge", into: main.id }, options);

await test("a report is merged by id or by ticket, hears of the main one, and comes back", async () => {
  const main = await add(jaki, home, { visibility: "public" });
  const taken = await stepped(officer, await add(desk, home), { type: "take" });
  const answer = await step(triage, taken, { type: "merge", into: main.ticket, note: "sama persis" });
  assert.equal(answer.status, 201, answer.text);
  assert.deepEqual([answer.json.event.type, answer.json.event.into], ["merge", { id: main.id, ticket: main.ticket }]);
  let one = answer.json.report;
  assert.deepEqual([one.status, one.due_at, one.main.id], ["merged", null, main.id]);
  assert.equal((await reread(triage, main)).merged, 1);
  assert.deepEqual([await related(triage, main), await related(triage, one)], [[`merged ${one.id}`], [`merged ${main.id}`]]);

  let work = await stepped(officer, await reread(officer, main), { type: "take", note: "alat berat" });
  work = await stepped(officer, work, { type: "reply", text: "Untuk pelapor utama" });
  work = await stepped(officer, work, ...followUp(home, { text: "Sudah ditambal rata" }));
  const heard = (await stepsOf(desk, one)).filter(({ type }) => type === "main_step");
  assert.deepEqual(heard.map((event) => [event.step, event.to, event.text]),
    [["follow_up", "awaiting_validation", "Sudah ditambal rata"], ["reply", "in_progress", undefined], ["take", "in_progress", undefined]]);
  const seen = JSON.stringify(await stepsOf(desk, one));
  for (const word of ["alat berat", "Untuk pelapor utama", main.id, main.ticket]) assert.ok(!seen.includes(word), `${word} is not the other channel's`);
  const channels = (await desk.get(`/api/v1/reports/${one.id}`)).json.report;
  assert.ok(!("main" in channels), "nor is the main report");

  one = await reread(triage, one);
  one = await stepped(triage, one, { type: "unmerge" });
  assert.deepEqual([one.status, one.main, one.unit.name], ["in_progress", undefined, home.unit]);
  assert.ok(one.due_at);
  assert.equal((await reread(triage, work)).merged, 0);
});

await test("what cannot take a report says why", async () => {
  const [main, one, third] = await Promise.all([1, 2, 3].map(() => add(jaki, home)));
  const faulty = async (report, into, code) => assertProblem(await step(triage, report, { type: "merge", into }), 422, [["/into", code]]);
  await faulty(one, one.id, "itself");
  await faulty(one, "JK2001010001", "unknown");
  const merged = (await mergeInto(one, main)).json.report;
  await faulty(third, one.id, "is_merged");
  await faulty(await reread(triage, main), third.id, "has_merged");
  const rejected = await stepped(triage, third, { type: "reject", reason: "spam", text: "Bukan laporan." });
  await faulty(await add(jaki, home), rejected.id, "is_rejected");
  assertProblem(await mergeInto(merged, rejected), 409);
  assertProblem(await step(officer, await add(jaki, home), { type: "merge", into: main.id }), 403);
  assertProblem(await mergeInto(await add(jaki, home), main, { version: 9 }), 412);
});

await test("a split makes a report of its own, without identity and photos", async () => {
  const words = `Lampu juga mati hp 081299887766 ${uniqueWord()}`;
  const one = await add(jaki, home, { visibility: "private" });
  const answer = await step(triage, one, { type: "split", description: words, category: "penerangan_jalan" });
  assert.equal(answer.status, 201, answer.text);
  assert.equal(answer.json.report.status, "waiting");
  const made = (await triage.get(`/api/v1/reports/${answer.json.event.into.id}`)).json.report;
  assert.equal(made.ticket, answer.json.event.into.ticket);
  assert.deepEqual([made.visibility, made.status, made.category.code, made.unit.name], ["private", "waiting", "penerangan_jalan", home.unit]);
  assert.deepEqual([made.location.lat, made.location.lng], [one.location.lat, one.location.lng]);
  assert.match(made.description, /^Lampu juga mati hp \[telepon\] kata/);
  assert.equal((await jaki.get(`/api/v1/reports/${made.id}`)).status, 200, "of the same channel");
  assert.ok((await related(triage, one)).includes(`split ${made.id}`) && (await related(triage, made)).includes(`split ${one.id}`));
});

await test("merging and working on the main report at once: nothing waits, nothing is lost", async () => {
  for (let round = 0; round < 6; round += 1) {
    const main = await stepped(officer, await add(jaki, home), { type: "take" });
    const first = (await mergeInto(await add(jaki, home), main)).json.report;
    const second = await add(jaki, home);
    const [event, options] = followUp(home);
    const [merge, done, out] = await Promise.all([mergeInto(second, main), step(officer, main, event, options), step(triage, first, { type: "unmerge" })]);
    assert.deepEqual([merge.status, done.status], [201, 201], `${merge.text} ${done.text}`);
    assert.ok([201, 412].includes(out.status), `told of the step first, or out before: ${out.text}`);
    const after = await reread(triage, main);
    assert.deepEqual([after.status, after.merged], ["awaiting_validation", out.status === 201 ? 1 : 2]);
    const told = await stepsOf(jaki, first);
    assert.equal(told.some(({ type }) => type === "main_step"), out.status === 412);
  }
});

await test("two reports merged into each other: at most one is", async () => {
  for (let round = 0; round < 4; round += 1) {
    const [one, other] = await Promise.all([add(jaki, home), add(jaki, home)]);
    const answers = await Promise.all([mergeInto(one, other), mergeInto(other, one)]);
    assert.deepEqual(answers.map(({ status }) => status).filter((status) => status === 201).length, 1, answers.map(({ text }) => text).join("\n"));
  }
});

const withdraw = (client, report, options) => step(client, report, { type: "withdraw", text: "Sudah beres sendiri" },
  { headers: { "Idempotency-Key": randomUUID() }, ...options });

await test("a merged report is withdrawn by its reporter, and the main one counts one less in silence", async () => {
  const main = await stepped(officer, await add(jaki, home), { type: "take" });
  const one = (await mergeInto(await add(desk, home), main)).json.report;
  const before = await reread(officer, main);
  const heard = (await officer.get("/api/v1/notices?limit=100")).json.items.length;
  assertProblem(await withdraw(jaki, one), 404);
  const answer = await withdraw(desk, one);
  assert.equal(answer.status, 201, answer.text);
  assert.deepEqual([answer.json.report.status, answer.json.report.reason_code, answer.json.report.steps], ["rejected", "withdrawn", ["erase", "forget", "make_private", "make_public"]]);
  const after = await reread(officer, main);
  assert.deepEqual([after.version, after.merged, before.merged], [before.version, 0, 1]);
  assert.equal((await officer.get("/api/v1/notices?limit=100")).json.items.length, heard);
  assertProblem(await step(triage, answer.json.report, { type: "unmerge" }), 409);
  assert.equal((await reread(triage, one)).main, undefined);
  await stepped(officer, after, { type: "reply", text: "x" });
  assert.ok((await stepsOf(desk, one)).every(({ type }) => type !== "main_step"));
});

await test("withdrawn while the main report takes a step or triage takes it out: each is whole, none waits for ever", async () => {
  for (let round = 0; round < 4; round += 1) {
    let main = await stepped(officer, await add(jaki, home), { type: "take" });
    const one = (await mergeInto(await add(desk, home), main)).json.report;
    main = await reread(officer, main);
    const [event, options] = followUp(home);
    const [gone, done, out] = await Promise.all([withdraw(desk, one), step(officer, main, event, options), step(triage, one, { type: "unmerge" })]);
    assert.equal(done.status, 201, done.text);
    assert.ok([201, 409, 412].includes(gone.status) && [201, 409, 412].includes(out.status), `${gone.text} ${out.text}`);
    const { status } = await reread(triage, one);
    assert.equal((await reread(triage, main)).merged, status === "merged" ? 1 : 0);
  }
});

for (const client of everybody) client.close();
finish();
