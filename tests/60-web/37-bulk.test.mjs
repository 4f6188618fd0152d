// Many reports at once, each for itself, and taking it back; saved views.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LABELS } from "../support/checked.mjs";
import { check } from "./axe.mjs";
import { BASE, DESKTOP, launch, open, PHONE, shot, stateOf, user } from "./browser.mjs";
import { post, taken, UNIT } from "./reports.mjs";

const officer = user("officer", UNIT);
const supervisor = user("supervisor", "Kecamatan Duren Sawit");
const NEWEST = "/?status=waiting&sort=-received_at";
let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const as = async (who, options) => open(browser, { state: await stateOf(browser, who), workers: "block", ...options });
const box = (page, report) => page.getByLabel(`Pilih laporan ${report.ticket}`);

/** New reports of the officer's unit, chosen in the inbox. */
async function choose(page, reports) {
  await page.goto(BASE + NEWEST);
  await page.waitForSelector(`[data-row="${reports.at(-1).id}"]`);
  await page.click('[data-tool="pick"]');
  for (const report of reports) {
    await box(page, report).press("Space");
  }
}

for (const [size, device] of [["phone", PHONE], ["desktop", DESKTOP]]) {
  test(`${size}: three at once, one was gone already; the others are taken back`, async () => {
    const reports = [await post("public", 0), await post("private", 0), await post("private", 0)];
    const { page, close } = await as(officer, { device });
    await choose(page, reports);
    await page.waitForSelector("text=3 laporan dipilih");
    await shot(page, `${size}-bulk-choose.png`);
    await taken(reports[2]);
    await page.click('.pick-bar [data-step="take"]');
    await page.click(".bulk-form [type=submit]");
    await page.waitForSelector("text=2 dari 3 berhasil");
    const rows = page.locator(".bulk-list li");
    const last = rows.filter({ hasText: reports[2].ticket });
    assert.match(await last.textContent(), /Baru saja diubah orang lain/);
    const labels = await rows.locator(".label-text").allTextContents();
    assert.deepEqual(labels.sort(), [LABELS.id.public, LABELS.id.private, LABELS.id.private].sort());
    await shot(page, `${size}-bulk-result.png`);
    await page.click(".bulk-undo");
    await page.waitForSelector("text=2 laporan dibatalkan");
    assert.equal(await page.locator(".bulk-undo").count(), 0);
    await page.click('.step-foot button:has-text("Selesai")');
    await page.waitForSelector(`[data-row="${reports[0].id}"]`);
    assert.equal(await page.locator(`[data-row="${reports[2].id}"]`).count(), 0, "what was taken still waits");
    assert.equal(await page.locator(".pick-box").count(), 0);
    await close();
  });
}

test("desktop: a supervisor assigns two; the officer finds them as the own work", async () => {
  const reports = [await post("private", 0), await post("private", 0)];
  const desk = await as(supervisor, { device: DESKTOP });
  await choose(desk.page, reports);
  await desk.page.click('.pick-bar [data-step="assign"]');
  await desk.page.click(".bulk-form [type=submit]");
  await desk.page.waitForSelector(".bulk-form .error-summary");
  await desk.page.getByLabel("Andi Saputra").check();
  await desk.page.click(".bulk-form [type=submit]");
  await desk.page.waitForSelector("text=2 dari 2 berhasil");
  await shot(desk.page, "desktop-bulk-assign.png");
  await desk.close();
  const { page, close } = await as(officer);
  await page.goto(`${BASE}/?assigned=me&sort=-received_at`);
  await page.waitForSelector(".chip >> text=Tugas saya");
  for (const report of reports) {
    await page.waitForSelector(`[data-row="${report.id}"]`);
  }
  await close();
});

test("phone: a view is saved without words, chosen, and forgotten", async () => {
  const { page, close, requests } = await as(officer);
  await page.goto(`${BASE}/?visibility=private&overdue=true`);
  await page.waitForSelector(".chip");
  await page.click('[data-tool="view"]');
  await page.click(".sheet-body [type=submit]");
  await page.waitForSelector(".dialog .field-error");
  await page.fill("#view-name", "Privasi yang lewat");
  await page.click(".sheet-body [type=submit]");
  await page.waitForSelector(".sheet-list >> text=Privasi yang lewat");
  await shot(page, "phone-views.png");
  await page.click('.dialog-head button:has-text("Tutup")');
  await page.goto(`${BASE}/`);
  await page.click(".views a >> text=Privasi yang lewat");
  await page.waitForFunction(() => location.search.includes("visibility=private") && location.search.includes("overdue=true"));
  assert.equal(await page.locator(".views a").first().getAttribute("aria-current"), "true");
  assert.equal(requests.filter((url) => url.endsWith("/api/v1/views")).length, 3, "asked twice by loading, saved once");
  await page.click('[data-tool="view"]');
  await page.getByRole("button", { name: "Hapus tampilan Privasi yang lewat" }).click();
  await page.waitForSelector("text=Belum ada tampilan tersimpan.");
  await close();
});

const screens = () => [
  { name: "bulk", who: officer, path: NEWEST, ready: "[data-row]", then: ".pick-box", act: (page) => page.click('[data-tool="pick"]') },
  { name: "views", who: officer, path: "/", ready: "[data-row]", then: ".sheet-body", act: (page) => page.click('[data-tool="view"]') },
];
for (const [size, device, language, theme] of [["phone", PHONE, "id", "light"], ["phone", PHONE, "en", "dark"], ["phone", PHONE, "id", "sunlight"], ["desktop", DESKTOP, "en", "light"]]) {
  test(`axe, ${size}, ${language}, ${theme}`, () => check(browser, screens(), { device, language, theme, size }));
}
