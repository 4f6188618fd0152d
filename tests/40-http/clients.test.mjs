// The reference client in JavaScript, docs/integrate/crm.mjs, does for a channel
// what it says. The one in shell is tried by the guide (alone/guide.test.mjs).
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { Crm, Problem, verifyWebhook } from "../../docs/integrate/crm.mjs";
import { addChannel } from "../support/channels.mjs";
import { finish, test } from "../support/count.mjs";
import { instance } from "../support/instance.mjs";
import { jpeg } from "../support/pictures.mjs";
import { enterAs } from "../support/people.mjs";
import { KLENDER, pointIn } from "../support/places.mjs";
import { reportBody } from "../support/reports.mjs";
import { waitFor } from "../support/wait.mjs";

const here = instance();
const point = pointIn(KLENDER);
const all = async (pages) => {
  const items = [];
  for await (const item of pages) items.push(item);
  return items;
};

const clients = [];
for (const alg of ["ES256", "RS256"]) {
  const channel = await addChannel(here, { alg });
  const key = channel.key.export({ type: "pkcs8", format: "pem" });
  clients.push(new Crm({ baseUrl: here.baseUrl, ca: here.ca, key, kid: channel.kid, alg, issuer: channel.issuer, audience: channel.audience }));
}
const [crm, other] = clients;
let report;

await test("one token is used until it is old", () => assert.equal(crm.token(), crm.token()));

await test("a report with a photo is sent, and read by id and ticket", async () => {
  report = await crm.post(reportBody(point, { visibility: "public" }), [jpeg()]);
  assert.equal(report.status, "waiting");
  assert.deepEqual(await crm.open(report.ticket), await crm.open(report.id));
});

await test("sent again with its key it stays one report", async () => {
  const body = reportBody(point);
  const key = randomUUID();
  const [first, again] = await Promise.all([other.post(body, [], key), other.post(body, [], key)]);
  assert.equal(first.id, again.id);
  assert.equal((await all(other.list())).length, 1);
});

await test("lists are read to their end, page by page", async () => {
  const ids = [];
  for (let more = 0; more < 101; more += 1) ids.push((await other.post(reportBody(null))).id);
  const listed = (await all(other.list())).map(({ id }) => id);
  assert.equal(listed.length, 102);
  for (const id of ids) assert.ok(listed.includes(id));
});

await test("a step says the version it was decided on", async () => {
  const { report: after } = await crm.step(report, "make_private");
  assert.equal(after.visibility, "private");
  await assert.rejects(crm.step(report, "make_public"), (problem) => problem instanceof Problem && problem.status === 412);
  report = after;
  assert.deepEqual((await all(crm.events(report.id))).map(({ type }) => type), ["make_private", "received"]);
});

await test("what changed is listed from a time on, who opened it and what is held", async () => {
  await waitFor("the change to be listed", async () => (await all(crm.changes(report.updated_at))).length === 1);
  assert.deepEqual((await all(crm.changes(report.updated_at))).map(({ id, version }) => [id, version]), [[report.id, report.version]]);
  const session = await enterAs(here, "officer", point.unit);
  assert.equal((await session.get(`/api/v1/reports/${report.id}`)).status, 200);
  session.close();
  assert.deepEqual((await crm.opened(report.id)).map(({ unit, count }) => [unit.name, count]), [[point.unit, 1]]);
  const held = await crm.export(report.id);
  assert.equal(held.report.id, report.id);
  assert.deepEqual([...held.held.identity].sort(), ["account_id", "name", "phone"]);
});

await test("what is refused is a Problem with its places", async () => {
  await assert.rejects(crm.post({ ...reportBody(point), category: "tidak_ada" }),
    ({ status, errors, requestId }) => status === 422 && errors[0].pointer === "/category" && /^[0-9a-f]{32}$/.test(requestId));
  await assert.rejects(other.open(report.id), ({ status }) => status === 404);
});

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const OTHER = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const BODY = '{"test": 2432232314}';
const TIME = 1614265330;
const HEADERS = { "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek", "webhook-timestamp": String(TIME),
  "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=" };

await test("a webhook is verified: the published example, under either secret of two", () => {
  assert.equal(verifyWebhook([SECRET], HEADERS, BODY, TIME).test, 2432232314);
  assert.equal(verifyWebhook([OTHER, SECRET], HEADERS, BODY, TIME + 299).id, HEADERS["webhook-id"]);
});

await test("a webhook that is old, changed, unsigned or of another secret is refused", () => {
  const bad = (headers, { secrets = [SECRET], body = BODY, now = TIME } = {}) =>
    assert.throws(() => verifyWebhook(secrets, { ...HEADERS, ...headers }, body, now), /^Error: webhook:/);
  bad({}, { now: TIME + 301 });
  bad({}, { now: TIME - 301 });
  bad({}, { body: BODY.replace("2", "3") });
  bad({}, { secrets: [OTHER] });
  bad({ "webhook-id": "msg_other" });
  bad({ "webhook-signature": "v1," });
  bad({ "webhook-signature": HEADERS["webhook-signature"].replace("v1", "v2") });
  bad({ "webhook-timestamp": "soon" });
});

for (const client of clients) client.close();
finish();
