// Mails as people, machines and attackers send them, in a Maildir.
//
// SPDX-License-Identifier: ISC

import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

let made = 0;

/** A new, empty Maildir. */
export function maildir() {
  const place = mkdtempSync(join(tmpdir(), "crm-mail-"));
  for (const part of ["new", "cur", "tmp"]) mkdirSync(join(place, part));
  return place;
}

/** Puts a mail into new/; returns the name of its file. */
export function deliver(place, bytes) {
  const name = `17640000${String(made += 1).padStart(4, "0")}.M1P1.mx`;
  writeFileSync(join(place, "new", name), bytes);
  return name;
}

/** Names of files in a folder's cur/, without their flags. */
export function lying(place, folder = ".", part = "cur") {
  const path = join(place, folder, part);
  return existsSync(path) ? readdirSync(path).map((name) => name.replace(/:2,.*/, "")).sort() : [];
}

export const base64 = (data) => Buffer.from(data).toString("base64").replace(/.{76}/g, "$&\r\n");

/** Quoted-printable of bytes. */
export function quoted(text, charset = "utf8") {
  const bytes = Buffer.from(text, charset);
  return [...bytes].map((byte) => (byte === 10 ? "\r\n" : byte > 126 || byte === 61 || (byte < 32)
    ? `=${byte.toString(16).toUpperCase().padStart(2, "0")}` : String.fromCharCode(byte))).join("");
}

/** One part of a multipart mail: type, its other headers, its body as it is written. */
export function part(type, body, headers = {}) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return `Content-Type: ${type}\r\n${lines}\r\n${body}\r\n`;
}

/** A photo as an attachment. */
export function attached(photo, type = "image/jpeg", name = "foto.jpg") {
  return part(`${type}; name="${name}"`, base64(photo), {
    "Content-Transfer-Encoding": "base64", "Content-Disposition": `attachment; filename="${name}"` });
}

/** multipart/KIND of some parts, as a part. */
export function several(kind, ...parts) {
  const boundary = `b${randomBytes(9).toString("hex")}`;
  return part(`multipart/${kind}; boundary="${boundary}"`,
    `${parts.map((one) => `--${boundary}\r\n${one}`).join("")}--${boundary}--`);
}

/** A whole mail: headers over the given part; null leaves a header out. */
export function mail(content, headers = {}) {
  const all = {
    "Return-Path": "<warga@contoh.example>", From: "Warga Contoh <warga@contoh.example>", To: "dki@jakarta.example",
    Subject: "Laporan", "Message-ID": `<${randomBytes(9).toString("hex")}@contoh.example>`, "MIME-Version": "1.0", ...headers };
  const lines = Object.entries(all).filter(([, value]) => value !== null).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${lines.join("")}${content}`, "latin1");
}

/** Text of UTF-8 as it goes over the wire, for what is written as latin1. */
export const utf8 = (text) => Buffer.from(text).toString("latin1");
