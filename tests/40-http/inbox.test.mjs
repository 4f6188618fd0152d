// The inbox: filters, search, order, pages that neither lose nor repeat, and
// nothing that is not one's own.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { assertProblem } from "../support/checked.mjs";
import { finish, test } from "../support/count.mjs";
import { instance, sql } from "../support/instance.mjs";
import { channelOf, enterAs } from "../support/people.mjs";
import { KLENDER, OUTSIDE, pointIn } from "../support/places.mjs";
import { add, stepped, uniqueWord } from "../support/reports.mjs";
import { jpeg } from "../support/pictures.mjs";

const crm = instance();
const jaki = channelOf(crm);
// Kelurahan that no other file posts to.
const PONDOK_KOPI = "31.75.07.1007";
const ours = pointIn(PONDOK_KOPI);
const others = pointIn("31.75.07.1004") ?? pointIn(KLENDER);
const officer = await enterAs(crm, "officer", ours.unit);
const supervisor = await enterAs(crm, "supervisor", "Kecamatan Duren Sawit");
const triage = await enterAs(crm, "triage", crm.user("triage").unit);
const validator = await enterAs(crm, "validator", "Biro Pemerintahan");
const word = uniqueWord();

const list = async (client, query = {}) => {
  const answer = await client.get(`/api/v1/reports?${new URLSearchParams(query)}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.json;
};
const idsOf = ({ items }) => items.map(({ id }) => id);
const found = async (client, query) => new Set(idsOf(await list(client, { limit: 100, ...query })));

const reports = {};
reports.plain = await add(jaki, ours, { description: `${word} lampu jalan padam` });
reports.open = await add(jaki, ours, { visibility: "public", category: "trotoar", description: `${word} trotoar rusak` },
  { photos: [jpeg({ width: 30, height: 20 })] });
reports.late = await add(jaki, ours, { description: `${word} terlambat` });
reports.taken = await stepped(officer, await add(jaki, ours, { description: `${word} sedang dikerjakan` }), { type: "take" });
reports.masked = await add(jaki, ours, { description: `${word} hubungi 081377665544 atau nik 3175074507920003` });
reports.fancy = await add(jaki, ours, { description: `${word} 𝐒𝐀𝐌𝐏𝐀𝐇 ＭＥＮＵＭＰＵＫ &amp; bau 100% kotor_sekali` });
reports.foreign = await add(jaki, others, { description: `${word} di tempat lain` });
reports.nowhere = await add(jaki, OUTSIDE, { description: `${word} di luar kota` });
sql(`update crm.report set due_at = crm.now() - interval '1 hour' where id = '${reports.late.id}'`);
const own = ["plain", "open", "late", "taken", "masked", "fancy"];
const named = (names) => new Set(names.map((name) => reports[name].id));

await test("an officer sees the unit's reports, a supervisor those of the units below, each with its label", async () => {
  assert.deepEqual(await found(officer, { q: word }), named(own));
  assert.deepEqual(await found(supervisor, { q: word }), named([...own, "foreign"]));
  assert.deepEqual(await found(triage, { q: word }), named(Object.keys(reports)));
  assert.deepEqual(await found(validator, { q: word }), named([...own, "foreign"]), "but what is being filtered");
});

await test("list items are the objects of the report itself", async () => {
  const { items } = await list(officer, { q: word, limit: 100 });
  for (const item of items) {
    const answer = await officer.get(`/api/v1/reports/${item.id}`);
    const { steps: _, links: __, ...report } = answer.json.report;
    assert.deepEqual(item, report);
  }
  const shown = items.find(({ id }) => id === reports.open.id);
  assert.equal(shown.photos.items.length, 1);
  assert.deepEqual(items.find(({ id }) => id === reports.plain.id).photos, { locked: true });
});

const unitId = reports.plain.unit.id;
for (const [query, names] of [
  [{ status: "in_progress" }, ["taken"]],
  [{ status: "waiting,in_progress" }, own],
  [{ status: "completed" }, []],
  [{ category: "trotoar" }, ["open"]],
  [{ category: "tidak_ada" }, []],
  [{ unit: unitId }, own],
  [{ unit: "00000000-0000-4000-8000-000000000000" }, []],
  [{ kelurahan: PONDOK_KOPI }, own],
  [{ kelurahan: KLENDER }, []],
  [{ overdue: "true" }, ["late"]],
  [{ overdue: "false" }, own.filter((name) => name !== "late")],
  [{ visibility: "public" }, ["open"]],
  [{ visibility: "private" }, own.filter((name) => name !== "open")],
  [{ bbox: [ours.lng - 1e-4, ours.lat - 1e-4, ours.lng + 1e-4, ours.lat + 1e-4].join() }, own],
  [{ bbox: "106.0,-6.0,106.1,-5.9" }, []],
  [{ status: "waiting", visibility: "private", overdue: "true", kelurahan: PONDOK_KOPI }, ["late"]],
]) {
  await test(`filter ${new URLSearchParams(query)}`, async () => {
    assert.deepEqual(await found(officer, { q: word, ...query }), named(names));
    const page = await list(officer, { ...query, limit: 100 });
    for (const name of names) assert.ok(idsOf(page).includes(reports[name].id), `${name}, without search too`);
    for (const name of own.filter((one) => !names.includes(one))) {
      assert.ok(!idsOf(page).includes(reports[name].id), `not ${name}`);
    }
  });
}

await test("the list is public only when every report in it is", async () => {
  assert.equal((await list(officer, { q: word, visibility: "public" })).confidentiality.level, "public");
  assert.equal((await list(officer, { q: word })).confidentiality.level, "private");
});

for (const [q, names] of [
  [`${word} lampu`, ["plain"]],
  [`${word.toUpperCase()} LAMPU`, ["plain"]],
  [`${word} sampah menumpuk`, ["fancy"]],
  ["tidakadasamasekali", []],
  [word.slice(0, 9), own],
]) {
  await test(`search finds "${q.replace(word, "…")}"`, async () => assert.deepEqual(await found(officer, { q }), named(names)));
}

await test("search never sees what was masked", async () => {
  for (const q of ["081377665544", "3175074507920003", "0813", "77665544", "317507"]) {
    const ids = await found(officer, { q });
    assert.ok(!ids.has(reports.masked.id), q);
  }
});

await test("search does not see the reporter, the reference or internal words", async () => {
  const secret = uniqueWord();
  let report = await add(jaki, ours, { channel_ref: secret, reporter: { name: secret, account_id: secret } });
  report = await stepped(officer, report, { type: "note", note: secret });
  for (const client of [officer, triage, validator]) assert.equal((await found(client, { q: secret })).size, 0);
});

await test("wildcards and quotes are letters like others", async () => {
  for (const q of ["%", "_", "\\", "%%%", "100%", "kotor_sekali", "'", "\"", "*", "a:*", "a & b", "!", "(", ")", "<->", "a | !b", "😀", "--"]) {
    const ids = await found(officer, { q });
    assert.ok(!ids.has(reports.plain.id) || q === "a & b" || q === "a | !b", `"${q}" is not everything`);
  }
  assert.ok((await found(officer, { q: "100% kotor_sekali" })).has(reports.fancy.id));
});

for (const [query, pointer, code] of [
  [{ status: "lain" }, "?status", "unknown"], [{ status: "waiting," }, "?status", "unknown"],
  [{ unit: "x" }, "?unit", "unknown"], [{ overdue: "ya" }, "?overdue", "unknown"],
  [{ visibility: "secret" }, "?visibility", "unknown"], [{ sort: "reporter" }, "?sort", "unknown"],
  [{ bbox: "1,2,3" }, "?bbox", "format"], [{ bbox: "2,2,1,1" }, "?bbox", "format"], [{ bbox: "a,b,c,d" }, "?bbox", "format"],
  [{ bbox: "nan,0,1,1" }, "?bbox", "format"], [{ bbox: "0,0,1,1,1" }, "?bbox", "format"],
  [{ limit: "0" }, "?limit", "range"], [{ limit: "101" }, "?limit", "range"], [{ limit: "x" }, "?limit", "range"],
  [{ limit: "9999999999999999999999" }, "?limit", "range"],
  [{ q: "x".repeat(801) }, "?q", "too_long"], [{ category: "x".repeat(65) }, "?category", "too_long"],
  [{ cursor: "x" }, "?cursor", "cursor"],
]) {
  await test(`${JSON.stringify(query).slice(0, 40)} is refused`, async () => {
    assertProblem(await officer.get(`/api/v1/reports?${new URLSearchParams(query)}`), 422, [[pointer, code]]);
  });
}

for (const query of ["reporter=x", "phone=0813", "channel_ref=x", "description=x", "Status=waiting", "page=2", "offset=5", "order=x"]) {
  await test(`the parameter ${query} is not known: 400`, async () => assertProblem(await officer.get(`/api/v1/reports?${query}`), 400));
}
for (const query of ["status=waiting&status=completed", "q=%00", "q=%ff", "q=%zz", "q", "&", "=x", "q=a%0ab"]) {
  await test(`the query ${query} is malformed: 400`, async () => assertProblem(await officer.get(`/api/v1/reports?${query}`), 400));
}

const sorted = (items, key, sign = 1) => items.every((item, index) => index === 0 ||
  sign * (key(item) - key(items[index - 1])) >= 0);
await test("three orders", async () => {
  const due = await list(officer, { limit: 100 });
  assert.ok(sorted(due.items.filter((item) => item.due_at), (item) => Date.parse(item.due_at)));
  assert.equal(due.items[0].id, reports.late.id, "the most urgent first");
  const oldest = await list(officer, { sort: "received_at", limit: 100 });
  assert.ok(sorted(oldest.items, (item) => Date.parse(item.received_at)));
  const newest = await list(officer, { sort: "-received_at", limit: 100 });
  assert.ok(sorted(newest.items, (item) => Date.parse(item.received_at), -1));
});

/** All pages of a list, with something done between them. */
async function pages(query, between = async () => {}) {
  const items = [];
  let cursor = null;
  do {
    const page = await list(officer, cursor ? { ...query, cursor } : query);
    assert.ok(page.items.length <= Number(query.limit));
    items.push(...page.items);
    cursor = page.next_cursor;
    await between();
  } while (cursor);
  return items.map(({ id }) => id);
}

for (const sort of ["due_at", "received_at", "-received_at"]) {
  await test(`pages by ${sort} lose nothing and repeat nothing while new reports come in`, async () => {
    const theme = uniqueWord();
    const before = [];
    for (let index = 0; index < 17; index += 1) {
      before.push((await add(jaki, ours, { description: `${theme} ${index}` })).id);
    }
    sql(`update crm.report set due_at = due_at - interval '3 hours' where id = '${before[3]}'`);
    sql(`update crm.report set due_at = null where id in ('${before[5]}', '${before[9]}')`);
    const between = () => add(jaki, ours, { description: `${theme} sela` });
    for (const query of [{ sort, limit: "4" }, { sort, limit: "5", q: theme }]) {
      const seen = await pages(query, between);
      assert.equal(new Set(seen).size, seen.length, "no report twice");
      for (const id of before) assert.ok(seen.includes(id), "no report lost");
    }
  });
}

await test("a cursor is good only as we made it, for the list it came from", async () => {
  const { next_cursor: cursor } = await list(officer, { limit: 2 });
  assert.match(cursor, /^[A-Za-z0-9_.-]{20,}$/);
  const decoded = Buffer.from(cursor, "base64url").toString("latin1");
  for (const item of (await list(officer, { limit: 2 })).items) {
    assert.ok(!decoded.includes(item.description.slice(0, 12)));
  }
  const asked = (client, query) => client.get(`/api/v1/reports?${new URLSearchParams(query)}`);
  assert.equal((await asked(officer, { limit: 5, cursor })).status, 200, "another limit is fine");
  const bad = [cursor.slice(0, -1), `${cursor}A`, cursor.slice(1), cursor.toLowerCase(), "", " ", "e30", "x".repeat(2000).slice(0, 900)];
  for (let index = 0; index < cursor.length; index += 7) {
    bad.push(cursor.slice(0, index) + (cursor[index] === "A" ? "B" : "A") + cursor.slice(index + 1));
  }
  for (const one of bad) assertProblem(await asked(officer, { limit: 2, cursor: one }), 422, [["?cursor", "cursor"]]);
  for (const query of [{ sort: "received_at" }, { status: "waiting" }, { q: word }]) {
    assertProblem(await asked(officer, { ...query, cursor }), 422, [["?cursor", "cursor"]]);
  }
  const timeline = await officer.get(`/api/v1/reports/${reports.plain.id}/events?cursor=${cursor}`);
  assertProblem(timeline, 422, [["?cursor", "cursor"]]);
});

await test("privacy officers and admins have no inbox", async () => {
  for (const [role, unit] of [["privacy", "Inspektorat"], ["admin", "Biro Pemerintahan"]]) {
    const client = await enterAs(crm, role, unit);
    for (const path of ["", `/${reports.open.id}`, `/${reports.open.id}/events`]) {
      assertProblem(await client.get(`/api/v1/reports${path}`), 403);
    }
    client.close();
  }
});

await test("units and categories", async () => {
  const units = await officer.get("/api/v1/units");
  assert.equal(units.status, 200, units.text);
  const mine = units.json.items.find(({ name }) => name === ours.unit);
  assert.deepEqual(Object.keys(mine), ["id", "name", "kind", "parent"]);
  assert.equal(mine.kind, "kelurahan");
  assert.equal(units.json.items.find(({ id }) => id === mine.parent).name, "Kecamatan Duren Sawit");
  assert.ok(units.json.items.length > 300);
});

const account = (client) => sql(`select id from crm.account where username = '${client.user.username}'`)[0][0];

await test("who works on what: mine, nobody's, somebody's, as far as one may know", async () => {
  const colleague = await enterAs(crm, "officer", ours.unit);
  const stranger = await enterAs(crm, "officer", others.unit);
  const [mine, his] = [account(officer), account(colleague)];
  reports.his = await stepped(colleague, await add(jaki, ours, { description: `${word} milik rekan` }), { type: "take" });
  const open = named([...own.filter((name) => name !== "taken")]);
  for (const query of [{}, { q: word }]) {
    assert.deepEqual(await found(officer, { ...query, assigned: "me", category: "jalan" }), named(["taken"]));
    assert.deepEqual(await found(officer, { ...query, assigned: mine }), named(["taken"]));
    assert.deepEqual(await found(officer, { ...query, assigned: his }), named(["his"]));
    assert.deepEqual(await found(supervisor, { ...query, assigned: his }), named(["his"]));
    assert.deepEqual(await found(validator, { ...query, assigned: his, sort: "-received_at" }), named(["his"]));
    assert.deepEqual(await found(triage, { ...query, assigned: his }), new Set(), "triage does not know who works on it");
    assert.deepEqual(await found(stranger, { ...query, assigned: his }), new Set());
    assert.deepEqual(await found(officer, { ...query, assigned: his, status: "waiting" }), new Set());
  }
  assert.deepEqual(await found(officer, { q: word, assigned: "none" }), open);
  assert.deepEqual(await found(officer, { q: word, assigned: "none", unit: sql(`select id from crm.unit where name = '${others.unit}'`)[0][0] }), new Set());
  for (const value of ["saya", "", "ME"]) assertProblem(await officer.get(`/api/v1/reports?assigned=${value}`), 422, [["?assigned", "unknown"]]);
  // Handed to others, the name is not known any more, and cannot be asked for.
  const [[dinas]] = sql("select id from crm.unit where name = 'Dinas Bina Marga'");
  sql(`update crm.report set unit_id = '${dinas}', unit_ids = unit_ids || '${dinas}'::uuid where id = '${reports.his.id}'`);
  assert.equal((await officer.get(`/api/v1/reports/${reports.his.id}`)).json.report.officer, undefined);
  assert.deepEqual(await found(officer, { assigned: his }), new Set());
  assert.deepEqual(await found(officer, { q: word, assigned: his }), new Set());
  for (const client of [colleague, stranger]) client.close();
});

await test("pages of what one works on neither lose nor repeat", async () => {
  const busy = await enterAs(crm, "officer", ours.unit);
  const taken = [];
  for (let n = 0; n < 7; n += 1) taken.push((await stepped(busy, await add(jaki, ours), { type: "take" })).id);
  for (const sort of ["due_at", "received_at", "-received_at"]) {
    const seen = [];
    for (let cursor = null; ;) {
      const page = await list(busy, { assigned: "me", sort, limit: 3, ...(cursor && { cursor }) });
      seen.push(...idsOf(page));
      cursor = page.next_cursor;
      if (cursor === null) break;
    }
    assert.deepEqual(seen, sort === "-received_at" ? [...taken].reverse() : taken, sort);
  }
  busy.close();
});

await test("what is held for a reason is for triage to ask for, and never for a channel", async () => {
  const held = await add(jaki, null, { location: null, description: `${word} tanpa tempat` });
  sql(`update crm.report set held_for = '{no_place}' where id = '${held.id}'`);
  for (const query of [{}, { q: word }]) {
    assert.ok((await found(triage, { ...query, held: "no_place", sort: "-received_at" })).has(held.id));
    assert.ok(!(await found(triage, { ...query, held: "abuse" })).has(held.id));
    assert.deepEqual(await found(officer, { ...query, held: "no_place" }), new Set());
  }
  for (const query of ["held=no_place", "assigned=none", "assigned=me"]) {
    assertProblem(await jaki.get(`/api/v1/reports?${query}`), 400, [["?", "unknown_parameter"]]);
  }
});

for (const client of [jaki, officer, supervisor, triage, validator]) client.close();
finish();
