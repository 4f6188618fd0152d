// What a reporter told is not in the memory of any process of the server once
// the request is answered: a core file, or the next request, may not have it.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { addChannel } from "../../support/channels.mjs";
import { finish, skip, test } from "../../support/count.mjs";
import { instance, pidOf } from "../../support/instance.mjs";
import { withPhotos } from "../../support/multipart.mjs";
import { channelOf } from "../../support/people.mjs";
import { jpeg } from "../../support/pictures.mjs";
import { KLENDER, pointIn } from "../../support/places.mjs";
import { familyOf } from "../../support/processes.mjs";
import { reportBody } from "../../support/reports.mjs";
import { waitFor } from "../../support/wait.mjs";

const PIECE = 4 * 1024 * 1024;
/** The shadow of a sanitizer is larger, and holds nothing of this. */
const REGION_MAX = 1024 ** 3;

const crm = instance();
const channel = await addChannel(crm);
const word = () => [...randomBytes(24)].map((byte) => "abcdefghijklmnopqrstuvwxyz"[byte % 26]).join("");

function* writable(pid) {
  for (const line of readFileSync(`/proc/${pid}/maps`, "utf8").split("\n")) {
    const found = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line);
    if (!found) continue;
    const [from, to] = [parseInt(found[1], 16), parseInt(found[2], 16)];
    if (to - from <= REGION_MAX) yield [from, to, line];
  }
}

/** Where in a process one of the words stands. */
function findIn(pid, words) {
  const memory = openSync(`/proc/${pid}/mem`, "r");
  const piece = Buffer.alloc(PIECE);
  const found = [];
  try {
    for (const [from, to, line] of writable(pid)) {
      for (let at = from; at < to; at += PIECE - 64) {
        let length = 0;
        try {
          length = readSync(memory, piece, 0, Math.min(PIECE, to - at), at);
        } catch {
          break; // not there any more, or of the kernel
        }
        for (const one of words)
          if (piece.subarray(0, length).includes(one)) found.push(`${pid} ${words.indexOf(one)} ${line}`);
      }
    }
  } finally {
    closeSync(memory);
  }
  return found;
}

async function looked(name, body, photos) {
  if (process.getuid() !== 0) {
    skip(name, "only root reads other users' memory");
    return;
  }
  await test(name, async () => {
    const words = [word(), word()];
    const report = reportBody(pointIn(KLENDER), body(words));
    const sender = channelOf({ ...crm, channel: () => channel });
    const answer = await sender.post("/api/v1/reports", photos ? withPhotos("report", report, photos) : report,
      { "Idempotency-Key": `memori-${word()}` });
    sender.close();
    assert.equal(answer.status, 201, String(answer.text));
    let found = [];
    await waitFor("memory without the reporter", () => {
      found = familyOf(pidOf("crmd")).flatMap((pid) => findIn(pid, words));
      return found.length === 0;
    }, { seconds: 10, every: 500 }).catch(() => assert.deepEqual(found, []));
  });
}

const reporter = ([name, device]) => ({ reporter: { name, device_id: device } });

await looked("the reporter of a small request", reporter);
await looked("the reporter beside photos", reporter, Array.from({ length: 3 }, () => jpeg({ width: 1600, height: 1200 })));
finish();
