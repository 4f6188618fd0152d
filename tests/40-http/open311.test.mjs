// Open311 GeoReport v2 as its clients see it: addresses, formats, discovery,
// errors.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { finish, test } from "../support/count.mjs";
import { instance } from "../support/instance.mjs";
import { channelOf, enterAs, stranger } from "../support/people.mjs";

const crm = instance();
const nobody = stranger(crm);
const XML = '<?xml version="1.0" encoding="UTF-8"?>\n';

await test("discovery names this instance in both formats, at both addresses", async () => {
  const url = `${crm.baseUrl}/open311/v2`;
  for (const path of ["/open311/discovery", "/open311/v2/discovery"]) {
    const json = await nobody.get(`${path}.json`);
    assert.equal(json.status, 200, json.text);
    assert.equal(json.headers["content-type"], "application/json");
    const { changeset, contact, key_service: keys, endpoints } = json.json;
    for (const text of [changeset, contact, keys]) assert.ok(text.length > 0);
    assert.deepEqual(endpoints, [{ specification: "http://wiki.open311.org/GeoReport_v2", url, changeset, type: "production", formats: ["text/xml", "application/json"] }]);
    for (const ending of ["", ".xml"]) {
      const xml = await nobody.get(`${path}${ending}`);
      assert.equal(xml.headers["content-type"], "text/xml");
      assert.ok(xml.text.startsWith(`${XML}<discovery><changeset>${changeset}</changeset>`), xml.text);
      assert.ok(xml.text.includes(`<endpoints><endpoint><specification>http://wiki.open311.org/GeoReport_v2</specification><url>${url}</url>`), xml.text);
      assert.ok(xml.text.includes("<formats><format>text/xml</format><format>application/json</format></formats>"), xml.text);
    }
  }
});

await test("errors have the form and the format of what was asked", async () => {
  for (const [path, isJson] of [["/open311/v2/lain.json", true], ["/open311/v2/lain.xml", false], ["/open311/v2/lain", false], ["/open311/v2/discovery.csv", false]]) {
    const answer = await nobody.get(path, { accept: "text/html" });
    assert.equal(answer.status, 404, path);
    if (isJson) assert.deepEqual(answer.json, [{ code: 404, description: "There is nothing here" }]);
    else assert.equal(answer.text, `${XML}<errors><error><code>404</code><description>There is nothing here</description></error></errors>\n`);
  }
  const other = await nobody.get("/open311/v2/lain.json", { "Accept-Language": "id" });
  assert.deepEqual(other.json, [{ code: 404, description: "Tidak ada apa pun di sini" }]);
  for (const query of ["x=%zz", "x=%00"]) assert.equal((await nobody.get(`/open311/v2/discovery.json?${query}`)).status, 400, query);
});

await test("a session or token changes nothing, good or bad", async () => {
  const officer = await enterAs(crm, "officer", "Kelurahan Klender");
  const jaki = channelOf(crm);
  const forged = stranger(crm, { authorization: "Bearer a.b.c", cookie: `__Host-crm=${"a".repeat(40)}` });
  const wanted = await nobody.get("/open311/v2/discovery.json");
  for (const client of [officer, jaki, forged]) {
    const answer = await client.get("/open311/v2/discovery.json");
    assert.deepEqual([answer.status, answer.text], [200, wanted.text]);
    client.close();
  }
});

nobody.close();
finish();
