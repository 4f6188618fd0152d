// No step's form has an accessibility fault that axe can find: every form,
// both languages, three themes.
//
// SPDX-License-Identifier: ISC

import { after, before, test } from "node:test";
import { check } from "./axe.mjs";
import { DESKTOP, launch, openStep, PHONE, user } from "./browser.mjs";
import { post, taken, UNIT } from "./reports.mjs";

const officer = user("officer", UNIT);
const FORMS = ["reply", "note"];
let browser;
let report;

before(async () => {
  browser = await launch();
  report = await taken(await post("private"));
});
after(() => browser?.close());

const screens = () => {
  const one = { who: officer, path: `/reports/${report.id}`, ready: ".timeline" };
  return FORMS.map((step) => ({ ...one, name: `step-${step}`, act: (page) => openStep(page, step), then: ".step-hint" }));
};

for (const theme of ["light", "dark", "sunlight"]) {
  for (const language of ["id", "en"]) {
    test(`phone, ${language}, ${theme}`, () => check(browser, screens(), { device: PHONE, language, theme, size: "phone" }));
  }
}
test("desktop, id, light", () => check(browser, screens(), { device: DESKTOP, language: "id", theme: "light", size: "desktop" }));
