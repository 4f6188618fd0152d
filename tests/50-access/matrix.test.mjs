// Every route × reader × report × field, from routes.def and policy/*.def. A
// new row is tested without a word here, unless it is a new route: that one
// needs a recipe, and fails until it has one.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { keyPair } from "../support/channels.mjs";
import { assertProblem } from "../support/checked.mjs";
import { finish, test } from "../support/count.mjs";
import { instance, sql } from "../support/instance.mjs";
import { addAccount, enterAs } from "../support/people.mjs";
import { jpeg } from "../support/pictures.mjs";
import { pointIn } from "../support/places.mjs";
import { add, handOver, reportBody } from "../support/reports.mjs";
import { access, addressOf, fields, otherFields, readers as readersInTable, routes } from "../support/tables.mjs";
import { open311Recipes } from "./open311.mjs";
import { byLabel, HOME, readersOf, reportsOf } from "./world.mjs";

const crm = instance();
const home = pointIn(HOME);
const readers = await readersOf(crm, home);
const reports = await reportsOf(readers);
const letters = access();
const tables = { report: fields("report"), event: fields("event") };
const others = otherFields();
const owner = byLabel(readers, "channel that sent it");
for (const { report } of reports) handOver(report.id);
sql(`insert into crm.work_day (unit_id, day, validated, on_time) select id, '2001-01-01', 12, 9 from crm.unit where name = '${home.unit}'`);
const [[ownerId]] = sql(`select id from crm.channel where name = '${owner.channel.name}'`);
const spare = keyPair();
/** Who signs in where signing in is looked at. */
const guest = addAccount({ role: "officer", unit: home.unit });
const OPTIONAL = /^OPTIONAL_/;
const XML = '<?xml version="1.0" encoding="UTF-8"?>\n';
const PUBLIC = { label: "the public", wire: "public" };

function mayRead(field, reader, level, isOwnUnit) {
  const letter = letters.get(field.kind)[reader.wire];
  return letter === "A" || ((letter === "P" || letter === "R") && level === "public") || (letter === "O" && isOwnUnit);
}

/** The names that `redacted` must hold. */
const hidden = (list, reader, level, isOwnUnit) => list.filter((field) => !mayRead(field, reader, level, isOwnUnit))
  .map((field) => (field.group ? `${field.group}.${field.name}` : field.name));

/** Every member of an object is one its table lets this reader see; all that must be there is there. */
function checkObject(object, list, reader, level, isOwnUnit, prefix = null) {
  const what = `${reader.label}, ${level}`;
  const known = new Set();
  for (const field of list) {
    if (field.group === prefix) {
      known.add(field.name);
      checkField(object, field, list, reader, level, isOwnUnit, what);
    } else if (prefix === null ? field.group !== null : field.group?.startsWith(`${prefix}.`)) {
      const tail = prefix === null ? field.group : field.group.slice(prefix.length + 1);
      if (!tail.includes(".")) known.add(tail);
    }
  }
  for (const member of Object.keys(object)) assert.ok(known.has(member), `${what}: unlisted member ${prefix ?? ""} ${member}`);
  for (const group of new Set(list.map((field) => field.group))) {
    if (group === null || group === prefix) continue;
    const parent = group.includes(".") ? group.slice(0, group.lastIndexOf(".")) : null;
    if (parent !== prefix) continue;
    const inside = object[group.slice(group.lastIndexOf(".") + 1)];
    const isShown = list.some((field) => (field.group === group || field.group?.startsWith(`${group}.`)) && mayRead(field, reader, level, isOwnUnit));
    if (!isShown) assert.equal(inside, undefined, `${what}: group ${group}`);
    else if (inside) checkObject(inside, list, reader, level, isOwnUnit, group);
  }
}

function checkField(object, field, list, reader, level, isOwnUnit, what) {
  const value = object[field.name];
  const name = `${what}: ${field.group ?? ""} ${field.name}`;
  const may = mayRead(field, reader, level, isOwnUnit);
  if (field.type === "REPORTER") {
    assert.equal(may, false, `${name}: nobody may see an identity`);
    assert.deepEqual(value, level === "private" ? { locked: true } : { anonymous: true }, name);
  } else if (field.type === "REDACTED") {
    assert.deepEqual(value, hidden(list, reader, level, isOwnUnit), name);
  } else if (field.type === "PHOTOS" && !may) {
    assert.deepEqual(value, { locked: true }, name);
  } else if (!may) {
    assert.equal(value, undefined, name);
  } else if (!OPTIONAL.test(field.type)) {
    assert.notEqual(value, undefined, name);
  }
}

const checkReport = (report, reader) => checkObject(report, tables.report, reader, report.visibility, report.unit.name === reader.unit);
function checkEvents(items, reader, level) {
  assert.ok(items.length >= 4, "a timeline with everything in it");
  for (const item of items) checkObject(item, tables.event, reader, level, item.by?.unit === reader.unit);
}
const checkItems = (table) => (json, reader) => {
  assert.ok(json.items.length > 0);
  for (const item of json.items) checkObject(item, others.get(table), reader, "public", true);
};
const only = (json, ...members) => assert.deepEqual(Object.keys(json), ["confidentiality", ...members]);

/** Recipes for a list that its readers edit; what is deleted was added for it. */
function ownItems(name, table, body) {
  const path = `/api/v1/${name}s`;
  const added = async (reader) => (await reader.client.post(path, body)).json?.[name]?.id ?? randomUUID();
  return {
    [`${name}_list`]: {
      path: async (one, reader) => { await added(reader); return path; },
      check: (json, reader) => { only(json, "items", "next_cursor"); checkItems(table)(json, reader); },
    },
    [`${name}_add`]: {
      body: () => body, good: 201,
      check: (json, reader) => { only(json, name); checkObject(json[name], others.get(table), reader, "public", true); },
    },
    [`${name}_delete`]: { isOwn: true, path: async (one, reader) => `${path}/${await added(reader)}`, check: (json) => only(json, "status") },
  };
}

/**
 * How to call an operation for a report, and what to look at in a good answer:
 * {path?(case, reader), body?(case, reader), headers?, good?, check(json, reader, case)}.
 * isOwn: the id in the path is of something the reader has, not of the report.
 */
const RECIPES = {
  health_process: { check: (json) => only(json, "status") },
  health_ready: { check: (json) => only(json, "status") },
  session_open: {
    body: () => ({ username: guest.username, password: guest.password }),
    check: (json) => {
      only(json, "session");
      checkObject(json.session, others.get("SESSION"), { label: "guest", wire: "officer" }, "public", true);
    },
  },
  session_get: {
    check: (json, reader) => {
      only(json, "session");
      checkObject(json.session, others.get("SESSION"), reader, "public", true);
      assert.equal(json.session.role, reader.wire);
    },
  },
  session_close: { isLast: true, check: (json) => only(json, "status") },
  category_list: { check: (json, reader) => { only(json, "items", "next_cursor"); checkItems("CATEGORY")(json, reader); } },
  reason_list: { check: (json, reader) => { only(json, "items", "next_cursor"); checkItems("REASON")(json, reader); } },
  area_list: { path: () => "/api/v1/areas?level=kota", check: (json, reader) => { only(json, "items", "next_cursor"); checkItems("AREA")(json, reader); } },
  officer_list: {
    check: (json, reader) => {
      only(json, "items", "next_cursor");
      for (const item of json.items) checkObject(item, others.get("OFFICER"), reader, "public", item.unit.name === reader.unit);
      assert.equal(json.items.some(({ name }) => name === byLabel(readers, "officer of the unit").name), reader.sees, `${reader.label}: colleagues`);
    },
  },
  ranking_list: { path: () => "/api/v1/ranking?from=2001-01-01&to=2001-01-31", check: (json, reader) => { only(json, "items", "next_cursor"); checkItems("RANKING")(json, reader); } },
  ...ownItems("word", "WORD", { word: "kata uji", kind: "abuse" }),
  channel_add: {
    body: () => ({ code: "uji_matriks", name: "Uji matriks" }), good: 201,
    check: (json, reader) => { only(json, "channel"); checkObject(json.channel, others.get("CHANNEL"), reader, "public", true); },
  },
  channel_edit: {
    isOwn: true, path: () => `/api/v1/channels/${ownerId}`, body: () => ({ active: true }),
    check: (json, reader) => { only(json, "channel"); checkObject(json.channel, others.get("CHANNEL"), reader, "public", true); },
  },
  key_list: {
    isOwn: true, path: () => `/api/v1/channels/${ownerId}/keys`,
    check: (json, reader) => { only(json, "items", "next_cursor"); checkItems("KEY")(json, reader); },
  },
  key_add: {
    isOwn: true, path: () => `/api/v1/channels/${ownerId}/keys`, good: 201,
    body: () => ({ kid: `${owner.channel.name}-2`, alg: "ES256", public_key: spare.publicPem, issuer: "uji", audience: "uji" }),
    check: (json, reader) => { only(json, "items", "next_cursor"); checkItems("KEY")(json, reader); },
  },
  // No report is a key: for an admin it is not there.
  key_retire: { good: 404, check: (json) => only(json, "status") },
  channel_list: { check: (json, reader) => { only(json, "items", "next_cursor"); checkItems("CHANNEL")(json, reader); } },
  report_related: {
    check: (json, reader) => {
      only(json, "items", "next_cursor");
      for (const item of json.items) checkObject(item, others.get("RELATED"), reader, item.visibility, true);
    },
  },
  suggestion_list: { check: (json, reader) => { only(json, "items", "next_cursor"); checkItems("SUGGESTION")(json, reader); } },
  ...ownItems("view", "VIEW", { name: "Uji", query: "overdue=true" }),
  ...ownItems("template", "TEMPLATE", { step: "ask", title: "Uji", text: "{ticket}?" }),
  unit_list: { check: (json, reader) => { only(json, "items", "next_cursor"); checkItems("UNIT")(json, reader); } },
  holiday_list: { check: (json, reader) => { only(json, "items", "next_cursor"); checkItems("HOLIDAY")(json, reader); } },
  holiday_add: {
    body: () => ({ day: "2032-02-29", name: "Hari Uji", kind: "collective" }), good: 201,
    check: (json, reader) => { only(json, "holiday"); checkObject(json.holiday, others.get("HOLIDAY"), reader, "public", true); },
  },
  // No report is a day off: for an admin it is not there.
  holiday_delete: { good: 404, check: (json) => only(json, "status") },
  notice_list: {
    check: (json, reader) => {
      only(json, "items", "next_cursor");
      for (const item of json.items) {
        checkObject(item, others.get("NOTICE"), reader, item.report.visibility, true);
        assert.equal(item.confidentiality.level, item.report.visibility);
        assert.ok(reader.sees || reports.every(({ report }) => report.id !== item.report.id), `${reader.label}: a notice of a report`);
      }
    },
  },
  notice_see: { body: () => ({ until: "2026-01-01T00:00:00Z" }), check: (json) => only(json, "status") },
  report_list: {
    path: ({ visibility }) => `/api/v1/reports?limit=100&sort=-received_at&visibility=${visibility}`,
    check: (json, reader, { report }) => {
      only(json, "items", "next_cursor");
      for (const item of json.items) checkReport(item, reader);
      assert.equal(json.items.some(({ id }) => id === report.id), reader.sees, `${reader.label}: in the list`);
    },
  },
  report_add: {
    body: ({ visibility }, reader) => reportBody(home, { visibility, ...(reader.wire === "channel" ? {} : { channel: "walikota" }) }),
    headers: () => ({ "Idempotency-Key": randomUUID() }), good: 201,
    check: (json, reader) => { only(json, "report"); checkReport(json.report, reader); },
  },
  report_open: { check: (json, reader) => { only(json, "report"); checkReport(json.report, reader); } },
  event_list: {
    check: (json, reader, { visibility }) => {
      only(json, "items", "next_cursor");
      assert.equal(json.confidentiality.level, visibility);
      checkEvents(json.items, reader, visibility);
    },
  },
  report_export: {
    check: (json, reader, { visibility }) => {
      only(json, "report", "events", "opened", "held");
      checkReport(json.report, reader);
      checkEvents(json.events, reader, visibility);
      for (const item of json.opened) checkObject(item, others.get("OPENED"), reader, visibility, false);
      checkObject(json.held, others.get("HELD"), reader, visibility, false);
    },
  },
  hand_over_list: {
    check: (json, reader, { visibility }) => {
      only(json, "items", "next_cursor");
      assert.equal(json.confidentiality.level, visibility);
      assert.equal(json.items.length, 2);
      for (const item of json.items) checkObject(item, others.get("HAND_OVER"), reader, visibility, false);
    },
  },
  opened_list: {
    check: (json, reader, { visibility }) => {
      only(json, "items", "next_cursor");
      for (const item of json.items) checkObject(item, others.get("OPENED"), reader, visibility, true);
      const names = readers.map(({ name }) => name).filter(Boolean);
      if (reader.wire === "channel") assert.ok(!names.some((name) => JSON.stringify(json).includes(name)), "no officer");
      else for (const { unit, officer } of json.items) assert.deepEqual([unit.name, officer.name], [reader.unit, reader.name]);
      assert.ok(reader.wire !== "channel" || json.items.some(({ unit, count }) => unit.name === home.unit && count > 0));
    },
  },
  event_add: {
    body: () => ({ type: "note", note: "uji" }), headers: ({ version }) => ({ "If-Match": `"${version()}"`, "Idempotency-Key": randomUUID() }),
    good: (reader) => (reader.wire === "channel" ? 403 : 201),
    check: (json, reader, { visibility }) => {
      only(json, "event", "report");
      checkReport(json.report, reader);
      checkObject(json.event, tables.event, reader, visibility, true);
    },
  },
  bulk: {
    body: ({ report, version }) => ({ type: "note", note: "uji", items: [{ id: report.id, version: Number(version()) }] }),
    check: (json, reader, { report, version }) => {
      only(json, "items");
      const wanted = reader.sees ? { status: 201, version: Number(version()) } : { status: 404, code: "not-found" };
      assert.deepEqual(json.items, [{ id: report.id, ...wanted }], reader.label);
    },
  },
  check_list: {
    check: (json, reader, { visibility, report }) => {
      only(json, "items", "next_cursor");
      const kinds = new Set(json.items.map(({ kind }) => kind));
      for (const kind of ["own_photo", "arrival", "distance"]) assert.ok(kinds.has(kind), kind);
      const own = sql(`select id from crm.photo where report_id = '${report.id}' and kind = 'report'`)[0][0];
      for (const item of json.items) {
        checkObject(item, others.get("CHECK"), reader, item.confidentiality.level, true);
        if (visibility === "private") assert.notEqual(item.other_photo, own, "a private photo");
        if (visibility === "private") assert.equal(item.confidentiality.level, "private");
        if (item.kind === "own_photo") assert.equal(item.other_photo, visibility === "public" ? own : undefined);
      }
    },
  },
  ...open311Recipes({ checkObject, others, PUBLIC }),
  photo_open: {
    path: ({ photo }) => `/api/v1/photos/${photo}`,
    good: (reader, { kind, visibility }) => {
      if (kind === "proof") return 200;
      return letters.get("PHOTO")[reader.wire] === "P" && visibility === "public" ? 200 : 404;
    },
    check: (json) => assert.equal(json, undefined, "bytes"),
  },
};

/** What one report gives to look at: once, or for its own photo and its proof. */
function casesOf(operation) {
  return reports.flatMap(({ visibility, report, proof }) => {
    const version = () => sql(`select version from crm.report where id = '${report.id}'`)[0][0];
    const one = { visibility, report, version };
    if (operation !== "photo_open") return [one];
    const [[own]] = sql(`select id from crm.photo where report_id = '${report.id}' and kind = 'report'`);
    return [{ ...one, kind: "report", photo: own }, { ...one, kind: "proof", photo: proof.id }];
  });
}

/** 401, 403 and 404 follow from the tables; the rest is the recipe's. */
function statusFor(route, recipe, reader, one) {
  const good = typeof recipe.good === "function" ? recipe.good(reader, one) : recipe.good ?? 200;
  if (route.anyone) return good;
  if (reader.wire === null) return 401;
  if (!route.readers.has(reader.wire)) return 403;
  if (route.path.includes("{id}") && !recipe.isOwn && !reader.sees) return 404;
  return good;
}

/** What an answer tells, but for the time and the quota that is left. */
const told = ({ status, body, headers: { date: _, ratelimit, ...headers } }) => [status, body.length, headers, ratelimit === undefined];

const table = routes().sort((a, b) => Number(RECIPES[a.operation]?.isLast ?? false) - Number(RECIPES[b.operation]?.isLast ?? false));
for (const route of table) {
  const recipe = RECIPES[route.operation];
  if (!recipe) {
    await test(`${route.method} ${route.path} has a recipe in this test`, () => assert.fail(`write one for ${route.operation}`));
    continue;
  }
  for (const reader of readers) {
    await test(`${route.method} ${route.path} as ${reader.label}`, async () => {
      for (const one of recipe.isLast ? [reports[0]] : casesOf(route.operation)) {
        const path = await recipe.path?.(one, reader) ?? addressOf(route.path, one.report.id);
        const answer = await reader.client.send(route.method, path, { body: recipe.body?.(one, reader), headers: recipe.headers?.(one) });
        const status = recipe.isLast && reader.wire !== "channel" && reader.wire !== null ? 200 : statusFor(route, recipe, reader, one);
        assert.equal(answer.status, status, `${path}: ${answer.text.slice(0, 300)}`);
        if (status < 300) recipe.check(answer.json, reader, one);
        else if (route.readers.has("public")) {
          const said = route.operation === "token_open" ? "token: There is no such value" : "There is nothing here";
          assert.equal(answer.text, `${XML}<errors><error><code>404</code><description>${said}</description></error></errors>\n`);
        }
        else assertProblem(answer, status);
        if (status === 404) {
          const unknown = await reader.client.send(route.method, addressOf(route.path, randomUUID()), { body: recipe.body?.(one, reader), headers: recipe.headers?.(one) });
          assert.deepEqual(told(unknown), told(answer), "like one that does not exist");
        }
      }
    });
  }
}

await test("the tables know the readers of this test, and no more", () => {
  const covered = new Set(readers.map(({ wire }) => wire));
  assert.deepEqual(readersInTable().map(({ wire }) => wire).filter((wire) => !covered.has(wire)), ["public"], "nobody in particular: see open311.test.mjs");
  assert.deepEqual(table.filter((route) => route.readers.has("public")).filter(({ path }) => !path.startsWith("/open311/")), []);
});

await test("identities are for nobody, in the table itself", () => {
  assert.ok(Object.values(letters.get("IDENTITY")).every((letter) => letter === "N"));
  assert.equal(tables.report.find(({ type }) => type === "REPORTER").kind, "IDENTITY");
  for (const reader of ["privacy", "admin"]) {
    for (const kind of ["PHOTO", "NARRATIVE", "PLACE", "FOLLOWUP", "INTERNAL", "PLAIN"]) assert.equal(letters.get(kind)[reader], "N");
  }
  assert.equal(letters.get("INTERNAL").channel, "N");
});

await test("a report that turns private is locked with the very next request", async () => {
  const officer = byLabel(readers, "officer of the unit");
  const client = await enterAs(crm, "officer", officer.unit);
  const report = await add(owner.client, home, { visibility: "public" }, { photos: [jpeg({ width: 40, height: 30 })] });
  const open = () => client.get(`/api/v1/reports/${report.id}`);
  const [photo] = (await open()).json.report.photos.items;
  assert.equal((await client.get(photo.full)).status, 200);
  sql(`update crm.report set visibility = 'private' where id = '${report.id}'`);
  assertProblem(await client.get(photo.full), 404);
  assertProblem(await client.get(photo.thumb), 404);
  const after = await open();
  assert.equal(after.json.report.confidentiality.level, "private");
  assert.deepEqual(after.json.report.photos, { locked: true });
  const list = await client.get("/api/v1/reports?limit=100&sort=-received_at");
  assert.equal(list.json.items.find(({ id }) => id === report.id).visibility, "private");
  client.close();
});

for (const { client } of readers) client.close();
finish();
