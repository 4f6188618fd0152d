// Large bodies that are announced and then awaited: who may announce them, and
// that nobody with a made-up cookie can keep the channels from sending photos.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { addChannel } from "../../support/channels.mjs";
import { finish, test } from "../../support/count.mjs";
import { instance } from "../../support/instance.mjs";
import { withPhotos } from "../../support/multipart.mjs";
import { channelOf } from "../../support/people.mjs";
import { jpeg } from "../../support/pictures.mjs";
import { KLENDER, pointIn } from "../../support/places.mjs";
import { open } from "../../support/raw.mjs";
import { reportBody } from "../../support/reports.mjs";
import { waitFor } from "../../support/wait.mjs";

const crm = instance();
const channel = await addChannel(crm);
const own = channelOf({ ...crm, channel: () => channel });
const madeUp = "Cookie: __Host-crm=" + "A".repeat(43) + "\r\n";
/** Four of 32 MB fill what a worker gives to cookies; there are two workers. */
const FULL = 8;
const TRIES = 60;
/** More than the 64 kB of a small body. */
const photos = Array.from({ length: 3 }, () => jpeg({ width: 1600, height: 1200 }));

/** Announces 32 MB; the answer is 100 when they may come. The caller ends it. */
async function announce(headers) {
  const raw = await open(crm);
  raw.send(`POST /api/v1/reports HTTP/1.1\r\nHost: localhost:${crm.port}\r\n${headers}`
    + "Content-Type: multipart/form-data; boundary=x\r\nExpect: 100-continue\r\n"
    + `Content-Length: ${32 * 1024 * 1024}\r\n\r\n`);
  return { raw, status: (await raw.answer()).status };
}

async function statusOf(headers) {
  const { raw, status } = await announce(headers);
  raw.end();
  return status;
}

await test("a large body from nobody, or with a bad token, is refused by its head", async () => {
  assert.equal(await statusOf(""), 401);
  assert.equal(await statusOf("Authorization: Basic QTpC\r\n"), 401);
  assert.equal(await statusOf(`Authorization: Bearer ${own.token.slice(0, -8)}AAAAAAAA\r\n`), 401);
  assert.equal(await statusOf(`Authorization: Bearer ${own.token}\r\n`), 100);
});

/** A worker that has not read the new key yet cannot tell the channel from anyone. */
const isKnown = async () => {
  for (let index = 0; index < 12; index++) {
    const one = channelOf({ ...crm, channel: () => channel });
    const { status } = await one.get("/api/v1/reports?limit=1");
    one.close();
    if (status !== 200) return false;
  }
  return true;
};

await test("made-up cookies never take the room of the channels", async () => {
  await waitFor("both workers to know the key", isKnown);
  const held = [];
  for (let tries = 0; tries < TRIES && held.length < FULL; tries++) {
    const { raw, status } = await announce(madeUp);
    if (status === 100) held.push(raw);
    else assert.equal(status, 503);
  }
  try {
    assert.equal(held.length, FULL, "both workers are full");
    assert.equal(await statusOf(madeUp), 503);
    for (let index = 0; index < 8; index++) {
      const sender = channelOf({ ...crm, channel: () => channel });
      const answer = await sender.post("/api/v1/reports",
        withPhotos("report", reportBody(pointIn(KLENDER)), photos),
        { "Idempotency-Key": `penuh-${index}-${Date.now()}` });
      sender.close();
      assert.equal(answer.status, 201, String(answer.text));
    }
  } finally {
    for (const raw of held) raw.end();
  }
  await waitFor("room again", async () => (await statusOf(madeUp)) === 100);
});

own.close();
finish();
