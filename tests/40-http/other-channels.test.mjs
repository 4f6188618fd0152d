// docs/integrate/other-channels.md, typed as it stands, but for the block that
// speaks of a server of the reader's own, and with files in a place of our own.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finish, test } from "../support/count.mjs";
import { csv } from "../support/csv.mjs";
import { root, sql } from "../support/instance.mjs";

const place = mkdtempSync(join(tmpdir(), "crm-page-"));
const page = readFileSync(join(root, "docs/integrate/other-channels.md"), "utf8");
const blocks = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block);
const ours = blocks.filter((block) => !block.includes("crm.jakarta.example")).map((block) => block.replaceAll("/tmp/", `${place}/`));
const { status, stdout, stderr } = spawnSync("bash", ["-euo", "pipefail"], { input: ours.join("\n"), cwd: root, encoding: "utf8", timeout: 60_000 });

await test("each block runs, and says what became of what it made", () => {
  assert.equal(status, 0, `${stdout}\n${stderr}`);
  assert.deepEqual([blocks.length, ours.length], [4, 3]);
  assert.deepEqual(stdout.split("\n").slice(0, 4), [
    "taken in: 1, refused: 0, automatic: 0, left for later: 0",
    "good: 2, again: 0, refused: 0, left for later: 0",
    "taken in: 2, again: 0, refused: 0, left for later: 0",
    "7654321 taken",
  ]);
  assert.match(stdout, /to LAPOR; ask the reporter first: /);
});

await test("the reports are there, of their channels", () => {
  const tickets = csv(readFileSync(join(place, "laporan.csv.result.csv"), "utf8")).map(({ ticket }) => ticket);
  assert.equal(tickets.length, 2);
  const rows = sql(`select c.name from crm.report r join crm.channel c on c.id = r.channel_id where r.ticket in ('${tickets.join("','")}')`);
  assert.deepEqual(rows, [["lapor1708"], ["lapor1708"]]);
});

await test("nothing it printed names a reporter", () => assert.doesNotMatch(`${stdout}${stderr}`, /Warga|0812|contoh\.example/));

rmSync(place, { recursive: true });
finish();
