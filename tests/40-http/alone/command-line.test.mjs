// The command line: what it makes, what it refuses, and that it prints no
// secret but the one that was asked for.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finish, test } from "../../support/count.mjs";
import { instance, root, sql } from "../../support/instance.mjs";
import { signInAnswer, stranger } from "../../support/people.mjs";

const crm = instance();
const unit = "Kelurahan Pluit";
const place = mkdtempSync(join(tmpdir(), "crm-cli-"));
let made = 0;

/** Runs the command line; {status, out, err}. */
function command(args, { input, env = {} } = {}) {
  const { status, stdout, stderr } = spawnSync(join(root, "config/crm"), args,
    { input, encoding: "utf8", env: { ...process.env, ...env } });
  return { status, out: stdout, err: stderr };
}

const username = () => `uji.cli.${process.pid}.${made += 1}`;
const add = (name, more = [], how) => command(["account", "add", "--username", name,
  "--name", "Uji Perintah", "--role", "officer", "--unit", unit, ...more], how);
const passwordOf = (out) => /^password: (\S+)$/m.exec(out)?.[1];

await test("an account gets a password that is printed once and works", async () => {
  const name = username();
  const { status, out } = add(name);
  assert.equal(status, 0);
  const password = passwordOf(out);
  assert.ok(password.length >= 20);
  assert.ok((await signInAnswer(crm, { username: name, password })).status < 300);
});

await test("a password from standard input is not printed", async () => {
  const name = username();
  const password = "sepeda-biru-di-kolong-jembatan";
  const { status, out, err } = add(name, ["--password-stdin"], { input: `${password}\n` });
  assert.equal(status, 0, err);
  assert.ok(!`${out}${err}`.includes(password));
  assert.ok((await signInAnswer(crm, { username: name, password })).status < 300);
});

await test("a weak password is refused and makes no account", () => {
  for (const input of ["pendek\n", "passwordpassword\n", ""]) {
    const name = username();
    const { status, err } = add(name, ["--password-stdin"], { input });
    assert.equal(status, 1, input);
    assert.ok(input.trim() === "" || !err.includes(input.trim()), "the password is not repeated");
    assert.deepEqual(sql(`select id from crm.account where username = '${name}'`), []);
  }
});

await test("a password is taken whole or not at all", async () => {
  const long = (count) => Array.from({ length: count }, (_, at) => String.fromCodePoint(0x1f400 + (at % 60))).join("");
  for (const input of [`${long(129)}\n`, long(5000), `sepeda-biru\0-di-kolong-jembatan\n`]) {
    const name = username();
    assert.equal(add(name, ["--password-stdin"], { input }).status, 1, `${input.length} letters`);
    assert.deepEqual(sql(`select id from crm.account where username = '${name}'`), []);
  }
  const name = username();
  assert.equal(add(name, ["--password-stdin"], { input: `${long(128)}\nmore` }).status, 0);
  assert.ok((await signInAnswer(crm, { username: name, password: long(128) })).status < 300);
});

await test("a name that is taken, an unknown role or unit is refused", () => {
  const name = username();
  assert.equal(add(name).status, 0);
  assert.match(add(name).err, /exists already/);
  assert.match(add(username(), ["--role", "boss"]).err, /no role "boss"/);
  assert.match(add(username(), ["--unit", "Kelurahan Entah"]).err, /no unit "Kelurahan Entah"/);
});

await test("--replace gives a new password and ends the old one", async () => {
  const name = username();
  const first = passwordOf(add(name).out);
  const second = passwordOf(add(name, ["--replace"]).out);
  assert.notEqual(first, second);
  assert.equal((await signInAnswer(crm, { username: name, password: first })).status, 401);
  assert.ok((await signInAnswer(crm, { username: name, password: second })).status < 300);
});

await test("a disabled account does not sign in", async () => {
  const name = username();
  const password = passwordOf(add(name).out);
  assert.equal(command(["account", "disable", "--username", name]).status, 0);
  assert.equal((await signInAnswer(crm, { username: name, password })).status, 401);
  assert.match(command(["account", "disable", "--username", username()]).err, /no account/);
});

await test("the token of the README's example is good", async () => {
  const { status, out } = command(["token", "jaki"]);
  assert.equal(status, 0);
  const answer = await stranger(crm).get("/api/v1/categories", { authorization: `Bearer ${out.trim()}` });
  assert.equal(answer.status, 200);
  assert.equal(command(["token", "nobody"]).status, 1);
  assert.equal(command(["token", "jaki", "--minutes", "16"]).status, 2);
});

await test("a wrong use is told apart from a failure", () => {
  for (const args of [["account"], ["account", "add"], ["channel", "add", "x"], ["area"], ["clock"],
    ["migrate", "now"], ["token"], ["nothing"], []]) {
    assert.equal(command(args).status, 2, args.join(" "));
  }
  assert.equal(command(["--help"]).status, 0);
});

await test("the clock of an instance without demo.json stays", () => {
  const { status, err } = command(["clock", "60"], { env: { CRM_STATE: place } });
  assert.equal(status, 1);
  assert.match(err, /not moved/);
});

await test("a migration that was changed or is missing is told", () => {
  const migrations = join(root, "sql/migrations");
  for (const name of readdirSync(migrations)) copyFileSync(join(migrations, name), join(place, name));
  assert.equal(command(["migrate", "--check", "--directory", place]).status, 0);
  writeFileSync(join(place, "9998-later.sql"), "select 1;\n");
  const later = command(["migrate", "--check", "--directory", place]);
  assert.equal(later.status, 1);
  assert.match(later.out, /pending 9998-later\.sql/);
  writeFileSync(join(place, "0001-start.sql"), "select 2;\n");
  assert.match(command(["migrate", "--directory", place]).err, /0001-start\.sql was changed/);
});

await test("a migration that fails leaves nothing behind", () => {
  copyFileSync(join(root, "sql/migrations/0001-start.sql"), join(place, "0001-start.sql"));
  writeFileSync(join(place, "9998-later.sql"), "create table crm.half (id int);\nselect 1 / 0;\n");
  const { status, err } = command(["migrate", "--directory", place]);
  assert.equal(status, 1);
  assert.match(err, /9998-later\.sql was not applied/);
  assert.deepEqual(sql("select to_regclass('crm.half') is null"), [["t"]]);
  assert.deepEqual(sql("select number from crm.migration where number > 9000"), []);
});

await test("a file that is no map is refused and changes nothing", () => {
  const before = sql("select count(*), sum(ext.st_area(shape)) from crm.area_shape");
  const file = join(place, "map.geojson");
  for (const text of ["{}", "[]", "not json", '{"type":"FeatureCollection","features":[]}',
    '{"type":"FeatureCollection","features":[{"properties":{"code":"99.99.99.9999"},"geometry":null}]}']) {
    writeFileSync(file, text);
    assert.equal(command(["area", "import", file]).status, 1, text);
  }
  assert.equal(command(["area", "import", join(place, "nothing.geojson")]).status, 1);
  assert.deepEqual(sql("select count(*), sum(ext.st_area(shape)) from crm.area_shape"), before);
});

rmSync(place, { recursive: true });
finish();
