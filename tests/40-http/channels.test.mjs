// Admins keep channels and their keys: add, suspend, limit, PEM and JWK sets,
// retire. What changes holds with the very next request, and is in the audit
// log.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { jwkOf, keyPair } from "../support/channels.mjs";
import { assertProblem } from "../support/checked.mjs";
import { finish, test } from "../support/count.mjs";
import { instance, sql } from "../support/instance.mjs";
import { channelToken } from "../support/jwt.mjs";
import { channelOf, enterAs, stranger } from "../support/people.mjs";

const crm = instance();
const admin = await enterAs(crm, "admin", "Biro Pemerintahan");
const triage = await enterAs(crm, "triage", crm.user("triage").unit);
const jaki = channelOf(crm);
const nobody = stranger(crm);
const PATH = "/api/v1/channels";
const ISSUER = "https://mitra.invalid";
const AUDIENCE = "crm-uji";
const ADMIN_ONLY = ["id", "active", "sandbox", "geotagged", "reads_per_minute", "writes_per_minute", "keys"];

const code = () => `uji_${randomBytes(5).toString("hex")}`;
const listed = async (id) => (await admin.get(PATH)).json.items.find((one) => one.id === id);
const patch = (id, body, client = admin) => client.send("PATCH", `${PATH}/${id}`, { body });

/** Statuses of requests with a key on several new connections: all workers get some. */
const statuses = (kid, pair) => Promise.all(Array.from({ length: 6 }, async () => {
  const client = stranger(crm);
  const token = channelToken({ kid, alg: pair.alg, key: pair.privateKey, issuer: ISSUER, audience: AUDIENCE, name: "mitra" });
  const { status } = await client.get("/api/v1/reports", { authorization: `Bearer ${token}` });
  client.close();
  return status;
}));
const all = (status) => Array(6).fill(status);

const wanted = { code: code(), name: "Mitra Uji" };
let channel;
let path;

await test("an admin adds a channel once, however often it is sent", async () => {
  const answer = await admin.post(PATH, wanted);
  assert.equal(answer.status, 201, answer.text);
  channel = answer.json.channel;
  assert.deepEqual(channel, { ...wanted, id: channel.id, active: true, sandbox: false, geotagged: false, reads_per_minute: 6000, writes_per_minute: 1200, keys: 0 });
  assert.deepEqual((await admin.post(PATH, wanted)).json.channel, channel);
  assert.deepEqual(await listed(channel.id), channel);
  assertProblem(await admin.post(PATH, { ...wanted, name: "Lain" }), 422, [["/code", "duplicate"]]);
  const other = { code: code(), name: "Lain", geotagged: true, sandbox: true, reads_per_minute: 60, writes_per_minute: 6 };
  const { id, active, keys, ...rest } = (await admin.post(PATH, other)).json.channel;
  assert.deepEqual([rest, active, keys], [other, true, 0]);
  await patch(id, { active: false });
  path = `${PATH}/${channel.id}/keys`;
});

await test("what is no channel is refused", async () => {
  for (const [members, errors] of [
    [{ code: "Mitra" }, [["/code", "format"]]], [{ code: "1mitra" }, [["/code", "format"]]], [{ code: "a" }, [["/code", "too_short"]]],
    [{ code: "a".repeat(41) }, [["/code", "too_long"]]], [{ code: null }, [["/code", "required"]]], [{ code: "" }, [["/code", "required"]]],
    [{ code: 1 }, [["/code", "type"]]], [{ name: " " }, [["/name", "empty"]]], [{ name: "a\nb" }, [["/name", "characters"]]],
    [{ name: "x".repeat(81) }, [["/name", "too_long"]]], [{ geotagged: "ya" }, [["/geotagged", "type"]]], [{ sandbox: 1 }, [["/sandbox", "type"]]],
    [{ reads_per_minute: 0 }, [["/reads_per_minute", "range"]]], [{ writes_per_minute: 1000001 }, [["/writes_per_minute", "range"]]],
    [{ active: false }, [["", "unknown_member"]]],
  ]) assertProblem(await admin.post(PATH, { ...wanted, ...members }), 422, errors);
});

await test("triage is told code and name of those it keys in for", async () => {
  const items = (await triage.get(PATH)).json.items;
  assert.deepEqual(items.find((one) => one.code === wanted.code), wanted);
  assert.ok(items.every((one) => ADMIN_ONLY.every((name) => !(name in one))));
  assert.ok(items.every((one) => one.code !== "jaki" && one.code !== "qlue"), "nobody keys in for the app, or for one that is closed");
  assert.ok((await admin.get(PATH)).json.items.some((one) => one.code === "qlue" && !one.active));
});

const first = { kid: `${wanted.code}-1`, ...keyPair() };
const second = { kid: `${wanted.code}-2`, ...keyPair("RS256") };
const pem = ({ kid, alg, publicPem }) => ({ kid, alg, public_key: publicPem, issuer: ISSUER, audience: AUDIENCE });

await test("a key of PEM is good at once", async () => {
  assert.deepEqual(await statuses(first.kid, first), all(401));
  const answer = await admin.post(path, pem(first));
  assert.equal(answer.status, 201, answer.text);
  assert.deepEqual(await statuses(first.kid, first), all(200));
  const [key] = answer.json.items;
  assert.deepEqual(key, { id: first.kid, alg: "ES256", issuer: ISSUER, audience: AUDIENCE, public_key: first.publicPem, added_at: key.added_at });
  // Pasted with other line ends, and once more: the same key.
  const again = await admin.post(path, pem({ ...first, publicPem: `\r\n${first.publicPem.replaceAll("\n", "\r\n")}\r\n` }));
  assert.deepEqual([again.status, again.json.items], [201, answer.json.items]);
  assert.deepEqual((await admin.get(path)).json.items, answer.json.items);
});

await test("a set is registered whole, and the key that is there stays", async () => {
  const others = [{ kty: "OKP", crv: "Ed25519", x: "11qYAYKx", kid: "ed" }, { ...jwkOf(keyPair(), "enc"), use: "enc" }];
  const jwks = { keys: [...others, jwkOf(first, first.kid), jwkOf(second, second.kid)] };
  const answer = await admin.post(path, { jwks, issuer: ISSUER, audience: AUDIENCE });
  assert.equal(answer.status, 201, answer.text);
  assert.deepEqual(answer.json.items.map(({ id, alg }) => [id, alg]).sort(), [[first.kid, "ES256"], [second.kid, "RS256"]]);
  assert.deepEqual([await statuses(first.kid, first), await statuses(second.kid, second)], [all(200), all(200)]);
  assert.equal((await listed(channel.id)).keys, 2);
});

await test("a third key, a key id once more, and what is no key are refused", async () => {
  const third = { kid: `${wanted.code}-3`, ...keyPair() };
  const set = (...keys) => ({ jwks: { keys }, issuer: ISSUER, audience: AUDIENCE });
  const secret = { ...third.privateKey.export({ format: "jwk" }), kid: third.kid };
  const exported = third.privateKey.export({ type: "pkcs8", format: "pem" });
  for (const [body, errors] of [
    [pem(third), [["", "two_active_keys"]]], [set(jwkOf(third, third.kid)), [["", "two_active_keys"]]],
    [pem({ ...third, kid: first.kid }), [["", "used_before"]]], [pem({ ...third, kid: "jaki-1" }), [["", "used_before"]]],
    [pem({ ...third, alg: "RS256" }), [["/public_key", "key"]]], [pem({ ...third, publicPem: "halo" }), [["/public_key", "key"]]],
    [pem({ ...third, publicPem: exported }), [["/public_key", "private_key"]]], [pem({ ...third, publicPem: "a\u0001" }), [["/public_key", "characters"]]],
    [pem({ ...third, kid: "a b" }), [["/kid", "format"]]], [pem({ ...third, kid: "x".repeat(65) }), [["/kid", "too_long"], ["/kid", "format"]]],
    [pem({ ...third, alg: "HS256" }), [["/alg", "unknown"]]], [{ ...pem(third), issuer: "" }, [["/issuer", "required"]]],
    [{ ...pem(third), audience: "a\nb" }, [["/audience", "characters"]]], [{ ...pem(third), lain: 1 }, [["", "unknown_member"]]],
    [set(secret), [["/jwks/keys/0", "private_key"]]], [set(), [["/jwks/keys", "no_key"]]], [set(1), [["/jwks/keys/0", "type"]]],
    [set(jwkOf(third, "..")), [["/jwks/keys/0/kid", "format"]]], [pem({ ...third, kid: "." }), [["/kid", "format"]]],
    [set(jwkOf(third, "")), [["/jwks/keys/0/kid", "format"]]], [set(jwkOf(third, "x"), jwkOf(third, "x")), [["/jwks/keys/1/kid", "duplicate"]]],
    [set(...["x", "y", "z"].map((kid) => jwkOf(third, kid))), [["/jwks/keys/2", "too_many"]]],
    [set({ ...jwkOf(third, "x"), y: "AQAB" }), [["/jwks/keys/0", "key"]]], [{ ...set(), jwks: [] }, [["/jwks", "type"]]],
    [{ ...set(), jwks: {} }, [["/jwks/keys", "required"]]], [{ ...set(jwkOf(third, "x")), kid: "x" }, [["", "unknown_member"]]],
    [{ issuer: ISSUER, audience: AUDIENCE }, [["/kid", "required"], ["/alg", "required"], ["/public_key", "required"]]],
  ]) assertProblem(await admin.post(path, body), 422, errors);
  assert.equal((await admin.get(path)).json.items.length, 2);
});

await test("a retired key is refused at once and stays in the list", async () => {
  assert.equal((await admin.delete(`/api/v1/keys/${first.kid}`)).json.status, "deleted");
  assert.deepEqual([await statuses(first.kid, first), await statuses(second.kid, second)], [all(401), all(200)]);
  for (const id of [first.kid, "tidak-ada"]) assertProblem(await admin.delete(`/api/v1/keys/${id}`), 404);
  const items = (await admin.get(path)).json.items;
  assert.deepEqual(items.map(({ id }) => id), [second.kid, first.kid]);
  assert.ok(Date.parse(items[1].retired_at) >= Date.parse(items[1].added_at));
  assertProblem(await admin.post(path, pem(first)), 422, [["", "used_before"]]);
});

await test("a suspended channel is refused at once, and comes back", async () => {
  assert.deepEqual(await statuses(second.kid, second), all(200));
  const answer = await patch(channel.id, { active: false, name: "Mitra Berhenti" });
  assert.deepEqual([answer.status, answer.json.channel.active, answer.json.channel.name], [200, false, "Mitra Berhenti"]);
  assert.deepEqual(await statuses(second.kid, second), all(401));
  assert.ok((await triage.get(PATH)).json.items.every((one) => one.code !== wanted.code));
  await patch(channel.id, { active: true, name: wanted.name });
  assert.deepEqual(await statuses(second.kid, second), all(200));
});

await test("what is not sent stays", async () => {
  const before = await listed(channel.id);
  assert.deepEqual((await patch(channel.id, {})).json.channel, before);
  const answer = await patch(channel.id, { reads_per_minute: 77, writes_per_minute: null });
  assert.deepEqual(answer.json.channel, { ...before, reads_per_minute: 77 });
  for (const [body, errors] of [[{ reads_per_minute: 0 }, [["/reads_per_minute", "range"]]], [{ writes_per_minute: 1.5 }, [["/writes_per_minute", "type"]]],
    [{ active: "no" }, [["/active", "type"]]], [{ name: "" }, [["/name", "required"]]], [{ sandbox: true }, [["", "unknown_member"]]],
    [{ code: "lain" }, [["", "unknown_member"]]]]) assertProblem(await patch(channel.id, body), 422, errors);
});

await test("what does not exist is not there, and nobody else comes near", async () => {
  for (const id of [randomUUID(), "mitra"]) {
    assertProblem(await patch(id, { active: false }), 404);
    assertProblem(await admin.get(`${PATH}/${id}/keys`), 404);
    assertProblem(await admin.post(`${PATH}/${id}/keys`, pem(first)), 404);
  }
  const calls = (client) => [client.post(PATH, wanted, { "Idempotency-Key": randomUUID() }), patch(channel.id, { active: false }, client), client.get(path),
    client.post(path, pem(first), { "Idempotency-Key": randomUUID() }), client.delete(`/api/v1/keys/${second.kid}`)];
  for (const client of [triage, jaki]) for (const answer of await Promise.all(calls(client))) assertProblem(answer, 403);
  for (const answer of await Promise.all(calls(nobody))) assertProblem(answer, 401);
  assert.deepEqual(await statuses(second.kid, second), all(200));
});

await test("bodies that are none, too large or of another kind", async () => {
  for (const [method, where] of [["POST", PATH], ["PATCH", `${PATH}/${channel.id}`], ["POST", path]]) {
    for (const [status, body] of [[400, "{"], [413, "x".repeat(70_000)], [415, { type: "text/plain", data: Buffer.from("x") }]]) {
      assertProblem(await admin.send(method, where, { body }), status);
    }
  }
});

await test("the database itself lets only an admin write", () => {
  for (const statement of [`update crm.channel set is_active = false where name = 'jaki'`, `update crm.channel_key set retired_at = now() where kid = 'jaki-1'`]) {
    sql(`begin; select set_config('crm.role', 'triage', true); ${statement}; commit`, { login: "crm_officer" });
  }
  assert.deepEqual(sql(`select is_active, retired_at is null from crm.channel c join crm.channel_key on channel_id = c.id where kid = 'jaki-1'`), [["t", "t"]]);
});

await test("the audit log says who did it", () => {
  const rows = sql(`select e.action from audit.entry e join crm.account a on a.id = e.account_id where a.username = '${admin.user.username}'
    and (e.object_id = '${channel.id}' or e.object_id in (select id from crm.channel_key where channel_id = '${channel.id}')) order by e.at`).flat();
  assert.deepEqual(rows, ["channel_add", "key_add", "key_add", "key_retire", "channel_suspend", "channel_change", "channel_resume", "channel_change", "channel_change"]);
});

for (const client of [admin, triage, jaki, nobody]) client.close();
finish();
