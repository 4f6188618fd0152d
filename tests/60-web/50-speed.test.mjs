// How fast the inbox is there on a cheap phone: a processor four times
// slower than ours and a slow 4G line. The machine is shared, so the best of
// several tries counts.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { BASE, DESKTOP, launch, open, PHONE, stateOf, user } from "./browser.mjs";
import { UNIT } from "./reports.mjs";

const officer = user("officer", UNIT);
const TRIES_MAX = 10;
let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** The constants of Lighthouse's slow 4G. */
const SLOW_4G = { offline: false, latency: 562.5, downloadThroughput: (1.44 * 1024 * 1024) / 8, uploadThroughput: (675 * 1024) / 8 };

async function measure({ device, slow, path = "/", ready = "[data-row]", warm = false }) {
  const { page, context, close } = await open(browser, { device, state: await stateOf(browser, officer), workers: warm ? "allow" : "block" });
  await context.addInitScript(() => {
    globalThis.vitals = { lcp: 0, cls: 0, tbt: 0, fcp: 0 };
    const watch = (type, act) => new PerformanceObserver((list) => list.getEntries().forEach(act)).observe({ type, buffered: true });
    watch("largest-contentful-paint", (entry) => (globalThis.vitals.lcp = entry.startTime));
    watch("paint", (entry) => (globalThis.vitals.fcp = entry.startTime));
    watch("layout-shift", (entry) => (globalThis.vitals.cls += entry.hadRecentInput ? 0 : entry.value));
    watch("longtask", (entry) => (globalThis.vitals.tbt += Math.max(0, entry.duration - 50)));
  });
  if (warm) {
    await page.goto(BASE + path);
    await page.waitForSelector(ready);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.waitForFunction(async () => navigator.serviceWorker.controller && (await caches.keys()).length === 1);
  }
  const tools = await context.newCDPSession(page);
  if (slow) {
    await tools.send("Network.enable");
    await tools.send("Network.emulateNetworkConditions", SLOW_4G);
    await tools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  }
  await page.goto(BASE + path, { waitUntil: "commit" });
  await page.waitForSelector(ready);
  const data = await page.evaluate(() => performance.now());
  await page.waitForLoadState("networkidle");
  const vitals = await page.evaluate(() => globalThis.vitals);
  const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
  await close();
  return { ...vitals, data, nodes };
}

/** Figure by figure the best of at least three tries; more only while a limit is not met. */
async function within(name, wish, limits) {
  let best = {};
  for (let at = 0; at < TRIES_MAX; at += 1) {
    const found = await measure(wish);
    best = Object.fromEntries(Object.keys(found).map((figure) => [figure, Math.min(found[figure], best[figure] ?? Infinity)]));
    if (at >= 2 && Object.entries(limits).every(([figure, limit]) => best[figure] <= limit)) {
      break;
    }
  }
  console.log(`figures: ${name} ${JSON.stringify(best, (_, value) => (typeof value === "number" ? Math.round(value * 1000) / 1000 : value))}`);
  for (const [figure, limit] of Object.entries(limits)) {
    assert.ok(best[figure] <= limit, `${name}: ${figure} ${best[figure]} over ${limit}`);
  }
}

test("phone, cold", () =>
  within("phone cold", { device: PHONE, slow: true }, { lcp: 2500, data: 3500, cls: 0.05, tbt: 200, nodes: 1500 }));

test("phone, again with the shell on the device", () =>
  within("phone warm", { device: PHONE, slow: true, warm: true }, { lcp: 600, data: 2500, cls: 0.05, tbt: 200 }));

test("desktop, cold", () =>
  within("desktop cold", { device: DESKTOP }, { lcp: 1000, data: 1200, cls: 0.05, tbt: 150, nodes: 4000 }));
