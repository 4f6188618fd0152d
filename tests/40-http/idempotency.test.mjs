// The same request twice is one report; many at once have different tickets.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { assertProblem } from "../support/checked.mjs";
import { addChannel } from "../support/channels.mjs";
import { finish, test } from "../support/count.mjs";
import { instance, sql } from "../support/instance.mjs";
import { channelOf } from "../support/people.mjs";
import { jpeg } from "../support/pictures.mjs";
import { KLENDER, pointIn } from "../support/places.mjs";
import { reportBody, send } from "../support/reports.mjs";

const crm = instance();
const jaki = channelOf(crm);
const klender = pointIn(KLENDER);
const ourChannel = await addChannel(crm);

await test("a channel must send a key, a plain one", async () => {
  for (const key of [null, "x".repeat(201)]) {
    assertProblem(await send(jaki, reportBody(klender), { key }), 400, [["", "idempotency_key"]]);
  }
  for (const key of ["x", "x".repeat(200), 'dengan "kutip" dan spasi']) {
    const answer = await send(jaki, reportBody(klender), { key: `${randomUUID().slice(0, 4)}${key}`.slice(0, 200) });
    assert.equal(answer.status, 201, answer.text);
  }
});

for (const photos of [undefined, [jpeg({ width: 50, height: 40 })]]) {
  const kind = photos ? "multipart, with a new boundary" : "JSON";
  await test(`the same again (${kind}) is the first answer`, async () => {
    const key = randomUUID();
    const body = reportBody(klender);
    const first = await send(jaki, body, { key, photos });
    const again = await send(jaki, body, { key, photos });
    assert.equal(first.status, 201, first.text);
    assert.equal(again.status, 201, again.text);
    assert.equal(first.headers["idempotency-replayed"], undefined);
    assert.equal(again.headers["idempotency-replayed"], "true");
    assert.deepEqual(again.json, first.json);
    assert.equal(again.headers.location, first.headers.location);
    assert.equal(again.headers.etag, first.headers.etag);
  });

  await test(`another body with the same key (${kind}) is refused`, async () => {
    const key = randomUUID();
    assert.equal((await send(jaki, reportBody(klender), { key, photos })).status, 201);
    const answer = await send(jaki, reportBody(klender), { key, photos });
    assertProblem(answer, 422);
    assert.equal(answer.json.errors[0].code, "idempotency_key_reused");
  });
}

await test("another photo with the same words is another request", async () => {
  const key = randomUUID();
  const body = reportBody(klender);
  assert.equal((await send(jaki, body, { key, photos: [jpeg({ width: 50, height: 40 })] })).status, 201);
  assertProblem(await send(jaki, body, { key, photos: [jpeg({ width: 52, height: 40 })] }), 422);
});

await test("a key belongs to its channel", async () => {
  const other = channelOf({ ...crm, channel: () => ourChannel });
  const key = randomUUID();
  const body = reportBody(klender);
  const first = await send(jaki, body, { key });
  const second = await send(other, body, { key });
  assert.equal(second.status, 201, second.text);
  assert.equal(second.headers["idempotency-replayed"], undefined);
  assert.notEqual(second.json.report.id, first.json.report.id);
  other.close();
});

await test("fifty copies at once make one report", async () => {
  const key = randomUUID();
  const body = reportBody(klender);
  const answers = await Promise.all(Array.from({ length: 50 }, () => send(jaki, body, { key })));
  const retry = [];
  for (const answer of answers) {
    if (answer.status === 503) retry.push(await send(jaki, body, { key }));
    else assert.equal(answer.status, 201, answer.text);
  }
  const good = [...answers, ...retry].filter((answer) => answer.status === 201);
  assert.equal(new Set(good.map((answer) => answer.json.report.id)).size, 1);
  assert.equal(good.filter((answer) => answer.headers["idempotency-replayed"] === undefined).length, 1);
  const [[count]] = sql(`select count(*) from crm.report where description = '${body.description}'`);
  assert.equal(count, "1");
});

await test("fifty copies of a step at once make one event", async () => {
  const { id, version } = (await send(jaki, reportBody(klender))).json.report;
  const headers = { "Idempotency-Key": randomUUID(), "If-Match": `"${version}"` };
  const copy = () => jaki.post(`/api/v1/reports/${id}/events`, { type: "me_too" }, headers);
  const answers = await Promise.all(Array.from({ length: 50 }, copy));
  const retry = [];
  for (const answer of answers) {
    if (answer.status === 503) retry.push(await copy());
    else assert.equal(answer.status, 201, answer.text);
  }
  const good = [...answers, ...retry].filter((answer) => answer.status === 201);
  assert.equal(new Set(good.map((answer) => answer.json.event.id)).size, 1);
  assert.equal(good.filter((answer) => answer.headers["idempotency-replayed"] === undefined).length, 1);
  const [[events, counted]] = sql(`select (select count(*) from crm.event where report_id = r.id and type = 'me_too'), r.me_too
    from crm.report r where r.id = '${id}'`);
  assert.deepEqual([events, counted], ["1", "1"]);
});

await test("two hundred reports at once have two hundred tickets of today in Jakarta", async () => {
  const day = (time) => new Date(Date.parse(time) + 7 * 3600_000).toISOString().slice(2, 10).replaceAll("-", "");
  const answers = await Promise.all(Array.from({ length: 200 }, () => send(jaki, reportBody(klender))));
  const reports = answers.map((answer) => {
    assert.equal(answer.status, 201, answer.text);
    return answer.json.report;
  });
  assert.equal(new Set(reports.map(({ ticket }) => ticket)).size, 200);
  assert.equal(new Set(reports.map(({ id }) => id)).size, 200);
  for (const { ticket, received_at } of reports) {
    assert.match(ticket, /^JK\d{6}(\d{4}|[1-9]\d{4,})$/);
    assert.equal(ticket.slice(2, 8), day(received_at));
  }
});

jaki.close();
finish();
