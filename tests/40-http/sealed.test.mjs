// What a copy of the database shows of a sealed identity: not even how long it
// is, for that would tell which reports have the same reporter.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { addChannel } from "../support/channels.mjs";
import { finish, test } from "../support/count.mjs";
import { instance, sql } from "../support/instance.mjs";
import { channelOf } from "../support/people.mjs";
import { KLENDER, pointIn } from "../support/places.mjs";
import { add } from "../support/reports.mjs";

const crm = instance();
const channel = await addChannel(crm);
const own = channelOf({ ...crm, channel: () => channel });

async function sealedLength(members) {
  const report = await add(own, pointIn(KLENDER), members);
  return Number(sql(`select octet_length(sealed) from identity.sealed where report_id = '${report.id}'`)[0][0]);
}

await test("short names and long ones are sealed to the same length", async () => {
  const lengths = await Promise.all([
    { reporter: undefined },
    { reporter: { name: "Al" } },
    { reporter: { name: "Siti ".repeat(40).trim(), phone: "081234567890", email: `${"s".repeat(60)}@contoh.id`, device_id: "d".repeat(200) } },
    { reporter: { name: "Al" }, description: "Lampu mati. ".repeat(40) },
  ].map(sealedLength));
  assert.equal(new Set(lengths).size, 1, lengths.join());
});

await test("longer ones in steps of 1 kB", async () => {
  const [one, other] = await Promise.all([3000, 3100].map((count) => sealedLength({ description: "a".repeat(count) })));
  assert.equal(one, other);
  assert.notEqual(one, await sealedLength({ description: "a" }));
});

own.close();
finish();
