// Plants words in every secret place, uses the system as everybody, and looks
// for the words, in every spelling, in everything that comes out or is written
// down: answers, logs, database, write-ahead log, photo store, processes.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { Client } from "../../support/client.mjs";
import { finish, test } from "../../support/count.mjs";
import { dump, superuser, writePlainLog } from "../../support/database.mjs";
import { crm as command, instance, pidOf, sql } from "../../support/instance.mjs";
import { channelToken } from "../../support/jwt.mjs";
import { multipart, withPhotos } from "../../support/multipart.mjs";
import { sessionCookie, totpCode } from "../../support/officer.mjs";
import { SOURCE, addAccount, signInAnswer } from "../../support/people.mjs";
import { jpeg, notPhotos, png, webp } from "../../support/pictures.mjs";
import { pointIn } from "../../support/places.mjs";
import { familyOf } from "../../support/processes.mjs";
import { followUp } from "../../support/reports.mjs";
import { addressOf, routes } from "../../support/tables.mjs";
import { Scanner, filesBelow, sizeOf, spellings, writings } from "../../support/scanner.mjs";
import { HOME, byLabel, digits, marker, readersOf } from "../world.mjs";

const crm = instance();
const home = pointIn(HOME);
writePlainLog();

/** Name of the place → word. Nothing of these may be found anywhere. */
const SECRETS = {};
const plant = (place, word = marker()) => {
  SECRETS[place] = word;
  return word;
};
/** These are written down where they belong, and nowhere else. */
const control = marker();
const note = marker();

// --- everything that is said, by everybody -----------------------------------

/** Answers with who got them: {label, what, bytes}. */
const answers = [];
function listen(label, client) {
  const send = client.send.bind(client);
  client.send = async (method, path, options) => {
    const answer = await send(method, path, options);
    answers.push({ label, what: `${method} ${path.split("?")[0]} ${answer.status}`,
      bytes: Buffer.concat([Buffer.from(`${answer.rawHeaders.join("\n")}\n`), answer.body]) });
    return answer;
  };
  return client;
}

const readers = await readersOf(crm, home);
for (const { label, client } of readers) listen(label, client);
const source = byLabel(readers, "channel that sent it");
const token = channelToken(source.channel, { claims: { sub: plant("JWT sub"), jti: plant("JWT jti"), nama: plant("JWT claim") }, seconds: 890 });
SECRETS["JWT itself"] = token.split(".")[2];
const jaki = listen("channel that sent it", new Client(crm, { authorization: `Bearer ${token}` }, SOURCE));
const officer = byLabel(readers, "officer of the unit").client;

const reporter = (where) => ({
  name: plant(`name (${where})`), phone: plant(`phone (${where})`, digits("0813", 13)), nik: plant(`NIK (${where})`, digits("3175", 16)),
  email: `${plant(`e-mail (${where})`)}@contoh.invalid`, account_id: plant(`account (${where})`), device_id: plant(`device (${where})`),
});
const photosOf = (where) => {
  const secret = {};
  for (const name of ["description", "artist", "userComment", "gps", "xmp", "iptc", "comment", "icc", "trailing"]) secret[name] = plant(`JPEG ${name} (${where})`);
  const other = plant(`PNG text (${where})`);
  return [
    { data: jpeg({ width: 90, height: 60, secret }), filename: `${plant(`file name 1 (${where})`)}.jpg` },
    { data: png({ secret: { text: other, description: other, trailing: other } }), filename: `${plant(`file name 2 (${where})`)}.png`, type: "image/png" },
    { data: webp({ secret: { xmp: plant(`WebP XMP (${where})`) } }), filename: "x.webp", type: "image/webp" },
  ];
};
const bodyOf = (where, visibility) => ({
  visibility, category: "jalan", occurred_at: "2026-01-02T03:04:05Z", channel_ref: `ref-${where.length}-${randomUUID()}`,
  description: `Parkir liar ${control} NIK ${plant(`NIK in the text (${where})`, digits("3175", 16))} hp ${plant(`phone in the text (${where})`, digits("0812", 12))} surel ${plant(`e-mail in the text (${where})`)}@contoh.invalid`,
  location: { lat: home.lat, lng: home.lng, address: `Jl. Uji, telp ${plant(`phone in the address (${where})`, digits("0857", 12))}` },
  reporter: reporter(where),
});

const reports = [];
for (const [where, visibility, photos] of [["private", "private", photosOf("private")], ["public", "public", photosOf("public")], ["JSON", "private", null]]) {
  const body = bodyOf(where, visibility);
  const headers = { "Idempotency-Key": plant(`Idempotency-Key (${where})`), "User-Agent": plant(`User-Agent (${where})`) };
  const form = photos ? withPhotos("report", body, photos) : body;
  const answer = await jaki.post("/api/v1/reports", form, headers);
  assert.equal(answer.status, 201, answer.text);
  const again = await jaki.post("/api/v1/reports", photos ? withPhotos("report", body, photos) : body, headers);
  assert.equal(again.headers["idempotency-replayed"], "true");
  reports.push(answer.json.report);
}

// Refused in every way: what is refused is not kept either.
const refused = (where, body, headers = {}) => jaki.post("/api/v1/reports", body, { "Idempotency-Key": plant(`Idempotency-Key (${where})`), ...headers });
await refused("invalid", { ...bodyOf("invalid", "private"), visibility: plant("visibility"), [plant("unknown member")]: 1 });
await refused("malformed", { type: "application/json", data: Buffer.from(`{"description":"${plant("malformed text")}","reporter":{"name":"${plant("malformed name")}"`) });
await refused("control characters", { ...bodyOf("control characters", "private"), description: `\u0007${plant("text with a bell")}` });
await refused("unknown category", { ...bodyOf("unknown category", "private"), category: plant("category").toLowerCase() });
await refused("no photo", withPhotos("report", bodyOf("no photo", "private"), [{ data: Buffer.concat([notPhotos()[1][1], Buffer.from(plant("SVG"))]), filename: `${plant("file name of an SVG")}.svg` }]));
await refused("content type", bodyOf("content type", "private"), { "content-type": `text/${plant("content type")}` });
await jaki.post("/api/v1/reports", bodyOf("no key", "private"));

// A client of Open311 sends the same as a form, right and wrong.
{
  const key = plant("api_key", /^api_key: (\S+)$/m.exec(command("channel", "apikey", source.channel.name))[1]);
  const form = (where, members = {}) => {
    const { name, phone, email, account_id, device_id } = reporter(where);
    const { description, location } = bodyOf(where, "public");
    const fields = { api_key: key, service_code: "pohon", lat: home.lat, long: home.lng, description, address_string: location.address, "attribute[keadaan]": "miring",
      first_name: name, last_name: plant(`last name (${where})`), phone, email, account_id, device_id, media_url: `https://${plant(`media_url (${where})`)}.invalid/`, ...members };
    return multipart([...Object.entries(fields).map(([one, data]) => ({ name: one, data: `${data}` })), { name: "media", ...photosOf(where)[0], type: "image/jpeg" }]);
  };
  const nobody = byLabel(readers, "nobody").client;
  const answer = await nobody.post("/open311/v2/requests.json", form("Open311"), { "Idempotency-Key": plant("Idempotency-Key (Open311)") });
  assert.equal(answer.status, 200, answer.text);
  for (const [status, members] of [[400, { lat: plant("latitude of Open311") }], [400, { "attribute[keadaan]": plant("attribute") }], [403, { api_key: plant("wrong api_key") }],
    [404, { service_code: plant("service_code") }], [400, { description: `\u0007${plant("form with a bell")}` }]]) {
    for (const format of ["", ".json"]) assert.equal((await nobody.post(`/open311/v2/requests${format}`, form(`Open311 ${status}`, members))).status, status);
  }
  await nobody.get(`/open311/v2/tokens/${plant("token")}`);
}

// Officers, right and wrong.
const careful = addAccount({ role: "officer", unit: home.unit, totp: true, password: plant("password") });
SECRETS["TOTP secret"] = careful.totp_secret;
const entered = await signInAnswer(crm, careful);
assert.equal(entered.status, 200, entered.text);
const session = plant("session token", sessionCookie(entered));
const wrong = (username, password, totp) => byLabel(readers, "nobody").client.post("/api/v1/session", { username, password, ...(totp && { totp }) });
await wrong(careful.username, plant("wrong password"), totpCode(careful.totp_secret));
await wrong(plant("unknown user").toLowerCase(), plant("password of an unknown user"));
await wrong(careful.username, careful.password, "000000");
let [report] = reports;
const taken = await officer.post(`/api/v1/reports/${report.id}/events`, { type: "take", note }, { "If-Match": '"1"', "Idempotency-Key": plant("Idempotency-Key (officer)") });
assert.equal(taken.status, 201, taken.text);
const [event] = followUp(home, { note });
const form = withPhotos("event", event, [{ data: jpeg({ secret: { description: plant("EXIF of the proof"), comment: plant("comment of the proof") } }), filename: `${plant("file name of the proof")}.jpg` }]);
const followed = await officer.post(`/api/v1/reports/${report.id}/events`, form, { "If-Match": '"2"' });
assert.equal(followed.status, 201, followed.text);
report = followed.json.report;

// What the reporter says later is masked like the report; what officers tell each other stays with them.
const personal = (where) => `NIK ${plant(`NIK (${where})`, digits("3175", 16))} hp ${plant(`phone (${where})`, digits("0812", 12))} surel ${plant(`e-mail (${where})`)}@contoh.invalid`;
const tell = (one, body, where) => jaki.post(`/api/v1/reports/${one.id}/events`, body,
  { "If-Match": `"${one.version}"`, "Idempotency-Key": plant(`Idempotency-Key (${where})`) });
const work = (client, one, body) => client.post(`/api/v1/reports/${one.id}/events`, body, { "If-Match": `"${one.version}"` });
const went = (answer, status = 201) => {
  assert.equal(answer.status, status, answer.text);
  return answer.json.report;
};
{
  let [, open, plain] = reports;
  const triage = byLabel(readers, "triage").client;
  const unit = sql(`select id from crm.unit where name = '${home.unit}'`)[0][0];
  // The filter may hold what says the same at the same place.
  if (open.status === "incoming") open = went(await work(triage, open, { type: "route", unit }));
  open = went(await work(officer, open, { type: "ask", text: "Di mana?", note }));
  open = went(await tell(open, { type: "answer", text: `${control} ${personal("answer")}` }, "answer"));
  open = went(await tell(open, { type: "withdraw", text: personal("withdraw") }, "withdraw"));
  plain = went(await work(triage, plain, { type: "reject", reason: "spam", text: "Bukan laporan", note }));
  plain = went(await tell(plain, { type: "appeal", text: personal("appeal") }, "appeal"));
  await tell(plain, { type: "answer", text: personal("refused answer") }, "refused answer");
  await tell(plain, { type: "rate", stars: 9, text: personal("refused rating") }, "refused rating");
  await tell(plain, { type: "withdraw", text: `\u0007${personal("text with a bell")}` }, "text with a bell");
  await tell({ ...plain, version: 1 }, { type: "withdraw", text: personal("stale") }, "stale");
  await tell(plain, { type: "withdraw", [plant("unknown member of a step")]: 1, text: personal("unknown member") }, "unknown member");
  plain = went(await work(triage, plain, { type: "route", unit, note }));
  const bulk = await officer.post("/api/v1/bulk", { type: "note", note, items: [{ id: report.id, version: report.version }] },
    { "Idempotency-Key": plant("Idempotency-Key (bulk)") });
  assert.equal(bulk.json.items[0].status, 201, bulk.text);
}

// Everybody, everywhere.
const photos = sql("select id from crm.photo").flat();
const nowhere = marker();
for (const { client } of readers) {
  const odd = { "User-Agent": plant("User-Agent", SECRETS["User-Agent"]), Referer: `https://x.invalid/${plant("Referer", SECRETS.Referer)}`,
    "X-Forwarded-For": plant("X-Forwarded-For", SECRETS["X-Forwarded-For"]), "Accept-Language": plant("Accept-Language", SECRETS["Accept-Language"]) };
  for (const { method, path } of routes().filter((route) => route.method === "GET")) {
    if (!path.includes("{id}")) await client.send(method, addressOf(path, ""), { headers: odd });
    else for (const id of path.includes("photos") ? photos.slice(-12) : [...reports.flatMap((one) => [one.id, one.ticket]), nowhere]) {
      await client.send(method, addressOf(path, id), { headers: odd });
    }
  }
  const words = Object.entries(SECRETS).filter(([place]) => /name \(|phone|NIK|e-mail|account/.test(place)).map(([, word]) => word);
  for (const word of [...words, control, plant("word looked for", SECRETS["word looked for"])]) {
    await client.get(`/api/v1/reports?q=${encodeURIComponent(word)}`, odd);
  }
  for (const name of ["reporter", "phone", "nik"]) await client.get(`/api/v1/reports?${name}=${plant("unknown parameter", SECRETS["unknown parameter"])}`);
  await client.get(`/api/v1/reports?cursor=${plant("cursor", SECRETS.cursor)}`);
  await client.get(`/${plant("path", SECRETS.path)}/x`);
  await client.send("PUT", `/api/v1/reports/${reports[0].id}`, { body: bodyOf("PUT", "private") });
}

/** Files of the state directory whose path starts so. */
const below = (folder) => filesBelow(join(crm.state, folder)).filter((path) => sizeOf(path) > 0);

// --- where they could be ---------------------------------------------------------

const scanner = new Scanner();
for (const [place, word] of Object.entries(SECRETS)) scanner.add(place, word, ["session token", "JWT itself", "api_key"].includes(place) ? writings : spellings);
const decoded = Buffer.from(careful.totp_secret.split("").map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"))
  .join("").match(/.{8}/g).map((byte) => parseInt(byte, 2)));
scanner.addBytes("TOTP secret", "bytes", decoded).addBytes("TOTP secret", "bytes in hex", Buffer.from(decoded.toString("hex")));
const controls = new Scanner().add("control", control, (word) => [["plain", Buffer.from(word)], ["lower", Buffer.from(word.toLowerCase())]])
  .add("note", note, (word) => [["plain", Buffer.from(word)]]);

await test("the search finds what it looks for, in every spelling", () => {
  const folder = mkdtempSync(join(tmpdir(), "crm-scan-"));
  try {
    for (const word of [marker(), digits("3175", 16)]) {
      const list = spellings(word);
      assert.ok(list.length >= 60, `${list.length} spellings`);
      for (const [spelling, bytes] of list) {
        const file = join(folder, "one");
        writeFileSync(file, Buffer.concat([Buffer.alloc(8 * 1024 * 1024 - 3, 0x2e), bytes, Buffer.from("xyz")]));
        if (bytes.length < 6) continue;
        const one = new Scanner().add("it", word);
        assert.ok(one.scanFile(file).length > 0, spelling);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

await test("no answer holds a secret", () => {
  const hits = answers.flatMap(({ label, what, bytes }) => scanner.scan(bytes).map((hit) => `${hit}: ${label}, ${what}`))
    .filter((hit) => !hit.startsWith("session token"));
  assert.deepEqual([...new Set(hits)].slice(0, 20), []);
  assert.ok(answers.length > 300, `${answers.length} answers were looked at`);
});

await test("the control stands in answers, the note in those of officers only", () => {
  // What everybody reads of public reports is looked at in open311.test.mjs.
  const found = answers.filter(({ what }) => !what.includes(" /open311/")).flatMap(({ label, bytes }) => controls.scan(bytes).map((hit) => `${hit.split(" ")[0]} ${label}`));
  const labels = (name) => new Set(found.filter((hit) => hit.startsWith(name)).map((hit) => hit.slice(name.length + 1)));
  assert.ok(labels("control").has("officer of the unit") && labels("control").has("channel that sent it"));
  assert.deepEqual(labels("note"), new Set(["officer of the unit", "supervisor above", "triage", "validator"]));
  for (const label of ["officer of another unit", "another channel", "privacy officer", "admin", "nobody", "supervisor elsewhere"]) {
    assert.ok(!labels("control").has(label), label);
  }
});

// A hash is a small picture of a photo: it lives in its table and nowhere else.
await test("no answer and no log holds what a photo looks like", () => {
  const words = sql("select distinct unnest(whole || quarters) from crm.photo_hash").flat().filter((word) => word.length > 12);
  assert.ok(words.length > 0, "photos have hashes");
  const hashes = new Scanner();
  for (const word of words) {
    const bits = BigInt.asUintN(64, BigInt(word));
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(bits);
    hashes.addBytes("hash", "number", Buffer.from(word.replace("-", ""))).addBytes("hash", "number without sign", Buffer.from(`${bits}`))
      .addBytes("hash", "hex", Buffer.from(bytes.toString("hex"))).addBytes("hash", "bytes", bytes).addBytes("hash", "bytes, turned", Buffer.from(bytes).reverse());
  }
  assert.deepEqual(answers.filter(({ bytes }) => hashes.scan(bytes).length > 0).map(({ label, what }) => `${label}: ${what}`), []);
  for (const path of below("log")) assert.deepEqual(hashes.scanFile(path), [], path);
});

superuser("checkpoint");
superuser("select pg_switch_wal()");

await test("a dump of the database holds none, but the control", () => {
  const text = dump();
  assert.deepEqual(scanner.scan(text), []);
  assert.ok(controls.scan(text).some((hit) => hit.startsWith("control")), "the dump is of this database");
});

function search(folder) {
  const hits = [];
  let bytes = 0;
  for (const path of below(folder)) {
    bytes += sizeOf(path);
    if (existsSync(path)) hits.push(...scanner.scanFile(path).map((hit) => `${hit} in ${relative(crm.state, path)}`));
  }
  return { hits, bytes };
}

await test("the database's files and write-ahead log hold none, but the control", () => {
  const { hits, bytes } = search("pg");
  assert.deepEqual(hits.slice(0, 20), []);
  assert.ok(bytes > 30e6, `${bytes} bytes`);
  const holds = (folder) => below(folder).some((path) => controls.scanFile(path).length > 0);
  assert.ok(holds("pg/base"), "the data files are those of this database");
  assert.ok(holds("pg/pg_wal"), "the write-ahead log can be searched");
});

await test("no log file holds one, nor the control", () => {
  assert.deepEqual(search("log").hits, []);
  for (const path of below("log")) assert.deepEqual(controls.scanFile(path), [], path);
  const log = readFileSync(join(crm.state, "log/crmd.log"), "utf8");
  assert.ok(log.includes('"route":"report_add"'), "it is the log of this server");
  assert.doesNotMatch(log, /127\.\d+\.\d+\.\d+"/, "no address of a client");
  for (const { id, ticket } of reports) assert.ok(!log.includes(ticket) && !log.includes(id), "no report either");
});

await test("the photo store, the temporary folder and the rest of the state hold none", () => {
  for (const folder of ["jail", "pid", "keymgr"]) assert.deepEqual(search(folder).hits, [], folder);
  assert.deepEqual(below("jail/tmp"), [], "nothing is left in the temporary folder");
});

await test("photos of a private report are sealed on disk, those of a public one are plain pictures", () => {
  const files = sql(`select r.visibility, p.kind, p.is_sealed, unnest(array[p.file_full, p.file_thumb]) from crm.photo p join crm.report r on r.id = p.report_id
    where r.id in (${reports.map(({ id }) => `'${id}'`).join()})`);
  assert.ok(files.length >= 14);
  const all = below("jail/photos");
  for (const [visibility, kind, sealed, name] of files) {
    const path = all.find((one) => one.endsWith(name) || one.replaceAll("/", "").endsWith(name));
    assert.ok(path, `${name} is in the store`);
    const bytes = readFileSync(path);
    const isPicture = bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]));
    assert.equal(isPicture, visibility === "public" || kind === "proof", `${visibility} ${kind}`);
    assert.equal(sealed, isPicture ? "f" : "t");
    if (!isPicture) for (const mark of ["JFIF", "Exif", "\xff\xd8\xff"]) assert.equal(bytes.indexOf(Buffer.from(mark, "latin1")), -1, "no part of a picture");
  }
});

await test("no process carries one in its environment or arguments, nor any key", () => {
  const postmaster = Number(readFileSync(join(crm.state, "pg/postmaster.pid"), "utf8").split("\n")[0]);
  const key = readFileSync(join(crm.state, "keys/auth.key"));
  const keys = new Scanner().addBytes("auth.key", "bytes", key).addBytes("auth.key", "hex", Buffer.from(key.toString("hex")));
  const pids = [pidOf("crmd"), pidOf("media"), pidOf("jobs"), postmaster].flatMap(familyOf);
  assert.ok(pids.length >= 10, `${pids.length} processes`);
  for (const pid of pids) {
    for (const name of ["environ", "cmdline"]) {
      let bytes;
      try {
        bytes = readFileSync(`/proc/${pid}/${name}`);
      } catch {
        continue; // ended meanwhile
      }
      assert.deepEqual([...scanner.scan(bytes), ...keys.scan(bytes)], [], `${name} of ${pid}`);
    }
  }
});

await test("no process that talks to clients has rights of its own", () => {
  const workers = familyOf(pidOf("crmd")).slice(1);
  for (const pid of workers) {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    if (process.getuid() !== 0) continue;
    assert.ok(/^CapEff:\s+0+$/m.test(status), `capabilities of ${pid}`);
    assert.ok(!/^Uid:\s+0\b/m.test(status), `user of ${pid}`);
  }
  assert.ok(session.length > 20);
});

for (const { client } of readers) client.close();
jaki.close();
finish();
