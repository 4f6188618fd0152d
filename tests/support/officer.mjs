// Officers who sign in, and channels that report.
//
// SPDX-License-Identifier: ISC

import { createHmac, randomUUID } from "node:crypto";
import { Client } from "./client.mjs";
import { channelToken } from "./jwt.mjs";

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

function base32Decode(text) {
  let bits = "";
  for (const letter of text.replace(/=+$/, "")) {
    bits += BASE32.indexOf(letter).toString(2).padStart(5, "0");
  }
  return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
}

/** The six digits of a base32 secret (RFC 6238) for a time in seconds. */
export function totpCode(secret, time = Date.now() / 1000) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(time / 30)));
  const digest = createHmac("sha1", base32Decode(secret)).update(counter).digest();
  const at = digest[19] & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** The value of the session cookie in an answer, or null. */
export function sessionCookie(answer) {
  for (const cookie of answer.headers["set-cookie"] ?? []) {
    const match = /^__Host-crm=([^;]+)/.exec(cookie);
    if (match) return match[1];
  }
  return null;
}

/** A client with the session of a user of demo.json; `headers` go with every request. */
export async function signIn(instance, user, headers = {}) {
  const door = new Client(instance);
  const body = { username: user.username, password: user.password };
  if (user.totp_secret) body.totp = totpCode(user.totp_secret);
  const answer = await door.post("/api/v1/session", body, { "X-CRM": "1", ...headers });
  door.close();
  const cookie = sessionCookie(answer);
  if (answer.status >= 300 || !cookie) {
    throw new Error(`${user.username} could not sign in: ${answer.status} ${answer.text}`);
  }
  return new Client(instance, { cookie: `__Host-crm=${cookie}`, "X-CRM": "1", ...headers });
}

/** A client that speaks as a channel, with a token good for ten minutes. */
export function channelClient(instance, name = "jaki", headers = {}) {
  const token = channelToken(instance.channel(name));
  return new Client(instance, { authorization: `Bearer ${token}`, ...headers });
}

/** Posts a report as a channel with a fresh idempotency key, and returns the answer. */
export function postReport(client, body, key = randomUUID()) {
  return client.post("/api/v1/reports", body, { "Idempotency-Key": key });
}
