// Every step of work that has a form, by the people who take it, in Chromium
// against the real server.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { channelClient, signIn as apiSignIn } from "../support/officer.mjs";
import { add, reread, step, stepped } from "../support/reports.mjs";
import { BASE, DESKTOP, instance, launch, open, openStep, PHONE, shot, stateOf, user } from "./browser.mjs";
import { finish, picture, PLACE, post, taken, UNIT } from "./reports.mjs";

const officer = user("officer", UNIT);
const supervisor = user("supervisor", UNIT);
const roads = user("officer", "Dinas Bina Marga");
let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const as = async (who, options) => open(browser, { state: await stateOf(browser, who), workers: "block", ...options });

/** Presses the form's own button and waits until the form is gone. */
async function sendForm(page) {
  await page.click(".step-foot [type=submit]");
  await page.waitForSelector(".step-form", { state: "detached" });
}

/** One step by a person who is not in front of a browser. */
async function by(who, report, event) {
  const client = await apiSignIn(instance, who);
  const done = await stepped(client, await reread(client, report), event);
  client.close();
  return done;
}

/** One step by the reporter, through the channel. */
async function reporter(report, event) {
  const channel = channelClient(instance);
  const { json } = await channel.get(`/api/v1/reports/${report.id}`);
  const answer = await step(channel, json.report, event, { headers: { "Idempotency-Key": randomUUID() } });
  channel.close();
  assert.equal(answer.status, 201, answer.text);
}

test("six taps from the inbox: taken, one photo, sent to the validator; then the next report", async () => {
  await post("public", 0);
  const report = await post("public", 0);
  const { page, close } = await as(officer, { place: PLACE });
  await page.goto(`${BASE}/?sort=-received_at`);
  let taps = 0;
  const tap = async (selector) => {
    await page.tap(selector);
    taps += 1;
  };
  await tap(`[data-row="${report.id}"]`);
  await tap('[data-step="take"]');
  await tap('[data-step="follow_up"]');
  const camera = page.waitForEvent("filechooser");
  await tap("#camera");
  await (await camera).setFiles({ name: "IMG_1.jpg", mimeType: "image/jpeg", buffer: picture(true) });
  await page.waitForSelector(".taken img");
  await page.waitForSelector(".position-fix");
  await tap(".templates button");
  const text = await page.inputValue("#follow-text");
  assert.ok(text.includes(report.ticket) && text.includes("Kelurahan Klender") && !/[{}]/.test(text), text);
  await tap(".follow-form [type=submit]");
  await page.waitForSelector('.status-tag:has-text("Menunggu Validasi")');
  assert.ok(taps <= 6, `${taps} taps`);
  await page.waitForSelector('.actions button:has-text("Laporan berikutnya")');
  await shot(page, "phone-next.png");
  await page.tap('.actions button:has-text("Laporan berikutnya")');
  await page.waitForFunction((ticket) => document.querySelector("h1").textContent !== ticket, report.ticket);
  await page.waitForSelector(".timeline");
  assert.equal(await page.locator("[data-step=take], [data-step=follow_up]").count(), 1);
  await close();
});

test("phone: handed over by search, undone in time, handed over again and sent back", async () => {
  const report = await post("public", 0);
  const { page, close } = await as(officer);
  await page.goto(`${BASE}/reports/${report.id}`);
  await openStep(page, "hand_over");
  await page.click(".step-foot [type=submit]");
  await page.waitForSelector(".error-summary");
  assert.equal(await page.locator(".error-summary li").count(), 2);
  await page.fill("#step-unit", "bina marga");
  await page.locator('.pick:has-text("Dinas Bina Marga")').first().click();
  await page.fill("#step-reason", "Jalan ini milik provinsi.");
  assert.equal(await page.locator(".step-form .field-error").count(), 0);
  await shot(page, "phone-hand-over.png");
  await sendForm(page);
  await page.waitForSelector('.status-tag:has-text("Koordinasi")');
  await shot(page, "phone-undo.png");
  await page.click(".toast-act");
  await page.waitForSelector('.status-tag:has-text("Menunggu")');
  await page.waitForSelector("text=Diurungkan");
  await page.waitForSelector('[data-step="take"]');
  await openStep(page, "hand_over");
  assert.equal(await page.inputValue("#step-reason"), "");
  await page.fill("#step-unit", "dinas bina");
  await page.locator('.pick:has-text("Dinas Bina Marga")').first().click();
  await page.fill("#step-reason", "Jalan ini milik provinsi.");
  await sendForm(page);
  await page.waitForSelector('.step:has-text("Ke Dinas Bina Marga")');
  await close();

  const desk = await as(roads, { device: DESKTOP });
  await desk.page.goto(`${BASE}/reports/${report.id}`);
  await openStep(desk.page, "return");
  await desk.page.fill("#step-reason", "Ini gang, milik kelurahan.");
  await shot(desk.page, "desktop-return.png");
  await sendForm(desk.page);
  await desk.page.waitForSelector('.step:has-text("Kembali ke Kelurahan Klender")');
  await desk.close();

  const again = await as(officer);
  await again.page.goto(`${BASE}/reports/${report.id}`);
  await again.page.waitForSelector('.sign:has-text("Dikembalikan antarunit 1 kali")');
  await again.page.click(".journey summary");
  await again.page.waitForSelector('.leg:has-text("Dinas Bina Marga")');
  assert.match(await again.page.locator(".leg").first().textContent(), /dikembalikan/);
  await shot(again.page, "phone-returned.png");
  await again.close();
});

test("desktop: a dinas hands down to its suku dinas, which the suggestions and the list know", async () => {
  const report = await post("private", 0);
  const client = await apiSignIn(instance, officer);
  const { json } = await client.get("/api/v1/units");
  client.close();
  const dinas = json.items.find((unit) => unit.name === "Dinas Bina Marga");
  await by(officer, report, { type: "hand_over", unit: dinas.id, reason: "Jalan provinsi." });
  const { page, close } = await as(roads, { device: DESKTOP });
  await page.goto(`${BASE}/reports/${report.id}`);
  await openStep(page, "dispose");
  await page.fill("#step-unit", "timur");
  const found = page.locator('.pick:has-text("Suku Dinas Bina Marga Jakarta Timur")').first();
  await found.waitFor();
  assert.equal(await page.locator('.pick:has-text("Kelurahan")').count(), 0);
  await found.click();
  await page.fill("#step-reason", "Wilayah Jakarta Timur.");
  await shot(page, "desktop-dispose.png");
  await sendForm(page);
  await page.waitForSelector('.status-tag:has-text("Disposisi")');
  await page.waitForSelector('.facts:has-text("Suku Dinas Bina Marga Jakarta Timur")');
  await close();
});

test("phone: asked, answered without a name, and the clock stands still meanwhile", async () => {
  const report = await taken(await post("private", 0));
  const { page, close } = await as(officer);
  await page.goto(`${BASE}/reports/${report.id}`);
  await openStep(page, "ask");
  await page.click('.templates button:has-text("Minta patokan lokasi")');
  await shot(page, "phone-ask.png");
  await sendForm(page);
  await page.waitForSelector('.sign:has-text("Menunggu jawaban pelapor")');
  await page.waitForSelector('.deadline:has-text("Tenggat dihentikan")');
  await shot(page, "phone-paused.png");
  await reporter(report, { type: "answer", text: "Dekat pos ronda, sebelah warung." });
  await page.reload();
  await page.waitForSelector('.words[data-audience="from"]:has-text("Dekat pos ronda")');
  assert.equal(await page.locator('.sign:has-text("Menunggu jawaban")').count(), 0);
  assert.equal(await page.locator('.deadline:has-text("Tenggat dihentikan")').count(), 0);
  await close();
});

test("phone: progress with a photo, a note with a photo of the site", async () => {
  const report = await taken(await post("public", 0));
  const { page, close } = await as(officer);
  await page.goto(`${BASE}/reports/${report.id}`);
  for (const [name, field, words] of [["progress", "#step-text", "Aspal sedang disiapkan."], ["note", "#step-note", "Alat dipinjam dari Sudin."]]) {
    await openStep(page, name);
    await page.fill(field, words);
    await page.setInputFiles(".step-form input[type=file]", { name: "IMG_2.jpg", mimeType: "image/jpeg", buffer: picture(true) });
    await page.waitForSelector(".taken img");
    await sendForm(page);
    await page.waitForSelector(`.step:has-text("${words}") img`);
  }
  await shot(page, "phone-progress.png");
  await close();
});

test("opened by its address, done, and still the next report is one tap away", async () => {
  const report = await taken(await post("private", 0));
  const { page, close } = await as(officer);
  await page.goto(`${BASE}/reports/${report.id}`);
  await openStep(page, "hand_over");
  await page.locator(".pick").first().click();
  await page.fill("#step-reason", "Jalan ini milik provinsi.");
  await sendForm(page);
  await page.click('.actions button:has-text("Laporan berikutnya")');
  await page.waitForFunction((ticket) => document.querySelector("h1").textContent !== ticket, report.ticket);
  await page.waitForSelector(".timeline");
  await close();
});

test("a schedule is asked for, approved by the supervisor, and stands on the report", async () => {
  const report = await taken(await post("public", 0));
  const { page, close } = await as(officer);
  await page.goto(`${BASE}/reports/${report.id}`);
  await openStep(page, "schedule");
  const day = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  await page.fill("#step-until", day);
  await page.fill("#step-reason", "Perlu alat berat.");
  await shot(page, "phone-schedule.png");
  await sendForm(page);
  await page.waitForSelector('.sign:has-text("menunggu persetujuan atasan")');
  await close();
  const desk = await as(supervisor, { device: DESKTOP });
  await desk.page.goto(`${BASE}/reports/${report.id}`);
  await openStep(desk.page, "approve_schedule");
  await shot(desk.page, "desktop-approve.png");
  await sendForm(desk.page);
  await desk.page.waitForSelector('.status-tag:has-text("Dijadwalkan")');
  await desk.page.waitForSelector('.sign:has-text("Dijadwalkan sampai")');
  await desk.close();
});

test("a supervisor refuses a schedule and gives the report to an officer", async () => {
  const report = await taken(await post("private", 0));
  await by(officer, report, { type: "schedule", until: new Date(Date.now() + 9 * 86_400_000).toISOString(), reason: "Menunggu bahan." });
  const { page, close } = await as(supervisor, { device: DESKTOP });
  await page.goto(`${BASE}/reports/${report.id}`);
  await openStep(page, "refuse_schedule");
  await page.fill("#step-reason", "Bahan sudah ada di gudang.");
  await sendForm(page);
  await page.waitForSelector('.step:has-text("Bahan sudah ada di gudang.")');
  await openStep(page, "assign");
  await page.waitForSelector(".pick");
  assert.match(await page.locator(".pick").first().textContent(), /laporan terbuka/);
  await page.locator(".pick").first().click();
  await shot(page, "desktop-assign.png");
  await sendForm(page);
  await page.waitForSelector('.facts:has-text("Petugas")');
  await close();
});

test("triage rejects with a reason and sees the sentence that the reporter reads", async () => {
  const channel = channelClient(instance);
  const report = await add(channel, null, { description: "Saya mau titip iklan obat kuat." });
  channel.close();
  const { page, close } = await as(user("triage"), { device: DESKTOP });
  await page.goto(`${BASE}/reports/${report.id}`);
  await page.waitForSelector('.sign:has-text("Ditahan penyaringan")');
  await openStep(page, "reject");
  await page.selectOption("#step-reason_code", "spam");
  await page.fill("#step-text", "Iklan.");
  await page.click(".step-foot [type=submit]");
  await page.waitForSelector("text=paling sedikit 20 huruf");
  await page.fill("#step-text", "Layanan ini bukan untuk iklan. Terima kasih.");
  const preview = page.locator('.step-form .words[data-audience="reporter"]');
  assert.match(await preview.textContent(), /ditolak: Iklan, promosi.*bukan untuk iklan/);
  await shot(page, "desktop-reject.png");
  await sendForm(page);
  await page.waitForSelector('.status-tag:has-text("Ditolak")');
  await page.waitForSelector(".toast-act");
  await close();
});

test("rated and reopened: the officer reads why, in the reporter's words", async () => {
  const report = await finish(await post("public", 0));
  await by(user("validator"), report, { type: "accept_work" });
  await reporter(report, { type: "rate", stars: 2, text: "Baru seminggu sudah rusak lagi." });
  await reporter(report, { type: "reopen", text: "Lubangnya terbuka lagi sejak hujan kemarin." });
  const { page, close } = await as(officer);
  await page.goto(`${BASE}/reports/${report.id}`);
  await page.waitForSelector('.sign:has-text("Dibuka kembali 1 kali: Lubangnya terbuka lagi")');
  await page.waitForSelector('.step:has-text("Nilai 2 dari 5")');
  await page.waitForSelector('.words[data-audience="from"]:has-text("sejak hujan kemarin")');
  await page.waitForSelector('[data-step="take"]');
  await shot(page, "phone-reopened.png");
  await close();
});

test("location denied: said why, and the report's point with a reason goes through", async () => {
  const report = await taken(await post("private", 0));
  const { page, close } = await as(officer);
  await page.goto(`${BASE}/reports/${report.id}/follow-up`);
  await page.setInputFiles("input[type=file]", { name: "IMG_3.jpg", mimeType: "image/jpeg", buffer: picture(true) });
  await page.waitForSelector("#position-error");
  assert.match(await page.locator("#position-error").textContent(), /Izin lokasi ditolak/);
  await page.click("text=Pakai titik laporan");
  await page.fill("#follow-text", "Lubang sudah ditambal.");
  await page.click(".follow-form [type=submit]");
  await page.waitForSelector(".error-summary");
  await page.fill("#follow-why", "Ponsel dinas tanpa GPS.");
  await shot(page, "phone-manual-place.png");
  await page.click(".follow-form [type=submit]");
  await page.waitForSelector('.words[data-audience="office"]:has-text("Ponsel dinas tanpa GPS.")');
  await close();
});

test("a hand-over without a network waits in the outbox and goes out by itself", async () => {
  const report = await taken(await post("public", 0));
  const { page, context, close } = await as(officer, { expected: ["ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "Failed to fetch"] });
  await page.goto(`${BASE}/reports/${report.id}`);
  await openStep(page, "hand_over");
  await page.fill("#step-unit", "dinas bina");
  await page.locator('.pick:has-text("Dinas Bina Marga")').first().click();
  await page.fill("#step-reason", "Jalan provinsi.");
  await context.setOffline(true);
  await sendForm(page);
  await page.waitForSelector("text=1 tindakan untuk laporan ini menunggu dikirim.");
  await context.setOffline(false);
  await page.waitForSelector('.status-tag:has-text("Koordinasi")');
  await page.waitForSelector('.step:has-text("Ke Dinas Bina Marga")');
  await close();
});
