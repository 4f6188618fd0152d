// A channel changes its keys while it works: two at a time, the old one gone
// at once, the new one good without a restart.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { addChannel, addKey, importKeys, jwkOf, keyPair } from "../support/channels.mjs";
import { finish, test } from "../support/count.mjs";
import { crm as command, instance, sql } from "../support/instance.mjs";
import { channelToken } from "../support/jwt.mjs";
import { stranger } from "../support/people.mjs";
import { serverChildren } from "../support/processes.mjs";
import { waitFor } from "../support/wait.mjs";

const crm = instance();
const channel = await addChannel(crm);
const clients = Array.from({ length: 6 }, () => stranger(crm));
const workers = serverChildren();

/** Statuses of one request on each of several connections: all workers get some. */
const statuses = (entry) => Promise.all(clients.map(async (client) =>
  (await client.get("/api/v1/reports", { authorization: `Bearer ${channelToken(entry)}` })).status));
const all = (list, status) => list.every((one) => one === status);

const second = { ...channel, kid: `${channel.name}-2` };
const third = { ...channel, kid: `${channel.name}-3` };

await test("a new key is good at once, without a restart", async () => {
  assert.ok(all(await statuses(channel), 200));
  assert.ok(all(await statuses(second), 401), "not yet registered");
  const pair = keyPair("RS256");
  addKey(channel.name, second.kid, pair);
  Object.assign(second, { alg: "RS256", key: pair.privateKey });
  assert.deepEqual(await statuses(second), Array(clients.length).fill(200), "though every worker read the keys a moment ago");
  assert.ok(all(await statuses(channel), 200), "the old one as well");
});

await test("a third active key is refused", () => {
  assert.throws(() => addKey(channel.name, third.kid, keyPair()), /two active keys/);
});

await test("a key id is not used twice", () => {
  assert.throws(() => addKey("desk", channel.kid, keyPair()));
});

await test("a key that is private, weak or of another kind is refused", () => {
  const pair = keyPair("RS256");
  command("channel", "key", channel.name, "--retire", second.kid);
  for (const bad of [
    { alg: "ES256", publicPem: pair.publicPem },
    { alg: "RS256", publicPem: pair.privateKey.export({ type: "pkcs8", format: "pem" }) },
    { alg: "HS256", publicPem: pair.publicPem },
    { alg: "RS256", publicPem: "halo" },
  ]) {
    assert.throws(() => addKey(channel.name, third.kid, bad));
  }
});

await test("a retired key is refused with the very next request", async () => {
  assert.ok(all(await statuses(second), 401));
  assert.ok(all(await statuses(channel), 200));
});

await test("its place is free for another", async () => {
  const pair = keyPair();
  addKey(channel.name, third.kid, pair);
  third.key = pair.privateKey;
  await waitFor("the third key", async () => all(await statuses(third), 200), { seconds: 5, every: 200 });
  command("channel", "key", channel.name, "--retire", channel.kid);
  assert.ok(all(await statuses(channel), 401));
  assert.ok(all(await statuses(third), 200));
});

/**
 * Sends without a pause while `change(using)` runs; the statuses of all answers.
 * using: the key that each client signed its present request with.
 */
async function underLoad(entry, change) {
  let going = true;
  const results = [];
  const using = clients.map(entry);
  const load = clients.map(async (client, index) => {
    while (going) {
      using[index] = entry();
      const answer = await client.get("/api/v1/reports", { authorization: `Bearer ${channelToken(using[index])}` }).catch(() => ({ status: 0 }));
      results.push(answer.status);
    }
  });
  try {
    await change(using);
  } finally {
    going = false;
    await Promise.all(load);
  }
  return results;
}

await test("a set of keys is imported, all of it or none", () => {
  const keys = () => sql(`select kid from crm.channel_key join crm.channel c on c.id = channel_id
    where c.name = '${channel.name}' and retired_at is null order by kid`).flat();
  const before = keys();
  const jwk = (kid, alg) => jwkOf(keyPair(alg), kid);
  assert.throws(() => importKeys(channel.name, { keys: [jwk(`${channel.name}-a`), jwk(`${channel.name}-b`, "RS256")] }), /two active keys/);
  assert.deepEqual(keys(), before, "there was room for one");
  assert.throws(() => importKeys(channel.name, { keys: [jwk(channel.kid)] }), /used before/);
  assert.throws(() => importKeys(channel.name, { keys: [keyPair().privateKey.export({ format: "jwk" })] }), /private_key/);
  assert.throws(() => importKeys(channel.name, "keys"), /\/keys: required/);
  assert.deepEqual(keys(), before);
});

await test("two keys overlap: no request fails while a channel goes from one to the next", async () => {
  let current = third;
  let pair = { alg: "ES256", privateKey: third.key };
  const results = await underLoad(() => current, async (using) => {
    for (const [round, alg] of ["RS256", "ES256", "ES256"].entries()) {
      const old = { entry: current, pair };
      const kid = `${channel.name}-set-${round}`;
      pair = keyPair(alg);
      // A published set has both for a while; the one that is there stays.
      importKeys(channel.name, { keys: [jwkOf(old.pair, old.entry.kid), jwkOf(pair, kid)] });
      current = { ...channel, kid, alg, key: pair.privateKey };
      await waitFor("all to sign with the new key", () => using.every((one) => one === current));
      command("channel", "key", channel.name, "--retire", old.entry.kid);
      assert.ok(all(await statuses(old.entry), 401), "the old one is refused");
    }
  });
  assert.ok(results.length >= 4 * clients.length, String(results.length));
  assert.deepEqual(results.filter((one) => one !== 200), []);
  Object.assign(third, current);
});

await test("a suspended channel is refused at once, tokens that were good as well", async () => {
  assert.ok(all(await statuses(third), 200));
  command("channel", "suspend", channel.name);
  assert.ok(all(await statuses(third), 401));
  assert.throws(() => command("channel", "suspend", "tidak_ada"), /no such channel/);
  command("channel", "resume", channel.name);
  await waitFor("the channel again", async () => all(await statuses(third), 200), { seconds: 5, every: 200 });
});

await test("the list of channels tells state, limits and keys", () => {
  command("channel", "limits", channel.name, "--reads", "700", "--writes", "70");
  const row = () => command("channel", "list").split("\n").find((line) => line.startsWith(`${channel.name} `)).split(/\s+/);
  assert.deepEqual(row().slice(1, 6), ["active", "real", "700", "70", third.kid]);
  command("channel", "limits", channel.name, "--writes", "71");
  assert.deepEqual(row().slice(3, 5), ["700", "71"]);
  for (const bad of ["0", "-1", "1000001", "banyak"]) assert.throws(() => command("channel", "limits", channel.name, "--reads", bad));
  assert.deepEqual(row().slice(3, 5), ["700", "71"]);
});

await test("the audit log has what the command line did", () => {
  const actions = sql(`select action, count(*) from audit.entry where role is null and object_id in
    (select id from crm.channel where name = '${channel.name}' union
    select k.id from crm.channel_key k join crm.channel c on c.id = k.channel_id where c.name = '${channel.name}') group by 1 order by 1`);
  const count = Object.fromEntries(actions);
  assert.deepEqual([count.channel_add, count.channel_suspend, count.channel_resume, count.channel_change], ["1", "1", "1", "2"]);
  assert.ok(Number(count.key_add) >= 6 && Number(count.key_retire) >= 5, JSON.stringify(count));
});

await test("without a restart", () => {
  assert.deepEqual(serverChildren(), workers);
});

for (const client of clients) client.close();
finish();
