// The description of the API is the API: every route, list, member, header and
// example of docs/openapi.yaml against the tables and the running server.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openapiJson } from "../../web-client/openapi.mjs";
import { Client } from "../support/client.mjs";
import { finish, test } from "../support/count.mjs";
import { instance, root } from "../support/instance.mjs";
import { addAccount, channelOf, enterAs, signInAnswer, SOURCE, stranger } from "../support/people.mjs";
import { jpeg } from "../support/pictures.mjs";
import { OUTSIDE, pointIn } from "../support/places.mjs";
import { open as connect } from "../support/raw.mjs";
import { followUp, reportBody, send, step } from "../support/reports.mjs";
import { Schemas } from "../support/schema.mjs";
import { fields, otherFields, readers, routes } from "../support/tables.mjs";

const crm = instance();
const ADDRESS = "/api/v1/openapi.json";
const plain = new Client(crm, {}, SOURCE);
const served = await plain.get(ADDRESS);
const api = served.json;
assert.ok(api, `${ADDRESS}: ${served.status} ${served.text.slice(0, 200)}`);
const schemas = new Schemas(api);
const named = (name) => ({ $ref: `#/components/schemas/${name}` });
const schema = (name) => api.components.schemas[name];
const METHODS = ["get", "post", "put", "patch", "delete"];

const operations = Object.entries(api.paths).flatMap(([path, item]) =>
  METHODS.filter((method) => item[method]).map((method) => ({ method: method.toUpperCase(), path, ...item[method] })));
const byId = new Map(operations.map((operation) => [operation.operationId, operation]));
const described = operations.filter(({ path }) => path !== ADDRESS);

/** Calls visit(object, where) for every object of the document. */
function walk(object, visit, where = "") {
  if (typeof object !== "object" || object === null) return;
  visit(object, where);
  for (const [name, value] of Object.entries(object)) walk(value, visit, `${where}/${name}`);
}

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

await test("it is docs/openapi.yaml", async () => assert.deepEqual(api, JSON.parse(await openapiJson())));

/* --- against the tables ----------------------------------------------------- */

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
    const wanted = [...(route.readers.has("channel") ? ["channel"] : []), ...(session.some((role) => route.readers.has(role)) ? ["session"] : [])];
    assert.deepEqual(ways, wanted);
    const types = Object.keys(operation.requestBody?.content ?? {});
    assert.deepEqual(types, { NONE: [], JSON: ["application/json"], PARTS: ["application/json", "multipart/form-data"] }[route.body]);
    if (route.body === "PARTS") {
      const parts = operation.requestBody.content["multipart/form-data"].schema;
      for (const one of parts.oneOf ?? [parts]) assert.ok(one.required.includes(route.part));
    }
    const isAll = [...session, "channel"].every((role) => route.readers.has(role));
    const answers = Object.keys(operation.responses);
    for (const [status, isThere] of [["400", true], ["405", true], ["default", true], ["401", !route.anyone || route.method === "POST"],
      ["403", !isAll && (!route.anyone || route.method === "POST")], ["411", route.body !== "NONE"], ["413", route.body !== "NONE"],
      ["415", route.body !== "NONE"], ["404", route.path.includes("{id}")]]) {
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
  for (const [id, file] of [["report_list", "report"], ["event_list", "event"], ["photo_open", "photo"]]) {
    assert.deepEqual(query(id).sort(), read(`${file}/${id}.c`, "query"), id);
  }
  const members = (...list) => [...new Set(list.flatMap((one) => Object.keys(one.properties)))].sort();
  const { location, reporter } = schema("ReportRequest").properties;
  assert.deepEqual(members(schema("SignInRequest")), read("session/session_open.c", "body"));
  assert.deepEqual(members(schema("ReportRequest")), read("report/report_add.c", "body"));
  assert.deepEqual(members(location), read("report/report_add.c", "location"));
  assert.deepEqual(members(reporter), read("report/report_add.c", "reporter"));
  assert.deepEqual(members(...schema("StepRequest").oneOf, schema("FollowUpRequest")), read("event/event_add.c", "body"));
  assert.deepEqual(members(schema("FollowUpRequest").properties.location), read("event/event_add.c", "location"));
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
    ["Category", other.get("CATEGORY")], ["Unit", other.get("UNIT")]]) {
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
    if (object.properties && [object.type].flat().includes("object")) assert.equal(object.additionalProperties, false, where);
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

/* --- against answers -------------------------------------------------------- */

const statuses = new Map(operations.map(({ operationId }) => [operationId, new Set()]));
const objects = new Map(["Report", "Event", "Session", "Category", "Unit", "Photo", "Problem", "Fault"].map((name) => [name, []]));

/** Throws unless the answer is one that the description tells of. */
function fits(id, answer) {
  const operation = byId.get(id);
  const what = `${id} ${answer.status}`;
  const response = schemas.open(operation.responses[answer.status]);
  assert.ok(response, `${what} is described: ${answer.text}`);
  for (const [name, header] of Object.entries(response.headers)) {
    const { required, schema: one } = schemas.open(header);
    const value = [answer.headers[name.toLowerCase()]].flat()[0];
    assert.ok(value !== undefined || !required, `${what}: header ${name}`);
    if (value !== undefined) assert.deepEqual(schemas.faults(one, one.type === "integer" ? Number(value) : value), [], `${what}: ${name}`);
  }
  const content = response.content[answer.headers["content-type"]];
  assert.ok(content, `${what}: ${answer.headers["content-type"]}`);
  statuses.get(id).add(String(answer.status));
  if (!content.schema) return;
  assert.deepEqual(schemas.faults(content.schema, answer.json), [], what);
  refusesSurplus(content.schema, answer.json, what);
  keep(id, answer.json);
}

/** Sorts the objects of an answer by their schemas. */
function keep(id, json) {
  const kinds = { Report: [json.report], Event: [json.event], Session: [json.session], Problem: json.title ? [json] : [], Fault: json.errors };
  const kind = { report_list: "Report", event_list: "Event", category_list: "Category", unit_list: "Unit" }[id];
  if (kind && json.items) kinds[kind] = json.items;
  walk(json, ({ photos }) => objects.get("Photo").push(...(photos?.items ?? [])));
  for (const [name, list] of Object.entries(kinds)) objects.get(name).push(...(list ?? []).filter(Boolean));
}

/** Puts a member too many into each object, which must be noticed. */
function refusesSurplus(one, json, what) {
  walk(json, (object, where) => {
    if (Array.isArray(object)) return;
    object.surplus = 1;
    assert.notDeepEqual(schemas.faults(one, json), [], `${what}: a surplus member at ${where}`);
    delete object.surplus;
  });
}

const at = pointIn("31.75.07.1006") ?? pointIn("31.75.07.1003");
const jaki = channelOf(crm);
const nobody = stranger(crm);
const user = addAccount({ role: "officer", unit: at.unit, totp: true });
const officer = await enterAs(crm, "officer", at.unit);
const validator = await enterAs(crm, "validator", "Biro Pemerintahan");
const privacy = await enterAs(crm, "privacy", "Inspektorat");
const place = { lat: at.lat, lng: at.lng };

await test("answers about nothing but the service", async () => {
  fits("health_process", await nobody.get("/healthz"));
  fits("health_ready", await nobody.get("/readyz"));
  fits("category_list", await jaki.get("/api/v1/categories"));
  fits("unit_list", await officer.get("/api/v1/units"));
  fits("unit_list", await jaki.get("/api/v1/units"));
  fits("unit_list", await officer.send("PUT", "/api/v1/units", { body: {} }));
  fits("category_list", await nobody.get("/api/v1/categories", { "Accept-Language": "id" }));
});

await test("signing in and out", async () => {
  fits("session_open", await signInAnswer(crm, user));
  fits("session_open", await signInAnswer(crm, user, { totp: "" }));
  fits("session_open", await signInAnswer(crm, { ...user, password: "salah" }));
  fits("session_open", await signInAnswer(crm, user, { headers: { origin: "https://lain.invalid" } }));
  fits("session_open", await nobody.post("/api/v1/session", { username: "", lain: 1 }));
  fits("session_open", await nobody.post("/api/v1/session", "{"));
  fits("session_open", await nobody.post("/api/v1/session", "x".repeat(70_000)));
  fits("session_open", await nobody.post("/api/v1/session", { type: "text/plain", data: Buffer.from("x") }));
  const tries = [];
  for (let count = 0; count < 12 && tries.at(-1)?.status !== 429; count += 1) tries.push(await signInAnswer(crm, { username: `tak-ada-${user.username}`, password: "x" }));
  assert.equal(tries.at(-1).status, 429);
  fits("session_open", tries.at(-1));
  const visitor = await enterAs(crm, "admin", "Biro Pemerintahan");
  fits("session_get", await visitor.get("/api/v1/session"));
  for (const client of [jaki, nobody]) fits("session_get", await client.get("/api/v1/session"));
  fits("session_close", await visitor.delete("/api/v1/session", { "X-CRM": "0" }));
  fits("session_close", await visitor.delete("/api/v1/session"));
  fits("session_close", await visitor.delete("/api/v1/session"));
  visitor.close();
});

const reports = {};
await test("reports as they are handed in", async () => {
  const key = randomUUID();
  const body = reportBody(place, { occurred_at: "2026-01-02T03:04:05+07:00" });
  assert.deepEqual(schemas.faults(named("ReportRequest"), body), []);
  const first = await send(jaki, body, { key });
  fits("report_add", first);
  reports.closed = first.json.report;
  const again = await send(jaki, body, { key });
  assert.equal(again.headers["idempotency-replayed"], "true");
  fits("report_add", again);
  fits("report_add", await send(jaki, { ...body, category: null }, { key }));
  const open = await send(jaki, reportBody(place, { visibility: "public" }), { photos: [jpeg({ width: 64, height: 48 })] });
  fits("report_add", open);
  reports.open = open.json.report;
  for (const members of [{ category: null, location: null }, { location: OUTSIDE, reporter: null, channel_ref: null }]) {
    fits("report_add", await send(jaki, reportBody(null, members), { headers: { "Accept-Language": "id" } }));
  }
  fits("report_add", await send(jaki, { visibility: "x", lain: 1 }));
  fits("report_add", await send(jaki, body, { key: null }));
  fits("report_add", await send(jaki, reportBody(place), { photos: [Buffer.from("bukan foto")] }));
  fits("report_add", await send(jaki, reportBody(place), { photos: [Buffer.alloc(10 * 1024 * 1024 + 1)] }));
  fits("report_add", await send(officer, body));
});

await test("reports as they are read", async () => {
  for (const report of Object.values(reports)) {
    for (const client of [officer, validator, jaki, privacy, nobody]) {
      for (const headers of [{}, { "Accept-Language": "id" }]) {
        fits("report_open", await client.get(`/api/v1/reports/${report.ticket}`, headers));
        fits("report_list", await client.get(`/api/v1/reports?visibility=${report.visibility}&limit=3`, headers));
      }
    }
  }
  fits("report_open", await officer.get(`/api/v1/reports/${randomUUID()}`));
  fits("report_list", await officer.get("/api/v1/reports?limit=0"));
  fits("report_list", await officer.get("/api/v1/reports?lain=1"));
  const { photos } = (await officer.get(`/api/v1/reports/${reports.open.id}`)).json.report;
  for (const size of ["thumb", "full"]) fits("photo_open", await officer.get(photos.items[0][size]));
  for (const client of [jaki, privacy]) fits("photo_open", await client.get(photos.items[0].full));
  fits("photo_open", await officer.get("/api/v1/photos/x?size=besar"));
});

await test("every query parameter of lists is known", async () => {
  const values = { status: "waiting,completed", category: "jalan", unit: reports.open.unit.id, kelurahan: "31.75.07.1003", overdue: "false",
    visibility: "private", q: "jalan", bbox: "106,-7,107,-6", sort: "-received_at", limit: "1", cursor: null, size: "thumb" };
  for (const { operationId, path, parameters } of operations) {
    for (const parameter of parameters.map((one) => schemas.open(one)).filter((one) => one.in === "query")) {
      assert.ok(parameter.name in values, parameter.name);
      if (values[parameter.name] === null || operationId === "photo_open") continue;
      const query = new URLSearchParams({ [parameter.name]: values[parameter.name] });
      fits(operationId, await officer.get(`${path.replace("{id}", reports.open.id)}?${query}`));
    }
  }
});

await test("steps of work and the timeline", async () => {
  for (const name of ["open", "closed"]) {
    const id = reports[name].id;
    const take = async (client, event, options) => {
      const kind = event.type === "follow_up" ? "FollowUpRequest" : "StepRequest";
      if (!options?.isWrong) assert.deepEqual(schemas.faults(named(kind), event), []);
      const answer = await step(client, reports[name], event, options);
      fits("event_add", answer);
      if (answer.status === 201) reports[name] = answer.json.report;
      return answer;
    };
    assert.equal((await take(officer, { type: "take" })).status, 201);
    for (const [client, event, options, status] of [
      [officer, { type: "take" }, { version: 1 }, 412], [officer, { type: "take" }, { version: null }, 428], [officer, { type: "take" }, {}, 409],
      [officer, { type: "follow_up" }, { isWrong: true }, 422], [officer, { type: "take", lain: 1 }, { isWrong: true }, 422],
      [validator, { type: "take" }, {}, 403], [jaki, { type: "take" }, { headers: { "Idempotency-Key": randomUUID() } }, 403],
      [jaki, { type: "take" }, {}, 400], [nobody, { type: "take" }, {}, 401],
    ]) assert.equal((await take(client, event, options)).status, status);
    await take(officer, { type: "note", note: "Tunggu alat berat" });
    await take(officer, { type: "reply", text: "Petugas datang besok." }, { headers: { "Idempotency-Key": randomUUID() } });
    await take(officer, ...followUp(place, { note: "Selesai" }));
    await take(validator, { type: "refuse_work", reason: "Foto belum jelas" });
    assert.equal(reports[name].status, "followup_rejected");
    fits("event_add", await step(officer, { id: randomUUID(), version: 1 }, { type: "take" }));
    for (const client of [officer, validator, jaki, privacy, nobody]) {
      for (const query of ["", "?limit=2", "?limit=200", "?lain=1"]) fits("event_list", await client.get(`/api/v1/reports/${id}/events${query}`));
    }
    fits("event_list", await officer.get(`/api/v1/reports/${randomUUID()}/events`));
  }
});

await test("what any address refuses", async () => {
  for (const { operationId: id, method, path, requestBody, security } of described) {
    const address = path.replace("{id}", randomUUID());
    const body = method === "GET" || method === "DELETE" ? undefined : {};
    if (security.length > 0) fits(id, await nobody.send(method, address, { body }));
    fits(id, await officer.send(method, `${address}?x=%zz`, { body }));
    fits(id, await officer.send("PUT", address, { body: {} }));
    if (!requestBody) continue;
    for (const [size, type] of [[2, "text/plain"], [70_000, "application/json"]]) {
      fits(id, await (id === "report_add" ? jaki : officer).post(address, { type, data: Buffer.alloc(size, "x") }, { "If-Match": '"1"' }));
    }
    const raw = await connect(crm);
    const answer = await raw.send(`POST ${address} HTTP/1.1\r\nHost: localhost\r\n\r\n`).answer();
    raw.end();
    fits(id, { ...answer, text: `${answer.body}`, json: JSON.parse(answer.body) });
  }
});

await test("every status that is described was seen, but for a server in trouble", () => {
  for (const { operationId, responses } of described) {
    const wanted = Object.keys(responses).filter((status) => status !== "default" && status !== "503");
    assert.deepEqual([...statuses.get(operationId)].sort(), wanted, operationId);
  }
});

for (const [name, list] of objects) {
  await test(`${name}: what is required is always there, what is not is sometimes, nothing is never`, () => {
    const { properties, required } = schema(name);
    const of = (member) => list.filter((one) => Object.hasOwn(one, member)).length;
    assert.ok(list.length > 0);
    assert.deepEqual(Object.keys(properties).filter((member) => of(member) === list.length), required);
    assert.deepEqual(Object.keys(properties).filter((member) => of(member) === 0), []);
  });
}

for (const client of [plain, jaki, nobody, officer, validator, privacy]) client.close();
finish();
