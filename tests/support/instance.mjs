// The instance that `tests/support/instance with …` made for this suite: where
// it is, who may sign in, and a way to its database and command line.
//
// SPDX-License-Identifier: ISC

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

function setting(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; run through tests/support/instance with`);
  return value;
}

/** Everything a test needs to know of its instance. */
export function instance() {
  const state = setting("CRM_STATE");
  const demo = JSON.parse(readFileSync(join(state, "demo.json"), "utf8"));
  return {
    state,
    build: setting("CRM_BUILD"),
    port: Number(setting("CRM_PORT")),
    metricsPort: Number(setting("CRM_METRICS_PORT")),
    baseUrl: demo.base_url,
    ca: readFileSync(demo.ca_file),
    users: demo.users,
    channels: demo.channels,
    user: (role, unit) => find(demo.users, role, unit),
    channel: (name) => demo.channels.find((channel) => channel.name === name),
  };
}

/** The first demo user of a role, in a unit when one is named. */
function find(users, role, unit) {
  const user = users.find((one) => one.role === role && (!unit || one.unit === unit));
  if (!user) throw new Error(`no demo user ${role} of ${unit ?? "any unit"}`);
  return user;
}

/** `config/crm ARGS…` against the instance; returns what it printed. */
export function crm(...args) {
  return execFileSync(join(root, "config/crm"), args, { encoding: "utf8" });
}

/**
 * Runs SQL in the instance's database and returns the rows as arrays of text.
 * As crm_owner unless another login is named; as root "postgres" is reached
 * through its own system user.
 */
export function sql(text, { login = "crm_owner", variables = {} } = {}) {
  const args = ["-X", "-q", "-At", "-F", "\u001f", "-R", "\u001e",
    "-v", "ON_ERROR_STOP=1", "-h", join(setting("CRM_STATE"), "jail/run"),
    "-U", login, "-d", "crm", "-f", "-"];
  for (const [name, value] of Object.entries(variables)) {
    args.push("-v", `${name}=${value}`);
  }
  const [program, ...rest] = [...asSystemUser(login), "psql", ...args];
  const out = execFileSync(program, rest, { input: text, encoding: "utf8", cwd: "/", maxBuffer: 1 << 28 });
  const body = out.replace(/\n$/, "");
  return body === "" ? [] : body.split("\u001e").map((row) => row.split("\u001f"));
}

// pg_ident says which system user may be which login; in user mode any may.
const SYSTEM_USERS = {
  postgres: "postgres", crm_officer: "crm-api", crm_channel: "crm-api",
  crm_public: "crm-api", crm_jobs: "crm-jobs",
};

function asSystemUser(login) {
  const user = SYSTEM_USERS[login];
  if (process.getuid() !== 0 || !user) return [];
  return ["setpriv", `--reuid=${user}`, `--regid=${user}`, "--init-groups", "--"];
}

/** The number in a pid file of the instance (crmd, media, jobs). */
export function pidOf(name) {
  return Number(readFileSync(join(setting("CRM_STATE"), "pid", name), "utf8").split(" ")[0]);
}
