// Starts and stops: config/up and config/down as people use them, on an
// instance of this file's own, also after everything was killed at once.
//
// SPDX-License-Identifier: ISC
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "../support/count.mjs";
import { root } from "../support/instance.mjs";
import { Client } from "../support/client.mjs";
import { channelClient, postReport } from "../support/officer.mjs";
import { waitFor } from "../support/wait.mjs";

const PROGRAMS = ["crmd", "jobs", "media"];
const home = mkdtempSync("/tmp/crm-start-");

/** A port that is free now. */
const freePort = () => new Promise((resolve) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

/** An instance of this file: its directory below home, its ports. */
async function place(name, settings = {}) {
  const state = join(home, name);
  return { state, env: { ...process.env, CRM_DEMO: "1", CRM_DEMO_DATA: "0", CRM_STATE: state,
    CRM_PORT: String(await freePort()), CRM_METRICS_PORT: String(await freePort()), ...settings } };
}

const run = (program, { env }, ...args) =>
  spawnSync(join(root, "config", program), args, { env, encoding: "utf8", timeout: 120_000 });

function up(at) {
  const began = Date.now();
  const { status, stdout, stderr } = run("up", at, "--detach");
  assert.equal(status, 0, `${stdout}${stderr}`);
  return { out: stdout, seconds: (Date.now() - began) / 1000 };
}

const down = (at) => assert.equal(run("down", at).status, 0);

const demoOf = (at) => JSON.parse(readFileSync(join(at.state, "demo.json"), "utf8"));

/** What the test library calls an instance. */
function instanceOf(at) {
  const demo = demoOf(at);
  return { baseUrl: demo.base_url, ca: readFileSync(demo.ca_file), port: Number(at.env.CRM_PORT),
    channel: (name) => demo.channels.find((channel) => channel.name === name) };
}

async function statusOf(at, path) {
  const client = new Client(instanceOf(at));
  return client.get(path).then((answer) => answer.status, () => 0).finally(() => client.close());
}

async function reported(at) {
  const client = channelClient(instanceOf(at));
  const answer = await postReport(client, { description: "Lampu jalan padam",
    location: { lat: -6.2185, lng: 106.9081 }, channel_ref: "mulai-1", reporter: { name: "Warga" } });
  client.close();
  assert.equal(answer.status, 201, answer.text);
  return answer.json.report.id;
}

async function isThere(at, id) {
  const client = channelClient(instanceOf(at));
  const answer = await client.get(`/api/v1/reports/${id}`);
  client.close();
  assert.equal(answer.status, 200, answer.text);
}

const numberIn = (file) => Number(readFileSync(file, "utf8").split(/\s/)[0]);

/** Processes of an instance that run now, by its directory in their arguments or cwd. */
function processesOf(at) {
  const out = spawnSync("sh", ["-c",
    'for p in /proc/[0-9]*; do readlink "$p/cwd" "$p/root" 2>/dev/null | sed "s|^|${p#/proc/} |"; done'],
  { encoding: "utf8" }).stdout;
  return [...new Set(out.split("\n").filter((line) => line.includes(`${at.state}`)).map((line) => line.split(" ")[0]))];
}

const at = await place("one");
let report;

await test("a first start makes an instance, and says how to get in", async () => {
  const { out } = up(at);
  assert.match(out, /CRM is ready: +https:\/\/localhost:\d+\//);
  const demo = demoOf(at);
  assert.ok(demo.users.every((user) => out.includes(user.password)));
  assert.equal(statSync(join(at.state, "demo.json")).mode & 0o777, 0o600);
  assert.equal(await statusOf(at, "/readyz"), 200);
  report = await reported(at);
});

await test("there is a user for every role, officers of three kelurahan and two dinas, channels", () => {
  const { users, channels } = demoOf(at);
  assert.deepEqual([...new Set(users.map((user) => user.role))].sort(),
    ["admin", "officer", "privacy", "supervisor", "triage", "validator"]);
  const units = new Set(users.filter((user) => user.role === "officer").map((user) => user.unit));
  assert.equal([...units].filter((unit) => unit.startsWith("Kelurahan ")).length, 3);
  assert.equal([...units].filter((unit) => unit.startsWith("Dinas ")).length, 2);
  assert.ok(users.every((user) => user.password.length >= 15));
  assert.equal(users.filter((user) => user.totp_secret).length, 1);
  assert.deepEqual(channels.map((channel) => channel.name), ["jaki", "desk", "email", "lapor1708", "open311", "sandbox"]);
  for (const channel of channels) assert.equal(statSync(channel.private_key_file).mode & 0o077, 0);
});

await test("a start of what runs already changes nothing", () => {
  const before = numberIn(join(at.state, "pid/crmd"));
  assert.match(up(at).out, /already running/);
  assert.equal(numberIn(join(at.state, "pid/crmd")), before);
});

await test("a second instance runs beside the first", async () => {
  const other = await place("two");
  up(other);
  assert.equal(await statusOf(other, "/readyz"), 200);
  assert.equal(await statusOf(at, "/readyz"), 200);
  down(other);
  assert.deepEqual(processesOf(other), []);
  assert.equal(await statusOf(at, "/readyz"), 200);
});

await test("stopping leaves no process, the next start is quick and keeps all", async () => {
  down(at);
  assert.deepEqual(processesOf(at), []);
  const passwords = demoOf(at).users.map((user) => user.password);
  const { seconds } = up(at);
  assert.ok(seconds < 10, `${seconds} s`);
  assert.deepEqual(demoOf(at).users.map((user) => user.password), passwords);
  await isThere(at, report);
});

await test("after everything was killed at once it starts again and keeps all", async () => {
  const victims = PROGRAMS.flatMap((name) => [`${name}.keeper`, name])
    .map((name) => numberIn(join(at.state, "pid", name)));
  for (const pid of [...victims, numberIn(join(at.state, "pg/postmaster.pid"))]) process.kill(pid, "SIGKILL");
  up(at);
  await isThere(at, report);
});

await test("numbers of a power loss that belong to strangers today do not hinder, and strangers live on", async () => {
  down(at);
  const stranger = spawn("sleep", ["300"], { stdio: "ignore" });
  for (const name of PROGRAMS) {
    writeFileSync(join(at.state, "pid", name), `${stranger.pid} 1\n`);
    writeFileSync(join(at.state, "pid", `${name}.keeper`), `${stranger.pid} 1\n`);
  }
  writeFileSync(join(at.state, "pg/postmaster.pid"), `${stranger.pid}\n${at.state}/pg\n1\n5432\n`);
  up(at);
  await isThere(at, report);
  assert.equal(stranger.exitCode, null);
  assert.equal(stranger.signalCode, null);
  stranger.kill();
});

await test("another port is written where people and tests look for it", async () => {
  down(at);
  at.env.CRM_PORT = String(await freePort());
  up(at);
  assert.equal(demoOf(at).base_url, `https://localhost:${at.env.CRM_PORT}`);
  assert.equal(await statusOf(at, "/readyz"), 200);
});

await test("a port that is taken is told, and nothing is left running", async () => {
  const other = await place("three", { CRM_PORT: at.env.CRM_PORT });
  const { status, stderr } = run("up", other, "--detach");
  assert.equal(status, 1);
  assert.match(stderr, /port \d+ is taken/);
  assert.deepEqual(processesOf(other), []);
});

await test("in the foreground, TERM and INT stop it all in order", async () => {
  down(at);
  for (const signal of ["SIGTERM", "SIGINT"]) {
    const child = spawn(join(root, "config/up"), [], { env: at.env, stdio: ["ignore", "pipe", "inherit"] });
    let text = "";
    child.stdout.on("data", (piece) => { text += piece; });
    await waitFor("the foreground start", () => /Ctrl-C stops it/.test(text), { seconds: 60 });
    child.kill(signal);
    await waitFor(`the end after ${signal}`, () => child.exitCode !== null, { seconds: 40 });
    assert.equal(child.exitCode, 0);
    assert.deepEqual(processesOf(at), []);
  }
});

await test("a terminal that closes stops it all, though nothing can be said any more", async () => {
  const child = spawn(join(root, "config/up"), [], { env: at.env, stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.on("data", (piece) => { text += piece; });
  await waitFor("the foreground start", () => /Ctrl-C stops it/.test(text), { seconds: 60 });
  child.stdout.destroy();
  child.kill("SIGHUP");
  await waitFor("the end", () => child.exitCode !== null, { seconds: 40 });
  assert.deepEqual(processesOf(at), []);
});

await test("a foreground start that is killed takes its programs along", async () => {
  const child = spawn(join(root, "config/up"), [], { env: at.env, stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.on("data", (piece) => { text += piece; });
  await waitFor("the foreground start", () => /Ctrl-C stops it/.test(text), { seconds: 60 });
  child.kill("SIGKILL");
  await waitFor("the programs to end", () => PROGRAMS.every((name) => !existsSync(join(at.state, "pid", name))), { seconds: 30 });
  up(at);
  await isThere(at, report);
});

await test("a directory too deep for a socket's name works all the same", async () => {
  const deep = await place(`${"tempat-yang-jauh/".repeat(6)}state`);
  up(deep);
  assert.equal(await statusOf(deep, "/readyz"), 200);
  assert.ok(deep.state.length > 100);
  assert.match(run("crm", deep, "migrate", "--check").stderr, /^$/);
  down(deep);
  assert.deepEqual(processesOf(deep), []);
});

await test("without demo there are no accounts, no channel keys and no moving clock", async () => {
  const real = await place("real", { CRM_DEMO: "0" });
  const { out } = up(real);
  assert.doesNotMatch(out, /sign-ins/);
  assert.equal(existsSync(join(real.state, "demo.json")), false);
  assert.equal(existsSync(join(real.state, "keys/channel/jaki.key")), false);
  assert.match(run("crm", real, "clock", "60").stderr, /not moved/);
  const hook = (url) => run("crm", real, "channel", "webhook", "jaki", url).stderr;
  assert.match(hook("http://example.org/"), /not https/);
  for (const inside of ["https://127.0.0.1/", "https://localhost/", "https://169.254.169.254/", "https://[::1]/"]) {
    assert.match(hook(inside), /not a host of the public internet/, inside);
  }
  down(real);
});

await test("what the server does not need stays out of its reach", () => {
  const mode = (name) => (statSync(join(at.state, name)).mode & 0o777).toString(8);
  assert.equal(mode("keys"), process.getuid() === 0 ? "711" : "700", "the jobs pass through to their own key");
  for (const name of ["keys/vault", "keys/channel", "pg", "pid", "keymgr", "jail/tmp"])
    assert.equal(mode(name), "700", name);
  for (const name of ["keys/auth.key", "keys/vault/identity.key", "keys/ca.key"])
    assert.equal(mode(name), "600", name);
  for (const name of ["keymgr/key.pem", "keys/webhook.key"]) assert.equal(mode(name), "400", name);
});

down(at);
rmSync(home, { recursive: true, force: true });
