// SPDX-License-Identifier: ISC
// The real API as seen by a channel and by officers: HTTPS with keep-alive,
// tokens signed here, cookies, multipart. Anything unexpected is an error.

import { createHmac, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import https from "node:https";

const TRIES = 5;
const DIGITS = 6;

/**
 * @typedef {{status: number, headers: import("node:http").IncomingHttpHeaders, body: any}} Answer
 * @typedef {{name: string, data: Uint8Array | string, mime: string, file?: string}} Part
 */

export class Api {
  #agent;
  #base;

  /** @param {{base_url: string, ca_file: string}} demo @param {number} [sockets] */
  constructor(demo, sockets = 3) {
    this.#base = new URL(demo.base_url);
    this.#agent = new https.Agent({ keepAlive: true, maxSockets: sockets, ca: readFileSync(demo.ca_file) });
  }

  close() {
    this.#agent.destroy();
  }

  /**
   * Sends a request and checks the status; waits and tries again when the
   * server says it is busy.
   * @param {string} method
   * @param {string} path
   * @param {{headers?: Record<string, string>, json?: unknown, parts?: Part[],
   *   expect: number[]}} how
   * @returns {Promise<Answer>}
   */
  async call(method, path, { headers = {}, json, parts, expect }) {
    const { body, type } = bodyOf(json, parts);
    const sent = { Accept: "application/json", "Accept-Language": "id", ...headers };
    if (body) {
      sent["Content-Type"] = type;
      sent["Content-Length"] = String(body.length);
    }
    for (let left = TRIES; ; left -= 1) {
      const answer = await this.#send(method, path, sent, body);
      if (expect.includes(answer.status)) {
        return answer;
      }
      if (left === 0 || (answer.status !== 503 && answer.status !== 429)) {
        throw new Error(`${method} ${path}: expected ${expect.join(" or ")}, got ${answer.status} ${JSON.stringify(answer.body)}`);
      }
      const wait = Math.min(10, Number(answer.headers["retry-after"]) || 1);
      await new Promise((resolve) => setTimeout(resolve, wait * 1000));
    }
  }

  /** @returns {Promise<Answer>} */
  #send(method, path, headers, body) {
    return new Promise((resolve, reject) => {
      const request = https.request(new URL(path, this.#base), { method, headers, agent: this.#agent, timeout: 30000 }, (response) => {
        const chunks = [];
        response.on("data", (chunk) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          try {
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text ? JSON.parse(text) : null });
          } catch {
            reject(new Error(`${method} ${path}: the answer is not JSON: ${text.slice(0, 200)}`));
          }
        });
      });
      request.on("timeout", () => request.destroy(new Error(`${method} ${path}: no answer within 30 seconds`)));
      request.on("error", reject);
      request.end(body);
    });
  }
}

function bodyOf(json, parts) {
  if (parts) {
    return multipart(parts);
  }
  return json === undefined
    ? { body: null, type: "" }
    : { body: Buffer.from(JSON.stringify(json)), type: "application/json" };
}

/** @param {Part[]} parts */
function multipart(parts) {
  const boundary = "crm-demo-2b7e151628aed2a6";
  const pieces = [];
  for (const { name, data, mime, file } of parts) {
    const named = file ? `; filename="${file}"` : "";
    pieces.push(
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"${named}\r\nContent-Type: ${mime}\r\n\r\n`),
      Buffer.from(data),
      Buffer.from("\r\n"),
    );
  }
  pieces.push(Buffer.from(`--${boundary}--\r\n`));
  return { body: Buffer.concat(pieces), type: `multipart/form-data; boundary=${boundary}` };
}

/** A channel that signs its own tokens. */
export class Channel {
  #row;
  #key;

  /** @param {{kid: string, alg: string, private_key_file: string, issuer: string, audience: string}} row */
  constructor(row) {
    this.#row = row;
    this.#key = readFileSync(row.private_key_file);
  }

  /** Tokens tell the real time; only the instance's clock is moved. */
  headers() {
    const { kid, alg, issuer, audience } = this.#row;
    const now = Math.floor(Date.now() / 1000);
    const head = encode({ alg, kid, typ: "JWT" });
    const claims = encode({ iss: issuer, aud: audience, iat: now, exp: now + 300 });
    const key = alg === "ES256" ? { key: this.#key, dsaEncoding: "ieee-p1363" } : this.#key;
    const mark = sign("sha256", Buffer.from(`${head}.${claims}`), key).toString("base64url");
    return { Authorization: `Bearer ${head}.${claims}.${mark}` };
  }
}

function encode(value) {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

/**
 * Signs an officer in.
 * @param {Api} api
 * @param {{username: string, password: string, totp_secret: string | null}} user
 * @returns {Promise<Record<string, string>>} headers of the session
 */
export async function signIn(api, user) {
  for (let again = 0; ; again += 1) {
    const json = { username: user.username, password: user.password };
    if (user.totp_secret) {
      json.totp = totp(user.totp_secret, Date.now());
    }
    const answer = await api.call("POST", "/api/v1/session", { json, expect: user.totp_secret && again < 2 ? [200, 201, 401] : [200, 201] });
    const cookie = (answer.headers["set-cookie"] ?? []).find((line) => line.startsWith("__Host-"));
    if (answer.status !== 401 && cookie) {
      return { Cookie: cookie.split(";")[0], "X-CRM": "1" };
    }
    if (answer.status !== 401) {
      throw new Error(`signing ${user.username} in gave no cookie`);
    }
    // A code works once: a repeated run waits for the next one.
    await new Promise((resolve) => setTimeout(resolve, 30500 - (Date.now() % 30000)));
  }
}

/** RFC 6238 with SHA-1, six digits, 30 seconds. */
export function totp(secret, now) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30000)));
  const hash = createHmac("sha1", fromBase32(secret)).update(counter).digest();
  const at = hash[hash.length - 1] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 10 ** DIGITS).padStart(DIGITS, "0");
}

function fromBase32(text) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...text.toUpperCase().replace(/[=\s]/g, "")]
    .map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  return Buffer.from(bits.match(/.{8}/g)?.map((byte) => parseInt(byte, 2)) ?? []);
}
