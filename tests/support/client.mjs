// An HTTPS client for tests: the instance's own CA, keep-alive, no magic.
//
// SPDX-License-Identifier: ISC

import { Agent, request as httpsRequest } from "node:https";
import { look } from "./answers.mjs";

/**
 * A client of one instance. Headers given here go with every request, options
 * to every connection (localAddress, …); close() ends its connections.
 */
export class Client {
  #base;
  #agent;
  #headers;

  constructor(instance, headers = {}, options = {}) {
    this.#base = new URL(instance.baseUrl);
    this.#agent = new Agent({ ca: instance.ca, keepAlive: true, maxSockets: 64, ...options });
    this.#headers = headers;
  }

  close() {
    this.#agent.destroy();
  }

  get(path, headers) {
    return this.send("GET", path, { headers });
  }

  delete(path, headers) {
    return this.send("DELETE", path, { headers });
  }

  /** body: an object becomes JSON, a multipart form brings its own type. */
  post(path, body, headers = {}) {
    return this.send("POST", path, { headers, body });
  }

  /**
   * Resolves with {status, headers, body, text, json}; rejects on a broken
   * connection, and on an answer that the API's description does not tell of.
   */
  async send(method, path, options = {}) {
    const answer = await this.#exchange(method, path, options);
    look(method, path, answer);
    return answer;
  }

  #exchange(method, path, { headers = {}, body, timeout = 30_000 }) {
    const { type, data } = encode(body);
    const all = { ...this.#headers, ...headers };
    if (type && !hasHeader(all, "content-type")) all["content-type"] = type;
    if (data) all["content-length"] = data.length;
    return new Promise((resolve, reject) => {
      const request = httpsRequest({
        method, path, headers: all, agent: this.#agent, timeout,
        host: this.#base.hostname, port: this.#base.port,
      }, (response) => collect(response, resolve, reject));
      request.on("timeout", () => request.destroy(new Error(`${method} ${path}: timed out`)));
      request.on("error", reject);
      request.end(data);
    });
  }
}

function hasHeader(headers, name) {
  return Object.keys(headers).some((key) => key.toLowerCase() === name);
}

function encode(body) {
  if (body === undefined || body === null) return {};
  if (Buffer.isBuffer(body)) return { data: body };
  if (typeof body === "string") return { data: Buffer.from(body), type: "application/json" };
  if (body.data && body.type) return body;
  return { data: Buffer.from(JSON.stringify(body)), type: "application/json" };
}

function collect(response, resolve, reject) {
  const pieces = [];
  response.on("data", (piece) => pieces.push(piece));
  response.on("error", reject);
  response.on("aborted", () => reject(new Error("the answer was cut off")));
  response.on("end", () => {
    const body = Buffer.concat(pieces);
    const { statusCode: status, headers, rawHeaders } = response;
    const isJson = /\bjson\b/.test(headers["content-type"] ?? "");
    const text = body.toString("utf8");
    resolve({ status, headers, rawHeaders, body, text, json: isJson && text ? JSON.parse(text) : undefined });
  });
}
