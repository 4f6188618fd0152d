// The pure parts of the client, and components in a pretended browser.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { load, pretendBrowser, ROOT } from "./support.mjs";

pretendBrowser();
const modules = await load([
  "t.js", "time.js", "filter.js", "router.js", "labels.js", "memory.js", "photo.js", "html.js", "preact",
  "components/label-banner/label-banner.js", "components/deadline/deadline.js", "components/timeline/timeline.js", "components/templates/templates.js",
  "components/step-sheet/forms.js", "components/step-sheet/units.js", "components/report-card/report-card.js", "components/report-parts/facts.js",
]);
const { t, tn, setLanguage } = modules["t.js"];
const { age, clock, dateTime, deadline, duration, learnServerTime, now } = modules["time.js"];
const { filterChips, filterCleared, filterFrom, filterPath, groupOf } = modules["filter.js"];

/** Renders a component and returns its root element. */
function drawn(Component, props) {
  const { html } = modules["html.js"];
  const { render } = modules.preact;
  const root = document.createElement("div");
  render(html`<${Component} ...${props} />`, root);
  return root;
}

test("times are Jakarta's, whatever the device's zone", async () => {
  await setLanguage("id");
  assert.equal(dateTime("2026-11-23T17:05:00Z"), "24 Nov 2026, 00.05 WIB");
  assert.equal(clock("2026-11-24T03:42:00Z"), "10.42 WIB");
  await setLanguage("en");
  assert.equal(dateTime("2026-11-23T17:05:00Z"), "Nov 24, 2026, 00:05 WIB");
  await setLanguage("id");
});

test("the server's clock counts, not the device's", () => {
  learnServerTime(new Date(Date.now() + 3_600_000).toUTCString());
  assert.ok(Math.abs(now() - Date.now() - 3_600_000) < 2000);
  learnServerTime("nonsense");
  learnServerTime(null);
  assert.ok(Math.abs(now() - Date.now() - 3_600_000) < 2000);
  learnServerTime(new Date().toUTCString());
  assert.ok(Math.abs(now() - Date.now()) < 1000);
});

test("a length of time has at most two units", async () => {
  const minutes = (n) => duration(n * 60_000);
  assert.deepEqual([0.2, 59, 60, 190, 1439, 1440, 4000].map(minutes), ["1 mnt", "59 mnt", "1 jam", "3 jam 10 mnt", "23 jam 59 mnt", "1 hari", "2 hari"]);
  await setLanguage("en");
  assert.deepEqual([190, 1440, 4000].map(minutes), ["3 h 10 min", "1 day", "2 days"]);
  await setLanguage("id");
});

test("a deadline says how much is left or how late it is", () => {
  const at = (minutes) => new Date(now() + minutes * 60_000 + 1000).toISOString();
  assert.deepEqual(deadline(at(190)), { late: false, soon: false, text: "Sisa 3 jam 10 mnt" });
  assert.deepEqual(deadline(at(30)), { late: false, soon: true, text: "Sisa 30 mnt" });
  assert.equal(deadline(at(-2 * 1440 - 1)).text, "Lewat 2 hari");
  assert.equal(deadline(at(-5)).late, true);
});

test("an age is one unit long", () => {
  const before = (minutes) => age(new Date(now() - minutes * 60_000 - 1000).toISOString());
  assert.deepEqual([0, 5, 61, 3000].map(before), ["baru saja", "5 mnt lalu", "1 jam lalu", "2 hari lalu"]);
});

test("texts are filled in and counted in both languages", async () => {
  assert.equal(tn("inbox.count", 1234), "1.234 laporan");
  assert.equal(t("report.kelurahan", { name: "Klender" }), "Kelurahan Klender");
  await setLanguage("en");
  assert.equal(tn("inbox.count", 1), "1 report");
  assert.equal(tn("inbox.count", 1234), "1,234 reports");
  assert.equal(document.documentElement.lang, "en");
  await setLanguage("id");
  assert.throws(() => t("no.such.key"));
});

test("filters live in the address, words do not", () => {
  const query = new URLSearchParams("status=waiting,nonsense&visibility=secret&overdue=true&sort=-received_at&kelurahan=31.75.07.1003");
  const filter = filterFrom(query, { q: "budi 0812" });
  assert.deepEqual(filter.status, ["waiting"]);
  assert.equal(filter.visibility, "");
  assert.equal(filter.q, "budi 0812");
  const path = filterPath(filter);
  assert.equal(path, "/?status=waiting&kelurahan=31.75.07.1003&overdue=true&sort=-received_at");
  assert.ok(!path.includes("budi"));
  assert.equal(filterPath(filterCleared(filter)), "/?sort=-received_at");
  assert.deepEqual(filterFrom(new URLSearchParams(path.slice(2)), null), { ...filter, q: "" });
});

test("chips take one filter away each, groups are no chips", () => {
  const filter = filterFrom(new URLSearchParams("status=waiting,completed&visibility=private"), null);
  const chips = filterChips(filter);
  assert.deepEqual(chips.map((chip) => chip.name), ["status", "status", "visibility"]);
  assert.deepEqual(chips[0].rest.status, ["completed"]);
  assert.equal(chips[2].rest.visibility, "");
  const group = filterFrom(new URLSearchParams("status=in_progress,scheduled,awaiting_validation"), null);
  assert.equal(groupOf(group), "progress");
  assert.deepEqual(filterChips(group), []);
  assert.equal(groupOf(filterCleared(filter)), "all");
});

test("addresses lead to screens, unknown ones to none", () => {
  const { match } = modules["router.js"];
  assert.equal(match("/").name, "inbox");
  assert.deepEqual(match("/reports/17637ee5-9824/follow-up"), { name: "follow-up", params: { id: "17637ee5-9824" } });
  assert.equal(match("/reports/a/b/c").name, "missing");
  assert.equal(match("/reports/<script>").name, "missing");
});

test("statuses, events and words are those of the server", () => {
  const text = readFileSync(join(ROOT, "api/core/labels.def"), "utf8");
  const rows = (name) => [...text.matchAll(new RegExp(`^${name}\\(\\w+, *"(\\w+)", *"([^"]+)", *"([^"]+)"`, "gm"))];
  const { EVENTS, STATUSES } = modules["labels.js"];
  const id = JSON.parse(readFileSync(join(ROOT, "web-client/src/locales/id.json"), "utf8"));
  const en = JSON.parse(readFileSync(join(ROOT, "web-client/src/locales/en.json"), "utf8"));
  assert.deepEqual([...STATUSES].sort(), rows("STATUS").map((row) => row[1]).sort());
  assert.deepEqual([...EVENTS].sort(), rows("EVENT").map((row) => row[1]).sort());
  for (const [, name, english, indonesian] of rows("STATUS")) {
    assert.deepEqual([en[`status.${name}`], id[`status.${name}`]], [english, indonesian]);
  }
  for (const [, name, english, indonesian] of rows("EVENT")) {
    assert.deepEqual([en[`event.${name}`], id[`event.${name}`]], [english, indonesian]);
  }
});

test("the likely step is the big button, the others follow in order", () => {
  const { stepPath, stepsOffered } = modules["labels.js"];
  assert.deepEqual(stepsOffered(["note", "hand_over", "take", "reply"]), { primary: "take", more: ["reply", "note", "hand_over"] });
  assert.deepEqual(stepsOffered(["note", "refuse_work", "accept_work"]), { primary: "accept_work", more: ["note"] });
  assert.deepEqual(stepsOffered(["assign", "approve_schedule", "refuse_schedule"]), { primary: "approve_schedule", more: ["refuse_schedule", "assign"] });
  assert.deepEqual(stepsOffered(["something_new"]), { primary: null, more: [] });
  assert.equal(stepPath("follow_up", "r1"), "/reports/r1/follow-up");
  assert.equal(stepPath("hand_over", "r1"), null);
});

test("the next report is one that waits for this reader", () => {
  const memory = modules["memory.js"];
  const { turnOf } = modules["labels.js"];
  const items = [["a", "waiting"], ["b", "in_progress"], ["c", "completed"], ["d", "awaiting_validation"]].map(([id, status]) => ({ id, status }));
  memory.listKeep("next", { items });
  const next = (id, role) => memory.nextWaiting(id, turnOf(role))?.id;
  assert.equal(next("a", "officer"), "b");
  assert.equal(next("b", "officer"), "a");
  assert.equal(next("b", "validator"), "d");
  assert.equal(next("b", "privacy"), undefined);
  memory.forgetAll();
  assert.equal(next("a", "officer"), undefined);
});

test("a step's form says what it lacks and sends only what stands in it", () => {
  const { EMPTY, eventOf, faultsOf, fieldsOf, refusalsOf } = modules["components/step-sheet/forms.js"];
  const lacks = (step, values) => Object.keys(faultsOf(step, { ...EMPTY, ...values }));
  assert.deepEqual(lacks("hand_over", {}), ["unit", "reason"]);
  assert.deepEqual(lacks("hand_over", { unit: { id: "u" }, reason: "Jalan provinsi" }), []);
  assert.deepEqual(lacks("reply", { text: "Selesai pada […]" }), ["text"]);
  assert.deepEqual(lacks("reject", { reason_code: "spam", text: "Iklan." }), ["text"]);
  assert.deepEqual(fieldsOf("note", "validator"), ["note"]);
  assert.deepEqual(fieldsOf("note", "officer"), ["note", "photos"]);
  const event = (step, values) => eventOf(step, fieldsOf(step, "officer"), { ...EMPTY, ...values }, []);
  assert.deepEqual(event("hand_over", { unit: { id: "u", name: "Sudin" }, reason: " Jalan provinsi ", note: " " }), { type: "hand_over", unit: "u", reason: "Jalan provinsi" });
  assert.deepEqual(event("schedule", { until: "2026-12-01", reason: "Alat berat" }), { type: "schedule", until: "2026-12-01T16:59:00.000Z", reason: "Alat berat" });
  assert.deepEqual(event("reject", { reason_code: "spam", text: "Iklan." }), { type: "reject", reason: "spam", text: "Iklan." });
  assert.deepEqual(refusalsOf({ errors: [{ pointer: "/unit", code: "own_unit" }, { pointer: "/x", code: "odd" }] }).map((one) => one.field), ["unit"]);
});

test("units: where a report can go, and which a few letters mean", () => {
  const { unitsFor, unitsNamed } = modules["components/step-sheet/units.js"];
  const all = [
    ["p", "Provinsi", "province", null], ["d", "Dinas Bina Marga", "dinas", "p"], ["s", "Sudin Bina Marga Timur", "sudin", "d"],
    ["k", "Kelurahan Klender", "kelurahan", "p"], ["l", "Kelurahan Bintaro", "kelurahan", "p"],
  ].map(([id, name, kind, parent]) => ({ id, name, kind, parent }));
  const ids = (list) => list.map((one) => one.id);
  assert.deepEqual(ids(unitsFor("hand_over", all, { unit: { id: "k" } }, "k")), ["d", "s", "l"]);
  assert.deepEqual(ids(unitsFor("dispose", all, { unit: { id: "d" } }, "d")), ["s"]);
  assert.deepEqual(ids(unitsNamed(all, "bin").shown), ["d", "l", "s"]);
  assert.deepEqual(ids(unitsNamed(all, "kel bin").shown), ["l"]);
  const many = Array.from({ length: 20 }, (_, at) => ({ id: `u${at}`, name: `Unit ${at}` }));
  assert.deepEqual([unitsNamed(many, "").shown.length, unitsNamed(many, "unit").left], [0, 12]);
});

test("a template is filled from the report; what it does not know stays a gap", async () => {
  const { filled } = modules["components/templates/templates.js"];
  const report = { ticket: "JK2611230001", category: { name: "Jalan" }, unit: { name: "Kelurahan Klender" }, due_at: null };
  const text = "{ticket} {category} {unit} {due}";
  assert.equal(filled(text, report), "JK2611230001 jalan Kelurahan Klender […]");
  assert.equal(filled(text, report, "2026-12-01T16:59:00Z"), "JK2611230001 jalan Kelurahan Klender 1 Desember 2026");
});

test("days of a date field are Jakarta's", () => {
  const { dayFromNow, endOfDay } = modules["time.js"];
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Jakarta" }).format(now());
  assert.equal(dayFromNow(0), today);
  assert.equal(endOfDay("2026-11-24"), "2026-11-24T16:59:00.000Z");
});

test("what an event says beside its words", () => {
  const { Timeline } = modules["components/timeline/timeline.js"];
  const base = { at: "2026-11-24T03:00:00Z", by: { unit: "Kelurahan Klender" } };
  const events = [
    { ...base, id: "1", type: "hand_over", to_unit: { id: "u", name: "Dinas Bina Marga" }, reason: "Jalan provinsi" },
    { ...base, id: "2", type: "answer", by: {}, text: "Dekat pos ronda" },
    { ...base, id: "3", type: "rate", by: {}, stars: 4 },
    { ...base, id: "4", type: "merge", into: { id: "r9", ticket: "JK2611230009" } },
    { ...base, id: "5", type: "escalate", by: {} },
    { ...base, id: "6", type: "assign", officer: { id: "o", name: "Sari" } },
  ];
  const root = drawn(Timeline, { events, label: { level: "public", label: "x" } });
  const steps = [...root.querySelectorAll(".step")].map((one) => one.textContent.replace(/\s+/g, " "));
  assert.match(steps[0], /Ke Dinas Bina Marga.*Alasan · Catatan internalJalan provinsi/);
  assert.match(steps[1], /Pelapor.*Dari pelaporDekat pos ronda/);
  assert.match(steps[2], /Nilai 4 dari 5/);
  assert.equal(root.querySelector('a[href="/reports/r9"]').textContent, "JK2611230009");
  assert.match(steps[4], /Otomatis/);
  assert.match(steps[5], /Petugas: Sari/);
});

test("memory forgets", () => {
  const memory = modules["memory.js"];
  const report = { id: "r1", ticket: "JK1", status: "waiting" };
  memory.listKeep("a", { items: [{ id: "r0" }, report, { id: "r2" }] });
  assert.deepEqual(memory.neighbours("r1"), { before: "r0", after: "r2" });
  memory.reportChanged({ ...report, status: "in_progress" });
  assert.equal(memory.reportRecall("r1").report.status, "in_progress");
  memory.draftKeep("r1 note", "text");
  memory.forgetReports();
  assert.equal(memory.reportRecall("r1").report, null);
  assert.equal(memory.draftRecall("r1 note"), "text");
  memory.forgetAll();
  assert.equal(memory.draftRecall("r1 note"), "");
});

test("the distance between two points is right to a metre", () => {
  const { distance } = modules["photo.js"];
  assert.ok(Math.abs(distance({ lat: -6.2, lng: 106.8 }, { lat: -6.201, lng: 106.8 }) - 111.2) < 1);
  assert.equal(Math.round(distance({ lat: -6.2, lng: 106.8 }, { lat: -6.2, lng: 106.8 })), 0);
});

test("a label shows the very text of the API", () => {
  const { LabelLine } = modules["components/label-banner/label-banner.js"];
  const label = "Laporan bersifat privasi. Jangan <b>x</b>";
  const root = drawn(LabelLine, { label: { level: "private", label } });
  assert.equal(root.querySelector(".label-text").textContent, label);
  assert.equal(root.querySelector("b"), null);
});

test("an erased report says so, in both languages, and its timeline names the step", async () => {
  const { ReportCard } = modules["components/report-card/report-card.js"];
  const { Summary } = modules["components/report-parts/facts.js"];
  const { Timeline } = modules["components/timeline/timeline.js"];
  const label = { level: "public", label: "x" };
  const report = { id: "r1", ticket: "JK2611230001", status: "rejected", description: "", location: null, received_at: "2026-11-24T03:00:00Z", confidentiality: label };
  for (const [language, words, steps] of [["id", "Pelapor menghapus teks laporan ini", ["Dihapus oleh pelapor", "Pelapor dilupakan", "Foto ditambahkan"]],
    ["en", "The reporter erased this report's text", ["Erased by the reporter", "Reporter forgotten", "Photos added"]]]) {
    await setLanguage(language);
    assert.equal(drawn(ReportCard, { report }).querySelector(".card-text").textContent, words);
    assert.equal(drawn(Summary, { report }).querySelector(".summary-text").textContent, words);
    const events = ["erase", "forget", "add_photos"].map((type) => ({ id: type, type, at: "2026-11-24T03:00:00Z", by: null }));
    const root = drawn(Timeline, { events, label });
    assert.deepEqual([...root.querySelectorAll(".step h3")].map((one) => one.textContent), steps);
    assert.equal(root.querySelectorAll(".words").length, 0);
    assert.ok([...root.querySelectorAll(".step-who")].every((one) => one.textContent === t("timeline.reporter")));
  }
  await setLanguage("id");
});
