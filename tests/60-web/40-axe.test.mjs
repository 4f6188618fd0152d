// No screen has an accessibility fault that axe can find: every screen, both
// languages, three themes.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DESKTOP, launch, open, PHONE, stateOf, user } from "./browser.mjs";
import { check, show } from "./axe.mjs";
import { finish, post, UNIT } from "./reports.mjs";

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
  { name: "follow-up", who: officer, path: at(reports.public.id, "/follow-up"), ready: "#camera", act: (page) => page.click(".actions button"), then: ".error-summary" },
  { name: "validate", who: validator, path: at(reports.done.id, "/validate"), ready: ".compare" },
  { name: "refuse", who: validator, path: at(reports.done.id, "/validate"), ready: ".compare", act: (page) => page.click('.actions [data-kind="danger"]'), then: ".dialog" },
  { name: "outbox", who: officer, path: "/outbox", ready: ".empty" },
  { name: "menu", who: officer, path: "/menu", ready: ".themes" },
  { name: "missing", who: officer, path: "/reports/x/y/z", ready: ".empty" },
];

for (const theme of ["light", "dark", "sunlight"]) {
  for (const language of ["id", "en"]) {
    test(`phone, ${language}, ${theme}`, () => check(browser, screens(), { device: PHONE, language, theme, size: "phone" }));
  }
}
test("desktop, id, light", () => check(browser, screens(), { device: DESKTOP, language: "id", theme: "light", size: "desktop" }));
test("desktop, en, dark", () => check(browser, screens(), { device: DESKTOP, language: "en", theme: "dark", size: "desktop" }));

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
