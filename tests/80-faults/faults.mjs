// Each fault happens while reports come in. Afterwards nothing that was
// acknowledged is lost, nothing is doubled, and nobody waited without an answer.
//
// SPDX-License-Identifier: ISC
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Client } from "../support/client.mjs";
import { skip, test } from "../support/count.mjs";
import { database, databaseStart } from "../support/database.mjs";
import { instance, pidOf, sql } from "../support/instance.mjs";
import { channelClient, signIn } from "../support/officer.mjs";
import { childrenOf, familyOf, serverChildren } from "../support/processes.mjs";
import { waitFor } from "../support/wait.mjs";
import { Intake } from "./intake.mjs";

const at = instance();
const isRoot = process.getuid() === 0;
const postmaster = () => Number(readFileSync(join(at.state, "pg/postmaster.pid"), "utf8").split("\n")[0]);
const killHard = (pid) => process.kill(pid, "SIGKILL");

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

async function statusOf(path) {
  const client = new Client(at);
  try {
    return (await client.get(path)).status;
  } finally {
    client.close();
  }
}

const ready = () => waitFor("/readyz", async () => (await statusOf("/readyz")) === 200, { seconds: 30 });

/** Acknowledgements in all, and those that came after now. */
const moreThan = (intake, count) => waitFor(`${count} more reports`,
  ((from) => () => intake.acknowledged.size >= from + count)(intake.acknowledged.size), { seconds: 40 });

/** Reports of this run as the database has them: Map channel_ref → [ids]. */
function stored(prefix) {
  const rows = sql(`select o.channel_ref, r.id from crm.report_origin o join crm.report r on r.id = o.report_id
    where o.channel_ref like '${prefix}-%'`);
  const found = new Map();
  for (const [reference, id] of rows)
    found.set(reference, [...(found.get(reference) ?? []), id]);
  return found;
}

/** Photo rows of this run whose files are not there, whole. */
function photosMissing(prefix) {
  const names = sql(`select p.file_full, p.file_thumb from crm.photo p join crm.report_origin o using (report_id)
    where o.channel_ref like '${prefix}-%'`).flat();
  return names.filter((name) => {
    try {
      return readFileSync(join(at.state, "jail/photos", name.slice(0, 2), name)).length === 0;
    } catch {
      return true;
    }
  });
}

let number = 0;

/** One fault under load, then the invariants. */
function fault(what, strike) {
  number += 1;
  const prefix = `fault${number}`;
  return test(what, async () => {
    const intake = new Intake(at, prefix);
    intake.start();
    try {
      await moreThan(intake, 10);
      await strike(intake);
      await moreThan(intake, 10);
    } finally {
      await intake.stop();
    }
    const found = stored(prefix);
    const lost = [...intake.acknowledged].filter(([reference, id]) => !found.get(reference)?.includes(id));
    const doubled = [...found].filter(([, ids]) => ids.length > 1);
    assert.deepEqual(lost, [], "acknowledged but lost");
    assert.deepEqual(doubled, [], "stored twice");
    assert.deepEqual(photosMissing(prefix), [], "photos without a file");
    assert.deepEqual(intake.violations, []);
    console.log(`#   ${intake.acknowledged.size} acknowledged, answers ${JSON.stringify([...intake.seen])}, slowest ${intake.slowest} ms`);
  });
}

/** A worker: the server's children that have pool threads; the key manager has none. */
function workerPid() {
  const worker = serverChildren().find((pid) => readdirSync(`/proc/${pid}/task`).length > 1);
  assert.ok(worker, "there is a worker with threads");
  return worker;
}

await fault("a worker is killed: another takes over, it is replaced", async () => {
  const victim = workerPid();
  const before = serverChildren().length;
  killHard(victim);
  await waitFor("a new worker", () => serverChildren().length === before && !serverChildren().includes(victim), { seconds: 10 });
});

await fault("the server's parent is killed: no orphan keeps the port, all is up again in seconds", async () => {
  const family = familyOf(pidOf("crmd"));
  killHard(family[0]);
  await waitFor("the old workers to be gone", () => family.every((pid) => !isAlive(pid)), { seconds: 15 });
  await waitFor("a new parent", () => pidOf("crmd") !== family[0] && isAlive(pidOf("crmd")), { seconds: 15 });
  await ready();
});

await fault("a database session is killed", async () => {
  const backends = childrenOf(postmaster()).filter((pid) =>
    /crm_channel/.test(readFileSync(`/proc/${pid}/cmdline`, "latin1")));
  assert.ok(backends.length > 0);
  sql(`select pg_terminate_backend(pid) from pg_stat_activity where usename in ('crm_channel', 'crm_officer')`,
    { login: "postgres" });
});

await fault("a database process is killed hard: the database recovers by itself", async () => {
  const [backend] = sql(`select pid from pg_stat_activity where usename = 'crm_channel' limit 1`, { login: "postgres" });
  killHard(Number(backend[0]));
  await ready();
});

await fault("the database is restarted, the fast way and the immediate way", async (intake) => {
  database("restart", "-m", "fast");
  await ready();
  await moreThan(intake, 5);
  database("restart", "-m", "immediate");
  await ready();
});

await fault("the database is down for a while: 503 with Retry-After, no hang, health tells", async (intake) => {
  database("stop", "-m", "fast");
  const refused = intake.seen.get(503) ?? 0;
  await waitFor("answers of 503", () => (intake.seen.get(503) ?? 0) >= refused + 10, { seconds: 15 });
  assert.equal(await statusOf("/readyz"), 503);
  assert.equal(await statusOf("/healthz"), 200);
  databaseStart();
  await ready();
});

await fault("the database hangs: answers still come, the loop is not blocked", async (intake) => {
  const frozen = familyOf(postmaster());
  for (const pid of frozen) process.kill(pid, "SIGSTOP");
  try {
    const refused = intake.seen.get(503) ?? 0;
    await waitFor("an answer of 503", () => (intake.seen.get(503) ?? 0) > refused, { seconds: 12 });
    const began = Date.now();
    assert.equal(await statusOf("/healthz"), 200);
    assert.ok(Date.now() - began < 1000, "health answers at once");
  } finally {
    for (const pid of frozen.reverse()) if (isAlive(pid)) process.kill(pid, "SIGCONT");
  }
  await ready();
});

await fault("the photo workers are killed, then the whole photo service", async (intake) => {
  for (const pid of childrenOf(pidOf("media"))) killHard(pid);
  await moreThan(intake, 8);
  const parent = pidOf("media");
  const children = childrenOf(parent);
  killHard(parent);
  await waitFor("no orphan of the photo service", () => children.every((pid) => !isAlive(pid)), { seconds: 10 });
  await waitFor("a new photo service", () => pidOf("media") !== parent && isAlive(pidOf("media")), { seconds: 15 });
});

await fault("housekeeping is killed and starts again", async () => {
  const jobs = pidOf("jobs");
  killHard(jobs);
  await waitFor("new jobs", () => pidOf("jobs") !== jobs && isAlive(pidOf("jobs")), { seconds: 15 });
});

/** The photo store on a file system that is full. */
async function full(intake) {
  const store = join(at.state, "jail/photos");
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k,mode=2770", "tmpfs", store]);
  try {
    const refused = intake.seen.get(503) ?? 0;
    await waitFor("photos refused", () => (intake.seen.get(503) ?? 0) > refused, { seconds: 15 });
    const jaki = channelClient(at);
    const answer = await jaki.get("/api/v1/reports?limit=1");
    jaki.close();
    assert.equal(answer.status, 200, "reads go on");
  } finally {
    execFileSync("umount", ["--lazy", store]);
  }
}

function canMount() {
  if (!isRoot) return false;
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", join(at.state, "log")], { stdio: "ignore" });
    execFileSync("umount", [join(at.state, "log")]);
    return true;
  } catch {
    return false;
  }
}

if (canMount())
  await fault("the photo store is full: reports with photos wait, the rest goes on", full);
else
  skip("the photo store is full", "needs to mount a small file system");

await test("the server stops in order: what is in hand is answered, nothing is left behind", async () => {
  const officer = await signIn(at, at.user("officer", "Kelurahan Klender"));
  const family = familyOf(pidOf("crmd"));
  const pending = Array.from({ length: 20 }, () => officer.get("/api/v1/reports?limit=100").then((a) => a.status, () => 0));
  await pending[0];
  process.kill(family[0], "SIGTERM");
  const statuses = await Promise.all(pending);
  assert.ok(statuses.every((status) => status === 200 || status === 0), `${statuses}`);
  assert.ok(statuses.filter((status) => status === 200).length >= 1);
  await waitFor("the old server to be gone", () => family.every((pid) => !isAlive(pid)), { seconds: 15 });
  officer.close();
  await ready();
});

await test("the sandbox was on and forbade nothing", async () => {
  const log = readFileSync(join(at.state, "log/crmd.log"), "utf8");
  assert.doesNotMatch(log, /violation/);
  const killed = log.split("\n").filter((line) => /signal 31|SIGSYS/.test(line));
  assert.deepEqual(killed, []);
  for (const pid of serverChildren())
    assert.match(readFileSync(`/proc/${pid}/status`, "utf8"), /Seccomp:\t2/);
});
