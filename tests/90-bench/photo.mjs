// A 12-megapixel JPEG of about 3 MB, as a phone takes it, in a multipart body.
//
// SPDX-License-Identifier: ISC
import { randomFillSync } from "node:crypto";
import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { channelToken } from "../support/jwt.mjs";
import { withPhotos } from "../support/multipart.mjs";

const require = createRequire(join(dirname(fileURLToPath(import.meta.url)), "peer/package.json"));
const WIDTH = 4000;
const HEIGHT = 3000;

/** Soft shapes with grain: compresses about as a street scene does. */
async function photo() {
  const sharp = require("sharp");
  const small = randomFillSync(Buffer.alloc(1000 * 750 * 3));
  return sharp(small, { raw: { width: 1000, height: 750, channels: 3 } })
    .blur(2.6).resize(WIDTH, HEIGHT, { kernel: "cubic" })
    .jpeg({ quality: 90 }).toBuffer();
}

/** Writes the body to a file; resolves with {path, type, authorization, bytes}. */
export async function photoForm(work, at, place) {
  const form = withPhotos("report", {
    visibility: "public",
    category: "jalan",
    description: "Jalan berlubang cukup dalam di dekat perempatan.",
    location: place,
    channel_ref: "bench-photo",
    reporter: { name: "Warga Uji" },
  }, [await photo()]);
  const path = join(work, "form");
  writeFileSync(path, form.data);
  return {
    path,
    type: form.type,
    bytes: form.data.length,
    authorization: `Bearer ${channelToken(at.channel("jaki"))}`,
  };
}
