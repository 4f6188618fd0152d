// No screen of triage, counter and admins has a fault that axe or a ruler can
// find.
//
// SPDX-License-Identifier: ISC

import { randomBytes } from "node:crypto";
import { after, before, test } from "node:test";
import { check } from "./axe.mjs";
import { DESKTOP, launch, PHONE, user } from "./browser.mjs";
import { hand, post } from "./reports.mjs";

const triage = user("triage");
const admin = user("admin");
let browser;
const reports = {};

before(async () => {
  browser = await launch();
  const text = Array.from({ length: 9 }, () => `kata${randomBytes(5).toString("hex").replace(/\d/g, "x")}`).join(" ");
  reports.first = await post("public", 1, `${text} satu`);
  reports.second = await post("private", 0, `${text} dua`);
  reports.urgent = await hand({ location: null, description: `Ada orang tenggelam ${text.slice(0, 60)}` });
});
after(() => browser?.close());

const decide = (step) => async (page) => {
  await page.waitForSelector(".triage-report .summary");
  await page.click(`.decisions [data-step="${step}"]`);
};

const screens = () => {
  const at = `/triage/${reports.second.id}`;
  const ready = ".triage-report .timeline, .triage-report .summary";
  return [
    { name: "triage-queue", who: triage, path: "/triage", ready: ".queue-row" },
    { name: "triage-report", who: triage, path: at, ready },
    { name: "triage-route", who: triage, path: at, ready, act: decide("route"), then: '.step-form [name="unit"]' },
    { name: "triage-split", who: triage, path: at, ready, act: decide("split"), then: "#step-description" },
    { name: "triage-reject", who: triage, path: at, ready, act: decide("reject"), then: "#step-reason_code" },
    { name: "triage-related", who: triage, path: at, ready, act: decide("merge"), then: ".related" },
    {
      name: "triage-compare", who: triage, path: at, ready, then: ".sides",
      act: async (page) => {
        await decide("merge")(page);
        await page.click(".related .button");
      },
    },
    { name: "counter", who: triage, path: "/counter", ready: "#counter-channel" },
    { name: "counter-empty", who: triage, path: "/counter", ready: "#counter-channel", act: (page) => page.click('[type="submit"]'), then: ".error-summary" },
    {
      name: "map", who: triage, path: "/counter", ready: "#counter-channel", then: ".map-box canvas",
      act: (page) => page.click("#counter-place"),
    },
    ...["words", "holidays", "templates"].map((name) => ({ name: `lists-${name}`, who: admin, path: `/lists/${name}`, ready: ".entries li" })),
    {
      name: "lists-drop", who: admin, path: "/lists/words", ready: ".entries li", then: ".dialog",
      act: (page) => page.click(".entries .button-icon"),
    },
  ];
};

test("phone, id, light", () => check(browser, screens(), { device: PHONE, language: "id", theme: "light", size: "phone" }));
test("phone, en, sunlight", () => check(browser, screens(), { device: PHONE, language: "en", theme: "sunlight", size: "phone" }));
test("desktop, en, dark", () => check(browser, screens(), { device: DESKTOP, language: "en", theme: "dark", size: "desktop" }));
test("320 wide", () => {
  const few = screens().filter(({ name }) => ["triage-queue", "triage-compare", "counter", "lists-words"].includes(name));
  return check(browser, few, { device: { ...PHONE, viewport: { width: 320, height: 640 } }, language: "id", theme: "light", size: "phone" });
});
