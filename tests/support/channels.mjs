// Channels of a test's own, with keys of both kinds.
//
// SPDX-License-Identifier: ISC

import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crm } from "./instance.mjs";

const AUDIENCE = "crm-uji";

/** A key pair as {alg, privateKey, publicPem}. */
export function keyPair(alg = "ES256") {
  const { privateKey, publicKey } = alg === "ES256"
    ? generateKeyPairSync("ec", { namedCurve: "P-256" })
    : generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { alg, privateKey, publicPem: publicKey.export({ type: "spki", format: "pem" }) };
}

/** Registers a public key for a channel; throws what the command line said. */
export function addKey(name, kid, { alg, publicPem }, issuer = `https://${name}.invalid`) {
  const directory = mkdtempSync(join(tmpdir(), "crm-key-"));
  const file = join(directory, "public.pem");
  writeFileSync(file, publicPem);
  try {
    crm("channel", "key", name, "--kid", kid, "--alg", alg, "--public", file, "--issuer", issuer, "--audience", AUDIENCE);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/**
 * Makes a channel with one key. What comes back is like an entry of demo.json
 * with `key` (a KeyObject) beside it.
 */
export function addChannel({ alg = "ES256" } = {}) {
  const name = `uji_${randomBytes(5).toString("hex")}`;
  const pair = keyPair(alg);
  const channel = { name, kid: `${name}-1`, alg, issuer: `https://${name}.invalid`, audience: AUDIENCE, key: pair.privateKey };
  crm("channel", "add", name, "--title", `Uji ${name}`);
  addKey(name, channel.kid, pair);
  return channel;
}
