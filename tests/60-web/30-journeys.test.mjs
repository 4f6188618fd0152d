// What officers do, in Chromium, on a phone and at a desk, against the real
// server. The screenshots are those of the README.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LABELS } from "../support/checked.mjs";
import { BASE, DESKTOP, instance, launch, open, openStep, PHONE, shot, signIn, stateOf, user } from "./browser.mjs";
import { finish, picture, PLACE, post, UNIT } from "./reports.mjs";
import { signIn as apiSignIn } from "../support/officer.mjs";
import { stepped } from "../support/reports.mjs";

let browser;
const officer = user("officer", UNIT);
const other = user("officer", "Kelurahan Karet Semanggi");
const validator = user("validator");

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const as = async (who, options) => open(browser, { state: await stateOf(browser, who), workers: "block", ...options });

for (const [size, device] of [["phone", PHONE], ["desktop", DESKTOP]]) {
  test(`${size}: a private report shows its label and its locks, and asks for no photo`, async () => {
    const report = await post("private");
    const { page, requests, close } = await as(officer, { device });
    await page.goto(`${BASE}/reports/${report.id}`);
    await page.waitForSelector(".timeline");
    const label = page.locator(".label-banner .label-text");
    assert.equal(await label.textContent(), LABELS.id.private);
    const box = await page.locator(".label-banner").boundingBox();
    assert.ok(box.y >= 0 && box.y + box.height <= device.viewport.height / 2, "the label is not in sight");
    assert.equal(await page.locator(".lock").count(), 2);
    assert.equal(await page.getByText("Identitas pelapor terkunci").count(), 1);
    assert.equal(await page.getByText("Foto laporan terkunci").count(), 1);
    assert.deepEqual(requests.filter((url) => url.includes("/photos/")), []);
    const text = await page.locator("body").textContent();
    assert.ok(!/Rahasia|0812/.test(text));
    assert.ok(await page.locator(".watermark").isVisible());
    assert.equal(await page.title(), `${report.ticket} – CRM`);
    await shot(page, `${size}-private.png`);
    await close();
  });

  test(`${size}: a public report shows its photos and an anonymous reporter`, async () => {
    const report = await post("public");
    const { page, close } = await as(officer, { device });
    await page.goto(`${BASE}/reports/${report.id}`);
    await page.waitForSelector(".timeline");
    assert.equal(await page.locator(".label-banner .label-text").textContent(), LABELS.id.public);
    assert.equal(await page.locator(".anonymous").textContent(), "Anonim");
    assert.equal(await page.locator(".lock").count(), 0);
    const images = page.locator(".evidence img");
    assert.equal(await images.count(), 2);
    for (const image of await images.all()) {
      await image.scrollIntoViewIfNeeded();
      await page.waitForFunction((one) => one.complete && one.naturalWidth > 0, await image.elementHandle());
    }
    await page.evaluate(() => scrollTo(0, 0));
    await shot(page, `${size}-public.png`);
    await page.locator(".evidence img").first().click();
    await page.waitForFunction(() => document.querySelector(".viewer img")?.naturalWidth > 0);
    assert.equal(await page.locator(".viewer .label-text").textContent(), LABELS.id.public);
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.locator(".viewer-head p").textContent(), "Foto laporan 2 dari 2");
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".viewer").count(), 0);
    await close();
  });

  test(`${size}: the inbox shows every label, and coming back restores it`, async () => {
    const { page, close } = await as(officer, { device });
    await page.goto(`${BASE}/`);
    await page.waitForSelector("[data-row]");
    const rows = page.locator("[data-row]");
    const labels = await page.locator(".label-line .label-text").allTextContents();
    assert.equal(labels.length, await rows.count());
    assert.ok(labels.every((label) => Object.values(LABELS.id).includes(label)), labels.join());
    await page.evaluate(() => document.fonts.ready);
    if (size === "phone") {
      const bottom = (await page.locator(".nav").boundingBox()).y;
      const boxes = await Promise.all((await page.locator(".card").all()).slice(0, 3).map((card) => card.boundingBox()));
      assert.ok(boxes.every((box) => box.y + box.height <= bottom), `three cards do not fit: ${JSON.stringify(boxes)}`);
    }
    await shot(page, `${size}-inbox.png`);
    const last = rows.nth(Math.min(6, (await rows.count()) - 1));
    await last.scrollIntoViewIfNeeded();
    const id = await last.getAttribute("data-row");
    const scrolled = await page.evaluate(() => scrollY);
    await last.click();
    await page.waitForSelector(".report .timeline");
    await page.goBack();
    await page.waitForSelector("[data-row]");
    assert.equal(await page.evaluate(() => scrollY), scrolled);
    assert.equal(await page.evaluate(() => document.activeElement.dataset.row), id);
    await close();
  });
}

test("phone: the whole work, from taking it to the validator's yes", async () => {
  const report = await post("public");
  const { page, close } = await as(officer, { place: PLACE });
  await page.goto(`${BASE}/`);
  await page.click('.segments button:has-text("Menunggu")');
  await page.click(`[data-row="${report.id}"]`);
  await page.click("text=Ambil laporan");
  await page.waitForSelector('.status-tag:has-text("Proses")');
  await openStep(page, "note");
  await page.fill("#step-note", "Cek alat dulu.");
  await page.click(".step-foot [type=submit]");
  await page.waitForSelector('.words[data-audience="office"] >> text=Cek alat dulu.');
  await page.click("text=Tindak lanjuti");
  await page.click("text=Kirim bukti");
  await page.waitForSelector(".error-summary");
  assert.equal(await page.locator(".error-summary li").count(), 3);
  await shot(page, "phone-follow-up-errors.png");
  await page.setInputFiles("input[type=file]", { name: "IMG_0001.jpg", mimeType: "image/jpeg", buffer: picture(true) });
  await page.waitForSelector(".taken img");
  await page.click("#position");
  await page.waitForSelector(".position-fix");
  await page.fill("#follow-text", "Lubang sudah ditambal dan diratakan.");
  assert.equal(await page.locator(".field-error").count(), 0, "a mended field is still marked");
  await shot(page, "phone-follow-up.png");
  await page.click("text=Kirim bukti");
  await page.waitForSelector('.status-tag:has-text("Menunggu Validasi")');
  await page.waitForSelector(".toast-box");
  assert.match(await page.locator(".toast").textContent(), /Terkirim \d\d\.\d\d WIB/);
  await close();

  const desk = await as(validator, { device: DESKTOP });
  await desk.page.goto(`${BASE}/reports/${report.id}`);
  await desk.page.click("text=Periksa bukti");
  await desk.page.waitForSelector(".compare img");
  await desk.page.waitForFunction(() => [...document.querySelectorAll(".compare img")].every((image) => image.naturalWidth > 0));
  assert.equal(await desk.page.locator(".compare img").count(), 3);
  await shot(desk.page, "desktop-validate.png");
  await desk.page.click('button:has-text("Terima")');
  await desk.page.waitForSelector('.status-tag:has-text("Selesai")');
  await desk.close();
});

test("desktop: the validator refuses with a reason, which the unit reads", async () => {
  const report = await finish(await post("private"));
  const desk = await as(validator, { device: DESKTOP });
  await desk.page.goto(`${BASE}/reports/${report.id}/validate`);
  await desk.page.click('.actions button:has-text("Tolak")');
  await desk.page.click('.dialog button:has-text("Tolak")');
  await desk.page.waitForSelector(".dialog .error-summary");
  await desk.page.fill("#refuse-reason", "Sisi kiri belum tampak di foto.");
  await desk.page.click('.dialog button:has-text("Tolak")');
  await desk.page.waitForSelector('.status-tag:has-text("TL Ditolak")');
  await desk.close();
  const { page, close } = await as(officer);
  await page.goto(`${BASE}/reports/${report.id}`);
  await page.waitForSelector("text=Sisi kiri belum tampak di foto.");
  await close();
});

test("another unit sees nothing, not even that it exists", async () => {
  const report = await post("private", 0);
  const { page, close } = await as(other, { expected: ["404"] });
  await page.goto(`${BASE}/reports/${report.id}`);
  await page.waitForSelector("text=Tidak ditemukan");
  const real = await page.locator("main").innerHTML();
  await page.goto(`${BASE}/reports/${report.id.replace(/^./, (one) => (one === "0" ? "1" : "0"))}`);
  await page.waitForSelector("text=Tidak ditemukan");
  const code = /Kode: [\w-]+/g;
  assert.equal((await page.locator("main").innerHTML()).replace(code, ""), real.replace(code, ""));
  assert.ok(!(await page.locator("body").textContent()).includes(report.ticket));
  await close();
});

test("somebody else was faster: who, what, and my text is kept", async () => {
  const report = await post("public", 0);
  const { page, close } = await as(officer, { expected: ["412"] });
  await page.goto(`${BASE}/reports/${report.id}`);
  await openStep(page, "reply");
  const client = await apiSignIn(instance, officer);
  const { json } = await client.get(`/api/v1/reports/${report.id}`);
  await stepped(client, json.report, { type: "take" });
  client.close();
  await page.fill("#step-text", "Terima kasih, segera kami cek.");
  await page.click(".step-foot [type=submit]");
  await page.waitForSelector(".conflict");
  const said = await page.locator(".conflict").textContent();
  assert.match(said, /Diambil/);
  assert.match(said, /Menunggu → Proses/);
  assert.equal(await page.inputValue("#step-text"), "Terima kasih, segera kami cek.");
  await shot(page, "phone-conflict.png");
  await page.click("text=Mengerti");
  await page.click(".step-foot [type=submit]");
  await page.waitForSelector('.words[data-audience="reporter"] >> text=Terima kasih, segera kami cek.');
  await openStep(page, "reply");
  assert.equal(await page.inputValue("#step-text"), "");
  await close();
});

test("search, filters and the address", async () => {
  const word = `cabai${Date.now()}`;
  const report = await post("private", 0, `Saluran tersumbat dekat kios ${word} milik warga.`);
  const { page, close, requests } = await as(officer, { device: DESKTOP });
  await page.goto(`${BASE}/`);
  await page.fill("#search", word);
  await page.waitForFunction((id) => document.querySelectorAll("[data-row]").length === 1 && document.querySelector(`[data-row="${id}"]`), report.id);
  assert.ok(!page.url().includes(word), "the address holds what was typed");
  assert.ok(requests.some((url) => url.includes(word)));
  await page.fill("#search", "tidakadakatainidimanapun");
  await page.waitForSelector("text=Tidak ada laporan yang cocok");
  await page.click('.empty button:has-text("Hapus semua")');
  await page.waitForSelector("[data-row]");
  await page.click(".tool >> text=Saring");
  await page.getByLabel("Privasi", { exact: true }).check();
  await page.click("text=Tampilkan laporan");
  await page.waitForSelector(".chip");
  assert.match(page.url(), /visibility=private/);
  await page.waitForFunction(() => !document.querySelector('.row .label-line[data-level="public"]') && document.querySelector(".row"));
  await page.reload();
  await page.waitForSelector(".chip");
  await page.click(".chip");
  await page.waitForFunction(() => !location.search);
  await page.waitForSelector("[data-row]");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  const second = await page.evaluate(() => document.activeElement.dataset.row);
  await page.keyboard.press("k");
  assert.notEqual(await page.evaluate(() => document.activeElement.dataset.row), second);
  await page.keyboard.press("Enter");
  await page.waitForSelector(".report .timeline");
  await close();
});

test("language and theme are chosen once and stay", async () => {
  const { page, close } = await as(officer);
  await page.goto(`${BASE}/menu`);
  await page.click("text=English");
  await page.waitForSelector('h1:has-text("Menu")');
  await page.waitForSelector("text=Appearance");
  await page.getByLabel("Bright sunlight").check();
  assert.equal(await page.getAttribute("html", "data-theme"), "sunlight");
  await page.goto(`${BASE}/`);
  await page.waitForSelector("[data-row]");
  assert.equal(await page.getAttribute("html", "lang"), "en");
  assert.equal(await page.getAttribute("html", "data-theme"), "sunlight");
  const labels = await page.locator(".label-line .label-text").allTextContents();
  assert.ok(labels.every((label) => Object.values(LABELS.en).includes(label)), labels.join());
  await shot(page, "phone-inbox-sunlight-en.png");
  await close();
});

test("signing in: wrong is neutral, throttling counts, the password can be seen", async () => {
  const { page, close } = await open(browser, { expected: ["401", "429"] });
  await page.goto(`${BASE}/`);
  await page.waitForSelector("#username");
  await page.click("form button[type=submit]");
  assert.equal(await page.locator(".error-summary li").count(), 2);
  await page.fill("#username", "tidak.ada");
  await page.fill("#password", "salah");
  await page.click(".with-button button");
  assert.equal(await page.getAttribute("#password", "type"), "text");
  await page.click("form button[type=submit]");
  await page.waitForSelector("text=Nama pengguna, kata sandi, atau kode tidak cocok.");
  assert.equal(await page.inputValue("#username"), "tidak.ada");
  assert.equal(await page.inputValue("#password"), "");
  await shot(page, "phone-sign-in-wrong.png");
  await close();
});
