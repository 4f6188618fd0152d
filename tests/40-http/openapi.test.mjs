// The description of the API against the tables the server is built from: every
// route, list, member and example of docs/openapi.yaml.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openapiJson } from "../../web-client/openapi.mjs";
import { finish, test } from "../support/count.mjs";
import { instance, root } from "../support/instance.mjs";
import { ADDRESS, api, byId, described, operations, plain, schema, schemas, served, walk } from "../support/openapi.mjs";
import { open } from "../support/raw.mjs";
import { fields, otherFields, readers, routes } from "../support/tables.mjs";

await test("it is served as public JSON that may be kept and is asked for again", async () => {
  for (const answer of [served, await plain.send("HEAD", ADDRESS), await plain.get(ADDRESS, { "If-None-Match": served.headers.etag })]) {
    assert.equal(answer.headers["content-type"], "application/json");
    assert.equal(answer.headers["x-confidentiality"], "public");
    assert.equal(answer.headers["cache-control"], "no-cache");
    assert.equal(answer.headers.etag, served.headers.etag);
    assert.match(answer.headers["content-security-policy"], /^default-src 'none'; frame-ancestors 'none'$/);
  }
  assert.equal((await plain.get(ADDRESS, { "If-None-Match": served.headers.etag })).status, 304);
  const small = await plain.send("HEAD", ADDRESS, { headers: { "Accept-Encoding": "br" } });
  assert.equal(small.headers["content-encoding"], "br");
  assert.ok(Number(small.headers["content-length"]) < served.body.length / 4);
});

await test("it takes GET and HEAD only", async () => {
  for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
    const answer = await plain.send(method, ADDRESS, { body: method === "DELETE" ? undefined : {} });
    assert.equal(answer.status, 405, method);
    assert.deepEqual(answer.headers.allow.split(", "), ["GET", "HEAD", "OPTIONS"]);
    assert.equal(answer.headers["x-confidentiality"], "public");
  }
});

await test("it is refused like any address when the head of the request is malformed", async () => {
  const raw = await open(instance());
  const answer = await raw.send(`GET ${ADDRESS} HTTP/1.1\r\nHost: localhost\r\nHost: lain.invalid\r\n\r\n`).answer();
  raw.end();
  assert.equal(answer.status, 400);
});

await test("it is docs/openapi.yaml", async () => assert.deepEqual(api, JSON.parse(await openapiJson())));

await test("every route is described, and nothing else", () => {
  const row = (method, path, operation) => `${method} ${path} ${operation}`;
  assert.deepEqual(described.map((one) => row(one.method, one.path, one.operationId)).sort(),
    routes().map((one) => row(one.method, one.path, one.operation)).sort());
});

const session = readers().filter((one) => one.session).map(({ wire }) => wire);
for (const route of routes()) {
  await test(`${route.method} ${route.path}: who may ask, the body, the statuses`, () => {
    const operation = byId.get(route.operation);
    const ways = operation.security.flatMap((way) => Object.keys(way)).sort();
    const isForm = route.body === "FORM"; // who asks stands in it
    const wanted = [...(route.readers.has("channel") && !isForm ? ["channel"] : []), ...(session.some((role) => route.readers.has(role)) ? ["session"] : [])];
    assert.deepEqual(ways, wanted);
    const types = Object.keys(operation.requestBody?.content ?? {});
    assert.deepEqual(types, { NONE: [], JSON: ["application/json"], PARTS: ["application/json", "multipart/form-data"], FORM: ["application/x-www-form-urlencoded", "multipart/form-data"] }[route.body]);
    if (route.body === "PARTS") {
      const parts = operation.requestBody.content["multipart/form-data"].schema;
      for (const one of parts.oneOf ?? [parts]) assert.ok(one.required.includes(route.part));
    }
    const isAll = [...session, "channel"].every((role) => route.readers.has(role));
    const answers = Object.keys(operation.responses);
    for (const [status, isThere] of [["400", true], ["405", true], ["default", true], ["401", !isForm && (!route.anyone || route.method === "POST")],
      ["403", !isAll && (!route.anyone || route.method === "POST")], ["411", route.body !== "NONE"], ["413", route.body !== "NONE"],
      ["415", route.body !== "NONE"], ["404", route.path.includes("{id}") || (route.path.startsWith("/open311/") && !route.path.includes("/discovery."))]]) {
      assert.equal(answers.includes(status), isThere, `${status} of ${answers}`);
    }
  });
}

const def = (path, pattern) => [...readFileSync(join(root, "api", path), "utf8").matchAll(pattern)].map((match) => match[1]);
const labels = (macro) => def("core/labels.def", new RegExp(`^${macro}\\(\\w+,\\s*"(\\w+)"`, "gm"));

await test("the closed lists are those of the tables", () => {
  assert.deepEqual(schema("Status").enum, labels("STATUS"));
  assert.deepEqual(schema("EventType").enum, labels("EVENT"));
  assert.deepEqual(schema("Session").properties.role.enum, session);
  assert.deepEqual(schema("Fault").properties.code.enum, def("policy/problems.def", /^P\("(\w+)"/gm));
  const problem = schema("Problem").properties;
  assert.deepEqual(problem.type.enum, def("core/errors.def", /^X\(\w+,\s*\d+, "([\w-]+)"/gm).map((slug) => `/problems/${slug}`));
  assert.deepEqual(problem.status.enum, def("core/errors.def", /^X\(\w+,\s*(\d+)/gm).map(Number));
  const texts = readFileSync(join(root, "api/core/labels.def"), "utf8");
  for (const level of ["public", "private"]) {
    const name = `Confidentiality${level === "public" ? "Public" : "Private"}`;
    const [, english, indonesian] = new RegExp(`^CONFIDENTIALITY\\(\\w+, "${level}",\\s*"(.+)",\\s*"(.+)"\\)`, "m").exec(texts);
    assert.equal(schema(name).properties.level.const, level);
    assert.deepEqual(schema(name).properties.label.oneOf.map((one) => one.enum), [[english], [indonesian]]);
  }
});

await test("requests have the parameters and members that the handlers read", () => {
  const read = (file, list) => {
    const [, names] = new RegExp(`${list}_names\\[\\] = \\{([^}]*), NULL\\}`).exec(readFileSync(join(root, "api", file), "utf8"));
    return names.split(",").map((name) => name.trim().replaceAll('"', "")).sort();
  };
  const query = (id) => byId.get(id).parameters.map((one) => schemas.open(one)).filter((one) => one.in === "query").map(({ name }) => name);
  const listed = new Set([...read("report/report_list.c", "query"), ...read("report/report_list.c", "change")]);
  assert.deepEqual(query("report_list").sort(), [...listed].sort());
  for (const [id, file] of [["photo_open", "photo/photo_open.c"], ["area_list", "unit/area_list.c"],
    ["officer_list", "unit/officer_list.c"], ["ranking_list", "unit/ranking_list.c"],
    // Lists without a filter: call/page.c reads their query.
    ["event_list", "call/page.c"], ["notice_list", "call/page.c"], ["hand_over_list", "call/page.c"]]) {
    assert.deepEqual(query(id).sort(), read(file, "query"), id);
  }
  const members = (...list) => [...new Set(list.flatMap((one) => Object.keys(one.properties)))].sort();
  const { location, reporter } = schema("ReportRequest").properties;
  assert.deepEqual(members(schema("SignInRequest")), read("session/session_open.c", "body"));
  assert.deepEqual(members(schema("ReportRequest")), read("report/report_add.c", "body"));
  assert.deepEqual(members(schema("NoticeSeenRequest")), read("notice/notice_see.c", "body"));
  assert.deepEqual(members(schema("HolidayRequest")), read("holiday/holiday_add.c", "body"));
  assert.deepEqual(members(schema("WordRequest")), read("triage/word_add.c", "body"));
  assert.deepEqual(members(schema("ChannelRequest")), read("channel/channel_add.c", "body"));
  assert.deepEqual(members(schema("ChannelChange")), read("channel/channel_edit.c", "body"));
  assert.deepEqual(members(schema("KeyRequest")), read("channel/key_add.c", "key"));
  assert.deepEqual(members(schema("KeySetRequest")), read("channel/key_add.c", "set"));
  assert.deepEqual(members(schema("ViewRequest")), read("view/view_add.c", "body"));
  assert.deepEqual(members(schema("TemplateRequest")), read("template/template_add.c", "body"));
  assert.deepEqual(members(location), read("report/report_add.c", "location"));
  assert.deepEqual(members(reporter), read("report/report_add.c", "reporter"));
  const step = read("event/step.c", "body");
  assert.deepEqual(members(...schema("StepRequest").oneOf, schema("FollowUpRequest"), ...schema("PicturedRequest").oneOf), step);
  assert.deepEqual(members(schema("BulkRequest")), [...step, "items"].sort());
  assert.deepEqual(members(schema("BulkRequest").properties.items.items), read("event/bulk.c", "item"));
  for (const name of ["Spot", "OptionalSpot"]) assert.deepEqual(members(schema(name)), read("event/step.c", "location"));
});

/** "location.kelurahan.code" of every member, groups and all. */
function membersOf(object, prefix = "") {
  return Object.entries(object.properties).flatMap(([name, value]) => {
    const inner = schemas.open(value.oneOf?.[0] ?? value);
    const isGroup = inner.properties && !["confidentiality", "reporter", "photos"].includes(name);
    return isGroup ? membersOf(inner, `${prefix}${name}.`) : [`${prefix}${name}`];
  });
}

await test("objects have the members of the field tables", () => {
  const other = otherFields();
  for (const [name, rows] of [["Report", fields("report")], ["Event", fields("event")], ["Session", other.get("SESSION")],
    ["Category", other.get("CATEGORY")], ["Unit", other.get("UNIT")], ["Holiday", other.get("HOLIDAY")], ["Notice", other.get("NOTICE")],
    ["Reason", other.get("REASON")], ["Area", other.get("AREA")], ["Officer", other.get("OFFICER")],
    ["Ranking", other.get("RANKING")], ["HandOver", other.get("HAND_OVER")], ["Opened", other.get("OPENED")], ["View", other.get("VIEW")], ["Template", other.get("TEMPLATE")],
    ["Word", other.get("WORD")], ["Channel", other.get("CHANNEL")], ["Key", other.get("KEY")], ["Related", other.get("RELATED")],
    ["Suggestion", other.get("SUGGESTION")], ["Service", other.get("SERVICE")], ["ServiceRequest", other.get("REQUEST")], ["Check", other.get("CHECK")]]) {
    assert.deepEqual(membersOf(schema(name)), rows.map(({ group, name: member }) => (group ? `${group}.${member}` : member)), name);
  }
});

await test("every $ref leads somewhere and every component is used", () => {
  const used = new Set(operations.flatMap(({ security }) => security.flatMap((way) => Object.keys(way).map((name) => `#/components/securitySchemes/${name}`))));
  walk(api, ({ $ref }) => {
    if (!$ref) return;
    schemas.at($ref);
    used.add($ref);
  });
  for (const [kind, list] of Object.entries(api.components)) {
    for (const name of Object.keys(list)) assert.ok(used.has(`#/components/${kind}/${name}`), `${kind}/${name}`);
  }
});

await test("every object is closed", () => {
  walk(api.components.schemas, (object, where) => {
    const isClosed = !where.startsWith("/ServiceRequestForm"); // clients send what other cities know
    if (object.properties && [object.type].flat().includes("object")) assert.equal(object.additionalProperties, isClosed ? false : undefined, where);
  });
});

await test("every example fits its schema", () => {
  let count = 0;
  const fits = (one, value, where) => {
    count += 1;
    assert.deepEqual(schemas.faults(one, value), [], where);
  };
  walk(api, (object, where) => {
    if (where.startsWith("/components/examples") || !object.schema) return;
    if (object.example !== undefined) fits(object.schema, object.example, where);
    for (const [name, one] of Object.entries(object.examples ?? {})) fits(object.schema, schemas.open(one).value, `${where} ${name}`);
  });
  assert.ok(count > 40, `${count} examples`);
});

plain.close();
finish();
