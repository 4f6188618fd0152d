// The description of the API against real answers: every member that
// docs/openapi.yaml tells of is seen, and no other.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { jwkOf, keyPair } from "../support/channels.mjs";
import { CheckedClient } from "../support/checked.mjs";
import { finish, test } from "../support/count.mjs";
import { instance, sql } from "../support/instance.mjs";
import { byId, described, named, operations, plain, schema, schemas, walk } from "../support/openapi.mjs";
import { addAccount, channelOf, enterAs, signInAnswer, stranger } from "../support/people.mjs";
import { jpeg } from "../support/pictures.mjs";
import { OUTSIDE, pointIn } from "../support/places.mjs";
import { withPhotos } from "../support/multipart.mjs";
import { open as connect } from "../support/raw.mjs";
import { addressOf } from "../support/tables.mjs";
import { followUp, handOver, reportBody, send, step } from "../support/reports.mjs";

const crm = instance();
const objects = new Map(["Report", "Event", "Session", "Category", "Unit", "Holiday", "Notice", "Reason", "Area", "Officer", "Ranking", "HandOver", "Opened", "View", "Template", "Word", "Channel", "Key",
  "Related", "Suggestion", "Check", "Photo", "BulkResult", "Problem", "Fault"].map((name) => [name, []]));

/** Keeps what an answer holds, as the description has it; the clients have compared the rest. */
function fits(id, answer) {
  const { schema: one } = schemas.open(byId.get(id).responses[answer.status]).content[answer.headers["content-type"]];
  if (!one) return;
  refusesSurplus(one, answer.json, `${id} ${answer.status}`);
  keep(id, answer.json);
}

/** Sorts the objects of an answer by their schemas. */
function keep(id, json) {
  const kinds = { Channel: [json.channel], Report: [json.report], Event: [json.event], Session: [json.session], Problem: json.title ? [json] : [], Fault: json.errors };
  const kind = { report_list: "Report", event_list: "Event", category_list: "Category", unit_list: "Unit", holiday_list: "Holiday", notice_list: "Notice",
    reason_list: "Reason", area_list: "Area",
    officer_list: "Officer", ranking_list: "Ranking", hand_over_list: "HandOver", opened_list: "Opened", view_list: "View", template_list: "Template",
    check_list: "Check", word_list: "Word", channel_list: "Channel", key_list: "Key", report_related: "Related", suggestion_list: "Suggestion" }[id];
  if (kind && json.items) kinds[kind] = json.items;
  walk(json, ({ photos }) => objects.get("Photo").push(...(photos?.items ?? [])));
  for (const [name, list] of Object.entries(kinds)) objects.get(name).push(...(list ?? []).filter(Boolean));
}

/** Puts a member too many into each object, which must be noticed. */
function refusesSurplus(one, json, what) {
  walk(json, (object, where) => {
    if (Array.isArray(object)) return;
    object.surplus = 1;
    assert.notDeepEqual(schemas.faults(one, json), [], `${what}: a surplus member at ${where}`);
    delete object.surplus;
  });
}

const at = pointIn("31.75.07.1006") ?? pointIn("31.75.07.1003");
const jaki = channelOf(crm);
const nobody = stranger(crm);
const user = addAccount({ role: "officer", unit: at.unit, totp: true });
const officer = await enterAs(crm, "officer", at.unit);
const validator = await enterAs(crm, "validator", "Biro Pemerintahan");
const privacy = await enterAs(crm, "privacy", "Inspektorat");
const elsewhere = await enterAs(crm, "officer", "Kelurahan Pluit");
const place = { lat: at.lat, lng: at.lng };

await test("answers about nothing but the service", async () => {
  fits("health_process", await nobody.get("/healthz"));
  fits("health_ready", await nobody.get("/readyz"));
  fits("category_list", await jaki.get("/api/v1/categories"));
  for (const format of ["", ".xml", ".json"]) {
    fits("discovery_above", await nobody.get(`/open311/discovery${format}`));
    fits("discovery_open", await nobody.get(`/open311/v2/discovery${format}`));
  }
  fits("unit_list", await officer.get("/api/v1/units"));
  fits("unit_list", await jaki.get("/api/v1/units"));
  fits("unit_list", await officer.send("PUT", "/api/v1/units", { body: {} }));
  fits("category_list", await nobody.get("/api/v1/categories", { "Accept-Language": "id" }));
});

await test("days off", async () => {
  const admin = await enterAs(crm, "admin", "Biro Pemerintahan");
  const body = { day: "2031-01-01", name: "Hari Uji", kind: "public" };
  assert.deepEqual(schemas.faults(named("HolidayRequest"), body), []);
  fits("holiday_list", await officer.get("/api/v1/holidays"));
  fits("holiday_list", await jaki.get("/api/v1/holidays"));
  const added = await admin.post("/api/v1/holidays", body);
  fits("holiday_add", added);
  fits("holiday_add", await admin.post("/api/v1/holidays", { ...body, kind: "collective" }));
  fits("holiday_add", await officer.post("/api/v1/holidays", body));
  const path = `/api/v1/holidays/${added.json.holiday.id}`;
  fits("holiday_delete", await officer.delete(path));
  fits("holiday_delete", await admin.delete(path));
  fits("holiday_delete", await admin.delete(path));
  admin.close();
});

await test("signing in and out", async () => {
  fits("session_open", await signInAnswer(crm, user));
  fits("session_open", await signInAnswer(crm, user, { totp: "" }));
  fits("session_open", await signInAnswer(crm, { ...user, password: "salah" }));
  fits("session_open", await signInAnswer(crm, user, { headers: { origin: "https://lain.invalid" } }));
  fits("session_open", await nobody.post("/api/v1/session", { username: "", lain: 1 }));
  fits("session_open", await nobody.post("/api/v1/session", "{"));
  fits("session_open", await nobody.post("/api/v1/session", "x".repeat(70_000)));
  fits("session_open", await nobody.post("/api/v1/session", { type: "text/plain", data: Buffer.from("x") }));
  const tries = [];
  for (let count = 0; count < 12 && tries.at(-1)?.status !== 429; count += 1) tries.push(await signInAnswer(crm, { username: `tak-ada-${user.username}`, password: "x" }));
  assert.equal(tries.at(-1).status, 429);
  fits("session_open", tries.at(-1));
  const visitor = await enterAs(crm, "admin", "Biro Pemerintahan");
  fits("session_get", await visitor.get("/api/v1/session"));
  for (const client of [jaki, nobody]) fits("session_get", await client.get("/api/v1/session"));
  fits("session_close", await visitor.delete("/api/v1/session", { "X-CRM": "0" }));
  fits("session_close", await visitor.delete("/api/v1/session"));
  fits("session_close", await visitor.delete("/api/v1/session"));
  visitor.close();
});

await test("what officers keep for themselves", async () => {
  const supervisor = await enterAs(crm, "supervisor", at.unit);
  for (const headers of [{}, { "Accept-Language": "id" }]) fits("reason_list", await jaki.get("/api/v1/reasons", headers));
  for (const query of ["?level=kota", "?bbox=9,9,1,1"]) fits("area_list", await officer.get(`/api/v1/areas${query}`));
  fits("area_list", await jaki.get("/api/v1/areas"));
  for (const [kind, body] of [["view", { name: "Telat", query: "overdue=true" }], ["template", { step: "ask", title: "Uji", text: "{ticket}?" }]]) {
    const path = `/api/v1/${kind}s`;
    const added = await supervisor.post(path, body);
    fits(`${kind}_add`, added);
    fits(`${kind}_add`, await supervisor.post(path, {}));
    fits(`${kind}_add`, await privacy.post(path, body));
    for (const client of [supervisor, privacy]) fits(`${kind}_list`, await client.get(path));
    for (const client of [privacy, supervisor, supervisor]) fits(`${kind}_delete`, await client.delete(`${path}/${added.json[kind].id}`));
  }
  supervisor.close();
});

const reports = {};
await test("reports as they are handed in", async () => {
  const key = randomUUID();
  const body = reportBody(place, { occurred_at: "2026-01-02T03:04:05+07:00" });
  assert.deepEqual(schemas.faults(named("ReportRequest"), body), []);
  const first = await send(jaki, body, { key });
  fits("report_add", first);
  reports.closed = first.json.report;
  const again = await send(jaki, body, { key });
  assert.equal(again.headers["idempotency-replayed"], "true");
  fits("report_add", again);
  fits("report_add", await send(jaki, { ...body, category: null }, { key }));
  const open = await send(jaki, reportBody(place, { visibility: "public" }), { photos: [jpeg({ width: 64, height: 48 })] });
  fits("report_add", open);
  reports.open = open.json.report;
  for (const members of [{ category: null, location: null }, { location: OUTSIDE, reporter: null, channel_ref: null }]) {
    fits("report_add", await send(jaki, reportBody(null, members), { headers: { "Accept-Language": "id" } }));
  }
  fits("report_add", await send(jaki, { visibility: "x", lain: 1 }));
  fits("report_add", await send(jaki, body, { key: null }));
  fits("report_add", await send(jaki, reportBody(place), { photos: [Buffer.from("bukan foto")] }));
  fits("report_add", await send(jaki, reportBody(place), { photos: [Buffer.alloc(10 * 1024 * 1024 + 1)] }));
  fits("report_add", await send(officer, { ...body, channel: "walikota" }));
});

await test("reports as they are read", async () => {
  for (const report of Object.values(reports)) {
    for (const client of [officer, validator, jaki, privacy, nobody]) {
      for (const headers of [{}, { "Accept-Language": "id" }]) {
        fits("report_open", await client.get(`/api/v1/reports/${report.ticket}`, headers));
        fits("report_list", await client.get(`/api/v1/reports?visibility=${report.visibility}&limit=3`, headers));
      }
    }
  }
  fits("report_open", await officer.get(`/api/v1/reports/${randomUUID()}`));
  fits("report_list", await officer.get("/api/v1/reports?limit=0"));
  fits("report_list", await officer.get("/api/v1/reports?lain=1"));
  const { photos } = (await officer.get(`/api/v1/reports/${reports.open.id}`)).json.report;
  for (const size of ["thumb", "full"]) fits("photo_open", await officer.get(photos.items[0][size]));
  for (const client of [jaki, privacy]) fits("photo_open", await client.get(photos.items[0].full));
  fits("photo_open", await officer.get("/api/v1/photos/x?size=besar"));
});

await test("words, channels, and what triage looks at", async () => {
  const admin = await enterAs(crm, "admin", "Biro Pemerintahan");
  const triage = await enterAs(crm, "triage", crm.user("triage").unit);
  const body = { word: "kata uji coba", kind: "abuse" };
  assert.deepEqual(schemas.faults(named("WordRequest"), body), []);
  const added = await admin.post("/api/v1/words", body);
  for (const answer of [added, await admin.post("/api/v1/words", { ...body, kind: "emergency" }), await officer.post("/api/v1/words", body)]) fits("word_add", answer);
  for (const client of [triage, officer]) fits("word_list", await client.get("/api/v1/words"));
  const path = `/api/v1/words/${added.json.word.id}`;
  for (const client of [officer, admin, admin]) fits("word_delete", await client.delete(path));
  for (const client of [triage, officer]) fits("channel_list", await client.get("/api/v1/channels"));
  for (const channel of ["walikota", "jaki"]) fits("report_add", await send(triage, reportBody(place, { channel })));
  const nowhere = await send(jaki, reportBody(null, { description: `Sudah lapor ${reports.open.ticket}`, category: null }));
  for (const report of [reports.open, reports.closed, nowhere.json.report]) fits("report_related", await triage.get(`/api/v1/reports/${report.id}/related`));
  for (const client of [elsewhere, privacy]) fits("report_related", await client.get(`/api/v1/reports/${reports.open.id}/related`));
  fits("suggestion_list", await triage.get(`/api/v1/reports/${reports.open.id}/suggestions`));
  sql(`select crm.choice_add('hand_over', 'jalan', '${reports.open.location.kelurahan.code}', u.id, 1) from crm.unit u, generate_series(1, 10)
    where u.name = 'PAM Jaya'`);
  for (const client of [triage, elsewhere, validator]) fits("suggestion_list", await client.get(`/api/v1/reports/${reports.open.id}/suggestions`));
  for (const client of [admin, triage]) client.close();
});

await test("every query parameter of lists is known", async () => {
  const values = { status: "waiting,completed", category: "jalan", unit: reports.open.unit.id, kelurahan: "31.75.07.1003", overdue: "false",
    visibility: "private", q: "jalan", bbox: "106,-7,107,-6", sort: "-received_at", limit: "1", cursor: null, size: "thumb", level: "kota",
    held: "duplicate", assigned: "none", updated_since: "2026-01-01T00:00:00Z",
    jurisdiction_id: "jakarta.go.id", service_request_id: reports.open.id, service_code: "jalan", start_date: "2026-01-01T00:00:00Z",
    end_date: "2026-01-01", updated_after: "2026-01-01T00:00Z", updated_before: "2026-01-01", lat: null, long: null, radius: null, page: "2",
    page_size: "3", extensions: "true",

    from: "2026-01-01", to: "2026-12-31", kind: "dinas" };
  for (const { operationId, path, parameters } of operations) {
    for (const parameter of parameters.map((one) => schemas.open(one)).filter((one) => one.in === "query")) {
      assert.ok(parameter.name in values, parameter.name);
      if (values[parameter.name] === null || operationId === "photo_open") continue;
      if (parameter.name === "status" && path.startsWith("/open311/")) continue;
      const query = new URLSearchParams({ [parameter.name]: values[parameter.name] });
      fits(operationId, await officer.get(`${addressOf(path, reports.open.id)}?${query}`));
    }
  }
});

await test("steps of work and the timeline", async () => {
  for (const name of ["open", "closed"]) {
    const id = reports[name].id;
    const take = async (client, event, options) => {
      const kind = { follow_up: "FollowUpRequest", add_photos: "PhotosRequest" }[event.type] ?? "StepRequest";
      if (!options?.isWrong) assert.deepEqual(schemas.faults(named(kind), event), []);
      const answer = await step(client, reports[name], event, options);
      fits("event_add", answer);
      if (answer.status === 201) reports[name] = answer.json.report;
      return answer;
    };
    assert.equal((await take(officer, { type: "take" })).status, 201);
    for (const [client, event, options, status] of [
      [officer, { type: "take" }, { version: 1 }, 412], [officer, { type: "take" }, { version: null }, 428], [officer, { type: "take" }, {}, 409],
      [officer, { type: "follow_up" }, { isWrong: true }, 422], [officer, { type: "take", lain: 1 }, { isWrong: true }, 422],
      [validator, { type: "take" }, {}, 403], [jaki, { type: "take" }, { headers: { "Idempotency-Key": randomUUID() } }, 403],
      [jaki, { type: "take" }, {}, 400], [nobody, { type: "take" }, {}, 401],
    ]) assert.equal((await take(client, event, options)).status, status);
    await take(officer, { type: "note", note: "Tunggu alat berat" });
    await take(officer, { type: "reply", text: "Petugas datang besok." }, { headers: { "Idempotency-Key": randomUUID() } });
    await take(officer, ...followUp(place, { note: "Selesai" }));
    await take(validator, { type: "refuse_work", reason: "Foto belum jelas" });
    assert.equal(reports[name].status, "followup_rejected");
    fits("event_add", await step(officer, { id: randomUUID(), version: 1 }, { type: "take" }));
    for (const client of [officer, validator, jaki, privacy, nobody]) {
      for (const query of ["", "?limit=2", "?limit=200", "?lain=1"]) fits("event_list", await client.get(`/api/v1/reports/${id}/events${query}`));
    }
    fits("event_list", await officer.get(`/api/v1/reports/${randomUUID()}/events`));
  }
});

await test("facts about the proof", async () => {
  for (const { id } of Object.values(reports)) {
    for (const client of [officer, validator, jaki, privacy, nobody]) fits("check_list", await client.get(`/api/v1/reports/${id}/checks`));
    fits("check_list", await officer.get(`/api/v1/reports/${id}/checks?lain=1`, { "Accept-Language": "id" }));
  }
  fits("check_list", await officer.get(`/api/v1/reports/${randomUUID()}/checks`));
});

await test("notices of what was done", async () => {
  fits("notice_list", await validator.get("/api/v1/notices?limit=2"));
  fits("notice_list", await officer.get("/api/v1/notices", { "Accept-Language": "id" }));
  fits("notice_list", await officer.get("/api/v1/notices?limit=0"));
  fits("notice_list", await jaki.get("/api/v1/notices"));
  for (const client of [validator, jaki]) fits("notice_see", await client.post("/api/v1/notices/seen", { until: "2030-01-01T00:00:00Z" }, { "Idempotency-Key": randomUUID() }));
  fits("notice_see", await validator.post("/api/v1/notices/seen", { until: "kemarin" }));
});

await test("one step for many reports", async () => {
  const items = () => Object.values(reports).map(({ id, version }) => ({ id, version }));
  for (const [client, body, status] of [
    [officer, { type: "note", note: "uji", items: items() }, 200], [officer, { type: "note", note: "uji", items: items() }, 200],
    [officer, { type: "note", note: "uji", items: [] }, 422], [privacy, { type: "take", items: items() }, 403],
    [jaki, { type: "take", items: items() }, 403], [nobody, { type: "take", items: items() }, 401],
  ]) {
    if (status !== 422) assert.deepEqual(schemas.faults(named("BulkRequest"), body), []);
    const answer = await client.post("/api/v1/bulk", body);
    fits("bulk", answer);
    assert.equal(answer.status, status, answer.text);
    objects.get("BulkResult").push(...(answer.json.items ?? []));
  }
});

await test("units and officers, and how a report went between them", async () => {
  sql(`insert into crm.work_day (unit_id, day, validated, on_time) select id, '2000-01-01', 12, 9 from crm.unit where name = '${at.unit}'`);
  for (const query of ["?from=2000-01-01&to=2000-01-31", "?from=2000-02-30", "?lain=1"]) fits("ranking_list", await officer.get(`/api/v1/ranking${query}`));
  for (const query of ["", "?limit=0", "?lain=1"]) fits("officer_list", await officer.get(`/api/v1/officers${query}`));
  for (const path of ["officers", "ranking"]) for (const client of [jaki, privacy]) fits(`${path.replace(/s$/, "")}_list`, await client.get(`/api/v1/${path}`));
  for (const report of Object.values(reports)) {
    handOver(report.id);
    for (const query of ["", "?limit=1", "?limit=0", "?lain=1"]) fits("hand_over_list", await officer.get(`/api/v1/reports/${report.id}/hand-overs${query}`));
    for (const client of [validator, jaki, nobody]) fits("hand_over_list", await client.get(`/api/v1/reports/${report.id}/hand-overs`));
  }
  fits("hand_over_list", await officer.get(`/api/v1/reports/${randomUUID()}/hand-overs`));
});

await test("who opened a report", async () => {
  const supervisor = await enterAs(crm, "supervisor", at.unit);
  for (const { id } of Object.values(reports)) {
    await supervisor.get(`/api/v1/reports/${id}`);
    for (const client of [jaki, supervisor, officer, nobody]) fits("opened_list", await client.get(`/api/v1/reports/${id}/opened`));
  }
  for (const query of [`${reports.open.id}/opened?lain=1`, `${randomUUID()}/opened`]) fits("opened_list", await jaki.get(`/api/v1/reports/${query}`));
  supervisor.close();
});

await test("channels and their keys", async () => {
  const admin = await enterAs(crm, "admin", "Biro Pemerintahan");
  const wanted = { code: `uji_${randomUUID().slice(0, 8)}`, name: "Uji" };
  const added = await admin.post("/api/v1/channels", wanted);
  const path = `/api/v1/channels/${added.json.channel.id}`;
  const nowhere = `/api/v1/channels/${randomUUID()}`;
  for (const answer of [added, await admin.post("/api/v1/channels", {}), await officer.post("/api/v1/channels", wanted)]) fits("channel_add", answer);
  fits("channel_list", await admin.get("/api/v1/channels"));
  for (const body of [{ active: false }, { active: 1 }]) fits("channel_edit", await admin.send("PATCH", path, { body }));
  fits("channel_edit", await admin.send("PATCH", nowhere, { body: {} }));
  fits("channel_edit", await officer.send("PATCH", path, { body: {} }));
  const pair = keyPair();
  const body = { jwks: { keys: [jwkOf(pair, `${wanted.code}-1`)] }, issuer: "uji", audience: "uji" };
  assert.deepEqual(schemas.faults(named("KeySetRequest"), body), []);
  for (const [client, where, sent] of [[admin, path, body], [admin, path, {}], [admin, nowhere, body], [officer, path, body]]) {
    fits("key_add", await client.post(`${where}/keys`, sent));
  }
  const key = `/api/v1/keys/${wanted.code}-1`;
  fits("key_list", await admin.get(`${path}/keys`));
  for (const client of [officer, admin, admin]) fits("key_retire", await client.delete(key));
  for (const [client, where] of [[admin, path], [admin, nowhere], [officer, path]]) fits("key_list", await client.get(`${where}/keys`));
  admin.close();
});

await test("Open311, in both formats", async () => {
  const own = await jaki.post("/api/v1/reports", withPhotos("report", reportBody(place, { visibility: "public" }), [jpeg()]), { "Idempotency-Key": randomUUID() });
  const { id } = own.json.report;
  for (const format of ["", ".json"]) {
    for (const query of ["", "?jurisdiction_id=x", "?extensions=true"]) {
      fits("service_list", await nobody.get(`/open311/v2/services${format}${query}`));
      fits("request_list", await nobody.get(`/open311/v2/requests${format}${query}`));
      fits("request_open", await nobody.get(`/open311/v2/requests/${id}${format}${query}`));
    }
    fits("request_list", await nobody.get(`/open311/v2/requests${format}?status=x&lat=1`, { "Accept-Language": "id" }));
  }
  const { json } = await nobody.get(`/open311/v2/requests/${id}.json`);
  fits("request_photo", await nobody.get(new URL(json[0].media_url).pathname));
  fits("request_photo", await nobody.get(`/open311/v2/photos/${id}`));
  for (const code of ["pohon", "pajak", "x"]) fits("service_open", await nobody.get(`/open311/v2/services/${code}.json`));
  const far = new CheckedClient(crm, {}, { localAddress: "127.45.7.10" });
  const good = { api_key: crm.channel("open311").api_key, service_code: "pajak", lat: place.lat, long: place.lng };
  const post = (members) => far.post("/open311/v2/requests.json", { type: "application/x-www-form-urlencoded", data: Buffer.from(`${new URLSearchParams({ ...good, ...members })}`) });
  for (const members of [{}, { lat: "x" }, { service_code: "x" }, ...Array(23).fill({ api_key: "x" })]) fits("request_add", await post(members));
  const { token } = (await post({ description: `G0BL0K ${randomUUID()}` })).json[0];
  for (const one of [token, "x"]) fits("token_open", await nobody.get(`/open311/v2/tokens/${one}.json`));
  far.close();
});

await test("what any address refuses", async () => {
  for (const { operationId: id, method, path, requestBody, security } of described) {
    const address = addressOf(path, randomUUID());
    const body = method === "GET" || method === "DELETE" ? undefined : {};
    if (security.length > 0) fits(id, await nobody.send(method, address, { body }));
    fits(id, await officer.send(method, `${address}?x=%zz`, { body }));
    fits(id, await officer.send("PUT", address, { body: {} }));
    if (!requestBody) continue;
    for (const [size, type] of [[2, "text/plain"], [70_000, "application/json"]]) {
      fits(id, await (id === "report_add" ? jaki : officer).send(method, address, { body: { type, data: Buffer.alloc(size, "x") }, headers: { "If-Match": '"1"' } }));
    }
    const raw = await connect(crm);
    const answer = await raw.send(`${method} ${address} HTTP/1.1\r\nHost: localhost\r\n\r\n`).answer();
    raw.end();
    fits(id, { ...answer, text: `${answer.body}`, json: JSON.parse(answer.body) });
  }
});

/** What only other steps bring: steps.test.mjs has seen it. */
const ELSEWHERE = {
  Report: ["held_for", "officer", "schedule", "stars", "completed_at", "reason_code", "main", "links", "steps"],
  Event: ["reason_code", "to_unit", "officer", "until", "stars", "step", "into"],
};

for (const [name, list] of objects) {
  await test(`${name}: what is required is always there, what is not is sometimes, nothing is never`, () => {
    const { properties, required } = schema(name);
    const of = (member) => list.filter((one) => Object.hasOwn(one, member)).length;
    assert.ok(list.length > 0);
    assert.deepEqual(Object.keys(properties).filter((member) => of(member) === list.length), required);
    assert.deepEqual(Object.keys(properties).filter((member) => of(member) === 0 && !ELSEWHERE[name]?.includes(member)), []);
  });
}

for (const client of [plain, jaki, nobody, officer, validator, privacy]) client.close();
finish();
