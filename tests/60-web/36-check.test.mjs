// The validator's desk: facts about the proof with the pictures they are
// about, before and after with a slider, what stands in for locked photos.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { draw } from "../../config/demo/draw.mjs";
import { LABELS } from "../support/checked.mjs";
import { signIn as apiSignIn } from "../support/officer.mjs";
import { followUp, stepped } from "../support/reports.mjs";
import { check } from "./axe.mjs";
import { BASE, DESKTOP, instance, launch, open, PHONE, shot, stateOf, user } from "./browser.mjs";
import { PLACE, post, taken, UNIT } from "./reports.mjs";

const officer = user("officer", UNIT);
const validator = user("validator");
/** Pictures no other run made: a second run must find no copy of the first one's. */
const street = (name, isAfter) => Buffer.from(draw({ scene: "pothole", seed: `${name}-${process.pid}-${Date.now()}`, after: isAfter, format: "jpeg" }).bytes);
const proof = street("proof", true);
let browser;
let first;
let copy;
let seen;

/** Hands in proof; with a picture of the site before, when one is given. */
async function proven(visibility, photos, site) {
  let report = await taken(await post(visibility));
  const client = await apiSignIn(instance, officer);
  if (site) {
    report = await stepped(client, report, { type: "note", note: "Keadaan sebelum dikerjakan." }, { photos: [site] });
  }
  const [event] = followUp(PLACE);
  report = await stepped(client, report, event, { photos });
  client.close();
  return report;
}

before(async () => {
  browser = await launch();
  first = await proven("private", [proof]);
  copy = await proven("public", [street("other", true), proof]);
  seen = await proven("private", [street("seen", true)], street("site", false));
});
after(() => browser?.close());

const desk = (report) => `${BASE}/reports/${report.id}/validate`;
const as = async (options) => open(browser, { state: await stateOf(browser, validator), workers: "block", ...options });
const drawn = (page, selector) =>
  page.waitForFunction((one) => [...document.querySelectorAll(one)].every((image) => image.complete && image.naturalWidth > 0), selector);

for (const [size, device] of [["phone", PHONE], ["desktop", DESKTOP]]) {
  test(`${size}: a copy of earlier proof is a fact with both pictures`, async () => {
    const { page, close } = await as({ device });
    await page.goto(desk(copy));
    const pair = page.locator(".check-pair");
    await pair.first().waitFor();
    assert.equal(await pair.count(), 1);
    assert.match(await pair.textContent(), /Foto bukti 2 sama dengan foto bukti laporan lain/);
    assert.equal(await pair.locator(`a[href="/reports/${first.id}"]`).textContent(), first.ticket);
    assert.equal(await pair.locator("img").count(), 2);
    await pair.scrollIntoViewIfNeeded();
    await drawn(page, ".check-pair img");
    await shot(page, `${size}-check.png`);
    await pair.locator("img").first().click();
    await page.waitForSelector(".viewer");
    assert.equal(await page.locator(".viewer .label-text").textContent(), LABELS.id.private, "the pair is of a private report");
    await page.keyboard.press("Escape");
    const words = await page.locator(".checks-facts").textContent();
    assert.ok(!/palsu|curang|mencurigakan/i.test(words), words);
    await close();
  });

  test(`${size}: before and after, one over the other, by keyboard`, async () => {
    const { page, close } = await as({ device });
    await page.goto(desk(copy));
    await page.click("text=Bandingkan dengan penggeser");
    await drawn(page, ".slider-stage img");
    const range = page.locator(".slider input[type=range]");
    await range.focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    assert.equal(await range.inputValue(), "60");
    assert.equal(await range.getAttribute("aria-valuetext"), "60% sebelum");
    assert.match(await page.locator(".slider-stage").evaluate((one) => getComputedStyle(one.querySelector("img:nth-child(2)")).clipPath), /60%/);
    await page.locator(".slider-stage").scrollIntoViewIfNeeded();
    await shot(page, `${size}-slider.png`);
    await close();
  });
}

test("locked photos: a picture of the site stands in, else it is said that there is none", async () => {
  const { page, close, requests } = await as({});
  await page.goto(desk(seen));
  await page.waitForSelector(".compare img");
  assert.equal(await page.locator('.compare img[alt="Foto lokasi 1 dari 1"]').count(), 1);
  await page.goto(desk(first));
  await page.waitForSelector("text=Tidak ada foto dari sebelum pekerjaan.");
  await page.waitForSelector("text=Tidak ditemukan foto lain yang sama.");
  assert.equal(await page.locator(".slider, :text('Bandingkan dengan penggeser')").count(), 0);
  assert.deepEqual(requests.filter((url) => new URL(url).origin !== new URL(BASE).origin), []);
  await close();
});

const screens = () => [
  { name: "check", who: validator, path: `/reports/${copy.id}/validate`, ready: ".check-pair", act: (page) => page.click("text=/Bandingkan|Compare/"), then: ".slider" },
];
for (const [language, theme] of [["id", "light"], ["en", "dark"], ["id", "sunlight"]]) {
  test(`axe, phone, ${language}, ${theme}`, () => check(browser, screens(), { device: PHONE, language, theme, size: "phone" }));
}
