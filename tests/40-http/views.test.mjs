// Saved views of the inbox, texts to start from, reasons for a rejection: what
// makes officers fast, and what may not be kept.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { assertProblem } from "../support/checked.mjs";
import { finish, test } from "../support/count.mjs";
import { instance } from "../support/instance.mjs";
import { channelOf, enterAs } from "../support/people.mjs";
import { KLENDER, pointIn } from "../support/places.mjs";

const crm = instance();
const { unit } = pointIn(KLENDER);
const officer = await enterAs(crm, "officer", unit);
const colleague = await enterAs(crm, "officer", unit);
const supervisor = await enterAs(crm, "supervisor", unit);
const elsewhere = await enterAs(crm, "supervisor", "Kelurahan Pluit");
const admin = await enterAs(crm, "admin", "Dinas Komunikasi, Informatika dan Statistik");
const jaki = channelOf(crm);
const itemsOf = async (client, path, headers) => {
  const answer = await client.get(`/api/v1/${path}`, headers);
  assert.equal(answer.status, 200, answer.text);
  return answer.json.items;
};
const query = "status=waiting,in_progress&assigned=me&held=duplicate&overdue=true&bbox=106.8,-6.3,106.9,-6.2&sort=-received_at";

await test("a view is kept for its account alone, and finds what it says", async () => {
  const answer = await officer.post("/api/v1/views", { name: "Telat", query });
  assert.equal(answer.status, 201, answer.text);
  const { view } = answer.json;
  assert.deepEqual([view.name, view.query], ["Telat", query]);
  assert.deepEqual(await itemsOf(officer, "views"), [view]);
  assert.deepEqual(await itemsOf(colleague, "views"), []);
  assert.equal((await officer.get(`/api/v1/reports?${view.query}`)).status, 200);
  assertProblem(await colleague.delete(`/api/v1/views/${view.id}`), 404);
});

await test("commas may be written as browsers write them", async () => {
  const encoded = `${new URLSearchParams({ status: "waiting,in_progress", bbox: "106.8,-6.3,106.9,-6.2" })}`;
  const { view } = (await officer.post("/api/v1/views", { name: "Dekat", query: encoded })).json;
  assert.equal(view.query, encoded);
  assert.equal((await officer.get(`/api/v1/reports?${view.query}`)).status, 200);
  await officer.delete(`/api/v1/views/${view.id}`);
});

await test("the same name again takes its place", async () => {
  const [before] = await itemsOf(officer, "views");
  const { view } = (await officer.post("/api/v1/views", { name: "Telat", query: "overdue=true" })).json;
  assert.deepEqual(view, { ...before, query: "overdue=true" });
  assert.equal((await itemsOf(officer, "views")).length, 1);
});

await test("words that were searched for are not kept, nor anything that is no parameter", async () => {
  for (const [text, code] of [
    ["q=budi", "unknown_parameter"], ["overdue=true&q=budi", "unknown_parameter"], ["%71=budi", "unknown_parameter"], ["cursor=abc", "unknown_parameter"],
    ["limit=100", "unknown_parameter"], ["reporter=budi", "unknown_parameter"], ["=x", "unknown_parameter"], ["statu=waiting", "unknown_parameter"],
    ["statuses=waiting", "unknown_parameter"], ["budi", "format"], ["overdue=true&", "format"], ["&", "format"],
    ["category=rumah budi", "characters"], ["category=%62udi", "characters"], ["category=a%2", "characters"], ["category=%2C%20", "characters"], ["category=a+b", "characters"], ["category=", "characters"],
    ["category=a=b", "characters"], ["overdue=true&overdue=false", "duplicate"], ["x".repeat(501), "too_long"],
  ]) assert.equal(assertFault(await officer.post("/api/v1/views", { name: "Uji", query: text }), "/query"), code, text.slice(0, 40));
  assert.equal((await itemsOf(officer, "views")).length, 1);
});

/** The code of the first fault, which must be at this place. */
function assertFault(answer, pointer) {
  assertProblem(answer, 422);
  assert.equal(answer.json.errors[0].pointer, pointer, answer.text);
  return answer.json.errors[0].code;
}

await test("names are one line of 1 to 60 letters", async () => {
  for (const [name, code] of [["", "required"], [" ", "empty"], ["a\nb", "characters"], ["a\tb", "characters"], ["a\u0007", "characters"],
    ["x".repeat(61), "too_long"], [7, "type"], [null, "required"]]) {
    assert.equal(assertFault(await officer.post("/api/v1/views", { name, query: "" }), "/name"), code, String(name));
  }
  assertProblem(await officer.post("/api/v1/views", { name: "x", query: "", shared: true }), 422, [["", "unknown_member"]]);
  assert.equal((await officer.post("/api/v1/views", { name: "🌧️ é".repeat(15), query: "" })).status, 201);
});

await test("thirty views, and not one more; two sent at once are two", async () => {
  const answers = await Promise.all(Array.from({ length: 33 }, (_, at) => colleague.post("/api/v1/views", { name: `Tampilan ${at}`, query: "" })));
  assert.equal(answers.filter(({ status }) => status === 201).length, 30);
  for (const answer of answers.filter(({ status }) => status !== 201)) assertProblem(answer, 422, [["/name", "too_many"]]);
  assert.equal((await itemsOf(colleague, "views")).length, 30);
});

await test("a view is forgotten once", async () => {
  for (const { id } of await itemsOf(officer, "views")) {
    const answer = await officer.delete(`/api/v1/views/${id}`);
    assert.deepEqual([answer.status, answer.json.status], [200, "deleted"]);
    assertProblem(await officer.delete(`/api/v1/views/${id}`), 404);
  }
  assert.deepEqual(await itemsOf(officer, "views"), []);
  for (const id of [randomUUID(), "x", "telat"]) assertProblem(await officer.delete(`/api/v1/views/${id}`), 404);
});

const seen = async (client, id) => (await itemsOf(client, "templates")).find((one) => one.id === id);
let own, general;

await test("there are templates to start with, for every step that has text", async () => {
  const list = await itemsOf(officer, "templates");
  assert.ok(list.length >= 12);
  assert.deepEqual([...new Set(list.map(({ step }) => step))].sort(), ["ask", "follow_up", "reject", "reply", "schedule"]);
  for (const { text, step } of list) {
    assert.ok(!/[{}]/.test(text.replace(/\{(ticket|category|unit|due)\}/g, "")), text);
    assert.ok(step !== "ask" || text.includes("?") || text.startsWith("Mohon"), text);
  }
});

await test("a supervisor keeps one for the own unit, an admin for all", async () => {
  const answer = await supervisor.post("/api/v1/templates", { step: "reply", title: "Khas", text: "{unit}: {ticket}, {category}, {due}\nSalam" });
  assert.equal(answer.status, 201, answer.text);
  own = answer.json.template;
  general = (await admin.post("/api/v1/templates", { step: "ask", title: "Umum", text: "Di mana?" })).json.template;
  assert.deepEqual([own.own, general.own], [true, false]);
  for (const client of [officer, supervisor]) assert.deepEqual([await seen(client, own.id), await seen(client, general.id)], [own, general]);
  for (const client of [elsewhere, admin]) assert.deepEqual([await seen(client, own.id), await seen(client, general.id)], [undefined, general]);
  const again = await supervisor.post("/api/v1/templates", { step: "reply", title: "Khas", text: "Baru" });
  assert.deepEqual(again.json.template, { ...own, text: "Baru" });
});

await test("what cannot be filled in is refused", async () => {
  for (const text of ["{name}", "{nama} {ticket}", "{", "}", "{{ticket}}", "{TICKET}", "{ ticket}"]) {
    assertProblem(await supervisor.post("/api/v1/templates", { step: "reply", title: "Uji", text }), 422, [["/text", "placeholder"]]);
  }
  for (const [members, errors] of [
    [{ step: "note" }, [["/step", "unknown"]]], [{ title: "" }, [["/title", "required"]]], [{ title: "a\nb" }, [["/title", "characters"]]],
    [{ title: "x".repeat(81) }, [["/title", "too_long"]]], [{ text: "x".repeat(2001) }, [["/text", "too_long"]]], [{ unit: "x" }, [["", "unknown_member"]]],
  ]) assertProblem(await supervisor.post("/api/v1/templates", { step: "reply", title: "Uji", text: "x", ...members }), 422, errors);
});

await test("who may not, does not", async () => {
  for (const client of [officer, jaki]) {
    assertProblem(await client.post("/api/v1/templates", { step: "reply", title: "x", text: "x" }), 403);
    assertProblem(await client.delete(`/api/v1/templates/${general.id}`), 403);
  }
  assertProblem(await jaki.get("/api/v1/templates"), 403);
  assertProblem(await supervisor.delete(`/api/v1/templates/${general.id}`), 403);
  for (const client of [elsewhere, admin]) assertProblem(await client.delete(`/api/v1/templates/${own.id}`), 404);
  assert.equal((await supervisor.delete(`/api/v1/templates/${own.id}`)).status, 200);
  assert.equal((await admin.delete(`/api/v1/templates/${general.id}`)).status, 200);
  assertProblem(await admin.delete(`/api/v1/templates/${general.id}`), 404);
});

await test("reasons are in the language asked for", async () => {
  const english = await itemsOf(jaki, "reasons");
  const indonesian = await itemsOf(officer, "reasons", { "Accept-Language": "id" });
  assert.deepEqual(english.map(({ code }) => code), indonesian.map(({ code }) => code));
  assert.ok(english.length >= 7 && !english.some(({ code }) => code === "withdrawn"));
  assert.equal(english.find(({ code }) => code === "abuse").name, "Holds insults or abusive words");
  assert.equal(indonesian.find(({ code }) => code === "abuse").name, "Memuat penghinaan atau kata-kata kasar");
});

for (const client of [officer, colleague, supervisor, elsewhere, admin, jaki]) client.close();
finish();
