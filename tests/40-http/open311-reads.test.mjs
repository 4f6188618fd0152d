// What Open311 clients read: services, service requests and their photos, the
// same in both formats; what is private is not there.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { finish, test } from "../support/count.mjs";
import { instance, sql } from "../support/instance.mjs";
import { channelOf, enterAs, stranger } from "../support/people.mjs";
import { jpeg } from "../support/pictures.mjs";
import { pointIn } from "../support/places.mjs";
import { add, followUp, step, stepped } from "../support/reports.mjs";
import { parseXml, sameAsJson } from "../support/xml.mjs";

const crm = instance();
const at = pointIn("31.75.07.1003");
const jaki = channelOf(crm);
const officer = await enterAs(crm, "officer", at.unit);
const triage = await enterAs(crm, "triage", crm.user("triage").unit);
const nobody = stranger(crm);
const REQUESTS = "/open311/v2/requests";
const MEMBERS = ["service_request_id", "status", "status_notes", "service_name", "service_code", "description", "agency_responsible",
  "service_notice", "requested_datetime", "updated_datetime", "expected_datetime", "address", "address_id", "zipcode", "lat", "long", "media_url"];
/** Whole seconds: clients that take the example literally read no others. */
const W3 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** GET in JSON that must be answered with a list. */
async function list(query = "", path = REQUESTS) {
  const answer = await nobody.get(`${path}.json${query && `?${query}`}`);
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.headers["content-type"], "application/json; charset=utf-8");
  return answer.json;
}
const ids = async (query) => (await list(query)).map((one) => one.service_request_id);
const one = async (id, query = "") => (await list(query, `${REQUESTS}/${id}`))[0];
const publicReport = (members = {}, options = { photos: [jpeg({ width: 60, height: 40 })] }) => add(jaki, at, { visibility: "public", ...members }, options);
const told = (report, event) => stepped(jaki, report, event, { headers: { "Idempotency-Key": randomUUID() } });
const refused = async (query, ...names) => {
  const answer = await nobody.get(`${REQUESTS}.json?${query}`);
  assert.equal(answer.status, 400, `${query}: ${answer.text}`);
  assert.deepEqual(answer.json.map(({ description }) => description.split(":")[0]), names, query);
};

const report = await publicReport({ description: "Nama saya Budi Santoso, truk B 1234 XYZ parkir. <b>&\"' WA 0812-9988-7766" });
const hidden = await add(jaki, at, { visibility: "private" }, { photos: [jpeg({ width: 60, height: 40 })] });

await test("services are the categories, the same in XML", async () => {
  const services = await list("", "/open311/v2/services");
  const names = new Map(sql("select code, name from crm.category where is_active"));
  assert.deepEqual(new Map(services.map((service) => [service.service_code, service.service_name])), names);
  for (const service of services) {
    assert.deepEqual(Object.keys(service), ["service_code", "service_name", "description", "metadata", "type", "keywords", "group"]);
    assert.equal(typeof service.metadata, "boolean");
    assert.equal(service.type, "realtime");
  }
  for (const ending of ["", ".xml"]) {
    const xml = await nobody.get(`/open311/v2/services${ending}`);
    assert.equal(xml.headers["content-type"], "text/xml; charset=utf-8");
    const root = parseXml(xml.text);
    assert.equal(root.name, "services");
    sameAsJson(root, services, "service");
  }
});

await test("a request has all members of the specification, masked and rounded", async () => {
  const found = await one(report.id);
  assert.deepEqual(Object.keys(found), MEMBERS);
  const { description, lat, long, requested_datetime: requested, updated_datetime: updated, expected_datetime: expected, media_url: url, ...rest } = found;
  for (const time of [requested, updated, expected]) assert.match(time, W3);
  assert.equal(requested, `${report.received_at.slice(0, 19)}Z`);
  assert.deepEqual([lat, long], [Number(at.lat.toFixed(3)), Number(at.lng.toFixed(3))]);
  assert.equal(description, "Nama saya [nama], truk [plat] parkir. <b>&\"' WA [telepon]");
  assert.deepEqual(rest, { service_request_id: report.id, status: "open", status_notes: null, service_name: report.category.name, service_code: report.category.code,
    agency_responsible: at.unit, service_notice: null, address: "Klender, Duren Sawit, Jakarta Timur", address_id: null, zipcode: null });
  assert.ok(url.startsWith(`${crm.baseUrl}/open311/v2/photos/`));
});

await test("what an answer says of times can be asked with", async () => {
  const { requested_datetime: requested, updated_datetime: updated } = await one(report.id);
  for (const query of [`start_date=${requested}&end_date=${requested}`, `updated_after=${updated}&updated_before=${updated}`]) {
    assert.ok((await ids(query)).includes(report.id), query);
  }
});

await test("XML says what JSON says", async () => {
  for (const query of ["", "extensions=true"]) {
    const json = await list(query, `${REQUESTS}/${report.id}`);
    for (const ending of ["", ".xml"]) {
      const xml = await nobody.get(`${REQUESTS}/${report.id}${ending}?${query || "x=1"}`);
      assert.equal(xml.headers["content-type"], "text/xml; charset=utf-8");
      const root = parseXml(xml.text);
      assert.equal(root.name, "service_requests");
      // A link is made anew each time.
      root.children[0].children.find(({ name }) => name === "media_url").text = json[0].media_url;
      sameAsJson(root, json, "request");
    }
  }
});

await test("extensions add the status of the work, the kelurahan and the label", async () => {
  const found = await one(report.id, "extensions=true");
  assert.deepEqual(Object.keys(found), [...MEMBERS, "extended_attributes"]);
  assert.deepEqual(found.extended_attributes, { status: "waiting", kelurahan: "31.75.07.1003",
    confidentiality: { level: "public", label: "Do not share the information in this report with anyone" } });
  const answer = await nobody.get(`${REQUESTS}/${report.id}.json?extensions=true`, { "Accept-Language": "id" });
  assert.equal(answer.json[0].extended_attributes.confidentiality.label, "Jangan berikan informasi dalam laporan ini kepada siapapun");
});

await test("a private report is like one that does not exist", async () => {
  assert.ok(!(await ids("")).includes(hidden.id));
  assert.deepEqual(await ids(`service_request_id=${hidden.id}`), []);
  for (const ending of ["", ".json"]) {
    const [first, second] = [await nobody.get(`${REQUESTS}/${hidden.id}${ending}`), await nobody.get(`${REQUESTS}/${randomUUID()}${ending}`)];
    assert.deepEqual([first.status, first.text], [404, second.text]);
  }
  for (const id of [report.ticket, hidden.ticket, "x", "a.b"]) assert.equal((await nobody.get(`${REQUESTS}/${id}.json`)).status, 404, id);
});

await test("ids override all other arguments, and what is unknown among them is left out", async () => {
  const other = await publicReport();
  const query = `service_request_id=${report.id},${randomUUID()},%20${other.id}&service_code=sampah&status=closed&start_date=x&page=y`;
  assert.deepEqual(await ids(query), [other.id, report.id]);
  assert.deepEqual(await ids("service_request_id=x,y"), []);
  assert.equal((await nobody.get(`${REQUESTS}.xml?service_request_id=x`)).text, '<?xml version="1.0" encoding="UTF-8"?>\n<service_requests></service_requests>\n');
});

await test("lists are newest first, in pages, and narrowed by what is asked", async () => {
  const older = await publicReport({ category: "pohon" });
  const newer = await publicReport({ category: "taman" });
  assert.deepEqual((await ids("service_code=pohon,taman")).slice(0, 2), [newer.id, older.id]);
  assert.deepEqual(await ids("service_code=pohon,taman&page_size=1&page=2"), [(await ids("service_code=pohon,taman"))[1]]);
  assert.deepEqual(await ids("service_code=tidak_ada,x'y"), []);
  assert.ok((await ids("service_code=&status=&jurisdiction_id=")).includes(older.id), "what is empty is not asked");
  assert.ok((await ids("status=open,%20closed&page_size=5000")).includes(older.id));
  assert.deepEqual(await ids("service_code=pohon&&service_code=taman&status&"), await ids("service_code=pohon,taman"), "a name may come again");
  for (const { status } of await list("status=open")) assert.equal(status, "open");
  const near = `lat=${at.lat}&long=${at.lng}&radius=100`;
  assert.ok((await ids(near)).includes(older.id));
  assert.ok(!(await ids(`lat=${at.lat + 0.01}&long=${at.lng}&radius=900`)).includes(older.id));
  assert.ok((await ids("x=1&api_key=abc&media_url=y")).includes(older.id), "what is not known is ignored");
});

await test("90 days at most, the latest when none are named", async () => {
  const old = await publicReport();
  sql(`update crm.public_report set received_at = received_at - interval '100 days' where report_id = '${old.id}'`);
  const day = (ago) => new Date(Date.now() - ago * 86_400_000).toISOString();
  assert.ok(!(await ids("")).includes(old.id));
  for (const query of [`start_date=${day(110)}&end_date=${day(90)}`, `start_date=${day(110)}`, `end_date=${day(95)}`, `start_date=${day(110).slice(0, 10)}`,
    `start_date=${day(110).slice(0, 16)}Z`, `start_date=${day(110).slice(0, 19)}%2B07:00`, `start_date=${day(110).slice(0, 19)}+07:00`]) {
    assert.ok((await ids(query)).includes(old.id), query);
  }
  await refused(`start_date=${day(100)}&end_date=${day(9)}`, "start_date");
  await refused(`updated_after=${day(100)}&updated_before=${day(9)}`, "updated_after");
  assert.ok((await ids(`updated_after=${day(1)}`)).includes(old.id), "changes are asked for of all times");
  assert.ok(!(await ids(`updated_before=${day(1)}`)).includes(old.id));
});

await test("what is wrong is named", async () => {
  await refused("status=done", "status");
  await refused("start_date=yesterday&end_date=2026-13-01&updated_after=2026-01-01T00:00:00", "start_date", "end_date", "updated_after");
  await refused("lat=1", "long", "radius");
  await refused("lat=91&long=x&radius=-1", "lat", "long", "radius");
  await refused("page=0&page_size=x", "page", "page_size");
  await refused("page=102", "page");
  const answer = await nobody.get(`${REQUESTS}.xml?status=done`);
  assert.equal(answer.text, '<?xml version="1.0" encoding="UTF-8"?>\n<errors><error><code>400</code><description>status: There is no such value</description></error></errors>\n');
});

await test("the city is the one jurisdiction", async () => {
  for (const path of ["services", "requests", `requests/${report.id}`]) {
    assert.equal((await nobody.get(`/open311/v2/${path}.json?jurisdiction_id=jakarta.go.id`)).status, 200);
    const answer = await nobody.get(`/open311/v2/${path}.json?jurisdiction_id=sfgov.org`);
    assert.deepEqual([answer.status, answer.json], [404, [{ code: 404, description: "jurisdiction_id: There is no such value" }]]);
  }
});

await test("a link to a photo is nobody's to make, and leads to the photo", async () => {
  const { media_url: url } = await one(report.id);
  const path = new URL(url).pathname;
  const answer = await nobody.get(path);
  assert.deepEqual([answer.status, answer.headers["content-type"], answer.headers["x-confidentiality"]], [200, "image/jpeg", "public"]);
  assert.deepEqual([...answer.body.subarray(0, 2)], [0xff, 0xd8]);
  assert.notEqual((await one(report.id)).media_url, url, "no link is like another");
  const [[photo]] = sql(`select id from crm.photo where report_id = '${report.id}'`);
  const changed = path.slice(0, -1) + (path.endsWith("A") ? "B" : "A");
  for (const wrong of [changed, path.slice(0, -2), `/open311/v2/photos/${photo}`, `/open311/v2/photos/${"A".repeat(64)}`]) {
    assert.equal((await nobody.get(wrong)).status, 404, wrong);
  }
});

await test("notes are what a unit told, never a question; closed is when it was closed", async () => {
  let work = await publicReport();
  work = await stepped(officer, work, { type: "take", note: "catatan dalam" });
  work = await stepped(officer, work, { type: "reply", text: "Petugas menuju lokasi, hubungi 081211112222" });
  const before = await one(work.id);
  assert.equal(before.status_notes, "Petugas menuju lokasi, hubungi [telepon]");
  work = await stepped(officer, work, { type: "ask", text: "Rumah nomor berapa?" });
  assert.equal((await one(work.id)).status_notes, before.status_notes);
  work = await told(work, { type: "answer", text: "Nomor tujuh" });
  const [event, options] = followUp(at);
  const done = await step(officer, work, event, options);
  assert.equal(done.status, 201, done.text);
  const validator = await enterAs(crm, "validator", "Biro Pemerintahan");
  work = await stepped(validator, done.json.report, { type: "accept_work" });
  const closed = await one(work.id);
  assert.deepEqual([closed.status, closed.expected_datetime, closed.status_notes], ["closed", null, event.text]);
  await told(work, { type: "rate", stars: 5 });
  assert.equal((await one(work.id)).updated_datetime, closed.updated_datetime);
  assert.ok((await ids("status=closed")).includes(work.id));
  assert.ok(!(await ids("status=open")).includes(work.id));
  validator.close();
});

await test("a report made private is gone at once, with its photos", async () => {
  const shown = await publicReport();
  const path = new URL((await one(shown.id)).media_url).pathname;
  assert.equal((await nobody.get(path)).status, 200);
  await told(shown, { type: "make_private" });
  assert.equal((await nobody.get(path)).status, 404);
  assert.equal((await nobody.get(`${REQUESTS}/${shown.id}.json`)).status, 404);
  assert.ok(!(await ids("")).includes(shown.id));
  assert.deepEqual(await ids(`service_request_id=${shown.id}`), []);
});

await test("what was rejected as abuse, spam or a private matter, or withdrawn, is not there", async () => {
  const gone = await publicReport();
  await told(gone, { type: "withdraw" });
  assert.equal((await nobody.get(`${REQUESTS}/${gone.id}.json`)).status, 404);
  const abusive = await publicReport({ description: "dasar anjing petugas bangsat" });
  assert.equal(abusive.status, "incoming", "the filter holds it");
  assert.equal((await nobody.get(`${REQUESTS}/${abusive.id}.json`)).status, 404);
  const merged = await stepped(triage, abusive, { type: "merge", into: report.id });
  assert.equal(merged.status, "merged");
  assert.equal((await nobody.get(`${REQUESTS}/${abusive.id}.json`)).status, 404, "nobody has found it good by that");
});

await test("what is undone was never told", async () => {
  const placeless = await add(jaki, null, { visibility: "public" });
  const rejected = await stepped(triage, placeless, { type: "reject", reason: "no_place", text: "Untuk orang lain." });
  assert.equal((await one(placeless.id)).status_notes, "Untuk orang lain.");
  await stepped(triage, rejected, { type: "undo" });
  const { status, status_notes: notes } = await one(placeless.id);
  assert.deepEqual([status, notes], ["open", null]);
});

for (const client of [jaki, officer, triage, nobody]) client.close();
finish();
