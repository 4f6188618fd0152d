// multipart/form-data bodies, also deliberately odd ones.
//
// SPDX-License-Identifier: ISC

import { randomBytes } from "node:crypto";

/**
 * parts: [{name, type?, filename?, data (Buffer or text), headers?}].
 * Returns {type, data} as Client.post takes it.
 */
export function multipart(parts, { boundary = `crm-${randomBytes(12).toString("hex")}` } = {}) {
  const pieces = [];
  for (const part of parts) {
    const file = part.filename === undefined ? "" : `; filename="${part.filename}"`;
    let head = `--${boundary}\r\nContent-Disposition: form-data; name="${part.name}"${file}\r\n`;
    if (part.type) head += `Content-Type: ${part.type}\r\n`;
    for (const [name, value] of Object.entries(part.headers ?? {})) head += `${name}: ${value}\r\n`;
    pieces.push(Buffer.from(`${head}\r\n`), Buffer.from(part.data), Buffer.from("\r\n"));
  }
  pieces.push(Buffer.from(`--${boundary}--\r\n`));
  return { type: `multipart/form-data; boundary=${boundary}`, data: Buffer.concat(pieces) };
}

/** One JSON part and some photos, as intake ("report") and events ("event") take them. */
export function withPhotos(name, object, photos) {
  return multipart([
    { name, type: "application/json", data: JSON.stringify(object) },
    ...photos.map((photo, index) => ({
      name: "photo", type: photo.type ?? "image/jpeg",
      filename: photo.filename ?? `photo-${index}.jpg`, data: photo.data ?? photo,
    })),
  ]);
}
