// Runs all journeys of this suite against one instance, then looks whether the
// server came through all of it in one piece.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { finish, test } from "../support/count.mjs";
import { instance } from "../support/instance.mjs";
import { filesOf, runFiles } from "../support/journeys.mjs";
import { serverChildren } from "../support/processes.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const { state } = instance();
const before = serverChildren();
const only = process.argv.slice(2);
const chosen = (files) => files.filter((file) => only.length === 0 || only.some((word) => file.includes(word)));

await runFiles(chosen(filesOf(here)), 4);
await runFiles(chosen(filesOf(join(here, "alone"))), 1);

const log = readFileSync(join(state, "log/crmd.log"), "utf8");

await test("no worker died in the whole run", () => {
  assert.ok(before.length >= 2, "there are workers");
  assert.deepEqual(serverChildren(), before);
});

await test("nothing that was sent made a 500", () => {
  const broken = log.split("\n").filter((line) => /"status": ?500/.test(line));
  assert.deepEqual(broken, []);
});

await test("no system call was refused", () => {
  assert.doesNotMatch(log, /violation/i);
});

await test("every line of the server's log is ours or of Kore's start", () => {
  const ours = /^$|^\{.*\}$|^\S+ keep: |^\[(parent|keymgr|wrk \d+)\]: /;
  const odd = log.split("\n").filter((line) => !ours.test(line));
  assert.deepEqual(odd.slice(0, 5), []);
});

finish();
