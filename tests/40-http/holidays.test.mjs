// Days off: every officer reads them, an admin edits them, and a deadline that
// is set stays.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { assertProblem } from "../support/checked.mjs";
import { finish, test } from "../support/count.mjs";
import { instance, sql } from "../support/instance.mjs";
import { channelOf, enterAs } from "../support/people.mjs";
import { KLENDER, pointIn } from "../support/places.mjs";

const crm = instance();
const klender = pointIn(KLENDER);
const admin = await enterAs(crm, "admin", "Dinas Komunikasi, Informatika dan Statistik");
const officer = await enterAs(crm, "officer", klender.unit);
const jaki = channelOf(crm);
const PATH = "/api/v1/holidays";
const day = { day: "2040-02-29", name: "Hari Kabisat", kind: "public" };
const days = async () => (await officer.get(PATH)).json.items;

await test("the decree of 2026 is there, in order", async () => {
  const list = await days();
  assert.deepEqual(list.map((one) => one.day), list.map((one) => one.day).sort());
  const year = list.filter((one) => one.day.startsWith("2026-"));
  assert.equal(year.filter(({ kind }) => kind === "public").length, 17);
  assert.equal(year.filter(({ kind }) => kind === "collective").length, 8);
  assert.ok(year.some((one) => one.day === "2026-08-17" && one.name === "Proklamasi Kemerdekaan"));
});

let added;
await test("an admin adds a day once, however often it is sent", async () => {
  const answer = await admin.post(PATH, day);
  assert.equal(answer.status, 201, answer.text);
  added = answer.json.holiday;
  assert.deepEqual({ ...added, id: undefined }, { ...day, id: undefined });
  assert.deepEqual((await admin.post(PATH, day)).json.holiday, added);
  assert.deepEqual((await days()).filter((one) => one.day === day.day), [added]);
  assertProblem(await admin.post(PATH, { ...day, name: "Lain" }), 422, [["/day", "duplicate"]]);
});

await test("what is no day is refused", async () => {
  for (const [members, errors] of [
    [{ day: "2041-02-29" }, [["/day", "format"]]], [{ day: "2041-13-01" }, [["/day", "format"]]], [{ day: "29 Februar" }, [["/day", "format"]]],
    [{ day: "2041-2-1" }, [["/day", "too_short"]]], [{ day: "1999-12-31" }, [["/day", "range"]]], [{ day: "2200-01-01" }, [["/day", "range"]]],
    [{ day: 20410101 }, [["/day", "type"]]], [{ day: null }, [["/day", "required"]]], [{ name: "" }, [["/name", "required"]]],
    [{ name: "x".repeat(101) }, [["/name", "too_long"]]], [{ kind: "half" }, [["/kind", "unknown"]]], [{ until: "x" }, [["", "unknown_member"]]],
  ]) assertProblem(await admin.post(PATH, { ...day, day: "2041-01-01", ...members }), 422, errors);
});

await test("nobody else edits, and channels do not read", async () => {
  for (const [role, unit] of [["officer", klender.unit], ["supervisor", klender.unit], ["triage", "Pusat Penyaringan CRM"], ["validator", "Biro Pemerintahan"]]) {
    const client = await enterAs(crm, role, unit);
    assertProblem(await client.post(PATH, { ...day, day: "2042-01-01" }), 403);
    assertProblem(await client.delete(`${PATH}/${added.id}`), 403);
    assert.equal((await client.get(PATH)).status, 200);
    client.close();
  }
  assertProblem(await jaki.get(PATH), 403);
  assertProblem(await jaki.post(PATH, day, { "Idempotency-Key": randomUUID() }), 403);
});

await test("an admin takes a day back", async () => {
  const answer = await admin.delete(`${PATH}/${added.id}`);
  assert.deepEqual([answer.status, answer.json.status], [200, "deleted"]);
  assert.deepEqual((await days()).filter((one) => one.day === day.day), []);
  for (const id of [added.id, randomUUID(), "hari"]) assertProblem(await admin.delete(`${PATH}/${id}`), 404);
});

await test("who edited is in the audit log", () => {
  assert.deepEqual(sql(`select a.action, c.username from audit.entry a join crm.account c on c.id = a.account_id
    where a.object_id = '${added.id}' order by a.at`), [["holiday_add", admin.user.username], ["holiday_delete", admin.user.username]]);
});

for (const client of [admin, officer, jaki]) client.close();
finish();
