// The counter: what a desk officer keys in is sealed, its identity leaves the
// screen, and nothing of it stays on the device.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { ARTIFACTS, BASE, DESKTOP, launch, open, PHONE, shot, stateOf, user } from "./browser.mjs";
import { picture } from "./reports.mjs";

const triage = user("triage");
let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const secret = () => `Rahasia${randomBytes(4).toString("hex")}`;

async function counter(device, options = {}) {
  const opened = await open(browser, { device, state: await stateOf(browser, triage), workers: "block", ...options });
  await opened.page.goto(`${BASE}/counter`);
  await opened.page.waitForSelector("#counter-channel option:nth-child(2)", { state: "attached" });
  return opened;
}

/** Everything the page and the device hold, as one text. */
async function held(page) {
  return page.evaluate(async () => {
    const stores = [];
    for (const { name } of await indexedDB.databases()) {
      const db = await new Promise((resolve, reject) => Object.assign(indexedDB.open(name), { onsuccess: (event) => resolve(event.target.result), onerror: reject }));
      for (const store of db.objectStoreNames) {
        const all = db.transaction(store).objectStore(store).getAll();
        stores.push(JSON.stringify(await new Promise((resolve) => (all.onsuccess = () => resolve(all.result)))));
      }
      db.close();
    }
    const fields = [...document.querySelectorAll("input, textarea")].map((one) => one.value);
    return JSON.stringify([document.body.innerText, fields, { ...localStorage }, { ...sessionStorage }, stores, location.href, history.state]);
  });
}

async function fill(page, name, text) {
  await page.selectOption("#counter-channel", { index: 1 });
  await page.fill("#counter-description", text);
  await page.fill("#counter-name", name);
  await page.fill("#counter-phone", "081277776666");
}

test("what is keyed in gets a ticket; who it was is gone from the screen and the device", async () => {
  const { page, close } = await counter(DESKTOP);
  const name = secret();
  await fill(page, name, `Saluran tersumbat ${secret()}`);
  await page.click("#counter-place");
  await page.waitForSelector(".map-box canvas");
  await page.focus(".map-box");
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => /Kelurahan/.test(document.querySelector(".map-at").textContent));
  await page.click(".map .step-foot .button");
  await page.fill("#counter-address", "Depan kantor pos");
  const photo = join(ARTIFACTS, "counter.jpg");
  writeFileSync(photo, picture());
  await page.setInputFiles('input[type="file"]', photo);
  await page.waitForSelector(".taken img");
  await shot(page, "counter-desktop.png");
  await page.click('[type="submit"]');
  await page.waitForSelector(".counter-ticket");
  assert.match(await page.textContent(".counter-ticket"), /^JK\d{10,}$/);
  assert.match(await page.textContent(".label-banner"), /Laporan bersifat privasi\. Jangan berikan informasi dalam laporan ini kepada siapapun/);
  await shot(page, "counter-stored.png");
  const after = await held(page);
  assert.ok(!after.includes(name) && !after.includes("081277776666"), "identity is still about");
  await page.click(".counter-stored .button");
  assert.equal(await page.inputValue("#counter-name"), "");
  await page.click('.nav a[href="/outbox"]');
  await page.waitForSelector(".empty");
  await close();
});

test("without a network nothing is kept, what was typed stays on the screen, and a second try makes one report", async () => {
  const { page, context, close } = await counter(PHONE, { expected: ["Failed to load", "ERR_"] });
  const name = secret();
  await fill(page, name, `Lampu mati ${secret()}`);
  await context.setOffline(true);
  await page.click('[type="submit"]');
  await page.waitForSelector(".error-summary");
  assert.match(await page.textContent(".error-summary"), /Belum terkirim/);
  assert.equal(await page.inputValue("#counter-name"), name);
  const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  assert.ok(!stored.includes(name));
  const keys = [];
  page.on("request", (request) => request.method() === "POST" && keys.push(request.headers()["idempotency-key"]));
  await context.setOffline(false);
  await page.click('[type="submit"]');
  await page.waitForSelector(".counter-ticket");
  assert.equal(new Set(keys).size, 1);
  await close();
});

test("what is missing is said at its field", async () => {
  const { page, close } = await counter(PHONE);
  await page.fill("#counter-address", "Dekat pasar");
  await page.check('[name="counter-visibility"] >> nth=1');
  await page.click('[type="submit"]');
  await page.waitForSelector(".error-summary a");
  assert.deepEqual(await page.$$eval(".error-summary a", (all) => all.map((one) => one.getAttribute("href"))), ["#counter-channel", "#counter-description", "#counter-place"]);
  await page.click('.error-summary a[href="#counter-description"]');
  assert.equal(await page.evaluate(() => document.activeElement.id), "counter-description");
  await close();
});

test("leaving the form forgets the reporter", async () => {
  const { page, close } = await counter(DESKTOP);
  const name = secret();
  await fill(page, name, "Jalan rusak");
  await page.click('.nav a[href="/triage"]');
  await page.waitForSelector(".triage");
  await page.goBack();
  await page.waitForSelector("#counter-name");
  assert.equal(await page.inputValue("#counter-name"), "");
  await close();
});

/** Sends the form; what triage then reads of the report. */
async function sent(page) {
  await page.click('[type="submit"]');
  await page.waitForSelector(".counter-ticket");
  const ticket = await page.textContent(".counter-ticket");
  return page.evaluate(async (id) => (await (await fetch(`/api/v1/reports/${id}`)).json()).report, ticket);
}

test("at the telephone: report after report for one channel, an address without a point in the words", async () => {
  const { page, close } = await counter(DESKTOP);
  await page.selectOption("#counter-channel", "sms_wa");
  for (const word of [secret(), secret()]) {
    assert.equal(await page.inputValue("#counter-channel"), "sms_wa");
    assert.equal(await page.inputValue("#counter-description"), "");
    await page.fill("#counter-description", `Lampu jalan mati ${word}`);
    await page.fill("#counter-address", "Gang Mawar 3");
    await page.fill("#counter-phone", "081277776666");
    const report = await sent(page);
    assert.equal(report.description, `Lampu jalan mati ${word}\nAlamat: Gang Mawar 3`);
    assert.deepEqual(report.held_for, ["no_point"]);
    await page.click(".counter-stored .button");
  }
  await page.click('.nav a[href="/triage"]');
  await page.waitForSelector(".triage");
  await page.goBack();
  await page.waitForSelector('#counter-channel option[value="sms_wa"]', { state: "attached" });
  assert.equal(await page.inputValue("#counter-channel"), "sms_wa");
  await close();
});

test("from social media: whose post it was is sealed, and is no reference", async () => {
  const { page, close } = await counter(PHONE);
  const account = secret();
  await page.selectOption("#counter-channel", "twitter");
  await page.fill("#counter-description", `Trotoar rusak ${secret()}`);
  for (const link of [`https://x.com/${account}/status/1`, `@${account}`, `x.com/${account}`]) {
    await page.fill("#counter-channel_ref", link);
    await page.click('[type="submit"]');
    await page.waitForSelector('.error-summary a[href="#counter-channel_ref"]');
  }
  await page.fill("#counter-channel_ref", "DM 2026/0412");
  await page.fill("#counter-account_id", `https://x.com/${account}/status/1`);
  const report = await sent(page);
  assert.ok(!JSON.stringify(report).includes(account));
  assert.ok(!(await held(page)).includes(account));
  await close();
});
