// Tokens that are not what they say: each is refused with 401 and tells
// nothing. Every row stands beside a good token that differs in that one thing.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { createHmac, createPrivateKey, generateKeyPairSync, sign as cryptoSign } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { addChannel } from "../support/channels.mjs";
import { assertProblem } from "../support/checked.mjs";
import { finish, test } from "../support/count.mjs";
import { instance } from "../support/instance.mjs";
import { channelToken, signToken } from "../support/jwt.mjs";
import { enterAs, stranger } from "../support/people.mjs";

const crm = instance();
const jaki = crm.channel("jaki");
const desk = crm.channel("desk");
const rsa = await addChannel(crm, { alg: "RS256" });
const key = createPrivateKey(readFileSync(jaki.private_key_file));
const publicPem = readFileSync(join(crm.state, "keys/channel/jaki.pub"), "utf8");
const nobody = stranger(crm);
const now = () => Math.floor(Date.now() / 1000);
const encode = (value) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

const ask = (token, headers = {}) => nobody.get("/api/v1/reports", { authorization: `Bearer ${token}`, ...headers });
const good = (options) => channelToken(jaki, options);
const parts = () => good().split(".");
/** A token from raw texts, signed as JAKI. */
const raw = (header, payload) => {
  const body = `${encode(header)}.${encode(payload)}`;
  return `${body}.${encode64(cryptoSign("sha256", Buffer.from(body), { key, dsaEncoding: "ieee-p1363" }))}`;
};
const encode64 = (buffer) => buffer.toString("base64url");
const header = (more = {}) => ({ alg: "ES256", typ: "JWT", kid: jaki.kid, ...more });
const claims = (more = {}) => ({ iss: jaki.issuer, aud: jaki.audience, sub: "jaki", iat: now(), exp: now() + 600, ...more });
const signed = (head, body = claims()) => signToken(head, body, key);
const without = (object, name) => Object.fromEntries(Object.entries(object).filter(([member]) => member !== name));
const hmac = (head, secret) => {
  const body = `${encode(head)}.${encode(claims())}`;
  return `${body}.${createHmac("sha256", secret).update(body).digest("base64url")}`;
};
const spelled = (change) => {
  const [head, body, signature] = parts();
  return change(head, body, signature);
};

/** [what, token]. Functions, so that times are fresh. */
const BAD = {
  "algorithm none": () => `${encode(header({ alg: "none" }))}.${encode(claims())}.`,
  "algorithm None": () => `${encode(header({ alg: "None" }))}.${encode(claims())}.`,
  "algorithm none with a signature": () => spelled((_, body, signature) => `${encode(header({ alg: "none" }))}.${body}.${signature}`),
  "no algorithm": () => signed(without(header(), "alg")),
  "algorithm that is a number": () => signed(header({ alg: 256 })),
  "HS256 with the public key": () => hmac(header({ alg: "HS256" }), publicPem),
  "HS256 with the public key without its line end": () => hmac(header({ alg: "HS256" }), publicPem.trim()),
  "HS256 with nothing": () => hmac(header({ alg: "HS256" }), ""),
  "HS512": () => hmac(header({ alg: "HS512" }), publicPem),
  "RS256 for a key of ES256": () => signToken({ ...header(), alg: "RS256" }, claims(), rsa.key),
  "ES256 for a key of RS256": () => signToken({ alg: "ES256", kid: rsa.kid }, claims({ iss: rsa.issuer, aud: rsa.audience }), key),
  "es256 in small letters": () => signed(header({ alg: "es256" })),
  "ES384": () => signed(header({ alg: "ES384" })),
  "PS256": () => signToken({ alg: "PS256", kid: rsa.kid }, claims({ iss: rsa.issuer, aud: rsa.audience }), rsa.key),
  "EdDSA": () => `${encode(header({ alg: "EdDSA" }))}.${encode(claims())}.${encode64(Buffer.alloc(64))}`,
  "no key id": () => signed(without(header(), "kid")),
  "empty key id": () => signed(header({ kid: "" })),
  "key id that is a number": () => signed(header({ kid: 1 })),
  "unknown key id": () => signed(header({ kid: "tidak-ada" })),
  "key id of another channel": () => signed(header({ kid: desk.kid })),
  "key id that is a path": () => signed(header({ kid: "../../keys/identity.pub" })),
  "key id that is SQL": () => signed(header({ kid: "x' or '1'='1" })),
  "key id that is long": () => signed(header({ kid: "k".repeat(500) })),
  "key id with NUL": () => signed(header({ kid: `${jaki.kid}\u0000` })),
  "jwk in the header": () => signed(header({ jwk: createPublic() })),
  "jku in the header": () => signed(header({ jku: "https://contoh.invalid/jwks" })),
  "x5u in the header": () => signed(header({ x5u: "https://contoh.invalid/x" })),
  "x5c in the header": () => signed(header({ x5c: ["MII"] })),
  "crit in the header": () => signed(header({ crit: ["exp"] })),
  "b64 in the header": () => signed(header({ b64: false })),
  "zip in the header": () => signed(header({ zip: "DEF" })),
  "a member twice in the header": () => raw(`{"alg":"none","alg":"ES256","kid":"${jaki.kid}"}`, claims()),
  "a claim twice": () => raw(header(), `${JSON.stringify(claims()).slice(0, -1)},"exp":${now() + 800}}`),
  "header that is no JSON": () => raw("{alg:ES256}", claims()),
  "header that is a list": () => raw("[]", claims()),
  "claims that are no JSON": () => raw(header(), "exp=1"),
  "claims that are a text": () => raw(header(), '"x"'),
  "bytes behind the header": () => raw(`${JSON.stringify(header())} x`, claims()),
  "signed with another key": () => signToken(header(), claims(), generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey),
  "signed on another curve": () => signToken(header(), claims(), generateKeyPairSync("ec", { namedCurve: "P-384" }).privateKey),
  "signature of zeros": () => spelled((head, body) => `${head}.${body}.${encode64(Buffer.alloc(64))}`),
  "signature in DER": () => {
    const body = `${encode(header())}.${encode(claims())}`;
    return `${body}.${encode64(cryptoSign("sha256", Buffer.from(body), key))}`;
  },
  "signature cut short": () => spelled((head, body, signature) => `${head}.${body}.${signature.slice(0, -2)}`),
  "signature with more bytes": () => spelled((head, body, signature) => `${head}.${body}.${encode64(Buffer.concat([Buffer.from(signature, "base64url"), Buffer.alloc(1)]))}`),
  "empty signature": () => spelled((head, body) => `${head}.${body}.`),
  "signature with marks behind": () => `${good()}!!!!`,
  "padded signature": () => `${good()}==`,
  "signature in plain base64": () => withPlainBase64(),
  "last letter that says the same": () => lastLetter(),
  "a space inside": () => spelled((head, body, signature) => `${head}. ${body}.${signature}`),
  "claims changed after signing": () => spelled((head, _, signature) => `${head}.${encode(claims({ sub: "lain" }))}.${signature}`),
  "header changed after signing": () => spelled((_, body, signature) => `${encode(header({ typ: "jwt" }))}.${body}.${signature}`),
  "two parts": () => spelled((head, body) => `${head}.${body}`),
  "four parts": () => `${good()}.x`,
  "one part": () => "abc",
  "nothing": () => "",
  "dots only": () => "..",
  "more than 4 kB": () => signed(header(), claims({ x: "x".repeat(4000) })),
  "expired": () => signed(header(), claims({ iat: now() - 800, exp: now() - 120 })),
  "no exp": () => signed(header(), without(claims(), "exp")),
  "exp in quotes": () => signed(header(), claims({ exp: String(now() + 600) })),
  "exp null": () => signed(header(), claims({ exp: null })),
  "exp far beyond": () => signed(header(), claims({ exp: 1e300 })),
  "no iat": () => signed(header(), without(claims(), "iat")),
  "iat in quotes": () => signed(header(), claims({ iat: String(now()) })),
  "iat in the future": () => signed(header(), claims({ iat: now() + 300, exp: now() + 600 })),
  "nbf in the future": () => signed(header(), claims({ nbf: now() + 300 })),
  "nbf in quotes": () => signed(header(), claims({ nbf: "0" })),
  "lives sixteen minutes": () => signed(header(), claims({ exp: now() + 960 })),
  "exp before iat": () => signed(header(), claims({ iat: now(), exp: now() - 30 })),
  "no iss": () => signed(header(), without(claims(), "iss")),
  "another issuer": () => signed(header(), claims({ iss: desk.issuer })),
  "issuer with a slash more": () => signed(header(), claims({ iss: `${jaki.issuer}/` })),
  "issuer in a list": () => signed(header(), claims({ iss: [jaki.issuer] })),
  "no aud": () => signed(header(), without(claims(), "aud")),
  "another audience": () => signed(header(), claims({ aud: "lain" })),
  "audience that is an object": () => signed(header(), claims({ aud: { [jaki.audience]: true } })),
};

function createPublic() {
  return generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ format: "jwk" });
}

/** A token whose signature has "-" or "_", written with "+" and "/". */
function withPlainBase64() {
  for (;;) {
    const token = good();
    const at = token.lastIndexOf(".");
    const signature = token.slice(at);
    if (/[-_]/.test(signature)) return token.slice(0, at) + signature.replaceAll("-", "+").replaceAll("_", "/");
  }
}

/** 64 bytes are 86 letters: the last carries four bits that mean nothing. */
function lastLetter() {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const token = good();
  return token.slice(0, -1) + letters[letters.indexOf(token.at(-1)) + 1];
}

await test("the good ones are taken", async () => {
  for (const token of [good(), good({ seconds: 900 }), signed(header(), claims({ nbf: now() - 5 })),
    signed(header({ typ: undefined })), channelToken(rsa), signed(header(), claims({ iat: now() + 30, exp: now() + 600 }))]) {
    const answer = await ask(token);
    assert.equal(answer.status, 200, answer.text);
  }
});

let refusal;
for (const [what, make] of Object.entries(BAD)) {
  await test(`${what}: 401`, async () => {
    const answer = await ask(make());
    assertProblem(answer, 401);
    assert.match(answer.headers["www-authenticate"] ?? "", /^Bearer/);
    const { request_id, ...rest } = answer.json;
    refusal ??= rest;
    assert.deepEqual(rest, refusal, "every refusal says the same");
  });
}

await test("a token is read from the Authorization header only", async () => {
  const token = good();
  for (const [path, headers] of [
    ["/api/v1/reports", {}],
    [`/api/v1/reports?access_token=${token}`, {}],
    [`/api/v1/reports?token=${token}`, {}],
    ["/api/v1/reports", { cookie: `token=${token}` }],
    ["/api/v1/reports", { cookie: `__Host-crm=${token}` }],
    ["/api/v1/reports", { "x-authorization": `Bearer ${token}` }],
    ["/api/v1/reports", { authorization: token }],
    ["/api/v1/reports", { authorization: `Basic ${Buffer.from(token).toString("base64")}` }],
    ["/api/v1/reports", { authorization: `JWT ${token}` }],
    ["/api/v1/reports", { authorization: `Bearer  ${token}` }],
    ["/api/v1/reports", { authorization: `Bearer ${token}, Bearer ${token}` }],
  ]) {
    const answer = await nobody.get(path, headers);
    assert.ok([400, 401].includes(answer.status), `${path} ${Object.keys(headers)}: ${answer.status}`);
  }
  assert.equal((await nobody.get("/api/v1/reports", { authorization: `bearer ${token}` })).status, 200, "the scheme is not case-sensitive");
});

await test("a role in the claims makes nobody an officer", async () => {
  const token = signed(header(), claims({ role: "admin", roles: ["admin", "validator"], unit: "Biro Pemerintahan", scope: "*" }));
  const answer = await nobody.get("/api/v1/units", { authorization: `Bearer ${token}` });
  assertProblem(answer, 403);
});

await test("a token and a session together are refused", async () => {
  const officer = await enterAs(crm, "officer", "Kelurahan Klender");
  const answer = await officer.get("/api/v1/reports", { authorization: `Bearer ${good()}` });
  assertProblem(answer, 400);
  officer.close();
});

nobody.close();
finish();
