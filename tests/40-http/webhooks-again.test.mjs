// Webhooks when something goes wrong on our side or in between: the courier
// killed, secrets changed, certificates of others; and what must not leave.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addChannel } from "../support/channels.mjs";
import { finish, test } from "../support/count.mjs";
import { instance, sql } from "../support/instance.mjs";
import { channelOf, enterAs } from "../support/people.mjs";
import { KLENDER, pointIn } from "../support/places.mjs";
import { startReceiver, verified } from "../support/receiver.mjs";
import { add, stepped } from "../support/reports.mjs";
import { waitFor } from "../support/wait.mjs";
import { courier, listed, quickPace, register, remove, settled } from "../support/webhooks.mjs";

const crm = instance();
const klender = pointIn(KLENDER);
const channel = await addChannel(crm);
const own = channelOf(crm, channel);
const jaki = channelOf(crm);
const officer = await enterAs(crm, "officer", klender.unit);
const receiver = await startReceiver();
const url = receiver.url();
const logFile = join(crm.state, "log/jobs.log");
const logFrom = readFileSync(logFile).length;
quickPace();
let secret = register(channel, url);

await test("killed between sending and noting it, the courier sends it again with the same id", async () => {
  receiver.mode = "late";
  const report = await add(own, klender);
  await receiver.until(1);
  const killed = courier();
  process.kill(killed, "SIGKILL");
  await receiver.until(2);
  receiver.mode = "ok";
  receiver.release();
  await settled(url, 1, "delivered");
  const [first, second] = receiver.calls;
  assert.equal(receiver.calls.length, 2);
  assert.equal(second.headers["webhook-id"], first.headers["webhook-id"]);
  assert.equal(second.body, first.body);
  assert.equal(second.json.report.id, report.id);
  assert.notEqual(courier(), killed);
  for (const call of receiver.calls) verified(call, [secret]);
});

await test("a step of an officer is told as well, and nothing of another channel's reports", async () => {
  const elsewhere = await add(jaki, klender);
  const report = await stepped(officer, await add(own, klender), { type: "take" });
  const [call] = await receiver.until(1, ({ json }) => json.report.id === report.id && json.report.version === 2);
  assert.equal(call.json.report.status, "in_progress");
  assert.equal(receiver.calls.filter(({ json }) => json.report.id === elsewhere.id).length, 0);
});

await test("a new secret signs beside the old one for a day, then alone", async () => {
  const old = secret;
  secret = register(channel, url);
  assert.notEqual(secret, old);
  assert.equal(listed(channel)[0][2], "2 secrets");
  const told = async () => {
    const { id } = await add(own, klender);
    const [call] = await receiver.until(1, ({ json }) => json.report.id === id);
    return call;
  };
  verified(await told(), [secret, old]);
  sql("update crm.webhook set before_until = now() - interval '1 second' where url = :'url'", { variables: { url } });
  const call = await told();
  verified(call, [secret]);
  assert.throws(() => verified(call, [old]), /signed with the secret/);
});

await test("addresses that are none are refused, and so is a channel that is none", () => {
  for (const bad of ["jaki.example", "ftp://127.0.0.1/", "https://u:p@127.0.0.1/", "https://127.0.0.1/#x", "https://a b/"]) {
    assert.throws(() => register(channel, bad), bad);
  }
  assert.throws(() => register({ name: "tidak_ada" }, url), /no such channel/);
  assert.throws(() => remove(channel, receiver.url("/other")), /no such webhook/);
});

/** {key, cert} for localhost, signed by the instance's CA or by itself. */
function certificate(directory, isOurs) {
  const file = (name) => join(directory, name);
  const keys = join(crm.state, "keys");
  const ours = isOurs ? ["-CA", join(keys, "ca.pem"), "-CAkey", join(keys, "ca.key"), "-set_serial", `0x${Date.now()}`] : [];
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
    "-keyout", file("key.pem"), "-out", file("cert.pem"), "-days", "2", "-subj", "/CN=localhost",
    "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", ...ours], { stdio: "ignore" });
  return { key: readFileSync(file("key.pem")), cert: readFileSync(file("cert.pem")) };
}

await test("over TLS it speaks only to a certificate that is good for the name", async () => {
  const directory = mkdtempSync(join(tmpdir(), "crm-tls-"));
  const ours = await startReceiver(certificate(directory, true));
  const foreign = await startReceiver(certificate(directory, false));
  rmSync(directory, { recursive: true });
  const urls = [ours.url("/hook", "localhost"), foreign.url("/hook", "localhost")];
  for (const one of urls) register(channel, one);
  await add(own, klender);
  await settled(urls[0], 1, "delivered");
  const [row] = await settled(urls[1], 1, "dead");
  assert.equal(row[2], "wrong certificate");
  assert.equal(ours.calls.length, 1);
  assert.equal(foreign.calls.length, 0);
  for (const one of urls) remove(channel, one);
  ours.close();
  foreign.close();
});

await test("neither the database nor the log holds a secret, and the log no address", async () => {
  const bytes = Buffer.from(secret.slice("whsec_".length), "base64").toString("hex");
  const [[stored]] = sql("select w::text from crm.webhook w where url = :'url'", { variables: { url } });
  assert.ok(!stored.includes(bytes) && !stored.includes(secret.slice(6)));
  await waitFor("the log", () => readFileSync(logFile, "utf8").includes(channel.name));
  const lines = readFileSync(logFile).subarray(logFrom).toString("utf8").split("\n").filter((line) => line.startsWith("{"));
  const known = ["at", "pid", "level", "process", "event", "channel", "webhook_id", "answer", "then", "ms"];
  for (const line of lines) {
    assert.doesNotMatch(line, /https?:|whsec_|v1,/);
    const entry = JSON.parse(line);
    if (entry.event === "webhook") assert.deepEqual(Object.keys(entry).filter((key) => !known.includes(key)), []);
  }
});

remove(channel, url);
receiver.close();
for (const client of [own, jaki, officer]) client.close();
finish();
