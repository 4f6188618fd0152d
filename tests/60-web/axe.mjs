// Looks for what axe and a ruler can find on screens, for one device,
// language and theme after another.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { BASE, open, shot, stateOf } from "./browser.mjs";
import { require } from "./support.mjs";

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/**
 * Looks at the whole page at once: what happens to lie half under a bar that
 * stays in sight is only scrolled, not too small.
 */
async function faultsOf(page) {
  const { width } = page.viewportSize();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height });
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  }));
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html.slice(0, 120)} (${node.any[0]?.message ?? ""})`).join(" | ")}`);
}

/** Targets smaller than they should be, text that runs out sideways. */
function sizeFaults(page, least) {
  return page.evaluate((px) => {
    const small = [...document.querySelectorAll("button, a[href], input:not(.unseen), select, textarea")].filter((one) => {
      const inline = one.closest("p, .card h2, .queue-row h2, td, .error-summary, .notice") && one.tagName === "A";
      const box = (one.closest("label") ?? one).getBoundingClientRect();
      return !inline && !one.closest(".skip, .unseen") && box.width > 0 && !one.classList.contains("skip") && (box.height < px || box.width < px);
    });
    const wide = document.documentElement.scrollWidth > innerWidth ? [`page is ${document.documentElement.scrollWidth} wide`] : [];
    return [...wide, ...small.map((one) => `${one.outerHTML.slice(0, 100)} ${Math.round(one.getBoundingClientRect().height)}`)];
  }, least);
}

export async function show(page, screen) {
  await page.goto(BASE + screen.path);
  await page.waitForSelector(screen.ready);
  if (screen.act) {
    await screen.act(page);
    await page.waitForSelector(screen.then);
  }
}

/**
 * Every screen once. A screen has a name, who sees it, its path, what shows
 * that it is there (ready), what to do before looking (act) and what that
 * brings (then).
 */
export async function check(browser, screens, { device, language, theme, size }) {
  const faults = [];
  for (const who of new Set(screens.map((screen) => screen.who))) {
    const state = who && (await stateOf(browser, who));
    const { page, close } = await open(browser, { device, language, theme, state, workers: "block" });
    for (const screen of screens.filter((one) => one.who === who)) {
      await page.setViewportSize(device.viewport);
      await show(page, screen);
      await shot(page, `screens/${size}-${language}-${theme}-${screen.name}.png`);
      for (const fault of await faultsOf(page)) {
        faults.push(`${screen.name}: ${fault}`);
      }
      if (size === "phone") {
        const found = await sizeFaults(page, 44);
        faults.push(...found.map((fault) => `${screen.name}: ${fault}`));
      }
    }
    await close();
  }
  assert.deepEqual(faults, []);
}
