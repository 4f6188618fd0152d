// Too many wrong passwords: the form says how long to wait and counts down.
// Last of all, because the server slows this machine down from here on.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { test } from "node:test";
import { BASE, launch, open, shot } from "./browser.mjs";

const TRIES = 20;

test("throttled: the seconds are told and count down, then one may try again", async () => {
  const browser = await launch();
  const { page, close } = await open(browser, { expected: ["401", "429"] });
  await page.goto(`${BASE}/`);
  await page.fill("#username", `orang.lain.${Date.now()}`);
  const button = page.locator("form button[type=submit]");
  let said = "";
  for (let at = 0; at < TRIES && !said.includes("Terlalu banyak percobaan"); at += 1) {
    await page.fill("#password", `salah ${at}`);
    const answer = page.waitForResponse((response) => response.url().endsWith("/api/v1/session"));
    await button.click();
    await answer;
    await page.waitForSelector(".error-summary");
    said = await page.locator(".error-summary").textContent();
  }
  assert.match(said, /Tunggu \d+ detik/);
  assert.ok(await button.isDisabled());
  const seconds = async () => Number(/\d+/.exec(await button.textContent())?.[0] ?? 0);
  const first = await seconds();
  await page.waitForFunction((before) => Number(/\d+/.exec(document.querySelector("form button[type=submit]").textContent)?.[0] ?? 0) < before, first);
  await shot(page, "phone-sign-in-throttled.png");
  await page.waitForFunction(() => !document.querySelector("form button[type=submit]").disabled, null, { timeout: 120_000 });
  await close();
  await browser.close();
});
