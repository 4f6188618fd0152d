// docs/integrate.md, typed as it stands: every shell block in one terminal, but
// for the one that starts the instance, which is there.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { finish, test } from "../../support/count.mjs";
import { root, sql } from "../../support/instance.mjs";

const SECONDS = 90;
const text = readFileSync(join(root, "docs/integrate.md"), "utf8");
const blocks = [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block);
const starts = blocks.filter((block) => /^config\/up/m.test(block));

/** A port that is free now, for the receiver. */
function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

await test("the guide has one start and eight more steps", () => {
  assert.deepEqual(starts, ["config/up --detach\n"]);
  assert.equal(blocks.length, 9);
});

const port = await freePort();
const { status, stdout, stderr } = spawnSync("bash", ["-euo", "pipefail"], {
  input: blocks.filter((block) => !starts.includes(block)).join("\n"), cwd: root, encoding: "utf8", timeout: SECONDS * 1000,
  env: { ...process.env, HOOK_PORT: String(port) },
});

await test("typed as it stands it runs to its end", () => assert.equal(status, 0, `${stdout}\n${stderr}`));

await test("it ends with a delivered, verified webhook of a completed report", () => {
  assert.match(stdout, /^report\.changed JK\d{10,} completed \d+$/m);
});

await test("the report came from its channel, is rated and done", () => {
  const [, ticket] = /report\.changed (JK\d+) completed/.exec(stdout);
  const rows = sql("select r.status, r.stars, c.name from crm.report r join crm.channel c on c.id = r.channel_id where r.ticket = :'ticket'",
    { variables: { ticket } });
  assert.deepEqual(rows, [["completed", "5", "myapp"]]);
});

await test("nothing it printed names the reporter", () => assert.doesNotMatch(`${stdout}${stderr}`, /Warga|0812-?0000|u-1\b/));

finish();
