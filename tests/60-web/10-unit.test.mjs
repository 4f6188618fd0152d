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
  "components/label-banner/label-banner.js", "components/deadline/deadline.js",
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
  assert.ok(EVENTS.length >= 7);
  for (const [, name, english, indonesian] of rows("STATUS")) {
    assert.deepEqual([en[`status.${name}`], id[`status.${name}`]], [english, indonesian]);
  }
  for (const [, name, english, indonesian] of rows("EVENT").filter((row) => EVENTS.includes(row[1]))) {
    assert.deepEqual([en[`event.${name}`], id[`event.${name}`]], [english, indonesian]);
  }
});

test("only those who may are offered an action", () => {
  const { actionsFor } = modules["labels.js"];
  const unit = { id: "u1", name: "Kelurahan Klender" };
  const report = { unit, status: "waiting" };
  const as = (role, status, own = unit) => actionsFor({ role, unit: own }, { ...report, status });
  assert.equal(as("officer", "waiting").take, true);
  assert.equal(as("officer", "waiting", { id: "u2" }).take, false);
  assert.equal(as("officer", "in_progress").follow_up, true);
  assert.equal(as("supervisor", "in_progress").follow_up, false);
  assert.equal(as("validator", "awaiting_validation").validate, true);
  assert.equal(as("officer", "awaiting_validation").validate, false);
  assert.deepEqual(as("privacy", "waiting"), { take: false, follow_up: false, reply: false, note: false, validate: false });
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
