// A client of CRM for channels, in one file without dependencies (Node.js 18 or
// newer): tokens, writes that are sent again safely, lists that miss nothing,
// webhooks that are checked.
//
//   const crm = new Crm({ baseUrl, key, kid, issuer, audience });
//   const report = await crm.post({ category: "jalan", description: "…",
//     location: { lat: -6.2157, lng: 106.9003 }, channel_ref: "ours-1" });
//
// SPDX-License-Identifier: ISC

import { createHmac, createPrivateKey, randomUUID, sign, timingSafeEqual } from "node:crypto";
import { Agent, request } from "node:https";

const TOKEN_SECONDS = 600;
const TRIES = 5;
const ANSWER_MS = 30_000;
/** What may be gone when it is asked again: too many, or for a moment not there. */
const AGAIN = new Set([429, 502, 503, 504]);

/** What the server refused: status, type, errors [{pointer, code, detail}], request id. */
export class Problem extends Error {
  constructor(status, problem = {}) {
    super(problem.detail ?? problem.title ?? `status ${status}`);
    this.name = "Problem";
    this.status = status;
    this.type = problem.type;
    this.errors = problem.errors ?? [];
    this.requestId = problem.request_id;
  }
}

const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** One channel's way into CRM. */
export class Crm {
  #options;
  #key;
  #agent;
  #token = { text: "", until: 0 };

  /**
   * baseUrl; key: PEM text of the private key; kid, issuer, audience as they
   * were registered; alg: ES256 (default) or RS256; ca: PEM text of an
   * authority of one's own, as the demo has; language: "en" (default) or "id".
   */
  constructor({ baseUrl, key, kid, issuer, audience, alg = "ES256", ca, language = "en" }) {
    this.#options = { baseUrl, kid, issuer, audience, alg, language };
    this.#key = createPrivateKey(key);
    this.#agent = new Agent({ ca, keepAlive: true });
  }

  /** Ends the connections that are kept. */
  close() {
    this.#agent.destroy();
  }

  /** A signed token, the same one until a minute before its end. */
  token() {
    const now = Math.floor(Date.now() / 1000);
    if (now < this.#token.until) return this.#token.text;
    const { alg, kid, issuer, audience } = this.#options;
    const body = `${encode({ alg, typ: "JWT", kid })}.${encode({
      iss: issuer, aud: audience, sub: issuer, iat: now, exp: now + TOKEN_SECONDS })}`;
    const signature = sign("sha256", Buffer.from(body), { key: this.#key, dsaEncoding: "ieee-p1363" });
    this.#token = { text: `${body}.${signature.toString("base64url")}`, until: now + TOKEN_SECONDS - 60 };
    return this.#token.text;
  }

  /** Sends a report; photos: Buffers, 0-5. Sent again with the same key it stays one report. */
  async post(report, photos = [], key = randomUUID()) {
    return (await this.#write("/api/v1/reports", "report", report, photos, { "Idempotency-Key": key })).report;
  }

  /** The report, by id or ticket number. */
  async open(id) {
    return (await this.#read(`/api/v1/reports/${encodeURIComponent(id)}`)).report;
  }

  /** What happened to a report, newest first. */
  events(id) {
    return this.#pages(`/api/v1/reports/${encodeURIComponent(id)}/events`, {});
  }

  /** Which units opened it, and how often. */
  async opened(id) {
    return (await this.#read(`/api/v1/reports/${encodeURIComponent(id)}/opened`)).items;
  }

  /** All that CRM holds of a report, for the person who sent it. */
  export(id) {
    return this.#read(`/api/v1/reports/${encodeURIComponent(id)}/export`);
  }

  /** One's own reports; query: {status, visibility, …}. */
  list(query = {}) {
    return this.#pages("/api/v1/reports", query);
  }

  /**
   * Reports that changed at or after a time, oldest change first. Go on with
   * the updated_at of the last one: no change is missed, the last comes twice.
   */
  changes(since, query = {}) {
    return this.list({ ...query, updated_since: since });
  }

  /**
   * A step by the reporter: answer, rate, reopen, appeal, me_too, add_photos,
   * make_private, make_public, withdraw, forget, erase. report: as it was read,
   * for its version; a Problem with status 412 says that it has changed since.
   */
  step(report, type, members = {}, photos = [], key = randomUUID()) {
    return this.#write(`/api/v1/reports/${report.id}/events`, "event", { type, ...members }, photos,
      { "Idempotency-Key": key, "If-Match": `"${report.version}"` });
  }

  async* #pages(path, query) {
    let cursor = null;
    do {
      const all = new URLSearchParams({ limit: "100", ...query, ...(cursor ? { cursor } : {}) });
      const page = await this.#read(`${path}?${all}`);
      yield* page.items;
      cursor = page.next_cursor;
    } while (cursor);
  }

  #read(path) {
    return this.#send("GET", path, {});
  }

  async #write(path, part, object, photos, headers) {
    if (photos.length === 0) {
      return this.#send("POST", path, { ...headers, "Content-Type": "application/json" }, Buffer.from(JSON.stringify(object)));
    }
    const form = new FormData();
    form.append(part, new Blob([JSON.stringify(object)], { type: "application/json" }));
    for (const photo of photos) form.append("photo", new Blob([photo], { type: "image/jpeg" }), "photo.jpg");
    const parts = new Response(form);
    return this.#send("POST", path, { ...headers, "Content-Type": parts.headers.get("content-type") },
      Buffer.from(await parts.arrayBuffer()));
  }

  /** Sends, and sends again what may work later; the same bytes, the same key. */
  async #send(method, path, headers, body) {
    for (let tried = 1; ; tried += 1) {
      let answer;
      try {
        answer = await this.#once(method, path, headers, body);
      } catch (error) {
        if (tried === TRIES) throw error;
      }
      if (answer && answer.status < 400) return answer.json;
      if (answer && (!AGAIN.has(answer.status) || tried === TRIES)) throw new Problem(answer.status, answer.json);
      const seconds = Number(answer?.retryAfter) || 2 ** (tried - 1);
      await wait(seconds * 1000 * (0.75 + Math.random() / 2));
    }
  }

  #once(method, path, headers, body) {
    const { baseUrl, language } = this.#options;
    const all = { Authorization: `Bearer ${this.token()}`, "Accept-Language": language, ...headers,
      ...(body ? { "Content-Length": body.length } : {}) };
    return new Promise((done, fail) => {
      const asked = request(new URL(path, baseUrl), { method, headers: all, agent: this.#agent, timeout: ANSWER_MS }, (answer) => {
        const chunks = [];
        answer.on("data", (chunk) => chunks.push(chunk));
        answer.on("error", fail);
        answer.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          let json;
          try {
            json = JSON.parse(text);
          } catch {
            json = undefined; // not ours: a proxy's page
          }
          done({ status: answer.statusCode, json, retryAfter: answer.headers["retry-after"] });
        });
      });
      asked.on("timeout", () => asked.destroy(new Error("no answer in time")));
      asked.on("error", fail);
      asked.end(body);
    });
  }
}

/**
 * The event of a webhook (standardwebhooks.com), or throws: secrets are the
 * whsec_… texts in use, body is the raw text. Keep the ids of two days and
 * leave out what comes again: each event is delivered at least once.
 */
export function verifyWebhook(secrets, headers, body, now = Date.now() / 1000) {
  const id = headers["webhook-id"];
  const time = Number(headers["webhook-timestamp"]);
  if (!id || !(Math.abs(now - time) <= 300)) throw new Error("webhook: no id, or not of now");
  const given = String(headers["webhook-signature"]).split(" ").filter((one) => one.startsWith("v1,")).map((one) => Buffer.from(one.slice(3), "base64"));
  const isGood = [secrets].flat().some((secret) => {
    const digest = createHmac("sha256", Buffer.from(secret.replace(/^whsec_/, ""), "base64"))
      .update(`${id}.${headers["webhook-timestamp"]}.${body}`).digest();
    return given.some((one) => one.length === digest.length && timingSafeEqual(one, digest));
  });
  if (!isGood) throw new Error("webhook: the signature is not ours");
  return { id, ...JSON.parse(body) };
}
