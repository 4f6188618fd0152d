// No step's form has an accessibility fault that axe can find: every form,
// both languages, three themes.
//
// SPDX-License-Identifier: ISC

import { after, before, test } from "node:test";
import { channelClient, signIn } from "../support/officer.mjs";
import { add, reread, stepped } from "../support/reports.mjs";
import { check } from "./axe.mjs";
import { DESKTOP, instance, launch, openStep, PHONE, user } from "./browser.mjs";
import { post, taken, UNIT } from "./reports.mjs";

const officer = user("officer", UNIT);
const supervisor = user("supervisor", UNIT);
const triage = user("triage");
let browser;
const reports = {};

before(async () => {
  browser = await launch();
  reports.taken = await taken(await post("private", 0));
  reports.wished = await taken(await post("private", 0));
  const client = await signIn(instance, officer);
  const until = new Date(Date.now() + 9 * 86_400_000).toISOString();
  await stepped(client, await reread(client, reports.wished), { type: "schedule", until, reason: "Perlu alat berat." });
  client.close();
  const channel = channelClient(instance);
  reports.held = await add(channel, null);
  channel.close();
});
after(() => browser?.close());

/** A form of each kind of field, seen by those who have it. */
const screens = () => [
  ["more", officer, reports.taken],
  ["hand_over", officer, reports.taken], ["schedule", officer, reports.taken], ["note", officer, reports.taken],
  ["assign", supervisor, reports.wished],
  ["reject", triage, reports.held],
].map(([name, who, report]) => ({
  name: `step-${name}`, who, path: `/reports/${report.id}`, ready: ".timeline",
  act: (page) => (name === "more" ? page.click(".actions-more") : openStep(page, name)),
  then: name === "more" ? ".step-list" : ".step-hint",
}));

/** With everything that can be wrong marked. */
const wrong = () => ({
  name: "step-wrong", who: officer, path: `/reports/${reports.taken.id}`, ready: ".timeline", then: ".error-summary",
  act: async (page) => {
    await openStep(page, "hand_over");
    await page.click(".step-foot [type=submit]");
  },
});

for (const theme of ["light", "dark", "sunlight"]) {
  for (const language of ["id", "en"]) {
    test(`phone, ${language}, ${theme}`, () => check(browser, [...screens(), wrong()], { device: PHONE, language, theme, size: "phone" }));
  }
}
test("desktop, id, light", () => check(browser, [...screens(), wrong()], { device: DESKTOP, language: "id", theme: "light", size: "desktop" }));
