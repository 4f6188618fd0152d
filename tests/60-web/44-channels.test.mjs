// Admins keep channels: add, suspend, let in again, limit, paste keys, retire.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { after, before, test } from "node:test";
import { check } from "./axe.mjs";
import { BASE, DESKTOP, launch, open, PHONE, shot, stateOf, user } from "./browser.mjs";

const admin = user("admin");
const code = `uji_${randomBytes(4).toString("hex")}`;
const pair = () => generateKeyPairSync("ec", { namedCurve: "P-256" });
let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

async function channels(device) {
  const opened = await open(browser, { device, state: await stateOf(browser, admin), workers: "block", expected: ["422", "403"] });
  await opened.page.goto(`${BASE}/channels`);
  await opened.page.waitForSelector(".entries a");
  return opened;
}
const entry = `.entries li:has-text("${code}")`;

test("a channel is added on a phone, and stands in the list", async () => {
  const { page, close } = await channels(PHONE);
  await page.click('.channels [type="submit"]');
  await page.waitForSelector("#channel-code-error");
  await page.fill("#channel-code", "Bukan Kode");
  await page.fill("#channel-name", `Mitra ${code}`);
  await page.click('.channels [type="submit"]');
  await page.waitForSelector("#channel-code-error");
  await page.fill("#channel-code", code);
  await page.check("#channel-sandbox");
  await page.click('.channels [type="submit"]');
  await page.waitForSelector(entry);
  assert.match(await page.textContent(entry), /Aktif · sandbox · kunci: 0/);
  await shot(page, "channels-phone.png");
  await page.click(`${entry} a`);
  await page.waitForSelector(".channel-state");
  await shot(page, "channel-phone.png");
  await close();
});

test("keys are pasted and retired, limits set, the channel suspended", async () => {
  const { page, close } = await channels(DESKTOP);
  await shot(page, "channels-desktop.png");
  await page.click(`${entry} a`);
  await page.waitForSelector("#channel-public_key");
  const add = (text) => page.fill("#channel-public_key", text);
  const submit = () => page.click('form:has(#channel-public_key) [type="submit"]');
  await page.fill("#channel-issuer", "https://mitra.invalid");
  await page.fill("#channel-audience", "crm-uji");
  await add("{ bukan json");
  await submit();
  await page.waitForSelector("#channel-public_key-error");
  const { publicKey, privateKey } = pair();
  await add(JSON.stringify({ keys: [{ ...privateKey.export({ format: "jwk" }), kid: `${code}-1` }] }));
  await submit();
  await page.waitForFunction(() => /privat/.test(document.querySelector(".error-summary")?.textContent ?? ""));
  await add(JSON.stringify({ keys: [{ ...publicKey.export({ format: "jwk" }), kid: `${code}-1` }] }));
  await submit();
  await page.waitForSelector(`.entries li:has-text("${code}-1")`);
  await page.waitForFunction(() => document.querySelector("#channel-issuer").value === "https://mitra.invalid");
  await page.fill("#channel-kid", `${code}-2`);
  await add(pair().publicKey.export({ type: "spki", format: "pem" }));
  await submit();
  await page.waitForSelector(`.entries li:has-text("${code}-2")`);
  await shot(page, "channel-desktop.png");
  await page.click(`.entries li:has-text("${code}-1") .button`);
  await shot(page, "channel-retire.png");
  await page.click('.dialog [data-kind="danger"]');
  await page.waitForSelector(`.entries li[data-off="true"]:has-text("${code}-1")`);
  await page.fill("#channel-reads_per_minute", "0");
  await page.click('form:has(#channel-reads_per_minute) [type="submit"]');
  await page.waitForSelector("#channel-reads_per_minute-error");
  await page.fill("#channel-reads_per_minute", "600");
  await page.click('form:has(#channel-reads_per_minute) [type="submit"]');
  await page.waitForFunction(() => document.querySelector("#channel-reads_per_minute").value === "600" && !document.querySelector("#channel-reads_per_minute-error"));
  await page.click(".channel-state .button");
  await page.click('.dialog [data-kind="danger"]');
  await page.waitForFunction(() => /Ditangguhkan/.test(document.querySelector(".channel-state").textContent));
  await page.click(".channel-state .button");
  await page.waitForFunction(() => /Aktif/.test(document.querySelector(".channel-state").textContent));
  await close();
});

const one = (page) => page.click(".entries a");
const screens = () => [
  { name: "channels", who: admin, path: "/channels", ready: ".entries a" },
  { name: "channel", who: admin, path: "/channels", ready: ".entries a", act: one, then: "#channel-public_key" },
];

test("axe: phone, en, light", () => check(browser, screens(), { device: PHONE, language: "en", theme: "light", size: "phone" }));
test("axe: desktop, id, dark", () => check(browser, screens(), { device: DESKTOP, language: "id", theme: "dark", size: "desktop" }));
