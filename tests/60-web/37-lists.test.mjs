// What admins keep: words, days off, texts. An admin sees no report.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, test } from "node:test";
import { BASE, DESKTOP, launch, open, PHONE, shot, stateOf, user } from "./browser.mjs";

const admin = user("admin");
let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const word = () => `kata${[...randomBytes(5)].map((byte) => String.fromCharCode(97 + (byte % 26), 97 + (byte >> 5))).join("")}`;

/** 403: the page asks for a list of reports before it knows who is there. */
async function list(device, path) {
  const opened = await open(browser, { device, state: await stateOf(browser, admin), workers: "block", expected: ["422", "403"] });
  await opened.page.goto(BASE + path);
  await opened.page.waitForSelector(".entries li");
  return opened;
}

async function drop(page, name) {
  await page.click(`.entries li:has-text("${name}") .button-icon`);
  await page.click('.dialog [data-kind="danger"]');
  await page.waitForFunction((text) => ![...document.querySelectorAll(".entries strong")].some((one) => one.textContent.includes(text)), name);
}

test("an admin starts at the lists and is offered no report", async () => {
  const { page, close } = await list(PHONE, "/");
  assert.equal(new URL(page.url()).pathname, "/lists");
  assert.deepEqual(await page.$$eval(".nav a", (all) => all.map((one) => one.getAttribute("href"))), ["/lists", "/channels", "/menu"]);
  await shot(page, "lists-phone.png");
  await close();
});

test("a word is added and deleted; one that is no word is refused at its field", async () => {
  const { page, close } = await list(DESKTOP, "/lists/words");
  const name = word();
  await page.fill("#lists-word", name);
  await page.selectOption("#lists-kind", "emergency");
  await page.click('.lists-add [type="submit"]');
  await page.waitForSelector(`.entries li:has-text("${name}")`);
  await shot(page, "lists-desktop.png");
  await page.fill("#lists-word", "!!!");
  await page.click('.lists-add [type="submit"]');
  await page.waitForSelector("#lists-word-error");
  await drop(page, name);
  await close();
});

test("a day off and a text, on a phone", async () => {
  const { page, close } = await list(PHONE, "/lists/holidays");
  const name = word();
  await page.fill("#lists-day", "2031-03-17");
  await page.fill("#lists-name", name);
  await page.click('.lists-add [type="submit"]');
  await page.waitForSelector(`.entries li:has-text("${name}")`);
  assert.match(await page.textContent(`.entries li:has-text("${name}")`), /Senin, 17 Maret 2031/);
  await drop(page, name);
  await page.click('.lists-tabs a[href="/lists/templates"]');
  await page.waitForSelector("#lists-text");
  await page.fill("#lists-title", name);
  await page.fill("#lists-text", "Laporan {ticket} sudah {kami} terima.");
  await page.click('.lists-add [type="submit"]');
  await page.waitForSelector("#lists-text-error");
  await page.fill("#lists-text", "Laporan {ticket} sudah kami terima.");
  await page.click('.lists-add [type="submit"]');
  await page.waitForSelector(`.entries li:has-text("${name}")`);
  await drop(page, name);
  await close();
});
