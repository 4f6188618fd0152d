// One measurement: requests a second and CPU time a request.
//
// SPDX-License-Identifier: ISC
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync, chmodSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { pidOf } from "../support/instance.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const TICKS = 100;
const roles = "{officer,supervisor,triage,validator}";

/** Parent and CPU seconds (own, and of children that ended) of each process. */
function processes() {
  const all = new Map();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const fields = readFileSync(`/proc/${name}/stat`, "latin1").split(") ").pop().split(" ");
      const used = fields.slice(11, 15).map(Number).reduce((sum, part) => sum + part, 0);
      all.set(Number(name), { parent: Number(fields[1]), used: used / TICKS });
    } catch {
      // It ended while we looked.
    }
  }
  return all;
}

/** CPU seconds of a process and everything below it. */
function usedBelow(all, pid) {
  let used = all.get(pid)?.used ?? 0;
  for (const [child, { parent }] of all)
    if (parent === pid) used += usedBelow(all, child);
  return used;
}

/**
 * All processes, when no child of this one came or went while we looked: the
 * time of a child that ends goes to its parent, and would be in neither.
 */
function processesSettled(parent) {
  const children = (all) => [...all].filter((one) => one[1].parent === parent).map(([pid]) => pid).join();
  let before = processes();
  for (;;) {
    const all = processes();
    if (children(all) === children(before))
      return all;
    before = all;
  }
}

function cpuNow(at, server) {
  const postmaster = Number(readFileSync(join(at.state, "pg/postmaster.pid"), "utf8").split("\n")[0]);
  const all = processesSettled(postmaster);
  return {
    server: usedBelow(all, server),
    postgres: usedBelow(all, postmaster),
    media: usedBelow(all, pidOf("media")),
  };
}

function measured(at, server, work) {
  const before = cpuNow(at, server);
  const { rate, count } = work();
  const after = cpuNow(at, server);
  const cpu = {};
  for (const key of Object.keys(before))
    cpu[key] = ((after[key] - before[key]) * 1e6) / count;
  return { rate, cpu };
}

/** wrk over TLS keep-alive; fails on any answer but 2xx. */
export function loadRun({ url, headers, seconds, at, peer, body, connections = 16 }) {
  const server = url.startsWith(peer.url) ? peer.pid : pidOf("crmd");
  const env = {
    PATH: process.env.PATH,
    BENCH_HEADERS: Object.entries(headers).map((pair) => pair.join(": ")).join("\n"),
    ...(body ? { BENCH_BODY: body } : {}),
  };
  return measured(at, server, () => {
    const out = execFileSync("wrk", ["-t1", `-c${connections}`, `-d${seconds}s`, "--timeout", "10s",
      "-s", join(here, "wrk.lua"), url], { env, encoding: "utf8" });
    if (/Non-2xx|Socket errors: connect [1-9]/.test(out))
      throw new Error(`${url} gave errors:\n${out}`);
    const rate = Number(/Requests\/sec:\s+([\d.]+)/.exec(out)[1]);
    const count = Number(/(\d+) requests in/.exec(out)[1]);
    return { rate, count };
  });
}

const OPERATIONS = {
  inbox: () => "select * from api.report_list(null,null,null,null,null,null,null,null,'due_at',null,null,25);",
  open: (id) => `select * from api.report_open('${id}');`,
};

/** The same two statements in one pipelined transaction, without any server of ours. */
export function pgbenchRun({ at, work, session, operation, reportId, seconds }) {
  const token = session.replace("__Host-crm=", "");
  const hash = createHash("sha256").update(token).digest("hex");
  const file = join(work, `${operation}.sql`);
  writeFileSync(file, [
    "\\startpipeline",
    `select * from api.session_enter('\\x${hash}'::bytea, '${roles}'::text[], 'bench');`,
    OPERATIONS[operation](reportId),
    "\\endpipeline",
    "",
  ].join("\n"));
  chmodSync(file, 0o644);
  const asUser = process.getuid() === 0 ?
    ["setpriv", "--reuid=crm-api", "--regid=crm-api", "--init-groups", "--"] : [];
  const [program, ...rest] = [...asUser, "/usr/lib/postgresql/15/bin/pgbench", "-n", "-M", "prepared",
    "-c", "8", "-j", "1", "-T", String(seconds), "-f", file, "-U", "crm_officer",
    "-h", join(at.state, "jail/run"), "crm"];
  return measured(at, pidOf("crmd"), () => {
    const out = execFileSync(program, rest, { encoding: "utf8", cwd: "/", stdio: ["ignore", "pipe", "ignore"] });
    const rate = Number(/tps = ([\d.]+)/.exec(out)[1]);
    const count = Number(/actually processed: (\d+)/.exec(out)[1]);
    return { rate, count };
  });
}
