// Channels that never give up: each report is sent with one Idempotency-Key
// until it is acknowledged. What was acknowledged is remembered out here, so
// that the database can be held against it afterwards.
//
// SPDX-License-Identifier: ISC
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { channelClient } from "../support/officer.mjs";
import { withPhotos } from "../support/multipart.mjs";
import { jpeg } from "../support/pictures.mjs";

// The server promises an answer within 5 s of a database that hangs.
const ANSWER_MS_MAX = 8000;
const SENDERS = 6;

function reportOf(reference) {
  return {
    visibility: "public",
    category: "jalan",
    description: `Laporan uji ketahanan ${reference}`,
    location: { lat: -6.2157, lng: 106.9003 },
    channel_ref: reference,
    reporter: { name: "Warga Uji" },
  };
}

export class Intake {
  /** channel_ref → report id of all that was acknowledged. */
  acknowledged = new Map();
  /** Status codes seen, broken connections as 0. */
  seen = new Map();
  /** What no fault excuses. */
  violations = [];
  slowest = 0;
  #stopping = false;
  #senders = [];
  #client;
  #prefix;
  #photo = jpeg({ width: 640, height: 480 });

  constructor(at, prefix) {
    this.#client = channelClient(at);
    this.#prefix = prefix;
  }

  start() {
    for (let i = 0; i < SENDERS; i++)
      this.#senders.push(this.#send(i));
  }

  /** Every report that was begun is acknowledged before this resolves. */
  async stop() {
    this.#stopping = true;
    await Promise.all(this.#senders);
    this.#client.close();
  }

  async #send(sender) {
    for (let i = 0; !this.#stopping; i++) {
      const reference = `${this.#prefix}-${sender}-${i}`;
      const body = i % 4 === 0 ? withPhotos("report", reportOf(reference), [this.#photo]) : reportOf(reference);
      await this.#until(reference, body);
    }
  }

  async #until(reference, body) {
    const key = randomUUID();
    const end = Date.now() + 60_000;
    while (Date.now() < end) {
      const answer = await this.#once(body, key);
      if (answer?.status === 201) {
        this.acknowledged.set(reference, answer.json.report.id);
        return;
      }
      await pause(100 + Math.random() * 200);
    }
    this.violations.push(`${reference} was not taken within a minute`);
  }

  async #once(body, key) {
    const began = Date.now();
    let answer = null;
    try {
      answer = await this.#client.post("/api/v1/reports", body, { "Idempotency-Key": key });
    } catch {
      // A connection that broke says nothing: ask again with the same key.
    }
    this.slowest = Math.max(this.slowest, Date.now() - began);
    const status = answer?.status ?? 0;
    this.seen.set(status, (this.seen.get(status) ?? 0) + 1);
    if (Date.now() - began > ANSWER_MS_MAX)
      this.violations.push(`an answer took ${Date.now() - began} ms`);
    if (status === 503 && !(Number(answer.headers["retry-after"]) > 0))
      this.violations.push("503 without Retry-After");
    if (![0, 201, 503].includes(status))
      this.violations.push(`status ${status}: ${answer.text.slice(0, 200)}`);
    return answer;
  }
}
