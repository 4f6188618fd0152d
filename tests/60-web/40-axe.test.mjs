// No screen has an accessibility fault that axe can find: every screen, both
// languages, three themes.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { BASE, DESKTOP, launch, open, PHONE, shot, stateOf, user } from "./browser.mjs";
import { finish, post, UNIT } from "./reports.mjs";
import { require } from "./support.mjs";

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const officer = user("officer", UNIT);
const validator = user("validator");
let browser;
const reports = {};

before(async () => {
  browser = await launch();
  reports.private = await post("private");
  reports.public = await post("public");
  reports.done = await finish(await post("public"));
});
after(() => browser?.close());

const at = (id, rest = "") => `/reports/${id}${rest}`;

/** Screens: a name, who sees it, its address, what shows that it is there, what to do before looking. */
const screens = () => [
  { name: "sign-in", path: "/", ready: "#username" },
  { name: "sign-in-empty", path: "/", ready: "#username", act: (page) => page.click("form button[type=submit]"), then: ".error-summary" },
  { name: "inbox", who: officer, path: "/", ready: "[data-row]" },
  { name: "inbox-none", who: officer, path: "/?status=merged", ready: ".empty" },
  { name: "filter", who: officer, path: "/", ready: "[data-row]", act: (page) => page.click(".filter-button, .tools-row .tool"), then: ".filter-sheet" },
  { name: "private", who: officer, path: at(reports.private.id), ready: ".timeline" },
  { name: "navigate", who: officer, path: at(reports.private.id), ready: ".timeline", act: (page) => page.click(".location button"), then: ".dialog" },
  { name: "public", who: officer, path: at(reports.public.id), ready: ".timeline" },
  { name: "viewer", who: officer, path: at(reports.public.id), ready: ".timeline", act: (page) => page.click(".evidence img"), then: ".viewer img" },
  { name: "note", who: officer, path: at(reports.public.id), ready: ".timeline", act: (page) => page.locator(".choice-one").nth(1).click(), then: '.composer[data-audience="office"]' },
  { name: "follow-up", who: officer, path: at(reports.public.id, "/follow-up"), ready: "#camera", act: (page) => page.click(".actions button"), then: ".error-summary" },
  { name: "validate", who: validator, path: at(reports.done.id, "/validate"), ready: ".compare" },
  { name: "refuse", who: validator, path: at(reports.done.id, "/validate"), ready: ".compare", act: (page) => page.click('.actions [data-kind="danger"]'), then: ".dialog" },
  { name: "outbox", who: officer, path: "/outbox", ready: ".empty" },
  { name: "menu", who: officer, path: "/menu", ready: ".themes" },
  { name: "missing", who: officer, path: "/reports/x/y/z", ready: ".empty" },
];

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
      const inline = one.closest("p, .card h2, td, .error-summary, .notice") && one.tagName === "A";
      const box = (one.closest("label") ?? one).getBoundingClientRect();
      return !inline && !one.closest(".skip, .unseen") && box.width > 0 && !one.classList.contains("skip") && (box.height < px || box.width < px);
    });
    const wide = document.documentElement.scrollWidth > innerWidth ? [`page is ${document.documentElement.scrollWidth} wide`] : [];
    return [...wide, ...small.map((one) => `${one.outerHTML.slice(0, 100)} ${Math.round(one.getBoundingClientRect().height)}`)];
  }, least);
}

async function show(page, screen) {
  await page.goto(BASE + screen.path);
  await page.waitForSelector(screen.ready);
  if (screen.act) {
    await screen.act(page);
    await page.waitForSelector(screen.then);
  }
}

async function check({ device, language, theme, size }) {
  const faults = [];
  for (const who of [undefined, officer, validator]) {
    const state = who && (await stateOf(browser, who));
    const { page, close } = await open(browser, { device, language, theme, state, workers: "block" });
    for (const screen of screens().filter((one) => one.who === who)) {
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

for (const theme of ["light", "dark", "sunlight"]) {
  for (const language of ["id", "en"]) {
    test(`phone, ${language}, ${theme}`, () => check({ device: PHONE, language, theme, size: "phone" }));
  }
}
test("desktop, id, light", () => check({ device: DESKTOP, language: "id", theme: "light", size: "desktop" }));
test("desktop, en, dark", () => check({ device: DESKTOP, language: "en", theme: "dark", size: "desktop" }));

test("320 wide, text at 200 %, and a phone lying down: nothing runs out", async () => {
  const shapes = [
    { viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true },
    { viewport: { width: 740, height: 360 }, isMobile: true, hasTouch: true },
  ];
  const faults = [];
  for (const device of shapes) {
    const { page, close } = await open(browser, { device, language: "id", state: await stateOf(browser, officer), workers: "block" });
    for (const scale of [100, 200]) {
      for (const screen of screens().filter((one) => one.who === officer && !one.act)) {
        await show(page, screen);
        await page.evaluate((percent) => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(`html { font-size: ${percent}% !important }`);
          document.adoptedStyleSheets = [sheet];
        }, scale);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (wide > 0) {
          faults.push(`${screen.name} at ${device.viewport.width} and ${scale} %: ${wide} too wide`);
        }
      }
    }
    await close();
  }
  assert.deepEqual(faults, []);
});
