// The database as its superuser sees it, for tests that look for what should
// not be there, or take the database away.
//
// SPDX-License-Identifier: ISC

import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { instance, sql } from "./instance.mjs";

const PROGRAMS = "/usr/lib/postgresql/15/bin";

const asPostgres = () => (process.getuid() === 0 ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"] : []);

/** pg_ctl with these arguments; returns once it is done. */
export function database(...args) {
  const [program, ...rest] = [...asPostgres(), join(PROGRAMS, "pg_ctl"), "-D", join(instance().state, "pg"), "-s", "-w", ...args];
  execFileSync(program, rest, { cwd: "/", stdio: ["ignore", "ignore", "inherit"] });
}

export function databaseStart() {
  database("-l", join(instance().state, "log/pg.log"), "start");
}

/** SQL as postgres. */
export function superuser(text) {
  return sql(text, { login: "postgres" });
}

/** Everything in the database crm, as pg_dump writes it. */
export function dump() {
  const { state } = instance();
  const [program, ...args] = [...asPostgres(), join(PROGRAMS, "pg_dump"), "-h", join(state, "jail/run"), "-U", "postgres", "crm"];
  const { status, stdout, stderr } = spawnSync(program, args, { maxBuffer: 1 << 30, cwd: "/" });
  if (status !== 0) throw new Error(`pg_dump: ${stderr}`);
  return stdout;
}

/** Full pages in the write-ahead log as they are: compressed ones cannot be searched. */
export function writePlainLog() {
  superuser("alter system set wal_compression = off");
  superuser("select pg_reload_conf()");
}
