// Open311 GeoReport v2: definitions, requests that are sent, tokens.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { CheckedClient } from "../support/checked.mjs";
import { Client } from "../support/client.mjs";
import { finish, test } from "../support/count.mjs";
import { crm as command, instance, sql } from "../support/instance.mjs";
import { multipart } from "../support/multipart.mjs";
import { enterAs, stranger } from "../support/people.mjs";
import { jpeg, png } from "../support/pictures.mjs";
import { KLENDER, OUTSIDE, pointIn } from "../support/places.mjs";
import { stepped, uniqueWord } from "../support/reports.mjs";
import { parseXml, sameAsJson } from "../support/xml.mjs";

const crm = instance();
const nobody = stranger(crm);
const { api_key: key } = crm.channel("open311");
const home = pointIn(KLENDER);
const REQUESTS = "/open311/v2/requests";
const officer = await enterAs(crm, "officer", home.unit);
const triage = await enterAs(crm, "triage", crm.user("triage").unit);

/** Fields of a good form; members replace or, undefined, remove. */
const fieldsOf = (members = {}) => Object.entries({
  api_key: key, jurisdiction_id: "jakarta.go.id", service_code: "trotoar", lat: home.lat, long: home.lng,
  description: `Trotoar pecah di depan gang ${uniqueWord()} ${uniqueWord()} ${uniqueWord()}`, ...members,
}).flatMap(([name, value]) => [value ?? []].flat().map((one) => [name, String(one)]));
const urlencoded = (members) => ({ type: "application/x-www-form-urlencoded", data: Buffer.from(new URLSearchParams(fieldsOf(members)).toString()) });
const parts = (members, files) => multipart([...fieldsOf(members).map(([name, data]) => ({ name, data })), ...files]);
const send = (members, { format = ".json", headers = {}, client = nobody } = {}) => client.post(`${REQUESTS}${format}`, urlencoded(members), headers);
const sent = async (members, options) => {
  const answer = await send(members, options);
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.headers["content-type"], "application/json; charset=utf-8");
  assert.equal(answer.json.length, 1);
  return answer.json[0];
};
const refused = async (members, status, pattern, options) => {
  const answer = await send(members, options);
  assert.equal(answer.status, status, answer.text);
  assert.match(answer.json.map(({ description }) => description).join("\n"), pattern);
};
const asOfficer = async (client, id) => (await client.get(`/api/v1/reports/${id}`)).json.report;

await test("a definition has the members of the specification, in both formats and languages", async () => {
  const path = "/open311/v2/services/pohon";
  const { json, headers } = await nobody.get(`${path}.json?jurisdiction_id=jakarta.go.id`);
  assert.equal(headers["content-type"], "application/json; charset=utf-8");
  assert.equal(json.service_code, "pohon");
  assert.deepEqual(json.attributes[0], {
    variable: true, code: "keadaan", datatype: "singlevaluelist", required: true, datatype_description: "Choose one", order: 1,
    description: "What is the state of the tree?",
    values: [{ key: "tumbang", name: "Fallen" }, { key: "miring", name: "Leans" }, { key: "rimbun", name: "Overgrown" }, { key: "kering", name: "Dry or rotten" }],
  });
  const xml = await nobody.get(`${path}.xml`);
  assert.equal(xml.headers["content-type"], "text/xml; charset=utf-8");
  const root = parseXml(xml.text);
  assert.equal(root.name, "service_definition");
  assert.deepEqual(root.children.map(({ name }) => name), ["service_code", "attributes"]);
  for (const [index, attribute] of root.children[1].children.entries()) {
    assert.equal(attribute.name, "attribute");
    const { values, ...rest } = json.attributes[index];
    const list = attribute.children.pop();
    sameAsJson(attribute, rest);
    assert.equal(list.name, "values");
    sameAsJson(list, values, "value");
  }
  const [first] = (await nobody.get(`${path}.json`, { "Accept-Language": "id" })).json.attributes;
  assert.equal(first.description, "Bagaimana keadaan pohonnya?");
  assert.equal(first.values[0].name, "Tumbang");
  const none = await nobody.get("/open311/v2/services/pajak.json");
  assert.deepEqual(none.json, { service_code: "pajak", attributes: [] });
  const told = (await nobody.get("/open311/v2/services/banjir.json")).json.attributes[0];
  assert.deepEqual([told.variable, told.required, told.datatype_description, told.values], [false, false, null, []]);
});

await test("what is not there is 404, with what it is", async () => {
  for (const [path, word] of [["services/tidak_ada", /service_code/], ["services/pohon", /jurisdiction_id/], [`tokens/${"A".repeat(43)}`, /token/],
    [`tokens/${randomUUID()}`, /token/], ["tokens/x", /jurisdiction_id/]]) {
    const query = String(word).includes("jurisdiction") ? "?jurisdiction_id=city.gov" : "";
    const answer = await nobody.get(`/open311/v2/${path}.json${query}`);
    assert.equal(answer.status, 404, path);
    assert.match(answer.json[0].description, word);
  }
});

let request;

await test("a request is taken in, is a public report, and says nothing of what was sent", async () => {
  const word = uniqueWord();
  const answer = await send({ description: `Trotoar pecah ${word}`, email: "warga@contoh.id", first_name: "Siti", last_name: "Warga", phone: "081299001122",
    device_id: "dev-1", account_id: "akun-77", address_string: "Jl. Raya Klender 1", media_url: "https://contoh.id/foto.jpg", lain: "x" });
  assert.equal(answer.status, 200, answer.text);
  [request] = answer.json;
  assert.deepEqual(Object.keys(request), ["service_request_id", "service_notice", "account_id"]);
  assert.equal(request.account_id, null);
  assert.match(request.service_notice, /media_url is not read/);
  assert.doesNotMatch(answer.text, /Siti|warga@|0812|akun-77|dev-1|contoh/);
  const report = await asOfficer(officer, request.service_request_id);
  assert.deepEqual([report.visibility, report.status, report.category.code], ["public", "waiting", "trotoar"]);
  assert.equal(report.description, `Trotoar pecah ${word}`);
  assert.equal(report.location.address, "Jl. Raya Klender 1");
  assert.deepEqual(report.reporter, { anonymous: true });
  assert.equal(sql(`select c.name from crm.report r join crm.channel c on c.id = r.channel_id where r.id = '${report.id}'`)[0][0], "open311");
  const shown = (await nobody.get(`${REQUESTS}/${report.id}.json`)).json[0];
  assert.equal(shown.service_request_id, report.id);
  assert.equal(shown.status, "open");
});

await test("without an ending and as .xml the answer is XML", async () => {
  for (const format of ["", ".xml"]) {
    const answer = await send({}, { format });
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.headers["content-type"], "text/xml; charset=utf-8");
    const root = parseXml(answer.text);
    assert.equal(root.name, "service_requests");
    assert.deepEqual(root.children.map(({ name }) => name), ["request"]);
    const [id, notice, account] = root.children[0].children;
    assert.deepEqual([id.name, notice.name, account.name, account.text], ["service_request_id", "service_notice", "account_id", ""]);
    assert.equal((await asOfficer(officer, id.text)).status, "waiting");
  }
});

await test("answers to questions become lines of the description", async () => {
  const { service_request_id: id } = await sent({ service_code: "jalan", description: "Jalan rusak", "attribute[kerusakan]": "lubang", "attribute[kedalaman_cm]": "12.5",
    "attribute[dampak][]": ["motor", "sepeda"], "attribute[lain]": "tidak ditanya" });
  assert.equal((await asOfficer(officer, id)).description,
    "Jalan rusak\nKerusakan apa? Lubang\nSeberapa dalam, kira-kira? 12.5\nSiapa yang terganggu? Sepeda motor, Pesepeda");
  const light = await sent({ service_code: "penerangan_jalan", description: undefined, "attribute[gangguan][0]": "mati", "attribute[nomor_tiang]": "KLD 12",
    "attribute[sejak]": "2026-11-20T19:00" });
  assert.equal((await asOfficer(officer, light.service_request_id)).description,
    "Apa yang terjadi dengan lampunya? Mati\nNomor pada tiang: KLD 12\nSejak kapan? 2026-11-20T19:00");
  const plain = await sent({ service_code: "sampah", description: "" });
  const report = plain.service_request_id ? await asOfficer(officer, plain.service_request_id) : undefined;
  assert.equal(report?.description ?? "Sampah", "Sampah");
});

await test("answers that do not fit, or are missing, are 400 and named", async () => {
  const lamp = { service_code: "penerangan_jalan", "attribute[gangguan]": "mati" };
  await refused({ ...lamp, "attribute[gangguan]": undefined }, 400, /^attribute\[gangguan\]: This is needed$/);
  await refused({ ...lamp, "attribute[gangguan]": "" }, 400, /attribute\[gangguan\]: This is needed/);
  await refused({ ...lamp, "attribute[gangguan]": "Mati" }, 400, /attribute\[gangguan\]: There is no such value/);
  await refused({ ...lamp, "attribute[gangguan]": ["mati", "siang"] }, 400, /attribute\[gangguan\]: This stands here more than once/);
  await refused({ ...lamp, "attribute[nomor_tiang]": "a\nb" }, 400, /attribute\[nomor_tiang\]: This holds characters/);
  await refused({ ...lamp, "attribute[nomor_tiang]": "a".repeat(201) }, 400, /attribute\[nomor_tiang\]: This is too long/);
  for (const time of ["kemarin", "2026-13-01", "20261120", "2026-11-20 19:00"]) await refused({ ...lamp, "attribute[sejak]": time }, 400, /attribute\[sejak\]: This is not written/);
  for (const time of ["2026-11-20", "2026-11-20T19:00:00", "2026-11-20T19:00:00+07:00"]) await sent({ ...lamp, "attribute[sejak]": time });
  for (const number of ["dalam", "nan", "1e999", "0x10"]) await refused({ service_code: "jalan", "attribute[kedalaman_cm]": number }, 400, /attribute\[kedalaman_cm\]: This is not written/);
  await refused({ service_code: "jalan", "attribute[kerusakan]": "x", "attribute[dampak][]": ["mobil", "y"] }, 400, /kerusakan[^]*\n[^]*dampak/);
});

await test("what is missing or wrong is 400 or 404, and named", async () => {
  await refused({ service_code: undefined }, 400, /^service_code: This is needed$/);
  await refused({ service_code: "tidak_ada" }, 404, /^service_code: There is no such value$/);
  await refused({ jurisdiction_id: "city.gov" }, 404, /^jurisdiction_id:/);
  await refused({ lat: undefined, long: undefined }, 400, /^lat, long or address_string: This is needed$/);
  await refused({ lat: undefined }, 400, /^lat: This is needed$/);
  await refused({ long: undefined, address_string: "Jl. Mawar" }, 400, /^long: This is needed$/);
  await refused({ lat: undefined, long: undefined, address_id: "12" }, 400, /^address_id: This is not supported here$/);
  await refused({ lat: "91" }, 400, /^lat: This is outside/);
  await refused({ lat: "utara" }, 400, /^lat: This is not written/);
  await refused({ description: "a".repeat(4001) }, 400, /^description: This is too long$/);
  await refused({ phone: "0".repeat(201) }, 400, /^phone: This is too long$/);
  await refused({ service_code: ["trotoar", "jalan"] }, 400, /^service_code: This stands here more than once$/);
  await sent({ jurisdiction_id: undefined });
  const english = await send({ service_code: undefined }, { headers: { "Accept-Language": "id" } });
  assert.equal(english.json[0].description, "service_code: Ini wajib diisi");
});

await test("without a key, with a wrong one and with one that is retired it is 403", async () => {
  await refused({ api_key: undefined }, 403, /^api_key: This is needed$/);
  await refused({ api_key: "" }, 403, /^api_key: This is needed$/);
  await refused({ api_key: "0".repeat(48), service_code: undefined }, 403, /^api_key: This key is not one of ours/);
  const xml = await send({ api_key: "x" }, { format: ".xml" });
  assert.equal(parseXml(xml.text).children[0].children[0].text, "403");
  const other = /^api_key: (\S+)$/m.exec(command("channel", "apikey", "desk"))[1];
  await sent({ api_key: other });
  assert.ok(command("channel", "list").includes(` apikey:${other.slice(0, 8)} `));
  command("channel", "apikey", "desk", "--retire", other.slice(0, 8));
  await refused({ api_key: other }, 403, /^api_key:/);
  assert.throws(() => command("channel", "apikey", "desk", "--retire", other.slice(0, 8)));
  assert.throws(() => command("channel", "apikey", "tidak_ada"));
});

await test("too many wrong keys of one network wait; who has a key does not", async () => {
  const far = new CheckedClient(crm, {}, { localAddress: "127.45.7.9" });
  let answer;
  let tries = 0;
  do {
    tries += 1;
    answer = await send({ api_key: `salah-${tries}` }, { client: far });
  } while (answer.status === 403 && tries < 25);
  assert.equal(answer.status, 429);
  assert.ok(tries > 20, `${tries} tries`);
  assert.match(answer.headers["retry-after"], /^[1-9]\d*$/);
  await sent({}, { client: far });
  await refused({ api_key: "salah" }, 403, /^api_key:/);
  far.close();
});

await test("only forms are taken, whole and small", async () => {
  for (const [body, status] of [
    [{ type: "application/json", data: Buffer.from("{}") }, 415], [{ type: "text/plain", data: Buffer.from("a=1") }, 415],
    [{ type: "application/x-www-form-urlencoded", data: Buffer.from(`api_key=${key}&a=%zz`) }, 400],
    [{ type: "application/x-www-form-urlencoded", data: Buffer.from(`api_key=${key}&a=%00`) }, 400],
    [{ type: "application/x-www-form-urlencoded", data: Buffer.from(`api_key=${key}&${"a=1&".repeat(64)}`) }, 400],
    [{ type: "multipart/form-data; boundary=x", data: Buffer.from("--x\r\n") }, 400],
    [parts({ a: "a".repeat(65536) }, []), 413],
  ]) {
    const answer = await nobody.post(`${REQUESTS}.json`, body);
    assert.equal(answer.status, status, `${body.type} ${answer.text}`);
  }
  // Refused by its head, before anybody knows whose form it would be.
  const plain = new Client(crm);
  const large = await plain.post(`${REQUESTS}.json`, urlencoded({ lain: "a".repeat(65536) }));
  assert.deepEqual([large.status, large.headers["content-type"]], [413, "application/problem+json"]);
  plain.close();
  for (const method of ["PUT", "DELETE"]) assert.equal((await nobody.send(method, `${REQUESTS}.json`, { body: method === "PUT" ? urlencoded({}) : undefined })).status, 405);
});

await test("photos are parts of the form, under any of their names", async () => {
  const photo = (name, data = jpeg({ width: 50, height: 40 }), type = "image/jpeg") => ({ name, data, type, filename: "x.jpg" });
  const post = (...files) => nobody.post(`${REQUESTS}.json`, parts({}, files));
  const answer = await post(photo("media"), photo("media[]"), photo("photo", png(), "application/octet-stream"), { name: "media", data: "", filename: "" }, photo("lampiran"));
  assert.equal(answer.status, 200, answer.text);
  assert.match(answer.json[0].service_notice, /^The report is received\. [^_]+$/);
  const report = await asOfficer(officer, answer.json[0].service_request_id);
  assert.equal(report.photos.items.length, 4);
  assert.equal((await officer.get(report.photos.items[0].thumb)).status, 200);
  const many = await post(...Array.from({ length: 6 }, () => photo("media")));
  assert.deepEqual([many.status, many.json[0].description], [400, "media: There are too many of these"]);
  const odd = await post(photo("media", Buffer.from("bukan foto")));
  assert.equal(odd.status, 400, odd.text);
  assert.match(odd.json[0].description, /not a JPEG, PNG or WebP/);
});

await test("what the public does not see yet has a token until it does", async () => {
  const held = await sent({ description: `Petugas G0BL0K ${uniqueWord()} ${uniqueWord()}` });
  assert.deepEqual(Object.keys(held), ["token", "service_notice", "account_id"]);
  const path = `/open311/v2/tokens/${held.token}`;
  assert.deepEqual((await nobody.get(`${path}.json`)).json, [{ token: held.token }]);
  const items = (await triage.get("/api/v1/reports?status=incoming&sort=-received_at&limit=100")).json.items;
  const ids = new Set(sql(`select r.id from crm.report r join crm.channel c on c.id = r.channel_id where c.name = 'open311' and r.held_for = '{abusive}'`).flat());
  const report = items.find(({ id }) => ids.has(id));
  const unit = sql(`select id from crm.unit where name = '${home.unit}'`)[0][0];
  await stepped(triage, report, { type: "route", unit });
  assert.deepEqual((await nobody.get(`${path}.json`)).json, [{ service_request_id: report.id, token: held.token }]);
  const xml = parseXml((await nobody.get(path)).text);
  assert.equal(xml.name, "service_requests");
  assert.equal(xml.children[0].name, "request");
  sameAsJson(xml.children[0], { service_request_id: report.id, token: held.token });
  assert.equal((await nobody.get(`${REQUESTS}/${report.id}.json`)).json[0].service_request_id, report.id);
});

await test("an address without a point, and a point outside, wait for triage", async () => {
  for (const members of [{ lat: undefined, long: undefined, address_string: "Jl. Mawar, dekat masjid" }, { lat: OUTSIDE.lat, long: OUTSIDE.lng }]) {
    const { service_request_id: id } = await sent(members);
    const report = await asOfficer(triage, id);
    assert.equal(report.status, "incoming");
    if (members.address_string) assert.equal(report.location?.address ?? sql(`select address from crm.report where id = '${id}'`)[0][0], members.address_string);
  }
});

await test("a retry with the same Idempotency-Key is the same request", async () => {
  const once = randomUUID();
  const members = { description: `Trotoar miring ${uniqueWord()}`, email: "a@contoh.id" };
  const first = await send(members, { headers: { "Idempotency-Key": once } });
  const again = await nobody.post(`${REQUESTS}.json`, parts(members, []), { "Idempotency-Key": once });
  assert.deepEqual([again.status, again.json, again.headers["idempotency-replayed"]], [200, first.json, "true"]);
  const other = await send({ ...members, email: "b@contoh.id" }, { headers: { "Idempotency-Key": once } });
  assert.equal(other.status, 400);
  assert.match(other.json[0].description, /used for another request/);
});

for (const client of [nobody, officer, triage]) client.close();
finish();
