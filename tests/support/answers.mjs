// Every answer a test gets is checked against docs/openapi.yaml: its status,
// headers, type and body. What was seen is noted in a file that all tests of
// the suite share, so that at the end nothing described is left untried.
//
// Works where CRM_ANSWERS names a directory with openapi.json, which
// tests/40-http/all.mjs makes; elsewhere it does nothing.
//
// SPDX-License-Identifier: ISC

import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Schemas } from "./schema.mjs";

const METHODS = ["get", "post", "put", "patch", "delete"];
/** Headers of HTTP itself, which no description of an API repeats. */
const FRAMING = new Set(["connection", "content-encoding", "content-length", "content-type", "transfer-encoding"]);

const escaped = (text) => text.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
/** The ending that names a format may be left out. */
const patternOf = (path) => new RegExp(`^${escaped(path).replace("\\.{format}", "(\\.(xml|json))?").replace(/\{\w+\}/g, "[^/]+")}$`);
const fixedLength = (path) => path.replace(/\{\w+\}/g, "").length;

/** A description of an API, ready to be asked about answers. */
export class Description {
  #schemas;
  #paths;

  constructor(api) {
    this.#schemas = new Schemas(api);
    this.#paths = Object.entries(api.paths).map(([path, item]) => ({ path, item, pattern: patternOf(path) }))
      .sort((one, other) => fixedLength(other.path) - fixedLength(one.path));
  }

  /** The operations a request may belong to: one, or all of the address when its method is none of them. */
  operations(method, path) {
    const found = this.#paths.find(({ pattern }) => pattern.test(path.split("?")[0]));
    if (!found || method === "OPTIONS") return [];
    const own = found.item[method === "HEAD" ? "get" : method.toLowerCase()];
    return own ? [own] : METHODS.map((name) => found.item[name]).filter(Boolean);
  }

  /** What of an answer an operation does not describe, as texts. */
  faults(operation, { status, headers, json }, isHead = false) {
    const response = this.#schemas.open(operation.responses[status] ?? operation.responses.default);
    const what = `${operation.operationId} ${status}`;
    const faults = this.#headerFaults(response.headers, headers);
    if (status === 304) return faults.map((fault) => `${what}: ${fault}`);
    const content = response.content?.[headers["content-type"]];
    if (!content) faults.push(`type ${headers["content-type"]} is not described`);
    if (content?.schema && json !== undefined && !isHead) faults.push(...this.#schemas.faults(content.schema, json));
    return faults.map((fault) => `${what}: ${fault}`);
  }

  #headerFaults(described, headers) {
    const known = new Map(Object.entries(described).map(([name, header]) => [name.toLowerCase(), this.#schemas.open(header)]));
    const surplus = Object.keys(headers).filter((name) => !known.has(name) && !FRAMING.has(name)).map((name) => `header ${name} is not described`);
    return surplus.concat([...known].flatMap(([name, { required, schema }]) => {
      const value = [headers[name]].flat()[0];
      if (value === undefined) return required ? [`header ${name} is missing`] : [];
      return this.#schemas.faults(schema, schema.type === "integer" ? Number(value) : value).map((fault) => `header ${name}${fault}`);
    }));
  }
}

let description = null;
const noted = new Set();

function note(line) {
  if (noted.has(line)) return;
  noted.add(line);
  appendFileSync(join(process.env.CRM_ANSWERS, "seen"), `${line}\n`);
}

/** Throws unless the description tells of this answer; notes it. */
export function look(method, path, answer) {
  if (!process.env.CRM_ANSWERS || answer.status < 200) return;
  description ??= new Description(JSON.parse(readFileSync(join(process.env.CRM_ANSWERS, "openapi.json"), "utf8")));
  const operations = description.operations(method, path);
  for (const operation of operations) {
    const faults = description.faults(operation, answer, method === "HEAD");
    if (faults.length > 0) throw new Error(`not as docs/openapi.yaml says\n${faults.join("\n")}`);
    if (method !== "HEAD") note(`${operation.operationId} ${answer.status}`);
  }
}

/** What was seen in the whole suite: a set of "operation status". */
export function seen() {
  return new Set(readFileSync(join(process.env.CRM_ANSWERS, "seen"), "utf8").split("\n"));
}
