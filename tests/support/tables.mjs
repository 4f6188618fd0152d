// The tables the server is built from, read from their .def files, so that a
// new row is tested without anybody telling the tests.
//
// SPDX-License-Identifier: ISC

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./instance.mjs";

const read = (path) => readFileSync(join(root, "api", path), "utf8").replace(/\/\*[\s\S]*?\*\//g, "");

/** The rows MACRO(…) of a text, as lists of trimmed arguments. */
function rowsOf(text, macro) {
  const rows = [];
  const pattern = new RegExp(`^(${macro})\\(`, "gm");
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    rows.push([match[1], ...argumentsAt(text, pattern.lastIndex)]);
  }
  return rows;
}

function argumentsAt(text, start) {
  const list = [];
  let word = "";
  let isQuoted = false;
  for (let at = start; ; at += 1) {
    const letter = text[at];
    if (letter === undefined) throw new Error("a row does not end");
    if (letter === '"' && text[at - 1] !== "\\") isQuoted = !isQuoted;
    if (!isQuoted && (letter === "," || letter === ")")) {
      list.push(word.trim());
      word = "";
      if (letter === ")") return list;
    } else {
      word += letter;
    }
  }
}

const unquoted = (text) => (text === "NULL" ? null : text.replace(/^"|"$/g, ""));

/** Readers by wire name, in the order of access.def; session: signs in. */
export function readers() {
  return rowsOf(read("core/labels.def"), "READER").map(([, name, wire, session]) =>
    ({ name, wire: unquoted(wire), session: session === "1" }));
}

/** The named groups of readers that routes.def uses. */
function readerBits() {
  const text = read("auth/viewer.h").replace(/\\\n/g, " ");
  const groups = new Map([["ANYONE", new Set()]]);
  for (const [, name, value] of text.matchAll(/#define (VIEWER_\w+)\s+(.+)/g)) {
    const single = /1u << READER_(\w+)/.exec(value);
    const members = single ? [single[1]] : value.match(/VIEWER_\w+/g).flatMap((one) => [...groups.get(one)]);
    groups.set(name, new Set(members));
  }
  return groups;
}

/** Rows of routes.def: {method, path, readers: Set of wire names, body, part, operation}. */
export function routes() {
  const wire = new Map(readers().map((reader) => [reader.name, reader.wire]));
  const groups = readerBits();
  return rowsOf(read("routes.def"), "ROUTE|ROUTE_ASK").map(([, method, path, who, body, part, operation]) => {
    const names = who.split("|").flatMap((one) => [...groups.get(one.trim())]);
    return { method, path: unquoted(path), readers: new Set(names.map((name) => wire.get(name))), anyone: who === "ANYONE" || who === "VIEWER_PUBLIC" || body === "FORM",
      body, part: unquoted(part), operation };
  });
}

/** A path of routes.def as an address; format: ".xml", ".json" or none. */
export function addressOf(path, id, format = "") {
  return path.replace("{id}", id).replace(".{format}", format);
}

/** kind → reader's wire name → letter of access.def. */
export function access() {
  const order = readers().map(({ wire }) => wire);
  return new Map(rowsOf(read("policy/access.def"), "ACCESS").map(([, kind, ...letters]) =>
    [kind, Object.fromEntries(letters.map((letter, index) => [order[index], letter]))]));
}

const fieldOf = ([, group, name, column, type, kind]) =>
  ({ group: unquoted(group), name: unquoted(name), column: unquoted(column), type, kind });

/** Fields of "report" or "event", in wire order. */
export function fields(table) {
  return rowsOf(read(`policy/${table}_fields.def`), "F").map(fieldOf);
}

/** Fields of the other objects: Map "SESSION" → fields. */
export function otherFields() {
  const found = new Map();
  let current = null;
  for (const row of rowsOf(read("policy/other_fields.def"), "T|F|E")) {
    if (row[0] === "T") found.set(row[1], current = []);
    else if (row[0] === "F") current.push(fieldOf(row));
  }
  return found;
}
