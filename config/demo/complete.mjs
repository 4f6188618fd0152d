// SPDX-License-Identifier: ISC
// Plays the officers for one report of a demo instance: the unit takes it and
// hands in proof, a validator accepts it. For those who try an integration.
// Usage: node config/demo/complete.mjs TICKET

import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { Api, signIn } from "./api.mjs";
import { Studio } from "./studio.mjs";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..");
const demo = JSON.parse(readFileSync(path.join(process.env.CRM_STATE ?? path.join(root, "var"), "demo.json"), "utf8"));
const api = new Api(demo);

/** One's session and the report as one sees it, or null. */
async function openAs(user, ticket) {
  const session = await signIn(api, user);
  const answer = await api.call("GET", `/api/v1/reports/${encodeURIComponent(ticket)}`, { headers: session, expect: [200, 404] });
  return answer.status === 200 ? { session, report: answer.body.report } : null;
}

/** The officer whose unit holds the report. */
async function holder(ticket) {
  for (const user of demo.users.filter((one) => one.role === "officer" && !one.totp_secret)) {
    const opened = await openAs(user, ticket);
    if (opened?.report.unit.name === user.unit) {
      return opened;
    }
  }
  throw new Error(`no officer of the demo holds ${ticket}; send reports for Kelurahan Klender, lat -6.2157, lng 106.9003`);
}

async function step(session, report, event, photo) {
  const content = photo
    ? { parts: [{ name: "event", data: JSON.stringify(event), mime: "application/json" },
      { name: "photo", data: photo.bytes, mime: photo.mime, file: "proof.jpg" }] }
    : { json: event };
  const answer = await api.call("POST", `/api/v1/reports/${report.id}/events`, {
    headers: { ...session, "Idempotency-Key": randomUUID(), "If-Match": `"${report.version}"` },
    ...content,
    expect: [201],
  });
  process.stdout.write(`${event.type}: ${answer.body.report.status}\n`);
  return answer.body.report;
}

async function main(ticket) {
  const studio = new Studio(1);
  const proof = studio.picture({ scene: "pothole", seed: ticket, after: true });
  const { session, report } = await holder(ticket);
  const taken = await step(session, report, { type: "take" });
  const { lat, lng } = report.location;
  const done = await step(session, taken, {
    type: "follow_up", text: "Sudah diperbaiki.", captured_at: new Date().toISOString(), location: { lat, lng, accuracy_m: 5 },
  }, await proof);
  await studio.close();
  const checker = await openAs(demo.users.find((user) => user.role === "validator" && !user.totp_secret), ticket);
  if (!checker) {
    throw new Error(`the validator does not see ${ticket}`);
  }
  await step(checker.session, done, { type: "accept_work" });
}

const [ticket] = process.argv.slice(2);
if (!ticket) {
  process.stderr.write("usage: node config/demo/complete.mjs TICKET\n");
  process.exit(2);
}
main(ticket).catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}).finally(() => api.close());
