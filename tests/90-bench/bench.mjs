// Measures and compares; see run.
//
// SPDX-License-Identifier: ISC
import { createHash } from "node:crypto";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Client } from "../support/client.mjs";
import { channelClient, postReport, sessionCookie } from "../support/officer.mjs";
import { finish, test } from "../support/count.mjs";
import { instance } from "../support/instance.mjs";
import { loadRun, pgbenchRun } from "./load.mjs";
import { peerStart } from "./peer.mjs";
import { photoForm } from "./photo.mjs";
import { proofBench } from "./proof.mjs";

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 3);
const REPORTS = 120;
const KLENDER = { lat: -6.2157, lng: 106.9003 };

// Aim, and the floor under which the suite fails.
const RATIOS = [
  { what: "inbox of 25 against pgbench on the same SQL", over: ["inbox", "pgbench inbox"], aim: 0.6, floor: 0.3 },
  { what: "report with its audit row against pgbench", over: ["open", "pgbench open"], aim: 0.6, floor: 0.3 },
  { what: "inbox of 25 against Fastify", over: ["inbox", "fastify inbox"], aim: 5, floor: 2 },
  { what: "report with its audit row against Fastify", over: ["open", "fastify open"], aim: 5, floor: 1.3 },
  { what: "intake with a 3 MB photo against Fastify", over: ["intake", "fastify intake"], aim: 1, floor: 0.5 },
  { what: "inbox of 25 against a route that does nothing", over: ["inbox", "nothing"], aim: 0.1, floor: 0.02 },
];

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** A text of usual length, of other words than the others: none is held as a duplicate. */
function textOf(index) {
  const own = Array.from({ length: 6 }, (_, n) => createHash("sha256").update(`${index} ${n}`).digest("hex").replace(/\d/g, "").slice(0, 9)).join(" ");
  return `Jalan berlubang di depan gang, sudah dua minggu belum diperbaiki ${own}.`;
}

/** Reports for the inbox: both kinds. */
async function fill(jaki) {
  const one = (index) => postReport(jaki, {
    visibility: index % 3 === 0 ? "public" : "private",
    category: "jalan",
    description: textOf(index),
    location: { lat: KLENDER.lat + (index % 10) * 1e-5, lng: KLENDER.lng },
    channel_ref: `bench-${index}`,
    reporter: { name: "Warga Uji" },
  });
  let last;
  for (let i = 0; i < REPORTS; i += 8) {
    const answers = await Promise.all(Array.from({ length: 8 }, (_, k) => one(i + k)));
    last = answers[0];
    const bad = answers.find((answer) => answer.status !== 201);
    if (bad) throw new Error(`intake answered ${bad.status} ${bad.text}`);
  }
  return last.json.report.id;
}

async function cookieOf(at, { username, password }) {
  const door = new Client(at);
  const answer = await door.post("/api/v1/session", { username, password }, { "X-CRM": "1" });
  door.close();
  return `__Host-crm=${sessionCookie(answer)}`;
}

function cases({ at, work, peer, session, reportId, form }) {
  const officer = { Cookie: session };
  const channel = { Authorization: form.authorization, "Content-Type": form.type };
  const inbox = "/api/v1/reports?limit=25";
  const open = `/api/v1/reports/${reportId}`;
  const load = (name, url, headers, extra) => ({ name, run: () => loadRun({ url, headers, seconds: SECONDS, at, peer, ...extra }) });
  const alone = (operation) => ({
    name: `pgbench ${operation}`,
    run: () => pgbenchRun({ at, work, session, operation, reportId, seconds: SECONDS }),
  });
  return [
    load("nothing", `${at.baseUrl}/healthz`, {}),
    load("fastify nothing", `${peer.url}/hello`, {}),
    load("inbox", at.baseUrl + inbox, officer),
    load("fastify inbox", peer.url + inbox, officer),
    alone("inbox"),
    load("open", at.baseUrl + open, officer),
    load("fastify open", peer.url + open, officer),
    alone("open"),
    load("intake", `${at.baseUrl}/api/v1/reports`, channel, { body: form.path, connections: 4, seconds: 2 * SECONDS }),
    load("fastify intake", `${peer.url}/api/v1/reports`, channel, { body: form.path, connections: 4, seconds: 2 * SECONDS }),
  ];
}

function report(results) {
  console.log(`\n${ROUNDS} rounds of ${SECONDS} s, medians; CPU in microseconds a request`);
  console.log("case                 requests/s   server CPU   postgres CPU   media CPU");
  for (const [name, runs] of results) {
    const cpu = (key) => median(runs.map((run) => run.cpu[key])).toFixed(0);
    console.log(`${name.padEnd(20)} ${median(runs.map((r) => r.rate)).toFixed(0).padStart(10)}` +
      `${cpu("server").padStart(13)}${cpu("postgres").padStart(15)}${cpu("media").padStart(12)}`);
  }
  console.log("");
}

async function main() {
  const at = instance();
  const work = mkdtempSync("/tmp/crm-bench-");
  const jaki = channelClient(at);
  const reportId = await fill(jaki);
  const session = await cookieOf(at, at.user("officer", "Kelurahan Klender"));
  const form = await photoForm(work, at, KLENDER);
  mkdirSync(join(work, "photos"));
  chmodSync(work, 0o755);
  chmodSync(join(work, "photos"), 0o777);
  for (const name of ["key.pem", "cert.pem"]) {
    copyFileSync(join(at.state, "keymgr", name), join(work, name));
    chmodSync(join(work, name), 0o644);
  }
  const peer = await peerStart(at, work);
  const results = new Map();
  try {
    const all = cases({ at, work, peer, session, reportId, form });
    for (let round = 0; round < ROUNDS; round++)
      for (const one of all)
        results.set(one.name, [...(results.get(one.name) ?? []), await one.run()]);
  } finally {
    await peer.stop();
  }
  report(results);
  for (const { what, over: [one, other], aim, floor } of RATIOS) {
    // Of runs that follow each other: what else the machine does is then in
    // both, which it is not in two medians from different rounds.
    const others = results.get(other);
    const ratio = median(results.get(one).map((run, round) => run.rate / others[round].rate));
    await test(`${what}: ${ratio.toFixed(2)} (aim ${aim}, floor ${floor})`, () => {
      if (!(Number.isFinite(ratio) && ratio >= floor)) throw new Error(`${ratio.toFixed(2)} is below ${floor}`);
    });
  }
  jaki.close();
  rmSync(work, { recursive: true });
  await proofBench(at);
  finish();
}

await main();
