// The readers there are, and reports for them to look at.
//
// SPDX-License-Identifier: ISC

import { randomBytes } from "node:crypto";
import { addChannel } from "../support/channels.mjs";
import { channelOf, enterAs, stranger } from "../support/people.mjs";
import { jpeg } from "../support/pictures.mjs";
import { pointIn } from "../support/places.mjs";
import { add, followUp, reread, step, stepped } from "../support/reports.mjs";

/** Pondok Bambu, in the kecamatan Duren Sawit. */
export const HOME = "31.75.07.1002";

/** A word that stands nowhere else: eighteen letters of both cases. */
export function marker() {
  return `Knr${[...randomBytes(15)].map((byte) => "abcdefghkmnpqrstuvwxyzABCDEFGHKM"[byte & 31]).join("")}`;
}

/** A row of digits that stands nowhere else. */
export function digits(prefix, length) {
  return prefix + [...randomBytes(length - prefix.length)].map((byte) => byte % 10).join("");
}

/**
 * All readers: {label, wire, client, sees, unit}. sees: the reports of `home`
 * exist for this reader.
 */
export async function readersOf(crm, home) {
  const owner = await addChannel(crm);
  const person = async (label, role, unit, sees) => {
    const client = await enterAs(crm, role, unit, { name: `Nama ${marker()}` });
    return { label, wire: role, client, sees, unit, name: client.user.name };
  };
  const list = [
    await person("officer of the unit", "officer", home.unit, true),
    await person("officer of another unit", "officer", "Kelurahan Pluit", false),
    await person("supervisor above", "supervisor", "Kecamatan Duren Sawit", true),
    await person("supervisor elsewhere", "supervisor", "Kecamatan Setiabudi", false),
    await person("triage", "triage", crm.user("triage").unit, true),
    await person("validator", "validator", crm.user("validator").unit, true),
    await person("privacy officer", "privacy", crm.user("privacy").unit, false),
    await person("admin", "admin", crm.user("admin").unit, false),
    { label: "channel that sent it", wire: "channel", client: channelOf({ ...crm, channel: () => owner }), sees: true, channel: owner },
    { label: "another channel", wire: "channel", client: channelOf(crm, "desk"), sees: false },
    { label: "nobody", wire: null, client: stranger(crm), sees: false },
  ];
  return list;
}

export const byLabel = (readers, label) => readers.find((reader) => reader.label === label);

/**
 * A private and a public report of `home` that went through work: taken with a
 * note, answered, followed up with proof. Each as {visibility, report, events}.
 */
export async function reportsOf(readers, members = {}, photos = [jpeg({ width: 60, height: 40 })]) {
  const home = pointIn(HOME);
  const channel = byLabel(readers, "channel that sent it").client;
  const officer = byLabel(readers, "officer of the unit").client;
  const list = [];
  for (const visibility of ["private", "public"]) {
    let report = await add(channel, home, { visibility, occurred_at: "2026-01-02T03:04:05Z", ...members }, { photos });
    report = await stepped(officer, report, { type: "take", note: "catatan dalam" });
    report = await stepped(officer, report, { type: "reply", text: "kepada pelapor" });
    const [event, options] = followUp(home, { note: "catatan bukti" });
    const answer = await step(officer, report, event, options);
    if (answer.status !== 201) throw new Error(answer.text);
    list.push({ visibility, report: await reread(officer, report), proof: answer.json.event.photos.items[0] });
  }
  return list;
}
