// The triage console as a person at a desk and one with a phone use it.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, test } from "node:test";
import { signIn } from "../support/officer.mjs";
import { BASE, DESKTOP, instance, launch, open, PHONE, shot, stateOf, user } from "./browser.mjs";
import { hand, PLACE, post } from "./reports.mjs";

const triage = user("triage");
let browser;
let api;

before(async () => {
  browser = await launch();
  api = await signIn(instance, triage);
});
after(async () => {
  api?.close();
  await browser?.close();
});

const word = () => `kata${randomBytes(5).toString("hex").replace(/\d/g, "x")}`;
/** Words of its own, so that the filter finds nothing like it. */
const own = (text = "") => `${text} ${Array.from({ length: 8 }, word).join(" ")}`.trim();
const held = (text) => hand({ location: null, description: own(text) });
const statusOf = async ({ id }) => (await api.get(`/api/v1/reports/${id}`)).json.report.status;

async function console_(device, path = "/triage") {
  const opened = await open(browser, { device, state: await stateOf(browser, triage), workers: "block" });
  await opened.page.goto(BASE + path);
  await opened.page.waitForSelector(".queue-row, .triage-report .summary");
  return opened;
}

const row = (report) => `.queue-row a[data-row="${report.id}"]`;

test("the queue says why, marks emergencies and puts them first, every row with its label", async () => {
  await held("Lampu mati");
  const urgent = await hand({ description: own("Tolong ada orang tenggelam") });
  const { page, close } = await console_(DESKTOP);
  await page.waitForSelector(row(urgent));
  const rows = await page.$$eval(".queue-row", (all) => all.map((one) => ({ urgent: one.dataset.urgent, label: one.querySelector(".label-text")?.textContent, why: one.querySelector(".holds")?.textContent })));
  assert.equal(rows[0].urgent, "true");
  assert.equal(rows.findLastIndex((one) => one.urgent === "true"), rows.filter((one) => one.urgent === "true").length - 1, "all of them on top");
  assert.deepEqual(rows.filter((one) => !/Jangan berikan informasi dalam laporan ini kepada siapapun$/.test(one.label)), []);
  assert.deepEqual(rows.filter((one) => !one.why), []);
  await page.selectOption(".triage-filter select", "emergency");
  await page.waitForFunction(() => location.search === "?held=emergency" && [...document.querySelectorAll(".queue-row")].every((one) => one.dataset.urgent === "true"));
  await close();
});

test("three keys decide an ordinary report, the next one is there, and a tap takes it back", async () => {
  const report = await hand({ location: { ...PLACE, accuracy_m: 5 }, description: own("Petugas goblok, jalan rusak") });
  const { page, close } = await console_(DESKTOP, `/triage/${report.id}`);
  await page.waitForSelector(`${row(report)}[aria-current]`);
  await page.waitForSelector('.decision-pane [name="unit"]');
  await page.keyboard.press("1");
  await page.waitForFunction(() => document.activeElement?.getAttribute("name") === "unit");
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".toast-act");
  assert.equal(await statusOf(report), "waiting");
  await page.waitForFunction((id) => !location.pathname.endsWith(id), report.id);
  assert.equal(await page.locator(row(report)).count(), 0, "it has left the queue");
  await page.click(".toast-act");
  await page.waitForSelector(row(report));
  assert.equal(await statusOf(report), "incoming");
  await close();
});

test("j, k and ? work, and not while somebody writes", async () => {
  await Promise.all([held("Satu"), held("Dua")]);
  const { page, close } = await console_(DESKTOP);
  await page.waitForSelector(".queue-row[data-on=true] + .queue-row");
  const at = () => page.$$eval(".queue-row", (all) => all.findIndex((one) => one.dataset.on === "true"));
  assert.equal(await at(), 0);
  await page.keyboard.press("j");
  await page.waitForSelector(".queue-row:nth-child(2)[data-on=true]");
  await page.keyboard.press("k");
  await page.waitForSelector(".queue-row:nth-child(1)[data-on=true]");
  await page.waitForSelector("#step-unit");
  await page.focus("#step-unit");
  await page.keyboard.type("jk4");
  assert.equal(await page.inputValue("#step-unit"), "jk4");
  assert.equal(await at(), 0);
  await page.focus("h1");
  await page.keyboard.press("?");
  await page.waitForSelector(".keys kbd");
  await close();
});

test("rejecting shows the sentence that the reporter will read", async () => {
  const report = await held("Iklan obat kuat");
  const { page, close } = await console_(PHONE, `/triage/${report.id}`);
  await page.click('.decisions [data-step="reject"]');
  await page.selectOption("#step-reason_code", "spam");
  await page.fill("#step-text", "Kiriman ini iklan, bukan laporan tentang kota.");
  await page.waitForFunction((ticket) => document.querySelector(".words-text")?.textContent.includes(ticket), report.ticket);
  assert.match(await page.textContent(".words-text"), /Kiriman ini iklan/);
  await shot(page, "triage-phone-reject.png");
  await page.click('.step-foot [type="submit"]');
  await page.waitForSelector(".toast-act");
  assert.equal(await statusOf(report), "rejected");
  await close();
});

test("splitting makes a report of its own and keeps this one in the queue", async () => {
  const report = await held("Jalan rusak dan lampu mati");
  const { page, close } = await console_(DESKTOP, `/triage/${report.id}`);
  await page.waitForSelector(".triage-report .summary");
  await page.click('.decisions [data-step="split"]');
  await page.fill("#step-description", `Lampu jalan mati ${word()}`);
  await page.selectOption("#step-category", "penerangan_jalan");
  await page.click('.step-foot [type="submit"]');
  await page.waitForSelector('.toast-box[data-good="true"]');
  const { json } = await api.get(`/api/v1/reports/${report.id}/events`);
  assert.match(json.items.find(({ type }) => type === "split").into.ticket, /^JK/);
  assert.equal(await statusOf(report), "incoming");
  await close();
});

test("a likely duplicate: compare side by side, choose which one stays, merge", async () => {
  const text = own("Lubang besar di jalan");
  const first = await post("public", 0, `${text} pertama`);
  const second = await post("private", 0, `${text} kedua`);
  assert.equal(await statusOf(second), "incoming");
  const { page, close } = await console_(DESKTOP, `/triage/${second.id}`);
  await page.waitForSelector(".triage-report .summary");
  await page.click('.decisions [data-step="merge"]');
  await page.waitForSelector(".related .label-text");
  assert.match(await page.textContent(".related"), /Mungkin sama[\s\S]*0 m[\s\S]*\d+% mirip/);
  await page.click(".related .button");
  await page.waitForSelector(".sides .side");
  assert.equal(await page.locator(".side .label-text").count(), 2, "both with their label");
  assert.equal(await page.locator('.side[data-on="true"] h3').textContent(), first.ticket);
  await shot(page, "triage-desktop-compare.png");
  await page.click('.versus [type="submit"]');
  await page.waitForSelector(".toast-act");
  assert.equal(await statusOf(second), "merged");
  await page.goto(`${BASE}/triage/${first.id}`);
  await close();
});
