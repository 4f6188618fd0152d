// Channels of a test's own, with keys of both kinds.
//
// SPDX-License-Identifier: ISC

import { createPublicKey, generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "./client.mjs";
import { crm } from "./instance.mjs";
import { channelToken } from "./jwt.mjs";
import { waitFor } from "./wait.mjs";

const AUDIENCE = "crm-uji";

/** A key pair as {alg, privateKey, publicPem}. */
export function keyPair(alg = "ES256") {
  const { privateKey, publicKey } = alg === "ES256"
    ? generateKeyPairSync("ec", { namedCurve: "P-256" })
    : generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { alg, privateKey, publicPem: publicKey.export({ type: "spki", format: "pem" }) };
}

/** crm channel key NAME with a file of this text; throws what it said. */
function keyCommand(name, text, options) {
  const directory = mkdtempSync(join(tmpdir(), "crm-key-"));
  const file = join(directory, "key");
  writeFileSync(file, text);
  try {
    crm("channel", "key", name, ...options(file), "--issuer", `https://${name}.invalid`, "--audience", AUDIENCE);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Registers a public key for a channel; throws what the command line said. */
export const addKey = (name, kid, { alg, publicPem }) =>
  keyCommand(name, publicPem, (file) => ["--kid", kid, "--alg", alg, "--public", file]);

/** Registers the keys of a set, all or none. */
export const importKeys = (name, set) => keyCommand(name, JSON.stringify(set), (file) => ["--jwks", file]);

/** A public key as a member of a set. */
export const jwkOf = ({ alg, privateKey }, kid) =>
  ({ ...createPublicKey(privateKey).export({ format: "jwk" }), kid, alg, use: "sig" });

/** True when every worker takes the channel's key: several new connections do. */
export async function isTaken(instance, channel) {
  const answers = await Promise.all(Array.from({ length: 6 }, async () => {
    const client = new Client(instance, { authorization: `Bearer ${channelToken(channel)}` });
    const answer = await client.get("/api/v1/categories");
    client.close();
    return answer.status === 200;
  }));
  return answers.every(Boolean);
}

/**
 * Makes a channel with one key that all workers know. What comes back is like
 * an entry of demo.json with `key` (a KeyObject) beside it.
 */
export async function addChannel(instance, { alg = "ES256", isSandbox = false } = {}) {
  const name = `uji_${randomBytes(5).toString("hex")}`;
  const pair = keyPair(alg);
  const channel = { name, kid: `${name}-1`, alg, issuer: `https://${name}.invalid`, audience: AUDIENCE, key: pair.privateKey };
  crm("channel", "add", name, "--title", `Uji ${name}`, ...(isSandbox ? ["--sandbox"] : []));
  addKey(name, channel.kid, pair);
  await waitFor("the new channel's key", () => isTaken(instance, channel), { seconds: 10, every: 250 });
  return channel;
}
