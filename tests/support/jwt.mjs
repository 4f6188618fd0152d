// Tokens of a channel, good ones and every kind of bad one.
//
// SPDX-License-Identifier: ISC

import { createPrivateKey, sign as cryptoSign } from "node:crypto";
import { readFileSync } from "node:fs";

const encode = (value) => Buffer.from(value).toString("base64url");

/** header.payload.signature over given objects; key is a KeyObject or PEM. */
export function signToken(header, payload, key) {
  const body = `${encode(JSON.stringify(header))}.${encode(JSON.stringify(payload))}`;
  const options = String(header.alg).startsWith("ES") ? { key, dsaEncoding: "ieee-p1363" } : key;
  return `${body}.${encode(cryptoSign("sha256", Buffer.from(body), options))}`;
}

/**
 * A token of a channel of demo.json. `claims` and `header` replace or, when
 * undefined, take away what a good token has; `seconds` is its life.
 */
export function channelToken(channel, { claims = {}, header = {}, seconds = 600, key } = {}) {
  const now = Math.floor(Date.now() / 1000);
  return signToken(
    { alg: channel.alg, typ: "JWT", kid: channel.kid, ...header },
    { iss: channel.issuer, aud: channel.audience, sub: channel.name, iat: now, exp: now + seconds, ...claims },
    key ?? channel.key ?? createPrivateKey(readFileSync(channel.private_key_file)),
  );
}
