// A table handed in: its columns, what is refused and why, and that a second
// run adds nothing.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { finish, test } from "../support/count.mjs";
import { csv } from "../support/csv.mjs";
import { instance, root, sql } from "../support/instance.mjs";
import { enterAs } from "../support/people.mjs";
import { pointIn } from "../support/places.mjs";
import { uniqueWord } from "../support/reports.mjs";

const crm = instance();
const home = pointIn("31.75.07.1005");
const triage = await enterAs(crm, "triage", crm.user("triage").unit);
const place = mkdtempSync(join(tmpdir(), "crm-csv-"));
const file = join(place, "masuk.csv");
const result = `${file}.result.csv`;
const said = [];

function intake(text, ...args) {
  if (text !== null) writeFileSync(file, text);
  const { status, stdout, stderr } = spawnSync(join(root, "config/crm"), ["intake", "csv", file, "--channel", "lapor1708", ...args], { encoding: "utf8" });
  said.push(stdout, stderr);
  return { status, out: stdout, err: stderr, rows: existsSync(result) ? csv(readFileSync(result, "utf8")) : [] };
}

const count = (word) => Number(sql(`select count(*) from crm.report where description like '%${word}%'`)[0][0]);
const seen = async (row) => (await triage.get(`/api/v1/reports/${row.ticket}`)).json.report;
const HEAD = "channel_ref,visibility,category,description,lat,lng,address,occurred_at,name,phone,email,nik";

await test("each column arrives where it belongs, and a row may say little", async () => {
  const [word, name] = [uniqueWord(), uniqueWord()];
  const run = intake(`${HEAD}\n` +
    `L-1,public,jalan,"Jalan ""besar"" rusak ${word}\nbaris kedua",${home.lat},${home.lng},"Jl. Uji, No. 1",2026-01-05 07:30,${name},081299887766,${name}@contoh.example,3175000000000001\n` +
    `,,,Selokan mampet ${word},,,,,,,,\n\n,,,,,,,,,,,\n`);
  assert.equal(run.status, 0, run.err);
  assert.match(run.out, /^taken in: 2, again: 0, refused: 0, left for later: 0$/m);
  assert.deepEqual(run.rows.map(({ row, result: what, codes }) => [row, what, codes]), [["2", "taken", ""], ["3", "taken", ""]]);
  const [whole, bare] = await Promise.all(run.rows.map(seen));
  assert.equal(whole.visibility, "public");
  assert.equal(whole.category.code, "jalan");
  assert.equal(whole.description, `Jalan "besar" rusak ${word}\nbaris kedua`);
  assert.deepEqual([whole.location.lat, whole.location.lng, whole.location.address], [home.lat, home.lng, "Jl. Uji, No. 1"]);
  assert.equal(whole.occurred_at, "2026-01-05T00:30:00Z");
  assert.ok(!JSON.stringify(whole).includes(name));
  assert.equal(bare.visibility, "private");
  assert.equal(sql(`select channel_ref from crm.report_origin where report_id = '${whole.id}'`)[0][0], "L-1");
});

await test("a second run adds nothing, and neither does the row in another file", () => {
  const word = uniqueWord();
  const row = `Lampu mati ${word},Budi\n`;
  assert.match(intake(`description,name\n${row}${row}`).out, /^taken in: 1, again: 1,/m);
  const again = intake(null);
  assert.equal(again.status, 0);
  assert.match(again.out, /^taken in: 0, again: 2,/m);
  assert.match(intake(`description,name\nYang lain ${word},\n${row}`).out, /^taken in: 1, again: 1,/m);
  assert.equal(count(word), 2);
});

await test("tables of spreadsheets: semicolons, a byte order mark, decimal commas, tabs", async () => {
  const word = uniqueWord();
  const comma = (number) => String(number).replace(".", ",");
  const run = intake(`\ufeffDescription;LAT;lng\r\nPohon, tumbang ${word};${comma(home.lat)};${comma(home.lng)}\r\n`);
  assert.equal((await seen(run.rows[0])).location.lat, home.lat);
  assert.equal((await seen(run.rows[0])).description, `Pohon, tumbang ${word}`);
  assert.equal(intake(`description\tname\nKabel putus ${word}\tBudi\n`).status, 0);
});

await test("an address without a point goes to the end of private words, never of public ones", async () => {
  const word = uniqueWord();
  const run = intake(`visibility,description,address\nprivate,Got bau ${word},Gang Mawar 3\npublic,Got bau ${word},Gang Mawar 3\n`);
  assert.equal((await seen(run.rows[0])).description, `Got bau ${word}\nAlamat: Gang Mawar 3`);
  assert.deepEqual([run.rows[1].result, run.rows[1].codes], ["refused", "/location/lat required"]);
});

/** Rows that cannot be reports, with what is said of them. */
const REFUSED = [
  ["jalan,,,,", "/description required"],
  ["tidak_ada,Jalan rusak,,,", "/category unknown"],
  ["jalan,Jalan rusak,utara,106.9,", "/location/lat type"],
  ["jalan,Jalan rusak,0x10,106.9,", "/location/lat type"],
  ["jalan,Jalan rusak,-6.2,,", "/location/lng required"],
  ["jalan,Jalan rusak,,,kemarin", "/occurred_at format"],
  [`jalan,${"a".repeat(4001)},,,`, "/description too_long"],
];

await test("what cannot be a report is refused with its codes, and the other rows are not held up", () => {
  const word = uniqueWord();
  const run = intake(`category,description,lat,lng,occurred_at\n${REFUSED.map(([row]) => `${row}\n`).join("")}jalan,Jalan rusak ${word},,,\n`);
  assert.equal(run.status, 1);
  assert.deepEqual(run.rows.slice(0, -1).map(({ codes }) => codes), REFUSED.map(([, codes]) => codes));
  assert.equal(run.rows.at(-1).result, "taken");
  const bad = intake(Buffer.concat([Buffer.from("description\n"), Buffer.from("Caf\xe9\n", "latin1")]));
  assert.deepEqual([bad.rows[0].result, bad.rows[0].codes], ["refused", "/description utf8"]);
});

await test("a file that is not what it should be hands in nothing", () => {
  const word = uniqueWord();
  for (const [text, why] of [["", /nothing in it/], ["deskripsi\nx\n", /column 1 is not known/], ["description,description\nx,y\n", /column 2/],
    ["name\nx\n", /"description" among them/], [`description,name\n${word},a\n${word}\n`, /row 3 has not as many fields/],
    [`description\n${word}\n"${word}\n`, /row 2 is not well-formed/]]) {
    const run = intake(text);
    assert.equal(run.status, 1, text);
    assert.match(run.err, why);
  }
  assert.equal(count(word), 0);
  assert.match(spawnSync(join(root, "config/crm"), ["intake", "csv", join(place, "tiada"), "--channel", "lapor1708"], { encoding: "utf8" }).stderr, /No such file/);
});

await test("--dry-run tells what would be refused and hands in nothing; --result says where to", () => {
  const word = uniqueWord();
  const other = join(place, "hasil.csv");
  const run = intake(`visibility,description\nprivate,Jalan rusak ${word}\nrahasia,Jalan rusak\n`, "--dry-run", "--result", other);
  assert.equal(run.status, 1);
  assert.match(run.out, /^good: 1, again: 0, refused: 1,/m);
  assert.deepEqual(csv(readFileSync(other, "utf8")).map(({ result: what, codes }) => [what, codes]), [["good", ""], ["refused", "/visibility unknown"]]);
  assert.equal(statSync(other).mode & 0o777, 0o600);
  assert.equal(count(word), 0);
});

await test("a channel that may not come in leaves all rows", () => {
  const word = uniqueWord();
  const run = intake(`description\nJalan ${word}\nJalan lain ${word}\n`, "--kid", "bukan-kunci");
  assert.equal(run.status, 1);
  assert.match(run.out, /left for later: 2$/m);
  assert.equal(count(word), 0);
});

/** An API that gives these answers in turn, [status, headers], and what it was asked. */
async function stub(answers) {
  const [key, cert] = [join(place, "stub.key"), join(place, "stub.pem")];
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", cert,
    "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2"], { stdio: "ignore" });
  const asked = [];
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, async (request, answer) => {
    for await (const piece of request) void piece;
    asked.push(request);
    const [status, headers = {}] = answers[asked.length - 1] ?? [500];
    answer.writeHead(status, { "Content-Type": "application/json", ...headers });
    answer.end(JSON.stringify({ report: { ticket: "JK0000000001" } }));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { asked, cert, url: `https://localhost:${server.address().port}`, close: () => server.close().closeAllConnections() };
}

await test("too many and not now are tried again with the same key; an answer that leads elsewhere is not followed", async () => {
  const api = await stub([[429, { "Retry-After": "1" }], [503, { "Retry-After": "1" }], [201], [302, { Location: "https://localhost:1/" }], [201]]);
  writeFileSync(file, "description,name\nJalan rusak,Budi\nLampu mati,Budi\n");
  const child = spawn(join(root, "config/crm"), ["intake", "csv", file, "--channel", "lapor1708", "--url", api.url, "--ca", api.cert], { stdio: "ignore" });
  await once(child, "exit");
  api.close();
  assert.deepEqual(csv(readFileSync(result, "utf8")).map(({ result: what }) => what), ["taken", "taken"]);
  const keys = api.asked.map(({ headers }) => headers["idempotency-key"]);
  assert.deepEqual([new Set(keys.slice(0, 3)).size, new Set(keys).size, keys.length], [1, 2, 5]);
  for (const { method, url, headers } of api.asked) {
    assert.deepEqual([method, url, headers.expect, "transfer-encoding" in headers], ["POST", "/api/v1/reports", undefined, false]);
    assert.match(headers.authorization, /^Bearer [\w-]+\.[\w-]+\.[\w-]+$/);
  }
});

await test("killed at any moment it loses nothing and doubles nothing", async () => {
  const word = uniqueWord();
  const total = 40;
  writeFileSync(file, `description\n${Array.from({ length: total }, (_, at) => `Kabel putus ${word} nomor ${at}\n`).join("")}`);
  for (let at = 0; at < 8; at += 1) {
    const child = spawn(join(root, "config/crm"), ["intake", "csv", file, "--channel", "lapor1708"], { stdio: "ignore" });
    const end = once(child, "exit");
    await pause(30 + at * 23);
    child.kill("SIGKILL");
    await end;
  }
  assert.equal(intake(null).status, 0);
  assert.equal(count(word), total);
});

await test("nothing of the rows was said, and the result holds none of it", () => {
  const text = `${said.join("\n")}${readFileSync(result, "utf8")}`;
  for (const secret of ["Budi", "contoh.example", "0812", "Gang Mawar", "Kabel"]) assert.ok(!text.includes(secret), secret);
});

triage.close();
rmSync(place, { recursive: true });
finish();
