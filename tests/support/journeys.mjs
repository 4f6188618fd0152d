// Runs the files of a suite: those that do not disturb each other side by
// side, the rest one after the other. Each file is a program that ends with a
// line "N passed, N failed".
//
// SPDX-License-Identifier: ISC

import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { add } from "./count.mjs";

const FILE_SECONDS = 420;

/** The test programs of a directory, in the order of their names. */
export function filesOf(directory) {
  return readdirSync(directory).filter((name) => name.endsWith(".test.mjs")).sort()
    .map((name) => join(directory, name));
}

let sources = 0;

function run(file) {
  sources += 1;
  const began = Date.now();
  const env = { ...process.env, CRM_TEST_SOURCE: `127.20.${sources}.1` };
  const child = spawn(process.execPath, [file], { env, stdio: ["ignore", "pipe", "pipe"] });
  const timer = setTimeout(() => child.kill("SIGKILL"), FILE_SECONDS * 1000);
  let text = "";
  child.stdout.on("data", (piece) => { text += piece; });
  child.stderr.on("data", (piece) => { text += piece; });
  return new Promise((resolve) => {
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      resolve({ file, text, code, signal, seconds: (Date.now() - began) / 1000 });
    });
  });
}

function report({ file, text, code, signal, seconds }) {
  const lines = text.trimEnd().split("\n");
  const match = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/.exec(lines.at(-1) ?? "");
  const numbers = { passed: Number(match?.[1] ?? 0), failed: Number(match?.[2] ?? 1), skipped: Number(match?.[3] ?? 0) };
  if (numbers.failed === 0 && (code !== 0 || signal)) numbers.failed = 1;
  console.log(`# ${file.split("/").slice(-2).join("/")} (${seconds.toFixed(1)} s)${signal ? `: ended by ${signal}` : ""}`);
  console.log((match ? lines.slice(0, -1) : lines).join("\n"));
  add(numbers);
}

/** Runs all files, at most `width` at a time, and adds up what they count. */
export async function runFiles(files, width) {
  const queue = [...files];
  const lane = async () => {
    for (let file = queue.shift(); file; file = queue.shift()) report(await run(file));
  };
  await Promise.all(Array.from({ length: width }, lane));
}
