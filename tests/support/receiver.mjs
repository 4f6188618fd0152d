// A receiver of webhooks that behaves as it is told, and a verifier of their
// signatures (Standard Webhooks) that shares nothing with the sender.
//
//   const receiver = await startReceiver();
//   receiver.mode = "error";            // or answers for one path: receiver.modes
//   await receiver.until(3);            // three calls have come
//   receiver.verified(call, [secret]);  // throws unless it is signed
//   receiver.close();
//
// Modes: ok, error (500), slow (204 after a moment), hang (never answers),
// redirect (302 to /elsewhere), gone (410), huge (200 and an endless body),
// flood (200 and endless headers), close (cuts the connection), late (200 when
// receiver.release() is called).
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { waitFor } from "./wait.mjs";

const TOLERANCE_S = 300;
const PIECE = Buffer.alloc(16_384, "x");

/** Writes until the other side has had enough. */
function pour(response) {
  response.on("error", () => {});
  const more = () => {
    while (!response.destroyed && response.write(PIECE)) { /* until the buffer is full */ }
  };
  response.on("drain", more);
  more();
}

const ANSWERS = {
  ok: (response) => response.writeHead(200).end("ok"),
  error: (response) => response.writeHead(500).end("broken"),
  slow: (response) => setTimeout(() => response.writeHead(204).end(), 300),
  hang: () => {},
  redirect: (response) => response.writeHead(302, { location: "/elsewhere" }).end(),
  gone: (response) => response.writeHead(410).end(),
  huge: (response) => pour(response.writeHead(200)),
  flood: (response) => {
    response.socket.on("error", () => {});
    response.socket.write(`HTTP/1.1 200 OK\r\n${`X-Filler: ${"y".repeat(1000)}\r\n`.repeat(2000)}`);
  },
  close: (response) => response.socket.destroy(),
  late: (response, receiver) => receiver.waiting.push(() => response.writeHead(200).end()),
};

/** What a call says, for comparison and messages. */
function callOf(request, body) {
  return { at: Date.now(), method: request.method, path: request.url, headers: request.headers, body, json: JSON.parse(body) };
}

/**
 * Throws unless the call is signed with each of the secrets (whsec_…) and with
 * no other, and its time is now.
 */
export function verified(call, secrets, now = Date.now() / 1000) {
  const id = call.headers["webhook-id"];
  const timestamp = call.headers["webhook-timestamp"];
  assert.match(id, /^[\w-]+$/);
  assert.match(timestamp, /^\d+$/);
  assert.ok(Math.abs(now - Number(timestamp)) <= TOLERANCE_S, `a timestamp of now: ${timestamp}`);
  const given = call.headers["webhook-signature"].split(" ");
  assert.equal(given.length, secrets.length, `as many signatures as secrets: ${given}`);
  for (const secret of secrets) assert.ok(given.some((one) => isSignature(one, secret, id, timestamp, call.body)), "signed with the secret");
}

function isSignature(text, secret, id, timestamp, body) {
  const [version, signature] = text.split(",");
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const wanted = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest();
  const given = Buffer.from(signature, "base64");
  return version === "v1" && given.length === wanted.length && timingSafeEqual(given, wanted);
}

class Receiver {
  mode = "ok";
  /** By path, before `mode`. */
  modes = {};
  calls = [];
  waiting = [];
  #server;
  #port;

  constructor(tls) {
    const take = (request, response) => this.#take(request, response);
    this.#server = tls ? createTlsServer(tls, take) : createServer(take);
    this.#server.keepAliveTimeout = 1000;
    this.secure = Boolean(tls);
  }

  listen() {
    return new Promise((resolve, reject) => {
      this.#server.on("error", reject).listen(0, "127.0.0.1", () => {
        this.#port = this.#server.address().port;
        resolve(this);
      });
    });
  }

  /** Where it listens, or did until it was closed. */
  url(path = "/hook", host = "127.0.0.1") {
    return `${this.secure ? "https" : "http"}://${host}:${this.#port}${path}`;
  }

  /** Calls of a path. */
  of(path) {
    return this.calls.filter((call) => call.path === path);
  }

  /** Resolves once `filter` holds for as many calls. */
  until(count, filter = () => true, options = {}) {
    return waitFor(`${count} calls (there are ${this.calls.length})`, () => {
      const found = this.calls.filter(filter);
      return found.length >= count && found;
    }, options);
  }

  /** Answers what waits in mode late. */
  release() {
    for (const answer of this.waiting.splice(0)) answer();
  }

  close() {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #take(request, response) {
    const pieces = [];
    request.on("data", (piece) => pieces.push(piece));
    request.on("error", () => {});
    request.on("end", () => {
      this.calls.push(callOf(request, Buffer.concat(pieces).toString("utf8")));
      ANSWERS[this.modes[request.url] ?? this.mode](response, this);
    });
  }
}

/** A receiver on a free port of 127.0.0.1; with {key, cert} it speaks TLS. */
export function startReceiver(tls) {
  return new Receiver(tls).listen();
}
