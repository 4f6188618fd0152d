// The page at /docs: all that docs/openapi.yaml describes is on it, every link
// leads somewhere, and it can be read on a phone and on a desktop.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openapi } from "../../web-client/openapi.mjs";
import { check } from "./axe.mjs";
import { BASE, DESKTOP, launch, open, PHONE } from "./browser.mjs";

const api = await openapi();
const operations = Object.values(api.paths).flatMap((item) => Object.values(item)).filter((one) => one.operationId);
let browser;

before(async () => { browser = await launch(); });
after(() => browser?.close());

/** Every part is made by the same few functions: axe would take minutes for all of them. */
const sample = (page) => page.evaluate(() => {
  for (const kind of [".operation", ".object"]) {
    for (const [index, one] of [...document.querySelectorAll(`main ${kind}`)].entries()) if (index % 12 !== 3) one.remove();
  }
});
const screens = [{ name: "docs", path: "/docs", ready: "#objects", act: sample, then: "#objects" }];
for (const [size, device, theme] of [["phone", PHONE, "light"], ["desktop", DESKTOP, "dark"]]) {
  test(`${size}: nothing that axe or a ruler finds`, () => check(browser, screens, { device, language: "en", theme, size }));
}

test("everything described is there, without the client and without a script inside", async () => {
  const { page, close, requests } = await open(browser, { device: DESKTOP, language: "en", workers: "block" });
  for (const path of ["/docs", "/docs/"]) {
    await page.goto(BASE + path);
    const found = await page.evaluate(() => ({
      ids: [...document.querySelectorAll("[id]")].map((one) => one.id),
      links: [...document.querySelectorAll('a[href^="#"]')].map((one) => one.getAttribute("href").slice(1)),
      text: document.body.textContent,
      inline: [...document.querySelectorAll("style, [style], script:not([src])")].length,
      isOpen: document.querySelector("nav details").open,
    }));
    assert.equal(new Set(found.ids).size, found.ids.length, "an id stands twice");
    assert.deepEqual(found.links.filter((id) => !found.ids.includes(id)), []);
    assert.deepEqual(operations.filter(({ operationId }) => !found.links.includes(`operation-${operationId}`)), []);
    assert.deepEqual(Object.keys(api.components.schemas).filter((name) => !found.ids.includes(`object-${name}`)), []);
    for (const { label } of ["Public", "Private"].map((level) => api.components.schemas[`Confidentiality${level}`].properties)) {
      for (const one of label.oneOf) assert.ok(found.text.includes(one.enum[0]), one.enum[0]);
    }
    assert.doesNotMatch(found.text, /undefined|\[object|NaN/);
    assert.equal(found.inline, 0);
    assert.ok(found.isOpen, "contents beside the text");
  }
  assert.deepEqual(requests.filter((url) => !/\/(docs\/?|assets\/(docs|icon)-\w+\.(css|js|svg))$/.test(url)), []);
  await close();
});

test("nothing runs out sideways on a narrow phone with large text", async () => {
  const { page, close } = await open(browser, { device: { viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true }, language: "en", workers: "block" });
  await page.goto(`${BASE}/docs`);
  const wide = await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("html { font-size: 200% !important } .operation, .object { content-visibility: visible !important }");
    document.adoptedStyleSheets = [sheet];
    document.querySelectorAll("details").forEach((one) => { one.open = true; });
    return document.documentElement.scrollWidth - innerWidth;
  });
  assert.ok(wide <= 0, `${wide} too wide`);
  await close();
});
