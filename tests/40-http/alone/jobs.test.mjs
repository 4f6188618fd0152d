// Housekeeping: what is old and named by nobody goes, everything else stays.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { existsSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { randomBytes } from "node:crypto";
import { finish, test } from "../../support/count.mjs";
import { crm as command, instance, sql } from "../../support/instance.mjs";
import { jobsAnew, linesFrom } from "../../support/jobs.mjs";
import { channelOf } from "../../support/people.mjs";
import { jpeg } from "../../support/pictures.mjs";
import { KLENDER, pointIn } from "../../support/places.mjs";
import { add } from "../../support/reports.mjs";

const DAY = 86_400;
const crm = instance();
const photos = join(crm.state, "jail/photos");

/** Makes a file look as if it was written some days ago. */
function age(file, days) {
  const then = Date.now() / 1000 - days * DAY;
  utimesSync(file, then, then);
}

function stray(name, days) {
  const file = join(photos, "0f", name);
  writeFileSync(file, "x");
  age(file, days);
  return file;
}

const hex = () => `0f${randomBytes(31).toString("hex")}`;

await test("files that no photo names go after a day, all others stay", async () => {
  const report = await add(channelOf(crm), pointIn(KLENDER), { visibility: "public" }, { photos: [jpeg()] });
  const names = sql(`select p.file_full, p.file_thumb from crm.photo p where p.report_id = '${report.id}'`).flat();
  assert.equal(names.length, 2);
  const kept = names.map((name) => join(photos, name.slice(0, 2), name));
  for (const file of kept) {
    assert.ok(existsSync(file));
    age(file, 30);
  }
  const old = [stray(hex(), 2), stray(hex(), 400), stray("half-written.tmp", 2)];
  const young = [stray(hex(), 0.9), stray("being-written.tmp", 0.9)];
  const lines = await jobsAnew();
  assert.deepEqual(old.filter(existsSync), []);
  assert.deepEqual(young.filter((file) => !existsSync(file)), []);
  assert.deepEqual(kept.filter((file) => !existsSync(file)), []);
  assert.ok(lines.find((line) => line.job === "sweep").count >= 3);
});

await test("old tries, ended sessions and old answers go; new ones stay", async () => {
  sql(`insert into crm.signin_throttle (bucket, fill, tried_at) values
    ('\\x01', 1, now() - interval '2 days'), ('\\x02', 1, now())
    on conflict (bucket) do update set tried_at = excluded.tried_at`);
  const lines = await jobsAnew();
  assert.ok(lines.find((line) => line.job === "prune").count >= 1);
  assert.deepEqual(sql("select encode(bucket, 'hex') from crm.signin_throttle where bucket in ('\\x01', '\\x02')"), [["02"]]);
});

await test("the months ahead have their partitions", () => {
  const [[count]] = sql(`select count(*) from generate_series(0, 3) n (n)
    where to_regclass('crm.report_' || to_char(crm.now() + make_interval(months => n), 'YYYY_MM')) is not null`);
  assert.equal(count, "4");
});

await test("a second process does not run beside the first", () => {
  assert.throws(() => command("jobs", "--once"), /another crm jobs runs|connection/);
});

await test("the log names jobs and numbers, nothing else", () => {
  for (const line of linesFrom(0)) {
    const known = ["at", "level", "process", "pid", "event", "job", "count", "ms", "error", "sqlstate", "constraint", "status", "signal",
      "channel", "webhook_id", "answer", "then", "receiver", "disabled", "waiting", "age_seconds", "dead", "what", "errno"];
    assert.deepEqual(Object.keys(line).filter((key) => !known.includes(key)), []);
  }
});

finish();
