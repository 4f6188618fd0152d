// Runs all journeys of this suite against one instance, then looks whether the
// server came through all of it in one piece, and whether anything that
// docs/openapi.yaml describes was never seen.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { openapi } from "../../web-client/openapi.mjs";
import { seen } from "../support/answers.mjs";
import { finish, test } from "../support/count.mjs";
import { instance } from "../support/instance.mjs";
import { filesOf, runFiles } from "../support/journeys.mjs";
import { serverChildren } from "../support/processes.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const { state } = instance();
const before = serverChildren();
const only = process.argv.slice(2);
const chosen = (files) => files.filter((file) => only.length === 0 || only.some((word) => file.includes(word)));

const api = await openapi();

process.env.CRM_ANSWERS = mkdtempSync(join(tmpdir(), "crm-answers-"));
for (const [name, text] of [["openapi.json", JSON.stringify(api)], ["seen", ""]]) writeFileSync(join(process.env.CRM_ANSWERS, name), text);

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

if (only.length === 0) {
  const answered = seen();
  for (const [path, item] of Object.entries(api.paths)) {
    for (const [method, { operationId, responses }] of Object.entries(item).filter(([, one]) => one.operationId)) {
      await test(`every status described of ${method.toUpperCase()} ${path} was seen`, () => {
        const statuses = Object.keys(responses).filter((status) => status !== "default");
        assert.deepEqual(statuses.filter((status) => !answered.has(`${operationId} ${status}`)), []);
      });
    }
  }

  await test("every status of errors but our own fault was seen", () => {
    const statuses = new Set([...answered].map((line) => Number(line.split(" ")[1])));
    assert.deepEqual(api.components.schemas.Problem.properties.status.enum.filter((status) => status !== 500 && !statuses.has(status)), []);
  });
}

rmSync(process.env.CRM_ANSWERS, { recursive: true });
finish();
