// What JAKI may not send: every field's limits with their pointers, JSON that
// is not strict, content types. Nothing the client typed comes back.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { assertProblem } from "../support/checked.mjs";
import { finish, test } from "../support/count.mjs";
import { instance } from "../support/instance.mjs";
import { channelOf } from "../support/people.mjs";
import { multipart } from "../support/multipart.mjs";
import { jpeg } from "../support/pictures.mjs";
import { KLENDER, pointIn } from "../support/places.mjs";
import { reportBody, send } from "../support/reports.mjs";

const crm = instance();
const jaki = channelOf(crm);
const klender = pointIn(KLENDER);
const at = { lat: klender.lat, lng: klender.lng };
/** Stands in what is sent and must not stand in what comes back. */
const ECHO = "gemaXq7";

/** [what, members of the body (undefined takes one away), faults]. */
const FIELDS = [
  ["what happens in an hour", { occurred_at: new Date(Date.now() + 3600_000).toISOString() }, [["/occurred_at", "future"]]],
  ["what happened in 1999", { occurred_at: "1999-12-31T16:59:59Z" }, [["/occurred_at", "range"]]],
  ["no description", { description: undefined }, [["/description", "required"]]],
  ["null description", { description: null }, [["/description", "required"]]],
  ["empty description", { description: "" }, [["/description", "required"]]],
  ["description of 4,001 characters", { description: "x".repeat(4001) }, [["/description", "too_long"]]],
  ["description that is a number", { description: 5 }, [["/description", "type"]]],
  ["control characters in the description", { description: `a\u0007b ${ECHO}` }, [["/description", "characters"]]],
  ["unknown visibility", { visibility: ECHO }, [["/visibility", "unknown"]]],
  ["visibility in capitals", { visibility: "PUBLIC" }, [["/visibility", "unknown"]]],
  ["visibility that is a flag", { visibility: true }, [["/visibility", "type"]]],
  ["category that is a number", { category: 7 }, [["/category", "type"]]],
  ["location that is a list", { location: [1, 2] }, [["/location", "type"]]],
  ["location without a point", { location: { address: "x" } }, [["/location/lat", "required"], ["/location/lng", "required"]]],
  ["half a point", { location: { lat: at.lat } }, [["/location/lng", "required"]]],
  ["a point beyond the pole", { location: { lat: -90.1, lng: 106 } }, [["/location/lat", "range"]]],
  ["a point beyond the date line", { location: { lat: -6, lng: 180.5 } }, [["/location/lng", "range"]]],
  ["a point in quotes", { location: { lat: "-6.2", lng: 106 } }, [["/location/lat", "type"]]],
  ["a negative accuracy", { location: { ...at, accuracy_m: -1 } }, [["/location/accuracy_m", "range"]]],
  ["an address too long", { location: { ...at, address: "x".repeat(301) } }, [["/location/address", "too_long"]]],
  ["an unknown member of the location", { location: { ...at, [ECHO]: 1 } }, [["/location", "unknown_member"]]],
  ["a time that is none", { occurred_at: `kemarin ${ECHO}` }, [["/occurred_at", "format"]]],
  ["a time without a zone", { occurred_at: "2026-01-02T03:04:05" }, [["/occurred_at", "format"]]],
  ["the 30th of February", { occurred_at: "2026-02-30T03:04:05Z" }, [["/occurred_at", "format"]]],
  ["a reference too long", { channel_ref: "x".repeat(201) }, [["/channel_ref", "too_long"]]],
  ["an empty reference", { channel_ref: "" }, [["/channel_ref", "required"]]],
  ["a reporter that is a text", { reporter: ECHO }, [["/reporter", "type"]]],
  ["a reporter's name that is a number", { reporter: { name: 1 } }, [["/reporter/name", "type"]]],
  ["a NIK too long", { reporter: { nik: "1".repeat(201) } }, [["/reporter/nik", "too_long"]]],
  ["an unknown member of the reporter", { reporter: { [ECHO]: "x" } }, [["/reporter", "unknown_member"]]],
  ["an unknown member", { [ECHO]: "x" }, [["", "unknown_member"]]],
];
for (const name of ["status", "unit", "id", "ticket", "version", "received_at", "due_at", "photos", "unit_ids", "description_public"]) {
  FIELDS.push([`${name}, which is not the client's to set`, { [name]: "x" }, [["", "unknown_member"]]]);
}

for (const [what, members, faults] of FIELDS) {
  await test(`${what}: 422`, async () => {
    const answer = await send(jaki, reportBody(klender, members));
    assertProblem(answer, 422, faults);
    assert.ok(!answer.text.includes(ECHO), "no echo");
  });
}

await test("all faults are told at once, in the language asked", async () => {
  const body = reportBody(klender, { visibility: "x", description: "", location: { lat: 100, lng: 200 } });
  const wanted = [["/visibility", "unknown"], ["/description", "required"], ["/location/lat", "range"], ["/location/lng", "range"]];
  assertProblem(await send(jaki, body), 422, wanted);
  const answer = await send(jaki, body, { headers: { "Accept-Language": "id-ID, en;q=0.5" } });
  assertProblem(answer, 422, wanted);
  assert.equal(answer.json.title, "Beberapa isian tidak sah");
});

const good = JSON.stringify(reportBody(klender));
const inside = (text) => `${good.slice(0, -1)},${text}}`;
const latin = (text) => Buffer.from(text, "latin1");
/** [what, bytes]: JSON that cJSON would forgive and we do not. */
const LAX = [
  ["an empty body", ""],
  ["not JSON", `${ECHO}`],
  ["half an object", good.slice(0, -1)],
  ["a list", `[${good}]`],
  ["a text", '"halo"'],
  ["null", "null"],
  ["a byte order mark", `\ufeff${good}`],
  ["bytes behind the end", `${good}x`],
  ["a second object", `${good}${good}`],
  ["a comma too many", `${good.slice(0, -1)},}`],
  ["a comment", `${good} // ${ECHO}`],
  ["single quotes", "{'description':'x'}"],
  ["the same key twice", inside('"description":"dua"')],
  ["the same key by escape", inside('"descri\\u0070tion":"dua"')],
  ["the same key by case", inside('"Description":"dua"')],
  ["the same key deep inside", inside('"location":{"lat":1,"lat":2,"lng":3}').replace(/"location":\{[^}]*\},/, "")],
  ["NUL by escape", '{"description":"a\\u0000b"}'],
  ["a raw NUL", Buffer.from('{"description":"a\0b"}')],
  ["a raw control character", '{"description":"a\u0001b"}'],
  ["half a surrogate pair", '{"description":"\\ud83d"}'],
  ["the other half", '{"description":"\\ude00 x"}'],
  ["bytes that are not UTF-8", latin('{"description":"caf\xe9"}')],
  ["overlong UTF-8", latin('{"description":"\xc0\xaf"}')],
  ["a surrogate in UTF-8", latin('{"description":"\xed\xa0\x80"}')],
  ["thirty-three levels", `{"description":"x","reporter":${'{"a":'.repeat(40)}1${"}".repeat(40)}}`],
  ["a number with a zero in front", '{"description":"x","location":{"lat":-06.2,"lng":106}}'],
  ["a number that is infinite", '{"description":"x","location":{"lat":1e999,"lng":106}}'],
  ["NaN", '{"description":"x","location":{"lat":NaN,"lng":106}}'],
  ["a number beyond 2^53", '{"description":"x","location":{"lat":9007199254740995,"lng":106}}'],
  ["a plus sign", '{"description":"x","location":{"lat":+1,"lng":106}}'],
];

for (const [what, bytes] of LAX) {
  await test(`${what}: 400`, async () => {
    const body = { type: "application/json", data: Buffer.from(bytes) };
    const answer = await jaki.post("/api/v1/reports", body, { "Idempotency-Key": randomUUID() });
    assertProblem(answer, 400);
    assert.ok(!answer.text.includes(ECHO), "no echo");
  });
  await test(`${what}, as a part: 400`, async () => {
    const body = multipart([{ name: "report", type: "application/json", data: Buffer.from(bytes) }]);
    assertProblem(await jaki.post("/api/v1/reports", body, { "Idempotency-Key": randomUUID() }), 400);
  });
}

for (const type of [undefined, "text/plain", "application/x-www-form-urlencoded", "application/xml", "application/jsonx",
  "application/json; charset=latin1", "application/problem+json", "image/jpeg", "multipart/mixed; boundary=x"]) {
  await test(`content type ${type}: 415`, async () => {
    const headers = { "Idempotency-Key": randomUUID(), ...(type && { "content-type": type }) };
    assertProblem(await jaki.send("POST", "/api/v1/reports", { headers, body: Buffer.from(good) }), 415);
  });
}

for (const type of ["application/json", "application/json; charset=utf-8", "application/json;charset=UTF-8"]) {
  await test(`content type ${type} is taken`, async () => {
    const headers = { "Idempotency-Key": randomUUID(), "content-type": type };
    const body = Buffer.from(JSON.stringify(reportBody(klender)));
    assert.equal((await jaki.send("POST", "/api/v1/reports", { headers, body })).status, 201);
  });
}

const part = (name, data, more = {}) => ({ name, data, ...more });
const report = part("report", good, { type: "application/json" });
const photo = part("photo", jpeg({ width: 20, height: 20 }), { type: "image/jpeg", filename: "a.jpg" });
/** [what, body, status]. */
const FORMS = [
  ["no report part", multipart([photo]), 422],
  ["two report parts", multipart([report, report]), 400],
  ["a part nobody asked for", multipart([report, part(ECHO, "x")]), 400],
  ["a report part that says it is XML", multipart([{ ...report, type: "application/xml" }]), 415],
  ["a part in base64", multipart([report, { ...photo, headers: { "Content-Transfer-Encoding": "base64" } }]), 400],
  ["no closing boundary", { type: "multipart/form-data; boundary=abc", data: Buffer.from('--abc\r\nContent-Disposition: form-data; name="report"\r\n\r\n{}') }, 400],
  ["no boundary named", { type: "multipart/form-data", data: Buffer.from(good) }, 400],
  ["something behind the end", { ...multipart([report]), data: Buffer.concat([multipart([report], { boundary: "b1" }).data, Buffer.from("x")]), type: "multipart/form-data; boundary=b1" }, 400],
  ["an empty form", { type: "multipart/form-data; boundary=b", data: Buffer.from("--b--\r\n") }, 422],
];
for (const [what, body, status] of FORMS) {
  await test(`multipart with ${what}: ${status}`, async () => {
    const answer = await jaki.post("/api/v1/reports", body, { "Idempotency-Key": randomUUID() });
    assertProblem(answer, status);
    assert.ok(!answer.text.includes(ECHO), "no echo");
  });
}

await test("JSON of more than 64 kB is 413, of just less is not", async () => {
  const headers = () => ({ "Idempotency-Key": randomUUID() });
  const padded = (size) => ({ type: "application/json", data: Buffer.concat([Buffer.from(good), Buffer.alloc(size - Buffer.byteLength(good), " ")]) });
  assertProblem(await jaki.post("/api/v1/reports", padded(65_537), headers()), 413);
  assert.equal((await jaki.post("/api/v1/reports", padded(65_536), headers())).status, 201);
  const big = multipart([part("report", padded(65_537).data, { type: "application/json" })]);
  assertProblem(await jaki.post("/api/v1/reports", big, headers()), 413);
});

jaki.close();
finish();
