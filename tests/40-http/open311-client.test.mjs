// A client of Open311 that others wrote, the npm package open311, in its JSON
// mode, through a whole life of a request.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { globalAgent } from "node:https";
import { createRequire } from "node:module";
import { promisify } from "node:util";
import { finish, test } from "../support/count.mjs";
import { instance } from "../support/instance.mjs";
import { KLENDER, pointIn } from "../support/places.mjs";
import { uniqueWord } from "../support/reports.mjs";

const crm = instance();
const home = pointIn(KLENDER);
// Installed by tests/run from the lock file beside this.
const Open311 = createRequire(import.meta.url)("open311");
globalAgent.options.ca = crm.ca;
const city = new Open311({ discovery: `${crm.baseUrl}/open311/discovery.json`, jurisdiction: "jakarta.go.id", apiKey: crm.channel("open311").api_key });
const call = (method) => (...args) => promisify((done) => city[method](...args, (error, data) => (error ? done(new Error(`${error} ${data}`)) : done(null, data))))();
const [discover, services, definition, submit, requests, token] = ["serviceDiscovery", "serviceList", "serviceDefinition", "submitRequest", "serviceRequests", "token"].map(call);
const data = (members) => ({ service_code: "pohon", lat: home.lat, long: home.lng, address_string: "Jl. Raya Klender",
  description: `Pohon tumbang ${uniqueWord()} ${uniqueWord()}`, attributes: { keadaan: "tumbang" }, ...members });
let id;

await test("it discovers where the API is", async () => {
  const found = await discover({ cache: true });
  assert.equal(city.endpoint, `${found.endpoints[0].url}/`);
  assert.equal(city.format, "json");
});

await test("it lists services and reads what one asks for", async () => {
  const list = await services();
  const tree = list.find(({ service_code: code }) => code === "pohon");
  assert.deepEqual([tree.metadata, tree.type], [true, "realtime"]);
  assert.equal(list.find(({ service_code: code }) => code === "pajak").metadata, false);
  const { attributes } = await definition("pohon");
  assert.deepEqual(attributes.filter(({ required }) => required).map(({ code }) => code), ["keadaan"]);
});

await test("it submits a request and reads it", async () => {
  const [added] = await submit(data());
  id = added.service_request_id;
  assert.ok(id);
  const [one] = await requests(id);
  assert.equal(one.service_request_id, id);
  assert.equal(one.service_code, "pohon");
  assert.match(one.description, /Pohon tumbang/);
  assert.ok(Math.abs(one.requested_datetime.getTime() - Date.now()) < 60_000 * 60 * 24 * 400);
});

await test("it finds it in lists", async () => {
  for (const list of [await requests({ status: "open", service_code: "pohon" }), await requests([id]), await requests({ status: "open,closed" })]) {
    assert.ok(list.some((one) => one.service_request_id === id));
  }
  assert.ok(!(await requests({ status: "closed" })).some((one) => one.service_request_id === id));
});

await test("it gets a token for what is not seen yet", async () => {
  const [held] = await submit(data({ description: `Petugas G0BL0K ${uniqueWord()} ${uniqueWord()}` }));
  assert.ok(held.token && !held.service_request_id);
  assert.deepEqual(await token(held.token), [{ token: held.token }]);
});

await test("it is told what is wrong", async () => {
  await assert.rejects(submit(data({ attributes: {} })), /^Error: 400 .*attribute\[keadaan\]: This is needed/);
  await assert.rejects(submit(data({ service_code: "tidak_ada" })), /^Error: 404 /);
  city.apiKey = "salah";
  await assert.rejects(submit(data()), /^Error: 403 .*api_key/);
});

globalAgent.destroy();
finish();
