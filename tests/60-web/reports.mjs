// Reports of these tests' own, posted as JAKI posts them, so that no run
// depends on what an earlier one left.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { draw } from "../../config/demo/draw.mjs";
import { channelClient, signIn } from "../support/officer.mjs";
import { followUp, send, stepped } from "../support/reports.mjs";
import { instance, user } from "./browser.mjs";

/** In Klender, as the demo officer's unit is. */
export const PLACE = { lat: -6.2194, lng: 106.9072 };
export const UNIT = "Kelurahan Klender";

let seed = 0;

/** A street scene as a telephone would take it. */
export function picture(after = false) {
  seed += 1;
  return Buffer.from(draw({ scene: "pothole", seed: `web-${seed}`, after, format: "jpeg" }).bytes);
}

// So few words of their own that no two of these reports are held as duplicates.
const WORDS = "Jalan berlubang cukup dalam di depan gang, sudah dua minggu.";

/** Posts one report; returns it as the channel sees it. */
export async function post(visibility, photos = 2, description = WORDS) {
  const channel = channelClient(instance);
  const body = {
    visibility,
    category: "jalan",
    description,
    location: { ...PLACE, accuracy_m: 6, address: "Jl. Bunga Rampai X, dekat SDN Klender 03" },
    channel_ref: `web-${process.pid}-${seed}-${Date.now()}`,
    reporter: { name: "Warga Rahasia", phone: "081290001234", email: "warga.rahasia@contoh.invalid" },
  };
  const pictures = Array.from({ length: photos }, () => picture());
  const answer = await send(channel, body, { photos: photos ? pictures : undefined });
  channel.close();
  assert.equal(answer.status, 201, answer.text);
  return answer.json.report;
}

/** A report that the officer has taken, without a browser. */
export async function taken(report) {
  const officer = await signIn(instance, user("officer", UNIT));
  const { json } = await officer.get(`/api/v1/reports/${report.id}`);
  const done = await stepped(officer, json.report, { type: "take" });
  officer.close();
  return done;
}

/** Brings a report to the validator's desk without a browser. */
export async function finish(report) {
  const officer = await signIn(instance, user("officer", UNIT));
  const { json } = await officer.get(`/api/v1/reports/${report.id}`);
  const taken = await stepped(officer, json.report, { type: "take" });
  const [event] = followUp(PLACE);
  const done = await stepped(officer, taken, event, { photos: [picture(true)] });
  officer.close();
  return done;
}

/** Posts a report of the given members; what lacks is private, of roads, at PLACE. */
export async function hand(members) {
  const channel = channelClient(instance);
  seed += 1;
  const answer = await send(channel, {
    visibility: "private",
    category: "jalan",
    location: { ...PLACE, accuracy_m: 6 },
    channel_ref: `hand-${process.pid}-${seed}-${Date.now()}`,
    reporter: { name: "Warga Rahasia", phone: "081290001234" },
    ...members,
  });
  channel.close();
  assert.equal(answer.status, 201, answer.text);
  return answer.json.report;
}
