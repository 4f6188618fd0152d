// What receivers of webhooks get, and what their misbehaviour costs: theirs
// waits, nobody else's does.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { addChannel } from "../support/channels.mjs";
import { finish, test } from "../support/count.mjs";
import { instance } from "../support/instance.mjs";
import { api, plain, schemas } from "../support/openapi.mjs";
import { channelOf } from "../support/people.mjs";
import { KLENDER, pointIn } from "../support/places.mjs";
import { startReceiver, verified } from "../support/receiver.mjs";
import { add, stepped } from "../support/reports.mjs";
import { waitFor } from "../support/wait.mjs";
import { dead, listed, outbox, quickPace, register, replay, resume, settled } from "../support/webhooks.mjs";

const crm = instance();
const klender = pointIn(KLENDER);
const channel = await addChannel(crm);
const jaki = channelOf(crm, channel);
const receiver = await startReceiver();
quickPace();

/** An address of its own with a mode while `body` runs; from then on it takes all. */
async function withHook(path, mode, body) {
  const url = receiver.url(path);
  receiver.modes[path] = mode;
  const secret = register(channel, url);
  try {
    await body({ url, secret, calls: () => receiver.of(path) });
  } finally {
    delete receiver.modes[path];
  }
}

/** A step that the channel may take at any time. */
const change = (report, type) => stepped(jaki, report, { type }, { headers: { "Idempotency-Key": randomUUID() } });

await test("a secret is printed once and looks like one", () =>
  withHook("/format", "ok", ({ url, secret }) => {
    assert.match(secret, /^whsec_[A-Za-z0-9+/]{43}=$/);
    assert.deepEqual(listed(channel), [[url, "active", "1 secret", "0 waiting", "-", "0 dead", "-"]]);
  }));

await test("a new report is told within five seconds, signed, with ids, status and version and no more", () =>
  withHook("/new", "ok", async ({ secret, calls }) => {
    const began = Date.now();
    const report = await add(jaki, klender, { visibility: "private" });
    await receiver.until(1, (call) => call.path === "/new", { seconds: 5 });
    assert.ok(Date.now() - began < 5000);
    const [call] = calls();
    verified(call, [secret]);
    assert.equal(call.method, "POST");
    assert.equal(call.body, JSON.stringify({
      type: "report.changed",
      report: { id: report.id, ticket: report.ticket, status: report.status, version: 1 },
      at: call.json.at,
    }));
    assert.match(call.json.at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
    assert.equal(Date.parse(call.json.at), Date.parse(report.received_at));
    assert.deepEqual(Object.keys(call.headers).sort(), ["accept", "content-length", "content-type", "host",
      "user-agent", "webhook-id", "webhook-signature", "webhook-timestamp"]);
    assert.equal(call.headers["content-type"], "application/json");
    const { parameters, requestBody } = api.webhooks["report.changed"].post;
    for (const { name, schema } of parameters) assert.deepEqual(schemas.faults(schema, call.headers[name]), [], name);
    assert.deepEqual(schemas.faults(requestBody.content["application/json"].schema, call.json), []);
  }));

await test("every version is told once, in order, whatever it changed", () =>
  withHook("/order", "ok", async ({ calls }) => {
    let report = await add(jaki, klender);
    const ids = [report.id];
    for (const type of ["make_public", "make_private", "make_public", "withdraw"]) report = await change(report, type);
    await receiver.until(5, (call) => call.path === "/order" && call.json.report.id === ids[0]);
    assert.deepEqual(calls().map(({ json }) => json.report.version), [1, 2, 3, 4, 5]);
    assert.deepEqual(calls().map(({ json }) => json.report.status), ["waiting", "waiting", "waiting", "waiting", "rejected"]);
    assert.equal(new Set(calls().map(({ headers }) => headers["webhook-id"])).size, 5);
    for (const { body } of calls()) assert.doesNotMatch(body, /private|public|withdraw/);
  }));

await test("an error is tried again with the same id, and later versions wait for it", () =>
  withHook("/error", "error", async ({ url, calls }) => {
    const report = await add(jaki, klender);
    await change(report, "make_public");
    await receiver.until(2, (call) => call.path === "/error");
    receiver.modes["/error"] = "ok";
    await settled(url, 2, "delivered");
    const versions = calls().map(({ json }) => json.report.version);
    assert.deepEqual(versions, [...versions.slice(0, -1).fill(1), 2]);
    assert.equal(new Set(calls().map(({ headers }) => headers["webhook-id"])).size, 2);
    assert.equal(new Set(calls().slice(0, -1).map(({ body }) => body)).size, 1);
  }));

await test("what always fails is given up, listed, and sent again when asked; the next goes on", () =>
  withHook("/dead", "error", async ({ url, calls }) => {
    const report = await add(jaki, klender);
    await change(report, "make_public");
    const rows = await settled(url, 2, "dead");
    assert.deepEqual(rows, [["1", "3", "status 500", "dead"], ["2", "3", "status 500", "dead"]]);
    const [first, second] = dead(channel);
    assert.deepEqual(first.slice(2), ["3", "status 500", report.ticket, "waiting", "1", url]);
    receiver.modes["/dead"] = "ok";
    assert.throws(() => replay(channel, "kemarin"), /not an id/);
    assert.match(replay(channel, second[0]), /^1 /);
    await settled(url, 1, "delivered");
    assert.match(replay(channel), /^1 /);
    await settled(url, 2, "delivered");
    assert.deepEqual(calls().slice(-2).map(({ headers }) => headers["webhook-id"]), [second[0], first[0]]);
    assert.deepEqual(dead(channel), []);
  }));

await test("one that hangs holds up its own reports and nobody else's", () =>
  withHook("/hang", "hang", ({ url }) => withHook("/beside", "ok", async (beside) => {
    const reports = await Promise.all(Array.from({ length: 12 }, () => add(jaki, klender)));
    await receiver.until(12, (call) => call.path === "/beside", { seconds: 5 });
    assert.deepEqual(new Set(beside.calls().map(({ json }) => json.report.id)), new Set(reports.map(({ id }) => id)));
    await waitFor("a time-out", () => outbox(url).some(([, , answer]) => answer === "timeout"), { every: 250 });
    assert.ok(receiver.of("/hang").length >= 8);
  })));

await test("whatever a receiver answers, there is an end to it, and redirects lead nowhere", async () => {
  const nobody = await startReceiver();
  nobody.close();
  const expected = {
    [receiver.url("/slow")]: ["delivered", "status 204"],
    [receiver.url("/huge")]: ["delivered", "status 200"],
    [receiver.url("/flood")]: ["delivered", "status 200"],
    [receiver.url("/close")]: ["dead", "closed"],
    [receiver.url("/redirect")]: ["dead", "status 302"],
    [nobody.url("/nobody")]: ["dead", "no connection"],
  };
  for (const url of Object.keys(expected)) {
    receiver.modes[new URL(url).pathname] = new URL(url).pathname.slice(1);
    register(channel, url);
  }
  await add(jaki, klender);
  for (const [url, [state, answer]] of Object.entries(expected)) {
    const [row] = await settled(url, 1, state);
    assert.equal(row[2], answer, url);
  }
  receiver.modes = {};
  assert.deepEqual(receiver.of("/elsewhere"), []);
});

await test("one that is gone is called no more until it is resumed, then in order", () =>
  withHook("/gone", "gone", async ({ url, calls }) => {
    let report = await add(jaki, klender);
    await waitFor("it to be disabled", () => listed(channel).find((row) => row[0] === url)[1] === "disabled", { every: 250 });
    report = await change(report, "make_public");
    await add(jaki, klender);
    assert.equal(calls().length, 1);
    assert.deepEqual(outbox(url).map((row) => row[3]), ["open"], "nothing new is kept for it");
    receiver.modes["/gone"] = "ok";
    assert.match(resume(channel, url), /^resumed; 1 /);
    await settled(url, 1, "delivered");
    assert.equal(calls()[1].headers["webhook-id"], calls()[0].headers["webhook-id"]);
    await change(report, "make_private");
    await receiver.until(3, (call) => call.path === "/gone");
    assert.equal(calls()[2].json.report.version, 3);
  }));

await test("intake is as fast as ever while a receiver fails", () =>
  withHook("/late", "hang", async () => {
    const began = Date.now();
    for (let i = 0; i < 5; i += 1) await add(jaki, klender);
    assert.ok(Date.now() - began < 4000);
  }));

receiver.close();
plain.close();
jaki.close();
finish();
