// My day: by deadline, and by distance once a tap asked for the position,
// which stays on the device. Notices: a mark in the navigation until seen.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LABELS } from "../support/checked.mjs";
import { check } from "./axe.mjs";
import { BASE, DESKTOP, launch, open, PHONE, shot, stateOf, user } from "./browser.mjs";
import { PLACE, post, taken, UNIT } from "./reports.mjs";

const officer = user("officer", UNIT);
let browser;
let report;

before(async () => {
  browser = await launch();
  report = await taken(await post("private", 0));
});
after(() => browser?.close());

const as = async (who, options) => open(browser, { state: await stateOf(browser, who), workers: "block", ...options });

test("phone: my open reports by deadline, the nearest first after a tap, the position stays here", async () => {
  const { page, close, requests } = await as(officer, { place: PLACE });
  const sent = [];
  page.on("request", (request) => sent.push(`${request.url()} ${request.postData() ?? ""}`));
  await page.goto(`${BASE}/day`);
  await page.waitForSelector(`[data-row="${report.id}"]`);
  const rows = await page.locator(".day [data-row]").count();
  const labels = await page.locator(".day .label-line .label-text").allTextContents();
  assert.equal(labels.length, rows);
  assert.ok(labels.every((label) => Object.values(LABELS.id).includes(label)), labels.join());
  const order = await page.locator(".day-group").evaluateAll((groups) => groups.map((group) => group.dataset.group));
  assert.deepEqual(order, ["late", "today", "later"].filter((name) => order.includes(name)));
  assert.equal(await page.locator(".day-distance").count(), 0);
  await page.click(".day-near button");
  await page.waitForSelector(".day-distance");
  for (const group of await page.locator(".day-group").all()) {
    const far = (await group.locator(".day-distance").allTextContents()).map((text) => parseFloat(text.replace(",", ".")) * (/km/.test(text) ? 1000 : 1));
    assert.deepEqual(far, [...far].sort((a, b) => a - b));
  }
  await shot(page, "phone-day.png");
  assert.ok(requests.some((url) => url.includes("assigned=me")));
  assert.deepEqual(sent.filter((text) => text.includes(String(PLACE.lat)) || text.includes(String(PLACE.lng))), []);
  await close();
});

test("phone: without a position the day works, and a denial is said", async () => {
  const { page, close } = await as(officer, {});
  await page.goto(`${BASE}/day`);
  await page.waitForSelector(`[data-row="${report.id}"]`);
  await page.click(".day-near button");
  await page.waitForSelector("text=/Izin lokasi|lokasi tidak|Posisi tidak/i");
  assert.ok(await page.locator(`[data-row="${report.id}"]`).isVisible());
  await close();
});

test("phone: news has a mark until it is seen, and each row its label", async () => {
  const fresh = await post("private", 0);
  const { page, close, requests } = await as(officer);
  await page.goto(`${BASE}/menu`);
  await page.waitForSelector('.nav a[href="/notices"] .count');
  assert.equal(requests.filter((url) => url.includes("/notices")).length, 1);
  await page.click('.nav a[href="/notices"]');
  await page.waitForSelector(`[data-row="${fresh.id}"]`);
  const rows = await page.locator(".notice-list .card").count();
  assert.equal(await page.locator(".notice-list .label-line .label-text").count(), rows);
  assert.ok(await page.locator(".notice-new").count());
  await page.waitForFunction(() => !document.querySelector('.nav a[href="/notices"] .count'));
  await shot(page, "phone-notices.png");
  await page.reload();
  await page.waitForSelector(`[data-row="${fresh.id}"]`);
  assert.equal(await page.locator(".notice-new").count(), 0);
  await close();
});

const screens = () => [
  { name: "day", who: officer, path: "/day", ready: ".day [data-row]" },
  { name: "notices", who: officer, path: "/notices", ready: ".notice-list" },
];
for (const [size, device, language, theme] of [["phone", PHONE, "id", "light"], ["phone", PHONE, "en", "dark"], ["phone", PHONE, "en", "sunlight"], ["desktop", DESKTOP, "id", "light"]]) {
  test(`axe, ${size}, ${language}, ${theme}`, () => check(browser, screens(), { device, language, theme, size }));
}
