// The process of the jobs, from its log. It runs every job when it is asked to.
//
// SPDX-License-Identifier: ISC

import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { instance, pidOf } from "./instance.mjs";
import { waitFor } from "./wait.mjs";

const log = join(instance().state, "log/jobs.log");

/** Lines of the jobs' log from a byte on. */
export const linesFrom = (from) => readFileSync(log).subarray(from).toString("utf8").split("\n")
  .filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));

/** Asks the process to run every job at once; one that fails is run again soon. The lines it wrote. */
export async function jobsAnew() {
  const from = statSync(log).size;
  process.kill(pidOf("jobs"), "SIGUSR1");
  await waitFor("all jobs to have run", () =>
    ["alarm", "partitions", "prune", "sweep"].every((job) => linesFrom(from).some((line) => line.event === "job" && line.job === job)), { seconds: 40 });
  return linesFrom(from);
}
