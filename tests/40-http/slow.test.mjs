// Clients that take their time: the server waits as long as it should, no
// longer, and cuts nobody off who still reads.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { addChannel } from "../support/channels.mjs";
import { finish, test } from "../support/count.mjs";
import { instance } from "../support/instance.mjs";
import { channelOf } from "../support/people.mjs";
import { KLENDER, pointIn } from "../support/places.mjs";
import { open } from "../support/raw.mjs";
import { add, reportBody } from "../support/reports.mjs";

const crm = instance();
const host = `Host: localhost:${crm.port}\r\n`;
/** What the server allows a head to take (http_header_timeout). */
const HEAD_SECONDS = 10;
const channel = await addChannel(crm);
const own = channelOf({ ...crm, channel: () => channel });
const klender = pointIn(KLENDER);

const cases = [
  ["a head that does not end is answered 408 and closed", async () => {
    const raw = await open(crm);
    const began = Date.now();
    raw.send(`GET /healthz HTTP/1.1\r\n${host}X-Slow: `);
    const answer = await raw.answer({ seconds: HEAD_SECONDS + 15 });
    const seconds = (Date.now() - began) / 1000;
    assert.ok(answer, "an answer");
    assert.equal(answer.status, 408);
    assert.equal(JSON.parse(answer.body).status, 408);
    assert.ok(seconds > HEAD_SECONDS - 2 && seconds < HEAD_SECONDS + 8, `${seconds} s`);
    await raw.closed();
  }],
  ["so is one that comes a byte at a time", async () => {
    const raw = await open(crm);
    const began = Date.now();
    raw.send(`GET /healthz HTTP/1.1\r\n${host}X-Slow: `);
    while (!raw.isClosed && Date.now() - began < (HEAD_SECONDS + 15) * 1000 && raw.received.length === 0) {
      raw.send("x");
      await pause(500);
    }
    assert.ok(Date.now() - began < (HEAD_SECONDS + 10) * 1000, "not kept alive by drops");
    assert.equal((await raw.answer()).status, 408);
    await raw.closed();
  }],
  ["a second request's head has its own time", async () => {
    const raw = await open(crm);
    raw.send(`GET /healthz HTTP/1.1\r\n${host}\r\n`);
    assert.equal((await raw.answer()).status, 200);
    await pause((HEAD_SECONDS - 4) * 1000);
    raw.send(`GET /healthz HTTP/1.1\r\n${host}`);
    await pause(6000);
    raw.send("\r\n");
    assert.equal((await raw.answer()).status, 200);
    raw.end();
  }],
  ["an idle connection is kept beyond the time of a head, and hears nothing unasked", async () => {
    const raw = await open(crm);
    raw.send(`GET /healthz HTTP/1.1\r\n${host}\r\n`);
    assert.equal((await raw.answer()).status, 200);
    await pause((HEAD_SECONDS + 4) * 1000);
    assert.equal(raw.received.length, 0);
    raw.send(`GET /healthz HTTP/1.1\r\n${host}\r\n`);
    assert.equal((await raw.answer()).status, 200);
    raw.end();
  }],
  ["a body that comes slowly, but comes, is taken", async () => {
    const raw = await open(crm);
    const body = Buffer.from(JSON.stringify(reportBody(klender)));
    raw.send(`POST /api/v1/reports HTTP/1.1\r\n${host}Authorization: Bearer ${own.token}\r\nContent-Type: application/json\r\nIdempotency-Key: pelan-${Date.now()}\r\nContent-Length: ${body.length}\r\n\r\n`);
    const size = Math.ceil(body.length / 14);
    for (let at = 0; at < body.length; at += size) {
      raw.send(body.subarray(at, at + size));
      await pause(1000);
    }
    const answer = await raw.answer();
    assert.equal(answer.status, 201, String(answer.body));
    raw.end();
  }],
  ["a large answer read more slowly than a head may take arrives whole", async () => {
    const description = "😀".repeat(4000);
    for (let index = 0; index < 100; index += 10) {
      await Promise.all(Array.from({ length: 10 }, () => add(own, klender, { description })));
    }
    const raw = await open(crm, { highWaterMark: 16_384 });
    raw.send(`GET /api/v1/reports?limit=100 HTTP/1.1\r\n${host}Authorization: Bearer ${own.token}\r\n\r\n`);
    const began = Date.now();
    let ready = null;
    while (!ready && !raw.isClosed) {
      raw.socket.pause();
      await pause(1500);
      raw.socket.resume();
      await pause(20);
      if (Date.now() - began > (HEAD_SECONDS + 5) * 1000) ready = await raw.answer({ seconds: 30 });
    }
    assert.ok(ready, `cut off after ${raw.received.length} bytes`);
    assert.equal(ready.status, 200);
    assert.ok(ready.body.length > 1_500_000, `${ready.body.length} bytes`);
    assert.equal(JSON.parse(ready.body).items.length, 100);
    raw.end();
  }],
  ["two hundred who say nothing keep nobody waiting", async () => {
    const quiet = await Promise.all(Array.from({ length: 200 }, () => open(crm)));
    for (const raw of quiet) raw.send("GET /heal");
    const began = Date.now();
    assert.equal((await own.get("/api/v1/categories")).status, 200);
    assert.ok(Date.now() - began < 2000);
    for (const raw of quiet) raw.end();
  }],
];

await Promise.all(cases.map(([name, body]) => test(name, body)));
own.close();
finish();
