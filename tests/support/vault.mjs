// What the holder of the vault's key can open, written anew from what
// api/core/seal.h says: P-256 with an ephemeral key, HKDF-SHA-256, AES-256-GCM.
//
// SPDX-License-Identifier: ISC

import { createDecipheriv, createPrivateKey, createECDH, hkdfSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { instance } from "./instance.mjs";

const POINT = 65;
const NONCE = 12;
const TAG = 16;

/** Nonce, ciphertext and tag, opened; throws when they are of another key or context. */
export function openSealed(key, context, sealed) {
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, NONCE));
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(sealed.subarray(-TAG));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE, -TAG)), decipher.final()]);
}

/** The key that was wrapped to the vault of this instance. */
export function unwrap(wrapped, context) {
  const pem = readFileSync(join(instance().state, "keys/vault/identity.key"));
  const own = createECDH("prime256v1");
  own.setPrivateKey(Buffer.from(createPrivateKey(pem).export({ format: "jwk" }).d, "base64url"));
  const point = wrapped.subarray(1, 1 + POINT);
  const shared = own.computeSecret(point);
  const wrapping = Buffer.from(hkdfSync("sha256", shared, Buffer.concat([point, own.getPublicKey()]), "crm identity key v1", 32));
  return openSealed(wrapping, context, wrapped.subarray(1 + POINT));
}
