// A channel changes its keys while it works: two at a time, the old one gone
// at once, the new one good without a restart.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { addChannel, addKey, keyPair } from "../support/channels.mjs";
import { finish, test } from "../support/count.mjs";
import { crm as command, instance } from "../support/instance.mjs";
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

await test("requests go on while keys change", async () => {
  let going = true;
  const results = [];
  const load = clients.map(async (client) => {
    while (going) {
      const answer = await client.get("/api/v1/reports", { authorization: `Bearer ${channelToken(third)}` }).catch(() => ({ status: 0 }));
      results.push(answer.status);
    }
  });
  for (let round = 4; round < 8; round += 1) {
    const kid = `${channel.name}-${round}`;
    addKey(channel.name, kid, keyPair());
    await waitFor("a few requests", () => results.length > round * 8);
    command("channel", "key", channel.name, "--retire", kid);
  }
  going = false;
  await Promise.all(load);
  assert.ok(all(results, 200), String(results));
});

await test("without a restart", () => {
  assert.deepEqual(serverChildren(), workers);
});

for (const client of clients) client.close();
finish();
