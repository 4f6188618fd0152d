// A TLS socket for bytes that no well-behaved client would send.
//
// SPDX-License-Identifier: ISC

import { connect } from "node:tls";
import { look } from "./answers.mjs";

/**
 * Opens a connection; resolves once the handshake is done.
 * options go to tls.connect (minVersion, ciphers, …).
 */
export function open(instance, options = {}) {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: "127.0.0.1", port: instance.port, servername: "localhost",
      ca: instance.ca, ...options,
    });
    socket.once("secureConnect", () => resolve(new Raw(socket)));
    socket.once("error", reject);
  });
}

/** The start of a request that a description can tell of. */
const REQUEST_LINE = /^([A-Z]+) (\/\S*) HTTP\/1\.[01]\r\n/;

/** Sends bytes and reads what comes back. */
export class Raw {
  #received = Buffer.alloc(0);
  #closed = false;
  #waiting = new Set();
  #asked = [];

  constructor(socket) {
    this.socket = socket;
    socket.on("data", (piece) => {
      this.#received = Buffer.concat([this.#received, piece]);
      this.#wake();
    });
    for (const event of ["close", "end", "error"]) {
      socket.on(event, () => {
        this.#closed = true;
        this.#wake();
      });
    }
  }

  get received() {
    return this.#received;
  }

  get isClosed() {
    return this.#closed;
  }

  send(bytes) {
    const line = REQUEST_LINE.exec(bytes.subarray ? bytes.subarray(0, 2048).toString("latin1") : bytes);
    if (line) this.#asked.push(line);
    if (!this.#closed) this.socket.write(bytes);
    return this;
  }

  end() {
    this.socket.destroy();
  }

  /** The next whole answer as {status, headers, body}, or null when the peer closed first. */
  async answer({ seconds = 15, head = false } = {}) {
    let parsed = null;
    await this.#until(() => {
      parsed = parse(this.#received, head);
      return parsed !== null;
    }, seconds, "an answer");
    if (parsed === null) return null;
    this.#received = this.#received.subarray(parsed.length);
    if (this.#asked.length > 0) {
      const [, method, path] = this.#asked.shift();
      look(method, path, { ...parsed, json: jsonOf(parsed) });
    }
    return parsed;
  }

  /** True once the peer has closed. */
  async closed({ seconds = 15 } = {}) {
    await this.#until(() => this.#closed, seconds, "the end of the connection");
    return true;
  }

  #until(condition, seconds, what) {
    return new Promise((resolve, reject) => {
      const check = () => {
        if (!condition() && !this.#closed) return;
        clearTimeout(timer);
        this.#waiting.delete(check);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(check);
        reject(new Error(`waited ${seconds} s for ${what}`));
      }, seconds * 1000);
      this.#waiting.add(check);
      check();
    });
  }

  #wake() {
    for (const check of [...this.#waiting]) check();
  }
}

function jsonOf({ headers, body }) {
  return /\bjson\b/.test(headers["content-type"] ?? "") && body.length > 0 ? JSON.parse(body) : undefined;
}

function parse(bytes, isHead) {
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const [first, ...lines] = bytes.subarray(0, end).toString("latin1").split("\r\n");
  const headers = {};
  for (const line of lines) {
    const colon = line.indexOf(":");
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  const status = Number(first.split(" ")[1]);
  const bodyless = isHead || status === 304 || status === 204 || status < 200;
  const size = bodyless ? 0 : Number(headers["content-length"] ?? 0);
  const length = end + 4 + size;
  if (bytes.length < length) return null;
  return { status, headers, body: bytes.subarray(end + 4, length), length };
}
