// What each address takes: methods, Allow, HEAD, OPTIONS, and the pages that
// are not the API.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { assertProblem, checkHeaders } from "../support/checked.mjs";
import { finish, test } from "../support/count.mjs";
import { instance } from "../support/instance.mjs";
import { local } from "../support/metrics.mjs";
import { channelOf, enterAs, stranger } from "../support/people.mjs";
import { addressOf, routes } from "../support/tables.mjs";

const crm = instance();
const jaki = channelOf(crm);
const officer = await enterAs(crm, "officer", "Kelurahan Klender");
const nobody = stranger(crm);
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const byPath = new Map();
for (const { method, path } of routes()) byPath.set(path, [...(byPath.get(path) ?? []), method]);

for (const [path, methods] of byPath) {
  const address = addressOf(path, randomUUID(), ".json");
  const allow = new Set([...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"]);

  await test(`${path} refuses other methods with 405 and Allow`, async () => {
    for (const method of METHODS.filter((one) => !methods.includes(one))) {
      for (const client of [nobody, officer, jaki]) {
        const answer = await client.send(method, address, { body: method.startsWith("P") ? {} : undefined });
        // The client has looked at the rest, which is another below /open311/.
        assert.equal(answer.status, 405, answer.text);
        assert.deepEqual(new Set(answer.headers.allow.split(", ")), allow);
      }
    }
  });

  await test(`${path} answers OPTIONS with Allow and no rights for other origins`, async () => {
    const answer = await nobody.send("OPTIONS", address, { headers: { origin: "https://lain.invalid", "access-control-request-method": "POST" } });
    assert.ok([200, 204].includes(answer.status), `${answer.status}`);
    assert.deepEqual(new Set(answer.headers.allow.split(", ")), allow);
    assert.deepEqual(Object.keys(answer.headers).filter((name) => name.startsWith("access-control")), []);
  });

  if (methods.includes("GET")) {
    await test(`${path} answers HEAD like GET without the body`, async () => {
      for (const client of [nobody, officer, jaki]) {
        const get = await client.get(address);
        const head = await client.send("HEAD", address);
        assert.equal(head.status, get.status);
        assert.equal(head.body.length, 0);
        for (const name of ["content-type", "cache-control", "x-confidentiality", "etag"]) {
          assert.equal(head.headers[name], get.headers[name], name);
        }
      }
    });
  } else {
    await test(`${path} has no HEAD`, async () => assert.equal((await nobody.send("HEAD", address)).status, 405));
  }
}

await test("POST without a body on a route that takes one", async () => {
  const answer = await officer.send("POST", `/api/v1/reports/${randomUUID()}/events`, { body: Buffer.alloc(0), headers: { "content-type": "application/json" } });
  assert.ok([400, 404].includes(answer.status), `${answer.status}`);
});

await test("the health of process and database", async () => {
  for (const path of ["/healthz", "/readyz"]) {
    const answer = await nobody.get(path);
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.json.confidentiality.level, "public");
    assert.match(answer.headers["cache-control"] ?? "", /no-store|no-cache/);
  }
});

await test("the client's page comes with a strict policy", async () => {
  const answer = await nobody.get("/");
  assert.equal(answer.status, 200, answer.text.slice(0, 200));
  assert.match(answer.headers["content-type"], /^text\/html/);
  const policy = answer.headers["content-security-policy"];
  for (const part of ["default-src 'none'", "script-src 'self'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'", "require-trusted-types-for 'script'"]) {
    assert.ok(policy.includes(part), part);
  }
  assert.doesNotMatch(policy, /unsafe|https?:|\*/);
  assert.doesNotMatch(answer.text, /<script(?![^>]*src=)|style=|\son\w+=/i, "nothing inline");
});

await test("the API's description is a page of the same policy", async () => {
  for (const path of ["/docs", "/docs/"]) {
    const answer = await nobody.get(path);
    assert.equal(answer.status, 200);
    assert.match(answer.headers["content-type"], /^text\/html/);
    assert.match(answer.headers["content-security-policy"], /script-src 'self';.*require-trusted-types-for 'script'/);
    assert.match(answer.text, /<h1 [^>]*>CRM, Citizen Relation Management/);
  }
  assertProblem(await nobody.get("/docs/lain", { accept: "text/html" }), 404);
});

await test("files of the client: types, caching, coding, no way out", async () => {
  const page = await nobody.get("/");
  const files = [...page.text.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css))"/g)].map((match) => match[1]);
  assert.ok(files.length > 0);
  for (const file of files) {
    const plain = await nobody.get(file);
    assert.equal(plain.status, 200, file);
    assert.match(plain.headers["content-type"], /javascript|css/);
    assert.match(plain.headers["cache-control"], /immutable|max-age|no-cache/);
    assert.ok(plain.headers.etag);
    assert.match(plain.headers.vary ?? "", /accept-encoding/i);
    const same = await nobody.get(file, { "If-None-Match": plain.headers.etag });
    assert.equal(same.status, 304);
    assert.equal(same.body.length, 0);
    const small = await nobody.get(file, { "Accept-Encoding": "br, gzip" });
    assert.match(small.headers["content-encoding"] ?? "", /^(br|gzip)$/);
    assert.ok(small.body.length < plain.body.length);
  }
});

await test("metrics are on their own port of this machine, without anything personal", async () => {
  const get = (path) => local(crm, path);
  const answer = await get("/metrics");
  assert.equal(answer.status, 200);
  assert.match(answer.text, /^# (HELP|TYPE) /m);
  assert.doesNotMatch(answer.text, /[0-9a-f]{8}-[0-9a-f]{4}-|JK\d{10}/);
  assert.equal((await get("/healthz")).status, 200);
  assert.equal((await get("/readyz")).status, 200);
  for (const path of ["/api/v1/reports", "/api/v1/session", "/"]) {
    assert.equal((await get(path)).status, 404, path);
  }
  checkHeadersOfPlain(answer.headers);
});

function checkHeadersOfPlain(headers) {
  assert.equal(headers.server, undefined);
  assert.equal(headers["x-content-type-options"], "nosniff");
}

await test("every page of an error has all headers too", async () => {
  for (const path of ["/tidak-ada", "/api/v1/tidak-ada"]) {
    const answer = await nobody.get(path);
    assertProblem(answer, 404);
    checkHeaders(answer.headers, path);
  }
});

for (const client of [jaki, officer, nobody]) client.close();
finish();
