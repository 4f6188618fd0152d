// A sandbox channel through the API: its report lives its whole life among the
// people of the unit Sandbox, and nobody else can find it.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { addChannel } from "../support/channels.mjs";
import { assertProblem } from "../support/checked.mjs";
import { finish, test } from "../support/count.mjs";
import { instance, sql } from "../support/instance.mjs";
import { channelOf, enterAs } from "../support/people.mjs";
import { jpeg } from "../support/pictures.mjs";
import { KLENDER, pointIn } from "../support/places.mjs";
import { add, followUp, stepped } from "../support/reports.mjs";

const crm = instance();
const place = pointIn(KLENDER);
const entry = await addChannel(crm, { isSandbox: true });
const channel = channelOf({ ...crm, channel: () => entry });
const inside = {};
for (const role of ["officer", "supervisor", "triage", "validator"]) inside[role] = await enterAs(crm, role, "Sandbox");
const outside = [await enterAs(crm, "officer", place.unit), await enterAs(crm, "supervisor", place.unit),
  await enterAs(crm, "triage", crm.user("triage").unit), await enterAs(crm, "validator", crm.user("validator").unit), channelOf(crm)];

const description = `Percobaan lubang jalan ${entry.name}`;
const report = await add(channel, place, { visibility: "public", description }, { photos: [jpeg({ width: 60, height: 40 })] });
const listed = async (client, query = "") => (await client.get(`/api/v1/reports?limit=100&sort=-received_at${query}`)).json.items.map(({ id }) => id);

await test("it goes to the sandbox, whatever its place", () => {
  assert.deepEqual([report.unit.name, report.status, report.location.kelurahan.code], ["Sandbox", "waiting", KLENDER]);
});

await test("real people and channels cannot find it in any way", async () => {
  const [photo] = (await inside.officer.get(`/api/v1/reports/${report.id}`)).json.report.photos.items;
  for (const client of outside) {
    for (const path of [`/reports/${report.id}`, `/reports/${report.ticket}`, `/reports/${report.id}/events`, `/photos/${photo.id}`]) {
      assertProblem(await client.get(`/api/v1${path}`), 404);
    }
    for (const query of ["", `&q=${entry.name}`, `&q=${report.ticket}`, "&status=waiting"]) assert.ok(!(await listed(client, query)).includes(report.id));
  }
  for (const client of outside.slice(0, 4)) {
    assert.ok((await client.get("/api/v1/units")).json.items.every(({ name }) => name !== "Sandbox"));
    assert.ok((await client.get("/api/v1/notices?limit=100")).json.items.every((one) => one.report.id !== report.id));
  }
});

await test("its own people find it, and nothing else", async () => {
  for (const client of Object.values(inside)) {
    const own = await client.get("/api/v1/reports?limit=100&sort=-received_at");
    assert.ok(own.json.items.some(({ id }) => id === report.id));
    assert.deepEqual([...new Set(own.json.items.map(({ unit }) => unit.name))], ["Sandbox"]);
    assert.deepEqual((await client.get("/api/v1/units")).json.items.map(({ name, kind }) => [name, kind]), [["Sandbox", "sandbox"]]);
    assert.ok((await listed(client, `&q=${entry.name}`)).includes(report.id));
  }
  const real = await add(outside[4], place, { visibility: "public", description });
  for (const client of [...Object.values(inside), channel]) assertProblem(await client.get(`/api/v1/reports/${real.id}`), 404);
  assert.ok(!real.held_for, "and what was tried out is no duplicate of it");
});

await test("what is set there later is likened to nothing real", async () => {
  const words = { visibility: "public", description: `${description}, dekat pasar lama sejak kemarin` };
  const real = await add(outside[4], place, words);
  const held = await add(channel, null, { ...words, category: null });
  const { lat, lng } = place;
  await stepped(inside.triage, held, { type: "route", unit: held.unit.id, category: real.category.code, location: { lat, lng } });
  assert.deepEqual(sql(`select other_id from crm.duplicate_hint where report_id = '${held.id}'`), []);
});

await test("the work on it is done there", async () => {
  let now = await stepped(inside.officer, report, { type: "take" });
  const [event, options] = followUp(place);
  now = await stepped(inside.officer, now, event, options);
  now = await stepped(inside.validator, now, { type: "accept_work" });
  assert.equal(now.status, "completed");
  assert.equal((await channel.get(`/api/v1/reports/${report.id}`)).json.report.status, "completed");
});

for (const client of [channel, ...Object.values(inside), ...outside]) client.close();
finish();
