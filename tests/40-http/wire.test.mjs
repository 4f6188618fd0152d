// Bytes no good client sends: framing, headers, paths. Each is answered with
// a problem, closed where it must be, and never believed.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { connect } from "node:net";
import { checkHeaders } from "../support/checked.mjs";
import { finish, test } from "../support/count.mjs";
import { instance } from "../support/instance.mjs";
import { channelOf, enterAs } from "../support/people.mjs";
import { KLENDER, pointIn } from "../support/places.mjs";
import { open } from "../support/raw.mjs";
import { reportBody } from "../support/reports.mjs";

const crm = instance();
const host = `Host: localhost:${crm.port}\r\n`;
const jaki = channelOf(crm);
const token = `Authorization: Bearer ${jaki.token}\r\n`;
const officer = await enterAs(crm, "officer", "Kelurahan Klender");
const ECHO = "gemaXq7";
const KEY = `kunci-${Date.now()}`;

/** Sends bytes on a connection of its own and returns {answer, raw}. */
async function exchange(bytes, options = {}) {
  const raw = await open(crm);
  raw.send(bytes);
  const answer = await raw.answer(options);
  return { answer, raw };
}

function assertRefusal(answer, status, what) {
  assert.ok(answer, `${what}: an answer, not a reset`);
  const statuses = [status].flat();
  assert.ok(statuses.includes(answer.status), `${what}: ${answer.status} ${answer.body}`);
  checkHeaders(answer.headers, what);
  assert.equal(answer.headers["content-type"], "application/problem+json", what);
  assert.equal(answer.headers["cache-control"], "no-store", what);
  assert.equal(answer.headers["x-confidentiality"], "public", what);
  const json = JSON.parse(answer.body);
  assert.equal(json.status, answer.status, what);
  assert.match(json.request_id, /^[0-9a-f]{32}$/, what);
  assert.equal(json.confidentiality.level, "public", what);
  const all = answer.body.toString() + JSON.stringify(answer.headers);
  assert.ok(!all.includes(ECHO), `${what}: no echo`);
}

const get = (path, more = "") => `GET ${path} HTTP/1.1\r\n${host}${more}\r\n`;
const json = JSON.stringify(reportBody(pointIn(KLENDER)));
const post = (more, body = json) => `POST /api/v1/reports HTTP/1.1\r\n${host}${token}Content-Type: application/json\r\nIdempotency-Key: ${KEY}\r\n${more}\r\n${body}`;
const many = (count) => Array.from({ length: count }, (_, index) => `X-${index}: ${index}\r\n`).join("");

/** [what, bytes, status, whether the connection ends]. */
const REFUSED = [
  ["chunked body", post("Transfer-Encoding: chunked\r\n", `${json.length.toString(16)}\r\n${json}\r\n0\r\n\r\n`), 411, true],
  ["length and chunked together", post(`Content-Length: ${json.length}\r\nTransfer-Encoding: chunked\r\n`), 400, true],
  ["no length", post("", ""), 411, true],
  ["two lengths", post(`Content-Length: ${json.length}\r\nContent-Length: ${json.length}\r\n`), 400, true],
  ["two lengths that differ", post(`Content-Length: ${json.length}\r\nContent-Length: 1\r\n`), 400, true],
  ["length with a plus sign", post(`Content-Length: +${json.length}\r\n`), 400, true],
  ["negative length", post("Content-Length: -1\r\n"), 400, true],
  ["length in hex", post("Content-Length: 0x10\r\n"), 400, true],
  ["length as a list", post(`Content-Length: ${json.length}, ${json.length}\r\n`), 400, true],
  ["length beyond 2^64", post("Content-Length: 99999999999999999999\r\n"), 400, true],
  ["empty length", post("Content-Length: \r\n"), 400, true],
  ["more bytes than the length says", post(`Content-Length: ${json.length - 5}\r\n`), 400, true],
  ["two requests at once", get("/healthz") + get("/healthz"), 400, true],
  ["a request behind a body", post(`Content-Length: ${json.length}\r\n`) + get("/healthz"), 400, true],
  ["GET with a body", get("/api/v1/reports", `${token}Content-Length: 5\r\n`) + "hello", 400, true],
  ["DELETE with a body", `DELETE /api/v1/session HTTP/1.1\r\n${host}Content-Length: 2\r\n\r\n{}`, 400, true],
  ["two Host headers", get("/healthz", host), 400, true],
  ["a name that starts with host", `GET /healthz HTTP/1.1\r\nHostess: ${ECHO}\r\n${host}\r\n`, 400, true],
  ["no Host", "GET /healthz HTTP/1.1\r\n\r\n", 400, true],
  ["empty Host", "GET /healthz HTTP/1.1\r\nHost:\r\n\r\n", 400, true],
  ["Host with a slash", `GET /healthz HTTP/1.1\r\nHost: a/${ECHO}\r\n\r\n`, 400, true],
  ["two Authorization headers", get("/api/v1/reports", token + token), 400, true],
  ["two cookies headers", get("/api/v1/reports", "Cookie: a=b\r\nCookie: c=d\r\n"), 400, true],
  ["two keys", post(`Content-Length: ${json.length}\r\nIdempotency-Key: lain\r\n`), 400, true],
  ["two If-Match", get("/healthz", 'If-Match: "1"\r\nIf-Match: "2"\r\n'), 400, true],
  ["65 headers", get("/healthz", many(64)), 431, true],
  ["a head of 20 kB", get("/healthz", `X-Big: ${"x".repeat(20_000)}\r\n`), 431, true],
  ["a head that never ends its first line", `GET /${"x".repeat(17_000)}`, [414, 431], true],
  ["an address of 2,000 bytes", get(`/api/v1/reports?q=${"x".repeat(2000)}`), 414, true],
  ["space before the colon", get("/healthz", `X-A : ${ECHO}\r\n`), 400, true],
  ["a folded header", get("/healthz", `X-A: 1\r\n ${ECHO}\r\n`), 400, true],
  ["a header without a colon", get("/healthz", `${ECHO}\r\n`), 400, true],
  ["a header without a name", get("/healthz", `: ${ECHO}\r\n`), 400, true],
  ["NUL in a header", get("/healthz", "X-A: a\0b\r\n"), 400, true],
  ["bare LF in a header", get("/healthz", `X-A: 1\nX-B: ${ECHO}\r\n`), 400, true],
  ["bare CR in a header", get("/healthz", `X-A: 1\rX-B: ${ECHO}\r\n`), 400, true],
  ["an unknown method", `BREW /healthz HTTP/1.1\r\n${host}\r\n`, 501, true],
  ["TRACE", `TRACE / HTTP/1.1\r\n${host}\r\n`, 501, true],
  ["CONNECT", `CONNECT localhost:1 HTTP/1.1\r\n${host}\r\n`, 501, true],
  ["a method in small letters", `get /healthz HTTP/1.1\r\n${host}\r\n`, 501, true],
  ["HTTP/2.0", `GET /healthz HTTP/2.0\r\n${host}\r\n`, 505, true],
  ["HTTP/1.9", `GET /healthz HTTP/1.9\r\n${host}\r\n`, [400, 505], true],
  ["http/1.1 in small letters", `GET /healthz http/1.1\r\n${host}\r\n`, 505, true],
  ["no version", `GET /healthz\r\n${host}\r\n`, 400, true],
  ["an absolute address", `GET https://localhost/healthz HTTP/1.1\r\n${host}\r\n`, 400, true],
  ["an asterisk", `OPTIONS * HTTP/1.1\r\n${host}\r\n`, 400, true],
  ["two spaces", `GET  /healthz HTTP/1.1\r\n${host}\r\n`, 400, true],
  ["an expectation", post(`Content-Length: ${json.length}\r\nExpect: ${ECHO}\r\n`), 417, true],
  ["garbage", `${ECHO}\r\n\r\n`, 400, true],
  ["a body of 33 MB", `POST /api/v1/reports HTTP/1.1\r\n${host}${token}Content-Type: multipart/form-data; boundary=x\r\nContent-Length: ${33 * 1024 * 1024}\r\n\r\n`, 413, true],
  ["JSON of 70 kB", `POST /api/v1/reports HTTP/1.1\r\n${host}${token}Content-Type: application/json\r\nContent-Length: 70000\r\n\r\n`, 413, true],
];
// Side by side: the server reads on for a moment before it closes.
await Promise.all(REFUSED.map(([what, bytes, status, ends]) => test(`${what}: ${status}`, async () => {
  const { answer, raw } = await exchange(bytes);
  assertRefusal(answer, status, what);
  if (ends) {
    assert.equal(answer.headers.connection, "close", what);
    await raw.closed();
  }
  raw.end();
})));

for (const path of ["/..", "/../etc/passwd", "/api/v1/../v1/session", "/api/v1/reports/..", "/%2e%2e/%2e%2e/etc/passwd", "/a%2fb", "/api%2Fv1%2Freports",
  "/a%5cb", "/a%00", "/%", "/%zz", "/%e0%80%af", "/%ff", "/a%0d%0aX-Evil:%201", "//", "//evil.invalid/", "/api//v1/reports", "/./", "/a%09"]) {
  await test(`the path ${path} is 400 or 404`, async () => {
    const { answer, raw } = await exchange(get(path));
    assertRefusal(answer, [400, 404], path);
    assert.equal(answer.headers["x-evil"], undefined);
    raw.end();
  });
}
for (const path of ["/etc/passwd", "/.git/config", "/.env", "/metrics", "/status", "/api", "/api/", "/api/v1", "/api/v2/reports", "/api/v1/reports/", "/API/v1/reports",
  "/healthz/", "/api/v1/photos", "/api/v1/photos/", `/${ECHO}`, "/index.html.br", "/index.html~", "/app.js.map", "/keys/ca.key", "/api/v1/reports/x/y/z"]) {
  await test(`there is nothing at ${path}`, async () => {
    const { answer, raw } = await exchange(get(path));
    assertRefusal(answer, 404, path);
    raw.end();
  });
}

await test("raw bytes above 127 and blanks in the path are 400", async () => {
  for (const path of ["/caf\u00e9", "/a b", "/a\tb", "/a\u007fb", '/a"b', "/a<b>", "/a\\b", "/a`b", "/a{b}"]) {
    const { answer, raw } = await exchange(Buffer.from(get(path), "utf8"));
    assertRefusal(answer, /[ \t]/.test(path) ? [400, 505] : 400, path);
    raw.end();
  }
});

await test("headers that nobody reads do not push out those that matter", async () => {
  const { answer, raw } = await exchange(get("/api/v1/session", `${many(50)}Cookie: __Host-crm=${officer.token}\r\nX-CRM: 1\r\n`));
  assert.equal(answer.status, 200, String(answer.body));
  raw.end();
});

await test("odd but lawful: empty values, tabs, UTF-8 in values, headers in any case", async () => {
  const { answer, raw } = await exchange(Buffer.from(get("/api/v1/session",
    `x-empty:\r\nUser-Agent:\tPeramban\tUji é\r\ncOOkie: __Host-crm=${officer.token}\r\nAccept-Language:   id  \r\n`)));
  assert.equal(answer.status, 200, String(answer.body));
  assert.match(String(answer.body), /Jangan berikan/);
  raw.end();
});

await test("several requests on one connection, one after the other", async () => {
  const raw = await open(crm);
  for (let round = 0; round < 20; round += 1) {
    raw.send(get(round % 2 ? "/healthz" : "/api/v1/session", `Cookie: __Host-crm=${officer.token}\r\n`));
    assert.equal((await raw.answer()).status, 200);
  }
  raw.send(post(`Content-Length: ${json.length}\r\n`));
  assert.equal((await raw.answer()).status, 201);
  raw.send(get("/healthz", "Connection: close\r\n"));
  const last = await raw.answer();
  assert.equal(last.headers.connection, "close");
  await raw.closed();
});

await test("a request in single bytes is one request", async () => {
  const raw = await open(crm);
  for (const byte of Buffer.from(get("/healthz"))) raw.send(Buffer.from([byte]));
  assert.equal((await raw.answer()).status, 200);
  raw.end();
});

await test("Expect: 100-continue is answered before the body", async () => {
  const raw = await open(crm);
  const body = JSON.stringify(reportBody(pointIn(KLENDER)));
  raw.send(`POST /api/v1/reports HTTP/1.1\r\n${host}${token}Content-Type: application/json\r\nIdempotency-Key: ${Date.now()}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nExpect: 100-continue\r\n\r\n`);
  assert.equal((await raw.answer()).status, 100);
  raw.send(body);
  assert.equal((await raw.answer()).status, 201);
  raw.end();
});

await test("HTTP/1.0 is answered and closed", async () => {
  const { answer, raw } = await exchange(`GET /healthz HTTP/1.0\r\n${host}\r\n`);
  assert.equal(answer.status, 200);
  await raw.closed();
  const put = await exchange(`PUT /healthz HTTP/1.0\r\n${host}Content-Length: 0\r\n\r\n`);
  assertRefusal(put.answer, 505, "PUT with HTTP/1.0");
  put.raw.end();
});

await test("a client that goes away in the middle of anything does no harm", async () => {
  for (const bytes of ["", "GET ", get("/healthz").slice(0, -1), post(`Content-Length: ${json.length}\r\n`).slice(0, -20), get("/api/v1/reports", token)]) {
    for (let copy = 0; copy < 5; copy += 1) {
      const raw = await open(crm);
      raw.send(bytes).end();
    }
  }
  const { answer, raw } = await exchange(get("/healthz"));
  assert.equal(answer.status, 200);
  raw.end();
});

for (const version of ["TLSv1.2", "TLSv1.3"]) {
  await test(`${version} with the ECDSA key`, async () => {
    const raw = await open(crm, { minVersion: version, maxVersion: version });
    assert.equal(raw.socket.getProtocol(), version);
    assert.match(raw.socket.getCipher().name, /GCM|CHACHA20/);
    raw.send(get("/healthz"));
    assert.equal((await raw.answer()).status, 200);
    raw.end();
  });
}
for (const [what, options] of [
  ["TLS 1.1", { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" }],
  ["a cipher with CBC", { maxVersion: "TLSv1.2", ciphers: "ECDHE-ECDSA-AES128-SHA" }],
  ["a cipher without forward secrecy", { maxVersion: "TLSv1.2", ciphers: "AES128-GCM-SHA256" }],
]) {
  await test(`${what} is not spoken`, async () => assert.rejects(open(crm, options)));
}

await test("plain HTTP on the TLS port is not answered with HTTP", async () => {
  const text = await new Promise((resolve) => {
    const socket = connect(crm.port, "127.0.0.1");
    let got = "";
    socket.on("data", (piece) => { got += piece.toString("latin1"); });
    for (const event of ["end", "close", "error"]) socket.on(event, () => resolve(got));
    socket.write(get("/healthz"));
  });
  assert.doesNotMatch(text, /HTTP\/1/);
});

jaki.close();
officer.close();
finish();
