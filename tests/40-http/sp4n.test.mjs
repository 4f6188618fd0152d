// The example that joins SP4N-LAPOR: what comes in and what goes back.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finish, test } from "../support/count.mjs";
import { instance, root, sql } from "../support/instance.mjs";
import { channelOf, enterAs } from "../support/people.mjs";
import { jpeg } from "../support/pictures.mjs";
import { pointIn } from "../support/places.mjs";
import { add, reread, stepped, uniqueWord } from "../support/reports.mjs";

const crm = instance();
const home = pointIn("31.75.07.1005");
const triage = await enterAs(crm, "triage", crm.user("triage").unit);
const lapor = channelOf(crm, "lapor1708");
const place = mkdtempSync(join(tmpdir(), "crm-sp4n-"));
const state = join(place, "sp4n-state.json");
const { kid, issuer, audience, private_key_file } = crm.channel("lapor1708");
const env = { ...process.env, CRM_URL: crm.baseUrl, CRM_CA: join(crm.state, "keys/ca.pem"), CRM_KEY: private_key_file, CRM_KID: kid, CRM_ISSUER: issuer, CRM_AUDIENCE: audience };
let number = Date.now();

function run(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "docs/integrate/sp4n.mjs"), ...args], { encoding: "utf8", env });
  return { status, out: stdout, err: stderr };
}

function transferIn(...rows) {
  const file = join(place, "ekspor.jsonl");
  writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  return run("in", file);
}

function transferOut() {
  const file = join(place, "kembali.jsonl");
  const { status, out, err } = run("out", file);
  assert.equal(status, 0, err);
  return { out, lines: readFileSync(file, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line)) };
}

const row = (word, members = {}) => ({ trackingid: String(number += 1), judul: `Jalan berlubang ${word}`, isi: "Sudah sebulan.", kategori: "Jalan Rusak",
  lokasi: { alamat: "Jl. Uji 1", lat: home.lat, long: home.lng }, rahasia: true, anonim: false, pelapor: { nama: word, telepon: "081299887766" }, ...members });
const found = async (word) => (await triage.get(`/api/v1/reports?q=${word}`)).json.items;
const sealed = (id) => sql(`select wrapped_key is not null from identity.sealed where report_id = '${id}'`).length;

await test("a secret report comes in private, an open one public, each with its photos, place and category", async () => {
  const [secret, open] = [uniqueWord(), uniqueWord()];
  writeFileSync(join(place, "a.jpg"), jpeg({ width: 40, height: 30 }));
  const rows = [row(secret, { tanggal_kejadian: "2026-01-05 07:30" }), row(open, { rahasia: false, lampiran: ["a.jpg", "../../../etc/passwd", "tiada.jpg"] })];
  const { status, out, err } = transferIn(...rows);
  assert.equal(status, 0, err);
  assert.deepEqual(out.trim().split("\n"), rows.map(({ trackingid }) => `${trackingid} taken`));
  const [[one], [two]] = [await found(secret), await found(open)];
  assert.deepEqual([one.visibility, one.category.code, two.visibility], ["private", "jalan", "public"]);
  const whole = await reread(triage, two);
  assert.equal(whole.photos.items.length, 1);
  assert.equal(whole.location.address, "Jl. Uji 1");
  assert.equal((await reread(triage, one)).occurred_at, "2026-01-05T00:30:00Z");
  assert.equal(sql(`select channel_ref from crm.report_origin where report_id = '${one.id}'`)[0][0], rows[0].trackingid);
  assert.equal(sealed(one.id), 1);
  assert.equal(statSync(state).mode & 0o777, 0o600);
});

await test("again adds nothing, not even without its state; a report that cannot be is refused alone", async () => {
  const [word, other] = [uniqueWord(), uniqueWord()];
  const one = row(word, { lokasi: { alamat: "Gang Mawar 3" }, kategori: "Entah" });
  assert.match(transferIn(one).out, / taken$/m);
  assert.match(transferIn(one).out, / known$/m);
  rmSync(state);
  assert.match(transferIn(one).out, / taken$/m);
  assert.equal((await found(word)).length, 1);
  assert.match((await reread(triage, (await found(word))[0])).description, /\n\nAlamat: Gang Mawar 3$/);
  const mixed = transferIn(row(uniqueWord(), { judul: "", isi: "" }), row(other));
  assert.equal(mixed.status, 1);
  assert.match(mixed.out, / refused \/description required\n\d+ taken\n$/);
  assert.equal((await found(other)).length, 1);
});

await test("what is no matter of the city goes back by its number, once, with what the reporter was told", async () => {
  const word = uniqueWord();
  transferOut();
  const one = row(word, { lokasi: {} });
  transferIn(one, row(uniqueWord(), { lokasi: {} }));
  const report = (await found(word))[0];
  await stepped(triage, report, { type: "reject", reason: "not_city", text: "Ini jalan tol, milik pemerintah pusat." });
  const { out, lines } = transferOut();
  assert.deepEqual(lines, [{ trackingid: one.trackingid, tindakan: "kembalikan", alasan: "Ini jalan tol, milik pemerintah pusat." }]);
  assert.match(out, /^1 to LAPOR; ask the reporter first: none$/m);
  assert.deepEqual(transferOut().lines, []);
});

await test("what did not come from there is new to LAPOR when it is public; private ones wait for their reporter", async () => {
  const secret = uniqueWord();
  transferOut();
  const reject = { type: "reject", reason: "not_city", text: "Bukan wilayah kota." };
  const [open, hidden, other] = [await add(lapor, null, { visibility: "public", reporter: { name: secret, phone: "081299887766" } }),
    await add(lapor, null, { reporter: { name: secret } }), await add(lapor, null)];
  await stepped(triage, open, reject);
  await stepped(triage, hidden, reject);
  await stepped(triage, other, { ...reject, reason: "spam" });
  const { out, lines } = transferOut();
  assert.deepEqual(lines.map(({ asal, tindakan, anonim, alasan }) => [asal, tindakan, anonim, alasan]), [[open.ticket, "teruskan", true, "Bukan wilayah kota."]]);
  assert.equal(lines[0].isi, open.description);
  assert.ok(out.includes(hidden.ticket) && !out.includes(other.ticket));
  assert.ok(!JSON.stringify(lines).includes(secret));
});

await test("a wrong use and a server that does not know us are told", () => {
  assert.equal(run("in").status, 2);
  assert.equal(run("keluar", "x").status, 2);
  writeFileSync(join(place, "satu.jsonl"), `${JSON.stringify(row(uniqueWord()))}\n`);
  env.CRM_KID = "bukan-kunci";
  assert.equal(run("in", join(place, "satu.jsonl")).status, 1);
});

triage.close();
lapor.close();
rmSync(place, { recursive: true });
finish();
