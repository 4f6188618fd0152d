// How often a channel may ask: one quota of reads and one of writes, shared by
// all workers and keys, said in every answer, the same for what exists and
// what does not; and that of networks that ask Open311.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { addChannel, addKey, isTaken, keyPair } from "../support/channels.mjs";
import { assertProblem } from "../support/checked.mjs";
import { finish, test } from "../support/count.mjs";
import { crm as command, instance, sql } from "../support/instance.mjs";
import { channelToken } from "../support/jwt.mjs";
import { local } from "../support/metrics.mjs";
import { described, plain } from "../support/openapi.mjs";
import { channelOf, enterAs, stranger } from "../support/people.mjs";
import { KLENDER, pointIn } from "../support/places.mjs";
import { add, reportBody } from "../support/reports.mjs";
import { addressOf } from "../support/tables.mjs";
import { waitFor } from "../support/wait.mjs";

const crm = instance();
const klender = pointIn(KLENDER);
const clientOf = (channel) => channelOf({ ...crm, channel: () => channel });

/** {name, quota, left, full} of an answer. */
function rateOf({ headers }) {
  const [, name, quota] = /^"(\w+)";q=(\d+);w=60$/.exec(headers["ratelimit-policy"]);
  const [, same, left, full] = /^"(\w+)";r=(\d+);t=(\d+)$/.exec(headers.ratelimit);
  assert.equal(same, name);
  return { name, quota: Number(quota), left: Number(left), full: Number(full) };
}

/** One answer from each of several new connections. */
async function several(channel, count, ask) {
  return Promise.all(Array.from({ length: count }, async () => {
    const client = clientOf(channel);
    const answer = await ask(client);
    client.close();
    return answer;
  }));
}

/** Makes every worker look at the table again: a token of a key that nobody knows does. */
async function untilQuota(channel, quota) {
  await waitFor(`a quota of ${quota} on every worker`, async () => {
    await several({ ...channel, kid: randomUUID() }, 4, (client) => client.get("/api/v1/categories"));
    return (await several(channel, 6, (client) => client.get("/api/v1/categories"))).every((answer) => rateOf(answer).quota === quota);
  }, { seconds: 60, every: 250 });
}

const limit = (channel, reads, writes) => command("channel", "limits", channel.name, "--reads", `${reads}`, "--writes", `${writes}`);

const channel = await addChannel(crm);
const own = clientOf(channel);
const report = await add(own, klender);

await test("every answer to a channel says what is left, whatever it is", async () => {
  const asks = [
    [() => own.get("/api/v1/categories"), 200, "reads"], [() => own.get(`/api/v1/reports/${report.id}`), 200, "reads"],
    [() => own.get(`/api/v1/reports/${randomUUID()}`), 404, "reads"], [() => own.get("/api/v1/reports?lain=1"), 400, "reads"],
    [() => own.get("/api/v1/words"), 403, "reads"], [() => own.send("HEAD", "/api/v1/categories"), 200, "reads"],
    [() => own.post("/api/v1/reports", "{"), 400, "writes"], [() => own.post("/api/v1/words", {}), 403, "writes"],
    [() => own.post("/api/v1/reports", reportBody(klender), { "Idempotency-Key": randomUUID() }), 201, "writes"],
  ];
  const last = {};
  for (const [ask, status, name] of asks) {
    const answer = await ask();
    assert.equal(answer.status, status, answer.text);
    const rate = rateOf(answer);
    assert.equal(rate.name, name);
    assert.equal(rate.quota, { reads: 6000, writes: 1200 }[name]);
    assert.ok(rate.left < rate.quota && rate.full >= 1 && rate.full <= 60, JSON.stringify(rate));
    last[name] = rate;
  }
  assert.ok(last.reads.left >= 5980 && last.writes.left >= 1180, "no more was taken than was asked");
});

await test("nobody else is told", async () => {
  const officer = await enterAs(crm, "officer", "Kelurahan Klender");
  const nobody = stranger(crm, { authorization: `Bearer ${channelToken(channel, { claims: { aud: "lain" } })}` });
  for (const client of [officer, nobody, plain]) {
    const { headers } = await client.get("/api/v1/categories");
    assert.equal(headers.ratelimit ?? headers["ratelimit-policy"], undefined);
  }
  for (const client of [officer, nobody]) client.close();
});

await test("a quota that is changed holds within a minute, without a restart", async () => {
  limit(channel, 240, 5);
  await untilQuota(channel, 240);
});

await test("workers and keys share a quota: of many writes at once, those of the quota get through", async () => {
  const pair = keyPair();
  const second = { ...channel, kid: `${channel.name}-2`, key: pair.privateKey };
  addKey(channel.name, second.kid, pair);
  await waitFor("the second key", () => isTaken(crm, second));
  const write = (client) => client.post("/api/v1/reports", "{");
  const answers = (await Promise.all([several(channel, 12, write), several(second, 12, write)])).flat();
  const through = answers.filter(({ status }) => status === 400);
  const refused = answers.filter(({ status }) => status === 429);
  assert.equal(through.length + refused.length, 24);
  // One comes back every 12 seconds.
  assert.ok(through.length >= 5 && through.length <= 6, `${through.length} got through`);
  for (const answer of refused) {
    assertProblem(answer, 429, []);
    const wait = Number(answer.headers["retry-after"]);
    assert.ok(wait >= 1 && wait <= 20, `${wait} s`);
    assert.deepEqual([rateOf(answer).left, rateOf(answer).name], [0, "writes"]);
  }
});

await test("reads go on when the writes are used up, and what is refused is not done", async () => {
  const before = sql(`select count(*) from crm.report r join crm.report_origin o on o.report_id = r.id join crm.channel c on c.id = o.channel_id
    where c.name = '${channel.name}'`)[0][0];
  const body = reportBody(klender);
  assertProblem(await own.post("/api/v1/reports", body, { "Idempotency-Key": randomUUID() }), 429);
  const list = await own.get("/api/v1/reports?limit=100");
  assert.equal(list.json.items.length, Number(before));
});

const empty = await addChannel(crm);
const spent = clientOf(empty);
await test("who used it up gets the same answer for what exists and what does not, at every address", async () => {
  const mine = await add(spent, klender);
  limit(empty, 1, 1);
  await waitFor("the quota to be used up on every worker", async () => {
    await several({ ...empty, kid: randomUUID() }, 4, (client) => client.get("/api/v1/categories"));
    return (await several(empty, 6, (client) => client.get("/api/v1/categories"))).every(({ status, headers }) => status === 429 && /q=1;/.test(headers["ratelimit-policy"]));
  }, { seconds: 60, every: 250 });
  await spent.post("/api/v1/reports", "{");
  const shapeOf = async (path) => {
    const { status, json: { request_id, ...rest } } = await spent.get(path);
    return { status, size: request_id.length, rest };
  };
  assert.deepEqual(await shapeOf(`/api/v1/reports/${mine.id}`), await shapeOf(`/api/v1/reports/${randomUUID()}`));
  for (const { method, path } of described.filter(({ security }) => security.some((way) => way.channel))) {
    const body = ["POST", "PUT", "PATCH"].includes(method) ? {} : undefined;
    assertProblem(await spent.send(method, addressOf(path, mine.id), { body, headers: { "If-Match": '"1"' } }), 429);
  }
  // Its body is not looked at, nor whether it may ask there at all.
  assertProblem(await spent.post("/api/v1/reports", { type: "text/plain", data: Buffer.from("{") }), 429);
  assertProblem(await spent.get("/api/v1/words"), 429);
});

await test("refusals are counted for operators", async () => {
  const { text } = await local(crm, "/metrics");
  assert.ok(Number(/^crm_limited_total (\d+)$/m.exec(text)[1]) > 20, text.match(/^crm_limited.*$/m)?.[0]);
});

await test("a form with a key takes from the writes of its channel", async () => {
  const forms = await addChannel(crm);
  const [, key] = /^api_key: (\S+)$/m.exec(command("channel", "apikey", forms.name));
  limit(forms, 100, 2);
  const fields = new URLSearchParams({ api_key: key, service_code: "tidak_ada", lat: klender.lat, long: klender.lng });
  const sender = stranger(crm);
  const ask = () => sender.post("/open311/v2/requests.json", { type: "application/x-www-form-urlencoded", data: Buffer.from(`${fields}`) });
  const answers = [await ask(), await ask(), await ask()];
  assert.deepEqual(answers.map(({ status }) => status), [404, 404, 429]);
  assert.deepEqual([rateOf(answers[2]).name, rateOf(answers[2]).quota, rateOf(answers[2]).left], ["writes", 2, 0]);
  assert.match(answers[2].headers["retry-after"], /^\d+$/);
  sender.close();
});

await test("a network that asks Open311 without a key has a quota of its own", async () => {
  const operations = described.filter(({ path }) => path.startsWith("/open311/"));
  const crowd = stranger(crm);
  const { quota, left, name } = rateOf(await crowd.get("/open311/discovery"));
  assert.equal(name, "public");
  /** Asks in eight lanes until one is refused. */
  const refused = async (method, address) => {
    let found;
    await Promise.all(Array.from({ length: 8 }, async () => {
      for (let count = 0; !found && count <= left; count += 1) {
        const answer = await crowd.send(method, address, { body: method === "POST" ? "{}" : undefined });
        if (answer.status === 429) found = answer;
      }
    }));
    return found;
  };
  assert.equal(quota, Number(process.env.CRM_PUBLIC_RATE));
  for (const { method, path } of operations) {
    for (const address of [".json", ".xml"].map((format) => addressOf(path, "jalan", format))) {
      const answer = await refused(method, address);
      assert.equal(answer?.status, 429, `${method} ${address}`);
      assert.match(answer.headers["retry-after"], /^\d+$/);
      assert.match(answer.headers["content-type"], address.endsWith(".json") ? /^application\/json/ : /^text\/xml/);
    }
  }
  assert.equal((await crowd.get("/healthz")).status, 200, "what is no part of Open311 has none");
  crowd.close();
});

for (const client of [plain, own, spent]) client.close();
finish();
