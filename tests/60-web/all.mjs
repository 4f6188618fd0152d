// Runs the test files one after another, so that figures of speed are not
// disturbed by a neighbour, and adds up what they counted.
//
// SPDX-License-Identifier: ISC

import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const FILE_SECONDS = 480;

/** Runs one file; resolves with its numbers. A file that dies counts as failed. */
function run(file) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["--test", "--test-reporter=tap", join(HERE, file)], {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, NODE_NO_WARNINGS: "1" },
    });
    const timer = setTimeout(() => child.kill("SIGKILL"), FILE_SECONDS * 1000);
    let text = "";
    child.stdout.on("data", (piece) => {
      text += piece;
    });
    child.on("close", () => {
      clearTimeout(timer);
      const number = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, "m").exec(text)?.[1] ?? 0);
      const passed = number("pass");
      const failed = number("fail") + number("cancelled");
      const isDead = passed + failed === 0;
      console.log(`${file}: ${passed} passed, ${failed + (isDead ? 1 : 0)} failed`);
      if (failed || isDead) {
        console.log(text);
      }
      for (const line of text.match(/^# figures: .*$/gm) ?? []) {
        console.log(line.slice(2));
      }
      resolve({ passed, failed: failed + (isDead ? 1 : 0), skipped: number("skipped") });
    });
  });
}

const wanted = process.argv.slice(2);
const files = readdirSync(HERE)
  .filter((name) => name.endsWith(".test.mjs"))
  .filter((name) => !wanted.length || wanted.some((word) => name.startsWith(word)))
  .sort();
const sum = { passed: 0, failed: 0, skipped: 0 };
for (const file of files) {
  const numbers = await run(file);
  for (const name of Object.keys(sum)) {
    sum[name] += numbers[name];
  }
}
console.log(`${sum.passed} passed, ${sum.failed} failed${sum.skipped ? `, ${sum.skipped} skipped` : ""}`);
process.exitCode = sum.failed || !sum.passed ? 1 : 0;
