// For supervisors: workload, dates to approve, what is overdue; and the
// ranking of units, which is a table before it is a picture.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LABELS } from "../support/checked.mjs";
import { signIn as apiSignIn } from "../support/officer.mjs";
import { followUp, stepped } from "../support/reports.mjs";
import { check } from "./axe.mjs";
import { BASE, DESKTOP, instance, launch, open, PHONE, shot, stateOf, user } from "./browser.mjs";
import { PLACE, post, taken, UNIT } from "./reports.mjs";

const officer = user("officer", UNIT);
const supervisor = user("supervisor", UNIT);
const ENOUGH = 10;
const DAY = 24 * 3600_000;
let browser;
const wishes = [];

/** The least work that a unit is ranked with, handed in and found good. */
async function accepted() {
  const worker = await apiSignIn(instance, officer);
  const checker = await apiSignIn(instance, user("validator"));
  for (let count = 0; count < ENOUGH; count += 1) {
    const [event, options] = followUp(PLACE);
    const done = await stepped(worker, await taken(await post("private", 0)), event, options);
    await stepped(checker, done, { type: "accept_work" });
  }
  worker.close();
  checker.close();
}

/** A report for which the officer asked for a date. */
async function wish() {
  const worker = await apiSignIn(instance, officer);
  const until = new Date(Date.now() + 20 * DAY).toISOString();
  const report = await stepped(worker, await taken(await post("private", 0)), { type: "schedule", until, reason: "Menunggu pengadaan aspal." });
  worker.close();
  return report;
}

before(async () => {
  browser = await launch();
  await accepted();
  wishes.push(await wish(), await wish());
});
after(() => browser?.close());

const as = async (who, options) => open(browser, { state: await stateOf(browser, who), workers: "block", ...options });

test("phone: workload, a date approved on the spot, overdue work with its labels", async () => {
  const { page, close } = await as(supervisor);
  await page.goto(`${BASE}/`);
  await page.click('.nav a[href="/team"]');
  await page.waitForSelector(".figures tbody tr");
  assert.match(await page.locator(".figures tbody").textContent(), /Andi Saputra/);
  await shot(page, "phone-team.png");
  const cards = await page.locator(".team .card").count();
  const labels = await page.locator(".team .label-line .label-text").allTextContents();
  assert.equal(labels.length, cards);
  assert.ok(labels.every((label) => Object.values(LABELS.id).includes(label)), labels.join());
  const row = page.locator(".card", { has: page.locator(`[data-row="${wishes[0].id}"]`) });
  await row.locator("button").click();
  await page.waitForSelector(".toast-box");
  await row.waitFor({ state: "detached" });
  await page.goto(`${BASE}/reports/${wishes[0].id}`);
  await page.waitForSelector('.status-tag:has-text("Dijadwalkan")');
  await close();
});

test("desktop: the ranking is a table with bars, by period and kind", async () => {
  const { page, close } = await as(supervisor, { device: DESKTOP });
  await page.goto(`${BASE}/team`);
  await page.waitForSelector(".figures tbody tr");
  await shot(page, "desktop-team.png");
  await page.click('.nav a[href="/ranking"]');
  await page.waitForSelector(".figures tbody tr");
  const row = page.locator(".figures tr", { hasText: UNIT });
  assert.match(await row.locator("th").textContent(), /^\d+\. Kelurahan Klender/);
  assert.ok(Number(await row.locator("td").first().textContent()) >= ENOUGH);
  assert.match(await row.locator("td").nth(1).textContent(), /^\d+%$/);
  await shot(page, "desktop-ranking.png");
  await page.selectOption("#ranking-kind", "dinas");
  await page.waitForSelector(".ranking .empty, .figures th:has-text(\"Dinas\")");
  await page.selectOption("#ranking-kind", "kelurahan");
  await page.selectOption("#ranking-period", "month");
  await page.waitForSelector(".figures tbody tr");
  await close();
});

const screens = () => [
  { name: "team", who: supervisor, path: "/team", ready: ".figures tbody tr" },
  { name: "ranking", who: supervisor, path: "/ranking", ready: ".figures tbody tr" },
];
for (const [size, device, language, theme] of [["phone", PHONE, "id", "light"], ["phone", PHONE, "en", "dark"], ["phone", PHONE, "en", "sunlight"], ["desktop", DESKTOP, "id", "light"]]) {
  test(`axe, ${size}, ${language}, ${theme}`, () => check(browser, screens(), { device, language, theme, size }));
}
