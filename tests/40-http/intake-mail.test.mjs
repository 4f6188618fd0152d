// Mail from a Maildir: what becomes of each kind, that nothing is lost or
// doubled, and that nothing personal is said or written.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { finish, test } from "../support/count.mjs";
import { instance, root, sql } from "../support/instance.mjs";
import { attached, base64, deliver, lying, mail, maildir, part, quoted, several, utf8 } from "../support/mail.mjs";
import { enterAs } from "../support/people.mjs";
import { jpeg, png } from "../support/pictures.mjs";
import { uniqueWord } from "../support/reports.mjs";

const crm = instance();
const triage = await enterAs(crm, "triage", crm.user("triage").unit);
const place = maildir();
const photo = jpeg({ width: 40, height: 30 });
const said = [];

function intake(...args) {
  const { status, stdout, stderr } = spawnSync(join(root, "config/crm"), ["intake", "mail", "--channel", "email", "--maildir", place, ...args], { encoding: "utf8" });
  said.push(stdout, stderr);
  const lines = stderr.split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
  return { status, out: stdout, of: (name) => lines.find((line) => line.file === name) };
}

const count = (word) => Number(sql(`select count(*) from crm.report where description like '%${word}%'`)[0][0]);
const photos = (word) => Number(sql(`select count(*) from crm.photo p join crm.report r on r.id = p.report_id where r.description like '%${word}%'`)[0][0]);

/** The report with a word in it as triage sees it. */
async function seen(word) {
  const answer = await triage.get(`/api/v1/reports?q=${word}`);
  assert.equal(answer.json.items.length, 1, word);
  return (await triage.get(`/api/v1/reports/${answer.json.items[0].id}`)).json.report;
}

const plain = (text, how = "utf-8") => part(`text/plain; charset=${how}`, utf8(text), { "Content-Transfer-Encoding": "8bit" });

/** Kinds of text: name, the part, what must and what may not be in the report. */
const TEXTS = [
  ["plain text without a charset", (word) => part("text/plain", `Lampu mati ${word}`), ["Lampu mati"]],
  ["UTF-8", (word) => plain(`Café “Rusak” 🚧 ${word}`), ["Café “Rusak” 🚧"]],
  ["latin1, quoted-printable", (word) => part("text/plain; charset=iso-8859-1", quoted(`Gang Café ${word}`, "latin1"), { "Content-Transfer-Encoding": "quoted-printable" }), ["Gang Café"]],
  ["bytes of Windows that say nothing of it", (word) => part("text/plain", `Gang Caf\xe9 ${word}`, { "Content-Transfer-Encoding": "8bit" }), ["Gang Café"]],
  ["a charset that does not exist", (word) => part("text/plain; charset=klingon", `Jalan rusak ${word}`), ["Jalan rusak"]],
  ["base64", (word) => part("text/plain; charset=utf-8", base64(`Sampah menumpuk, café ${word}`), { "Content-Transfer-Encoding": "base64" }), ["Sampah menumpuk, café"]],
  ["alternatives", (word) => several("alternative", plain(`Teks polos ${word}`), part("text/html", `<p>Teks hias ${word}</p>`)), ["Teks polos"], ["Teks hias"]],
  ["alternatives of which the plain one is empty", (word) => several("alternative", plain("  \r\n"), part("text/html", `<p>Teks hias ${word}</p>`)), ["Teks hias"]],
  ["HTML only", (word) => part("text/html; charset=utf-8", utf8(`<html><head><title>judul</title><style>p{color:red}</style></head><body><p>Got mampet &amp; bau<br>di RT&nbsp;03 ${word}</p><script>alert(1)</script><div>Caf&eacute; “Baru”</div></body></html>`), { "Content-Transfer-Encoding": "8bit" }), ["Got mampet & bau\n", "Café “Baru”"], ["alert", "color", "judul", "<"]],
  ["text around a photo", (word) => several("mixed", plain(`Di atas ${word}`), attached(photo), plain("Di bawah foto")), ["Di atas", "Di bawah foto"]],
  ["signature and quoted text", (word) => plain(`Pohon tumbang ${word}\r\n\r\n> kata Anda dulu\r\n\r\n-- \r\nRumah pojok biru`), ["> kata Anda dulu", "-- \nRumah pojok biru"]],
  ["a signature that names the sender", (word) => plain(`Pohon tumbang ${word}\r\n\r\nHormat saya,\r\nWARGA  Contoh, RT 03`), ["Hormat saya,\n[nama], RT 03"], ["WARGA"]],
  ["control characters and an empty line at the end", (word) => plain(`Jembatan\x00 \x1b[31mretak ${word}\x07\r\n\r\n\r\n`), ["[31mretak"], ["\u001b", "\u0007"]],
];

const words = TEXTS.map(([name, make, ...rest]) => {
  const word = uniqueWord();
  return { name, word, rest, file: deliver(place, mail(make(word))) };
});
const first = intake();
for (const { name, word, rest: [wanted, unwanted = []], file } of words) {
  await test(`${name}: the words arrive`, async () => {
    assert.equal(first.of(file)?.result, "taken");
    const { description } = await seen(word);
    for (const text of wanted) assert.ok(description.includes(text), JSON.stringify(description));
    for (const text of unwanted) assert.ok(!description.includes(text), JSON.stringify(description));
    assert.equal(description, description.trim());
  });
}

await test("the run says how many, moves each to cur and finds nothing the next time", () => {
  assert.equal(first.status, 0);
  assert.match(first.out, new RegExp(`^taken in: ${TEXTS.length}, refused: 0, automatic: 0, left for later: 0$`, "m"));
  assert.deepEqual(lying(place), words.map(({ file }) => file).sort());
  assert.deepEqual(lying(place, ".", "new"), []);
  assert.match(intake().out, /^taken in: 0, refused: 0, automatic: 0, left for later: 0$/m);
});

await test("it is private, of the channel, held for a place, and its reporter is sealed", async () => {
  const [word, name, address] = [uniqueWord(), uniqueWord(), `${uniqueWord()}@contoh.example`];
  deliver(place, mail(plain(`Trotoar rusak ${word}, hubungi ${address} atau 0812 9988 7766`), {
    From: `=?utf-8?q?=C3=89lan_${name}?= <${address}>`, Subject: `=?iso-8859-1?Q?Caf=E9_${word}?=` }));
  intake();
  const report = await seen(word);
  assert.equal(report.visibility, "private");
  assert.equal(report.status, "incoming");
  assert.deepEqual(report.held_for, ["no_point"]);
  assert.ok(report.description.startsWith(`Café ${word}\n\nTrotoar`));
  const shown = JSON.stringify(report);
  assert.ok(!shown.includes(name) && !shown.includes(address) && !shown.includes("9988"), shown);
  const [[channel, sealed]] = sql(`select c.name, (select count(*) from identity.sealed s where s.report_id = r.id)
    from crm.report r join crm.channel c on c.id = r.channel_id where r.id = '${report.id}'`);
  assert.deepEqual([channel, sealed], ["email", "1"]);
});

await test("photos come along: five at most, whatever they call themselves; what is none stays behind", async () => {
  const [some, six, odd, broken] = [uniqueWord(), uniqueWord(), uniqueWord(), uniqueWord()];
  deliver(place, mail(several("mixed", plain(some), attached(photo), attached(png(), "image/png", "a.png"))));
  const full = deliver(place, mail(several("mixed", plain(six), ...Array.from({ length: 6 }, (_, at) => attached(jpeg({ width: 40 + at, height: 30 }))))));
  const mixed = deliver(place, mail(several("mixed", plain(odd), attached(photo, "application/octet-stream", "../../x"), attached(Buffer.from("%PDF-1.7"), "application/pdf", "surat.pdf"),
    attached(Buffer.from("GIF89a......"), "image/jpeg"))));
  const bad = deliver(place, mail(several("mixed", plain(broken), attached(photo.subarray(0, 60)), attached(photo))));
  const run = intake();
  assert.deepEqual([some, six, odd, broken].map(photos), [2, 5, 1, 1]);
  assert.equal(run.of(full).left_out, 1);
  assert.equal(run.of(mixed).left_out, 2);
  assert.equal(run.of(bad).bad_photos, true);
});

await test("20 MB of mail is taken in, more than the door takes is refused", () => {
  const [large, huge] = [uniqueWord(), uniqueWord()];
  deliver(place, mail(several("mixed", plain(large), attached(photo), attached(Buffer.alloc(15_000_000, 7), "application/zip", "arsip.zip"))));
  const file = deliver(place, Buffer.concat([mail(plain(huge)), Buffer.alloc(51_000_000, "x")]));
  const run = intake();
  assert.equal(count(large), 1);
  assert.equal(photos(large), 1);
  assert.equal(run.of(file).result, "refused");
  assert.equal(run.of(file).codes, "unreadable");
});

await test("a long text is cut where the API ends, and says so", async () => {
  const word = uniqueWord();
  deliver(place, mail(plain(`${word} ${"panjang sekali ".repeat(900)}`)));
  intake();
  const { description } = await seen(word);
  assert.ok([...description].length <= 4000 && description.endsWith("[…]"));
});

await test("without a sender, a subject, a Message-ID or any words it is still a report", async () => {
  const [nobody, nameless] = [uniqueWord(), uniqueWord()];
  deliver(place, mail(plain(`Banjir ${nobody}`), { From: null, Subject: null, "Message-ID": null }));
  deliver(place, mail(plain(`Banjir ${nameless}`), { From: "bukan alamat sama sekali,,;" }));
  const empty = deliver(place, mail(several("mixed", attached(photo)), { Subject: null }));
  const run = intake();
  assert.equal((await seen(nobody)).description, `Banjir ${nobody}`);
  assert.equal(count(nameless), 1);
  assert.equal(run.of(empty).result, "taken");
});

await test("headers that try to inject others stay words", async () => {
  const word = uniqueWord();
  deliver(place, mail(plain(`Isi ${word}`), {
    From: "=?utf-8?q?a=0D=0AIdempotency-Key=3A_x?= <a@contoh.example>",
    Subject: "=?utf-8?q?satu=0D=0ABcc=3A_semua=40contoh.example?=",
    "Message-ID": "<x\r\n Idempotency-Key: y@contoh.example>" }));
  intake();
  const { description } = await seen(word);
  assert.match(description, /^satu Bcc: /);
});

await test("broken MIME is a report as far as it can be read, never a crash", () => {
  const cut = uniqueWord();
  const nested = uniqueWord();
  let deep = plain(nested);
  for (let at = 0; at < 15; at += 1) deep = several("mixed", deep);
  let deeper = plain("terlalu dalam");
  for (let at = 0; at < 300; at += 1) deeper = several("mixed", deeper);
  deliver(place, mail(`Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n${plain(cut)}--b\r\nContent-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\n\r\n/9j/4AAQ!!!!`));
  deliver(place, mail(deep));
  const odd = [mail(deeper), Buffer.from("\0\xff\xfe", "latin1"), Buffer.from(""), Buffer.from("bukan surat"), mail("Content-Type: multipart/mixed\r\n\r\n--\r\n--\r\n"),
    mail(part("text/plain; charset=\"", "\xff\xfe\xfd")), mail(part("text/html", "<".repeat(200_000)))].map((bytes) => deliver(place, bytes));
  const run = intake();
  assert.equal(count(cut), 1);
  assert.equal(count(nested), 1);
  for (const file of odd) assert.match(run.of(file)?.result, /^(taken|again|refused)$/);
  assert.deepEqual(lying(place, ".", "new"), []);
});

await test("what machines send is no report: it is put aside, not deleted", () => {
  const word = uniqueWord();
  const kinds = [{ "Auto-Submitted": "auto-replied" }, { "Auto-Submitted": "auto-generated; x=y" }, { "Return-Path": "<>" }, { Precedence: "auto_reply" }];
  const files = kinds.map((headers) => deliver(place, mail(plain(word), headers)));
  files.push(deliver(place, mail(several("report; report-type=delivery-status", plain(word)))));
  const person = deliver(place, mail(plain(word), { "Auto-Submitted": "no" }));
  const run = intake();
  for (const file of files) assert.equal(run.of(file).result, "automatic");
  assert.deepEqual(lying(place, ".Automatic"), files.sort());
  assert.equal(run.of(person).result, "taken");
  assert.equal(count(word), 1);
});

await test("the same mail twice is one report; another with its Message-ID is another", () => {
  const [one, two] = [uniqueWord(), uniqueWord()];
  const headers = { "Message-ID": `<${one}@contoh.example>` };
  const same = several("mixed", plain(one), attached(photo));
  deliver(place, mail(same, headers));
  deliver(place, mail(same, { ...headers, Received: "by lain" }));
  deliver(place, mail(plain(two), headers));
  intake();
  intake();
  assert.equal(count(one), 1);
  assert.equal(count(two), 1);
});

await test("whoever answers mails gets the tickets in a file of its own", () => {
  const words = [uniqueWord(), uniqueWord()];
  const files = words.map((word) => deliver(place, mail(plain(word))));
  const tickets = join(place, "tickets.csv");
  assert.equal(intake("--tickets", join(place, "tiada", "x")).status, 1);
  assert.equal(intake("--tickets", tickets).status, 0);
  const found = words.map((word) => sql(`select ticket from crm.report where description like '%${word}%'`)[0][0]);
  assert.equal(readFileSync(tickets, "utf8"), files.map((file, at) => `${file},${found[at]}\n`).join(""));
  assert.equal(statSync(tickets).mode & 0o777, 0o600);
});

await test("a channel that may not come in leaves every mail where it is", () => {
  const word = uniqueWord();
  const file = deliver(place, mail(plain(word)));
  assert.equal(intake("--kid", "bukan-kunci").status, 1);
  assert.equal(intake("--url", "https://localhost:1").status, 1);
  assert.deepEqual(lying(place, ".", "new"), [file]);
  assert.equal(intake().status, 0);
  assert.equal(count(word), 1);
});

await test("killed at any moment, and run twice at once, it loses nothing and doubles nothing", async () => {
  const word = uniqueWord();
  const total = 24;
  for (let at = 0; at < total; at += 1) deliver(place, mail(several("mixed", plain(`${word} nomor ${at}`), attached(photo))));
  const run = () => spawn(join(root, "config/crm"), ["intake", "mail", "--channel", "email", "--maildir", place], { stdio: "ignore" });
  for (let at = 0; at < 12; at += 1) {
    const child = run();
    const end = once(child, "exit");
    await pause(25 + at * 17);
    child.kill("SIGKILL");
    await end;
  }
  await Promise.all([run(), run()].map((child) => once(child, "exit")));
  assert.equal(count(word), total);
  assert.equal(photos(word), total);
  assert.deepEqual(lying(place, ".", "new"), []);
});

await test("no name, address, subject or word of a mail was said", () => {
  const text = said.join("\n");
  for (const secret of ["contoh.example", "Warga Contoh", "Lampu mati", "foto.jpg", "JK2", ...words.map(({ word }) => word)]) assert.ok(!text.includes(secret), secret);
});

await test("a wrong use is told apart from a failure", () => {
  writeFileSync(join(place, "file"), "");
  const run = (...args) => spawnSync(join(root, "config/crm"), ["intake", ...args], { encoding: "utf8" });
  for (const args of [[], ["mail"], ["mail", "--channel", "email"], ["mail", "--maildir", place], ["csv"], ["csv", "x"]]) assert.equal(run(...args).status, 2, args.join(" "));
  assert.match(run("mail", "--channel", "email", "--maildir", join(place, "file")).stderr, /not a Maildir/);
  assert.match(run("mail", "--channel", "tiada", "--maildir", place).stderr, /does not know this channel/);
  assert.match(run("mail", "--channel", "email", "--maildir", place, "--url", "http://localhost:1").stderr, /https/);
});

triage.close();
rmSync(place, { recursive: true });
finish();
