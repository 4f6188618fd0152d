// People of a test's own, so that no test disturbs another: accounts made with
// the command line, signed in from the test's own network.
//
// SPDX-License-Identifier: ISC

import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { CheckedClient } from "./checked.mjs";
import { root } from "./instance.mjs";
import { channelToken } from "./jwt.mjs";
import { sessionCookie, totpCode } from "./officer.mjs";

/** Every test file has a network of its own: sign-ins are throttled by network. */
export const SOURCE = { localAddress: process.env.CRM_TEST_SOURCE ?? "127.0.0.1" };

/** Makes an account and returns it as demo.json lists users. */
export function addAccount({ role, unit, name = "Uji Coba", totp = false, password }) {
  const secret = password ?? `sandi-${randomBytes(12).toString("hex")}`;
  const username = `t-${role}-${randomBytes(5).toString("hex")}`;
  const args = ["account", "add", "--username", username, "--name", name,
    "--role", role, "--unit", unit, "--password-stdin"];
  if (totp) args.push("--totp");
  const out = execFileSync(join(root, "config/crm"), args, { input: `${secret}\n`, encoding: "utf8" });
  const found = /totp secret: (\S+)/.exec(out);
  return { username, password: secret, role, unit, name, totp_secret: found ? found[1] : null };
}

/** The answer of POST /api/v1/session for a user, from this file's network or another. */
export async function signInAnswer(instance, user, { headers = {}, totp, source = SOURCE } = {}) {
  const door = new CheckedClient(instance, {}, source);
  try {
    const body = { username: user.username, password: user.password };
    const code = totp ?? (user.totp_secret ? totpCode(user.totp_secret) : undefined);
    if (code !== undefined) body.totp = code;
    return await door.post("/api/v1/session", body, { "X-CRM": "1", ...headers });
  } finally {
    door.close();
  }
}

/** A checked client with the session of a user. */
export async function enter(instance, user, headers = {}) {
  const answer = await signInAnswer(instance, user);
  const cookie = sessionCookie(answer);
  if (answer.status !== 200 || !cookie) {
    throw new Error(`${user.username} could not sign in: ${answer.status} ${answer.text}`);
  }
  const client = new CheckedClient(instance, { cookie: `__Host-crm=${cookie}`, "X-CRM": "1", ...headers }, SOURCE);
  client.token = cookie;
  client.user = user;
  return client;
}

/** Makes an account of a role in a unit and signs it in. */
export function enterAs(instance, role, unit, options = {}) {
  return enter(instance, addAccount({ role, unit, ...options }));
}

/** A checked client of a channel: of demo.json by name, or one of the test's own. */
export function channelOf(instance, channel = "jaki", headers = {}) {
  const entry = typeof channel === "string" ? instance.channel(channel) : channel;
  const token = channelToken(entry, { seconds: 890 });
  const client = new CheckedClient(instance, { authorization: `Bearer ${token}`, ...headers }, SOURCE);
  client.token = token;
  return client;
}

/** A checked client of nobody. */
export function stranger(instance, headers = {}) {
  return new CheckedClient(instance, headers, SOURCE);
}
