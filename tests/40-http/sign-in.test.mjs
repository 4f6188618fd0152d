// Officers come and go: password and code, throttle, cookie, who may write
// from where, and how a session ends.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { assertProblem } from "../support/checked.mjs";
import { Client } from "../support/client.mjs";
import { finish, test } from "../support/count.mjs";
import { crm as command, instance, sql } from "../support/instance.mjs";
import { sessionCookie, totpCode } from "../support/officer.mjs";
import { SOURCE, addAccount, channelOf, enter, signInAnswer } from "../support/people.mjs";
import { KLENDER, pointIn } from "../support/places.mjs";
import { add, step } from "../support/reports.mjs";
import { waitFor } from "../support/wait.mjs";

const crm = instance();
const klender = pointIn(KLENDER);
const unit = klender.unit;
const user = addAccount({ role: "officer", unit, name: "Andi Uji" });
const from = (last) => ({ localAddress: SOURCE.localAddress.replace(/\d+\.1$/, `${last}.1`) });
const base = `https://localhost:${crm.port}`;

await test("signing in answers who one is, with a strict cookie", async () => {
  const answer = await signInAnswer(crm, user);
  assert.equal(answer.status, 200, answer.text);
  const { session } = answer.json;
  assert.deepEqual(Object.keys(answer.json), ["confidentiality", "session"]);
  assert.deepEqual(Object.keys(session), ["username", "name", "role", "unit", "expires_at"]);
  assert.deepEqual([session.username, session.name, session.role, session.unit.name], [user.username, "Andi Uji", "officer", unit]);
  const hours = (Date.parse(session.expires_at) - Date.now()) / 3600_000;
  assert.ok(hours > 11.9 && hours < 12.1, `${hours} hours`);
  assert.equal(answer.headers["set-cookie"].length, 1);
  const [value, ...attributes] = answer.headers["set-cookie"][0].split("; ");
  assert.match(value, /^__Host-crm=[A-Za-z0-9_-]{43}$/);
  assert.deepEqual(attributes.sort(), ["HttpOnly", "Path=/", "SameSite=Strict", "Secure"]);
  assert.ok(!answer.text.includes(user.password));
});

await test("each sign-in is a session of its own, kept only as a digest", async () => {
  const tokens = [await signInAnswer(crm, user), await signInAnswer(crm, user)].map(sessionCookie);
  assert.notEqual(tokens[0], tokens[1]);
  const rows = sql(`select encode(token_hash, 'escape') from crm.session s join crm.account a on a.id = s.account_id where a.username = '${user.username}'`);
  assert.ok(rows.length >= 2);
  for (const [row] of rows) assert.ok(!tokens.some((token) => row.includes(token)));
});

await test("who am I, then sign out; after that nobody", async () => {
  const client = await enter(crm, user);
  const who = await client.get("/api/v1/session");
  assert.equal(who.json.session.username, user.username);
  const out = await client.delete("/api/v1/session");
  assert.equal(out.status, 200, out.text);
  assert.match(out.headers["clear-site-data"], /"cookies".*"storage"|"storage"/);
  assert.match(out.headers["set-cookie"][0], /^__Host-crm=; .*Max-Age=0/);
  assertProblem(await client.get("/api/v1/session"), 401);
  assertProblem(await client.delete("/api/v1/session"), 401);
  client.close();
});

await test("wrong password, unknown user and disabled account answer alike", async () => {
  const gone = addAccount({ role: "officer", unit });
  command("account", "disable", "--username", gone.username);
  const answers = [];
  for (const [who, password] of [[user.username, "salah-salah-salah"], ["tidak.ada", "salah-salah-salah"], [gone.username, gone.password]]) {
    const answer = await signInAnswer(crm, { username: who, password }, { source: from(151) });
    assertProblem(answer, 401);
    assert.equal(sessionCookie(answer), null);
    assert.ok(!answer.text.includes(who) && !answer.text.includes(password), "no echo");
    answers.push({ ...answer.json, request_id: "" });
  }
  assert.deepEqual(answers[1], answers[0]);
  assert.deepEqual(answers[2], answers[0]);
});

await test("and take about the same time", async () => {
  const times = { known: [], unknown: [] };
  for (let round = 0; round < 4; round += 1) {
    for (const [kind, name] of [["known", addAccount({ role: "officer", unit }).username], ["unknown", `tidak.ada${round}`]]) {
      const began = Date.now();
      assertProblem(await signInAnswer(crm, { username: name, password: "salah-salah-salah" }, { source: from(152) }), 401);
      times[kind].push(Date.now() - began);
    }
  }
  const best = (list) => Math.min(...list);
  assert.ok(best(times.unknown) > 0.4 * best(times.known) && best(times.known) > 0.4 * best(times.unknown), JSON.stringify(times));
});

await test("the user name is not case-sensitive, the password is", async () => {
  assert.equal((await signInAnswer(crm, { ...user, username: user.username.toUpperCase() })).status, 200);
  assertProblem(await signInAnswer(crm, { ...user, password: user.password.toUpperCase() }, { source: from(153) }), 401);
});

await test("a second factor is asked for only after the right password, and works once", async () => {
  const careful = addAccount({ role: "officer", unit, totp: true });
  assert.match(careful.totp_secret, /^[A-Z2-7]{16,}$/);
  const attempt = (totp, password = careful.password) =>
    signInAnswer(crm, { ...careful, password, totp_secret: null }, { totp, source: from(154) });
  const wrongPassword = await attempt(undefined, "salah-salah-salah");
  assertProblem(wrongPassword, 401);
  assert.ok(!wrongPassword.text.includes("totp"), "says nothing of a code");
  for (const code of [undefined, "abc", "12345"]) {
    const answer = await attempt(code);
    assertProblem(answer, 401, [["/totp", "totp"]]);
  }
  const fresh = addAccount({ role: "officer", unit, totp: true });
  const code = totpCode(fresh.totp_secret);
  const answers = await Promise.all([1, 2, 3].map(() => signInAnswer(crm, fresh, { totp: code, source: from(155) })));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 401, 401], "one of three in a race");
  assertProblem(await signInAnswer(crm, fresh, { totp: code, source: from(155) }), 401);
});

await test("too many tries wait, and the wait ends", async () => {
  const target = addAccount({ role: "officer", unit });
  let answer;
  for (let tries = 0; tries < 12; tries += 1) {
    answer = await signInAnswer(crm, { ...target, password: `salah-salah-${tries}` }, { source: from(156) });
    if (answer.status === 429) break;
    assertProblem(answer, 401);
  }
  assertProblem(answer, 429);
  const wait = Number(answer.headers["retry-after"]);
  assert.ok(wait >= 1 && wait <= 900, `${wait} s`);
  const right = await signInAnswer(crm, target, { source: from(156) });
  assert.equal(right.status, 429, "with the right password too");
  assert.equal((await signInAnswer(crm, user, { source: from(156) })).status, 200, "others still get in from there");
  assert.equal((await signInAnswer(crm, target, { source: from(157) })).status, 200, "and the officer from elsewhere: others do not lock one out");
  await waitFor("the throttle to end", async () => (await signInAnswer(crm, target, { source: from(156) })).status === 200,
    { seconds: wait + 10, every: 500 });
});

await test("many networks that try one name are slowed down together", async () => {
  const target = addAccount({ role: "officer", unit });
  const statuses = new Set();
  for (let round = 0; round < 6 && !statuses.has(429); round += 1) {
    const answers = await Promise.all(Array.from({ length: 12 }, (_, index) =>
      signInAnswer(crm, { ...target, password: "salah-salah-salah" }, { source: from(170 + round * 12 + index) })));
    for (const { status } of answers) statuses.add(status);
  }
  assert.ok(statuses.has(429), [...statuses].join());
});

await test("a network that tries many names is slowed down, whatever the names", async () => {
  const statuses = new Set();
  const source = from(158);
  for (let round = 0; round < 8 && !statuses.has(429); round += 1) {
    const answers = await Promise.all(Array.from({ length: 12 }, (_, index) =>
      signInAnswer(crm, { username: `nama.${round}.${index}`, password: "salah-salah-salah" }, { source })));
    for (const { status } of answers) statuses.add(status);
  }
  assert.ok(statuses.has(429), [...statuses].join());
});

for (const [what, body, status] of [
  ["no password", { username: user.username }, 422], ["no name", { password: "x" }, 422], ["nothing", {}, 422],
  ["a name that is a number", { username: 1, password: "x" }, 422],
  ["a role to be", { username: user.username, password: user.password, role: "admin" }, 422],
  ["a password of 129 characters", { username: user.username, password: "x".repeat(129) }, 422],
  ["a list", [], 400],
]) {
  await test(`signing in with ${what}: ${status}`, async () => {
    const door = new Client(crm, {}, from(159));
    const answer = await door.post("/api/v1/session", body);
    assertProblem(answer, status);
    assert.ok(!answer.text.includes(user.password));
    door.close();
  });
}

for (const [what, headers] of [
  ["from another origin", { origin: "https://jahat.invalid" }],
  ["from another port", { origin: `https://localhost:${crm.port + 1}` }],
  ["from plain HTTP", { origin: base.replace("https", "http") }],
  ["from nowhere", { origin: "null" }],
  ["across sites", { "sec-fetch-site": "cross-site" }],
  ["from a sister site", { "sec-fetch-site": "same-site" }],
]) {
  await test(`nobody is signed in ${what}`, async () => {
    assertProblem(await signInAnswer(crm, user, { headers, source: from(160) }), 403);
  });
  await test(`and nobody writes ${what}`, async () => {
    const jaki = channelOf(crm);
    const client = await enter(crm, user);
    const report = await add(jaki, klender);
    assertProblem(await step(client, report, { type: "note", note: "x" }, { headers }), 403);
    assertProblem(await client.delete("/api/v1/session", headers), 403);
    assert.equal((await client.get("/api/v1/session", headers)).status, 200, "reading is another thing");
    client.close();
    jaki.close();
  });
}

await test("a write needs X-CRM: 1, and our own origin is fine", async () => {
  const jaki = channelOf(crm);
  const client = await enter(crm, user);
  const report = await add(jaki, klender);
  for (const value of ["", "0", "2", "true", "1, 1"]) {
    assertProblem(await step(client, report, { type: "note", note: "x" }, { headers: { "X-CRM": value } }), 403);
  }
  for (const headers of [{ origin: base }, { "sec-fetch-site": "same-origin" }, { origin: base, "sec-fetch-site": "same-origin" }]) {
    const answer = await step(client, report, { type: "note", note: "x" }, { headers });
    assert.equal(answer.status, 201, answer.text);
    report.version += 1;
  }
  client.close();
  jaki.close();
});

await test("a cookie that is not ours is nobody", async () => {
  const client = await enter(crm, user);
  const { token } = client;
  for (const cookie of [`crm=${token}`, `__Host-crm=${token}x`, `__Host-crm=${token.slice(0, -1)}`, "__Host-crm=",
    `__host-crm=${token}`, `__Host-crm="${token}"`, `__Host-crm=${"A".repeat(43)}`]) {
    assertProblem(await client.get("/api/v1/session", { cookie }), 401);
  }
  assertProblem(await client.get("/api/v1/session", { cookie: `__Host-crm=${token}; __Host-crm=${token}` }), 400);
  assert.equal((await client.get("/api/v1/session", { cookie: `a=b; __Host-crm=${token}; c=d` })).status, 200);
  client.close();
});

const age = (client, what) => sql(`update crm.session s set ${what} from crm.account a
  where a.id = s.account_id and a.username = '${client.user.username}'`);

await test("a session ends when it is not used: 30 minutes at a desk, 15 on a phone", async () => {
  for (const [mobile, minutes] of [["?0", 30], ["?1", 15]]) {
    const someone = addAccount({ role: "officer", unit });
    const answer = await signInAnswer(crm, someone, { headers: { "sec-ch-ua-mobile": mobile } });
    const client = new Client(crm, { cookie: `__Host-crm=${sessionCookie(answer)}`, "X-CRM": "1" });
    client.user = someone;
    age(client, `last_seen_at = last_seen_at - interval '${minutes * 60 - 30} seconds'`);
    assert.equal((await client.get("/api/v1/session")).status, 200, `${minutes - 0.5} minutes`);
    age(client, `last_seen_at = last_seen_at - interval '${minutes * 60 + 10} seconds'`);
    assertProblem(await client.get("/api/v1/session"), 401);
    client.close();
  }
});

await test("use keeps it alive, but not beyond twelve hours", async () => {
  const someone = addAccount({ role: "officer", unit });
  const client = await enter(crm, someone);
  for (let hour = 0; hour < 3; hour += 1) {
    age(client, "last_seen_at = last_seen_at - interval '20 minutes', opened_at = opened_at - interval '20 minutes'");
    assert.equal((await client.get("/api/v1/session")).status, 200);
  }
  age(client, "expires_at = expires_at - interval '12 hours 1 second'");
  assertProblem(await client.get("/api/v1/session"), 401);
  client.close();
});

await test("a disabled account is out at once", async () => {
  const someone = addAccount({ role: "officer", unit });
  const client = await enter(crm, someone);
  assert.equal((await client.get("/api/v1/session")).status, 200);
  command("account", "disable", "--username", someone.username);
  assertProblem(await client.get("/api/v1/session"), 401);
  client.close();
});

await test("signing in and out leaves audit rows", () => {
  const [[opened], [refused]] = sql(`select count(*) from audit.entry e join crm.account a on a.id = e.account_id
    where a.username = '${user.username}' and e.action = 'session_open'
    union all select count(*) from audit.entry where action = 'signin_refused'`);
  assert.ok(Number(opened) > 3 && Number(refused) > 3);
});

finish();
