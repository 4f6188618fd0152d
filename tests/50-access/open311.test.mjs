// Open311 as the public sees it: every reader, format, visibility and member,
// with words planted where the public must not see them.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { finish, test } from "../support/count.mjs";
import { instance, sql } from "../support/instance.mjs";
import { jpeg } from "../support/pictures.mjs";
import { pointIn } from "../support/places.mjs";
import { add, followUp, step, stepped } from "../support/reports.mjs";
import { access, otherFields, routes } from "../support/tables.mjs";
import { parseXml } from "../support/xml.mjs";
import { byLabel, digits, HOME, marker, readersOf } from "./world.mjs";

const crm = instance();
const home = pointIn(HOME);
const readers = await readersOf(crm, home);
const channel = byLabel(readers, "channel that sent it").client;
const officer = byLabel(readers, "officer of the unit").client;
const letters = access();
const members = otherFields().get("REQUEST");
const nobody = byLabel(readers, "nobody").client;

/** Words the public must never see, by where they stand. */
const SECRETS = {};
const plant = (place, word = marker()) => {
  SECRETS[place] = word;
  return word;
};

/** A report with a word in every place, taken through work. */
async function planted(visibility) {
  const at = (place) => `${place} (${visibility})`;
  const text = visibility === "private" ? plant(at("description")) : "Jalan rusak";
  let report = await add(channel, home, {
    visibility, description: `${text} hp ${plant(at("phone in the text"), digits("0812", 12))} nama saya ${plant(at("name in the text"), `B${marker().slice(4).toLowerCase()}`)}`,
    location: { lat: home.lat, lng: home.lng, accuracy_m: 7, address: plant(at("address")) }, channel_ref: plant(at("reference")), occurred_at: "2026-01-02T03:04:05Z",
    reporter: { name: plant(at("name")), phone: plant(at("phone"), digits("0813", 13)), account_id: plant(at("account")) },
  }, { photos: [jpeg({ width: 60, height: 40 })] });
  report = await stepped(officer, report, { type: "take", note: plant(at("note")) });
  report = await stepped(officer, report, { type: "ask", text: plant(at("question")), note: plant(at("note of a question")) });
  report = await stepped(channel, report, { type: "answer", text: plant(at("answer")) }, { headers: { "Idempotency-Key": marker() } });
  const reply = visibility === "private" ? plant(at("reply")) : "Segera";
  report = await stepped(officer, report, { type: "reply", text: `${reply}, telp ${plant(at("phone in a reply"), digits("0857", 12))}`, note: plant(at("note of a reply")) });
  const [event, options] = followUp(home, { text: "Sudah", note: plant(at("note of the proof")) });
  assert.equal((await step(officer, report, event, options)).status, 201);
  return report;
}
const reports = { private: await planted("private"), public: await planted("public") };
SECRETS["ticket"] = reports.public.ticket;
SECRETS["ticket of the private report"] = reports.private.ticket;
SECRETS["id of the private report"] = reports.private.id;
SECRETS["exact latitude"] = String(home.lat);
SECRETS["exact longitude"] = String(home.lng);
for (const { name, label } of readers) if (name) SECRETS[`name of ${label}`] = name;
for (const [id] of sql(`select id from crm.photo where report_id in ('${reports.private.id}', '${reports.public.id}')`)) SECRETS[`photo ${id}`] = id;

const paths = [...new Set(routes().filter(({ method, path }) => method === "GET" && path.startsWith("/open311/")).map(({ path }) => path))];
const queries = ["", "?extensions=true", `?service_request_id=${reports.private.id},${reports.public.id}&extensions=true`, "?status=open&page_size=1000",
  `?lat=${home.lat}&long=${home.lng}&radius=300&extensions=true`];

/** All addresses of a format, with either report where one is named. */
const addresses = (format) => paths.flatMap((path) => {
  const bare = path.replace(".{format}", format);
  const named = path.includes("{id}") ? Object.values(reports).map(({ id }) => bare.replace("{id}", id)) : [bare];
  return named.flatMap((one) => (path.includes("/requests") ? queries.slice(0, path.includes("{id}") ? 2 : undefined) : [""]).map((query) => `${one}${query}`));
});

/** Status of what nobody in particular gets, by address: asked once, since the public has a quota. */
const statuses = new Map();
async function statusFor(address) {
  if (!statuses.has(address)) statuses.set(address, (await nobody.get(address)).status);
  return statuses.get(address);
}

for (const reader of readers) {
  for (const format of ["", ".xml", ".json"]) {
    await test(`${reader.label}, ${format || "no ending"}: nothing secret comes out, and no more than for nobody`, async () => {
      for (const address of addresses(format)) {
        const answer = await reader.client.get(address);
        assert.equal(answer.status, await statusFor(address), address);
        const said = `${answer.rawHeaders.join("\n")}\n${answer.text}`;
        for (const [place, word] of Object.entries(SECRETS)) assert.ok(!said.includes(word), `${address}: ${place}`);
        if (address.includes(reports.private.id) && !address.includes("?service_request_id")) assert.equal(answer.status, 404, address);
      }
    });
  }
}

await test("what the public may not see of its kind is nobody's to see there", () => {
  for (const { name, kind } of members) assert.match(letters.get(kind).public, /^[APR]$/, name);
});

await test("members are those of the table, in its order, in both formats", async () => {
  const list = members.filter(({ group }) => group === null).map(({ name }) => name);
  const inner = members.filter(({ group }) => group !== null).map(({ name }) => name);
  const address = `/open311/v2/requests/${reports.public.id}`;
  const [json] = (await nobody.get(`${address}.json?extensions=true`)).json;
  assert.deepEqual(Object.keys(json), [...list, "extended_attributes"]);
  assert.deepEqual(Object.keys(json.extended_attributes), inner);
  const [request] = parseXml((await nobody.get(`${address}.xml?extensions=true`)).text).children;
  assert.deepEqual(request.children.map(({ name }) => name), [...list, "extended_attributes"]);
  assert.deepEqual(request.children.at(-1).children.map(({ name }) => name), inner);
});

await test("a report of a sandbox is not there", () => {
  sql(`begin; update crm.channel set is_sandbox = true where id = (select channel_id from crm.report where id = '${reports.public.id}');
    update crm.report set due_at = due_at where id = '${reports.public.id}';
    do $$ begin assert not exists (select from crm.public_report where report_id = '${reports.public.id}'); end $$;
    rollback`);
});

await test("made private, it is like the other with the very next request", async () => {
  const [{ media_url: url }] = (await nobody.get(`/open311/v2/requests/${reports.public.id}.json`)).json;
  const photo = new URL(url).pathname;
  assert.equal((await nobody.get(photo)).status, 200);
  sql(`update crm.report set visibility = 'private' where id = '${reports.public.id}'`);
  for (const path of [photo, `/open311/v2/requests/${reports.public.id}`, `/open311/v2/requests/${reports.public.id}.json`]) {
    assert.equal((await nobody.get(path)).status, 404, path);
  }
  for (const format of ["", ".json"]) for (const query of queries.filter((one) => !one.includes("service_request_id"))) {
    assert.ok(!(await nobody.get(`/open311/v2/requests${format}${query}`)).text.includes(reports.public.id));
  }
});

for (const { client } of readers) client.close();
finish();
