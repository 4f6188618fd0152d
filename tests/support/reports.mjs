// Reports and steps of work as tests send them.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { sql } from "./instance.mjs";
import { withPhotos } from "./multipart.mjs";
import { jpeg } from "./pictures.mjs";

/** A word no other test uses, of letters only. */
export function uniqueWord() {
  return `kata${[...randomBytes(6)].map((byte) => String.fromCharCode(97 + (byte % 26), 97 + (byte >> 4))).join("")}`;
}

/** A good body; `point` {lat, lng} or null, the rest replaces members. */
export function reportBody(point, members = {}) {
  return {
    visibility: "private",
    category: "jalan",
    description: `Jalan berlubang di depan gang, sudah seminggu ${uniqueWord()}`,
    location: point && { lat: point.lat, lng: point.lng, accuracy_m: 8, address: "Jl. Raya Uji No. 1" },
    channel_ref: `ref-${randomUUID()}`,
    reporter: { name: "Warga Uji", phone: "081299887766", account_id: "akun-uji" },
    ...members,
  };
}

/** POST /api/v1/reports; JSON without photos, else multipart. */
export function send(channel, body, { photos, key = randomUUID(), headers = {} } = {}) {
  const data = photos ? withPhotos("report", body, photos) : body;
  const all = key === null ? headers : { "Idempotency-Key": key, ...headers };
  return channel.post("/api/v1/reports", data, all);
}

/** Posts a report that must be taken; returns the report object. */
export async function add(channel, point, members = {}, options = {}) {
  const answer = await send(channel, reportBody(point, members), options);
  assert.equal(answer.status, 201, answer.text);
  return answer.json.report;
}

/** POST …/events with If-Match of the report's version; photos make it multipart. */
export function step(client, report, event, { photos, version = report.version, headers = {} } = {}) {
  const all = version === null ? headers : { "If-Match": `"${version}"`, ...headers };
  const data = photos ? withPhotos("event", event, photos) : event;
  return client.post(`/api/v1/reports/${report.id}/events`, data, all);
}

/** A step that must be taken; returns the report after it. */
export async function stepped(client, report, event, options = {}) {
  const answer = await step(client, report, event, options);
  assert.equal(answer.status, 201, `${event.type}: ${answer.text}`);
  return answer.json.report;
}

let proof;

/** A follow-up with everything it must have, as [event, options]. */
export function followUp(point, members = {}) {
  proof ??= jpeg({ width: 64, height: 48 });
  return [{
    type: "follow_up", text: "Sudah ditambal.", captured_at: new Date().toISOString(),
    location: { lat: point.lat, lng: point.lng, accuracy_m: 5 }, ...members,
  }, { photos: [proof] }];
}

/**
 * Two hand-overs from the unit that holds a report to Dinas Bina Marga, as rows:
 * for tests that look at them, not at how they come about.
 */
export function handOver(id, words = "jalan provinsi") {
  for (const [ended, note] of [["crm.now()", `'${words} catatan'`], ["null", "null"]]) {
    sql(`with step as (
        insert into crm.event_internal (event_id, report_id, by_account_id, reason, note)
        select gen_random_uuid(), '${id}', (select id from crm.account limit 1), '${words}', ${note} returning event_id)
      insert into crm.hand_over (report_id, kind, from_unit_id, to_unit_id, from_status, at, ended_at, returned, event_id)
      select r.id, 'coordination', r.unit_id, u.id, r.status, crm.now(), ${ended}, ${ended} is not null, step.event_id
      from step, crm.report r, crm.unit u where r.id = '${id}' and u.name = 'Dinas Bina Marga'`);
  }
}

/** Hours between two times of answers as deadlines count them: without days off. */
export function countedHours(since, until) {
  const [[seconds]] = sql(`select crm.clock_between('${since}', '${until}')`);
  return Number(seconds) / 3600;
}

/** The open report as a reader sees it now. */
export async function reread(client, report) {
  const answer = await client.get(`/api/v1/reports/${report.id}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.json.report;
}
