// Looks for words in bytes, in every spelling in which a word could slip out.
//
// SPDX-License-Identifier: ISC

import { createHash } from "node:crypto";
import { closeSync, lstatSync, openSync, readSync, readdirSync } from "node:fs";
import { join } from "node:path";

const PIECE = 8 * 1024 * 1024;

/** The letters of base64 that depend on the word alone, after `before` other bytes. */
function base64Core(bytes, before, coding) {
  const text = Buffer.concat([Buffer.alloc(before), bytes, Buffer.alloc(3)]).toString(coding);
  return text.slice(Math.ceil(before * 8 / 6), Math.floor((before + bytes.length) * 8 / 6));
}

const percent = (bytes, digits) => [...bytes].map((byte) => `%${digits(byte.toString(16).padStart(2, "0"))}`).join("");

/** Spellings of a text that can be turned back into it: [name, bytes]. */
export function writings(word) {
  const bytes = Buffer.from(word);
  const wide = Buffer.from(word, "utf16le");
  const list = [
    ["plain", bytes],
    ["upper case", Buffer.from(word.toUpperCase())],
    ["lower case", Buffer.from(word.toLowerCase())],
    ["reversed", Buffer.from([...word].reverse().join(""))],
    ["UTF-16LE", wide],
    ["UTF-16BE", Buffer.from(wide).swap16()],
    ["hex", Buffer.from(bytes.toString("hex"))],
    ["HEX", Buffer.from(bytes.toString("hex").toUpperCase())],
    ["percent", Buffer.from(percent(bytes, (text) => text))],
    ["percent, upper", Buffer.from(percent(bytes, (text) => text.toUpperCase()))],
    ["JSON escapes", Buffer.from([...word].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`).join(""))],
    ["HTML numbers", Buffer.from([...word].map((letter) => `&#${letter.charCodeAt(0)};`).join(""))],
    ["octal escapes", Buffer.from([...bytes].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join(""))],
    ["letters apart", Buffer.from([...word].join(" "))],
  ];
  for (const coding of ["base64", "base64url"]) {
    for (const before of [0, 1, 2]) list.push([`${coding} +${before}`, Buffer.from(base64Core(bytes, before, coding))]);
  }
  return list;
}

/** What a text leaves when somebody hashes it without a key: [name, bytes]. */
export function digests(word) {
  const list = [];
  for (const [form, text] of [["", word], [" of lower case", word.toLowerCase()]]) {
    for (const algorithm of ["sha256", "sha1", "md5", "sha512"]) {
      const raw = createHash(algorithm).update(text).digest();
      list.push([`${algorithm}${form}`, raw], [`${algorithm} hex${form}`, Buffer.from(raw.toString("hex"))],
        [`${algorithm} HEX${form}`, Buffer.from(raw.toString("hex").toUpperCase())],
        [`${algorithm} base64${form}`, Buffer.from(raw.toString("base64").replace(/=+$/, ""))],
        [`${algorithm} base64url${form}`, Buffer.from(raw.toString("base64url"))]);
    }
  }
  return list;
}

/** All spellings: those of the word and its digests. */
export function spellings(word) {
  return [...writings(word), ...digests(word)];
}

/** Finds any of many patterns in one pass. */
export class Scanner {
  #heads = new Map();
  #mask = new Uint8Array(65536);
  #longest = 0;

  /** Adds a word under a name; `how` makes its spellings. */
  add(name, word, how = spellings) {
    const seen = new Set();
    for (const [spelling, bytes] of how(word)) {
      const key = bytes.toString("latin1");
      if (bytes.length < 6 || seen.has(key)) continue;
      seen.add(key);
      this.addBytes(name, spelling, bytes);
    }
    return this;
  }

  addBytes(name, spelling, bytes) {
    const head = (bytes[0] << 8) | bytes[1];
    this.#mask[head] = 1;
    this.#heads.set(head, [...(this.#heads.get(head) ?? []), { name, spelling, bytes }]);
    this.#longest = Math.max(this.#longest, bytes.length);
    return this;
  }

  /** Hits in bytes, as ["name (spelling)"…]; each once. */
  scan(bytes) {
    const hits = new Set();
    const mask = this.#mask;
    for (let at = 0; at + 1 < bytes.length; at += 1) {
      const head = (bytes[at] << 8) | bytes[at + 1];
      if (mask[head] === 0) continue;
      for (const one of this.#heads.get(head)) {
        const end = at + one.bytes.length;
        if (end <= bytes.length && bytes.compare(one.bytes, 0, one.bytes.length, at, end) === 0) hits.add(`${one.name} (${one.spelling})`);
      }
    }
    return [...hits];
  }

  /** Hits in a file, read in pieces that overlap. */
  scanFile(path) {
    const hits = new Set();
    const file = openSync(path, "r");
    try {
      const buffer = Buffer.alloc(PIECE + this.#longest);
      let kept = 0;
      for (;;) {
        const got = readSync(file, buffer, kept, PIECE, null);
        if (got === 0) break;
        for (const hit of this.scan(buffer.subarray(0, kept + got))) hits.add(hit);
        const keep = Math.min(this.#longest, kept + got);
        buffer.copy(buffer, 0, kept + got - keep, kept + got);
        kept = keep;
      }
    } finally {
      closeSync(file);
    }
    return [...hits];
  }
}

/** Plain files below a directory; what vanishes meanwhile is not there. */
export function filesBelow(directory) {
  const found = [];
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) found.push(...filesBelow(path));
    else if (entry.isFile()) found.push(path);
  }
  return found;
}

/** Size of a file, 0 when it is gone. */
export function sizeOf(path) {
  try {
    return lstatSync(path).size;
  } catch {
    return 0;
  }
}
