// Without a network, and at the end of a session: what is kept, how, and
// what is gone afterwards.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { signIn as apiSignIn } from "../support/officer.mjs";
import { reread, stepped } from "../support/reports.mjs";
import { waitFor } from "../support/wait.mjs";
import { BASE, instance, launch, open, openStep, shot, signIn, stateOf, user } from "./browser.mjs";
import { picture, PLACE, post, UNIT } from "./reports.mjs";

const OFFLINE = ["ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "Failed to fetch"];
const officer = user("officer", UNIT);
let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** A report that the officer has taken. */
async function taken(visibility = "private") {
  const client = await apiSignIn(instance, officer);
  const report = await post(visibility, 0);
  const { json } = await client.get(`/api/v1/reports/${report.id}`);
  await stepped(client, json.report, { type: "take" });
  client.close();
  return report;
}

async function statusOf(report) {
  const client = await apiSignIn(instance, officer);
  const { status } = await reread(client, report);
  client.close();
  return status;
}

/** Everything this origin keeps in the browser, as one text. */
function everythingKept(page) {
  return page.evaluate(async () => {
    const kept = [JSON.stringify(localStorage)];
    const bases = await indexedDB.databases();
    for (const { name } of bases) {
      const base = await new Promise((resolve) => {
        indexedDB.open(name).onsuccess = (event) => resolve(event.target.result);
      });
      for (const store of base.objectStoreNames) {
        const rows = await new Promise((resolve) => {
          base.transaction(store).objectStore(store).getAll().onsuccess = (event) => resolve(event.target.result);
        });
        for (const row of rows) {
          const parts = row.body ? [row.body.data, ...row.photos.map((photo) => photo.data)] : [];
          kept.push(JSON.stringify(row), ...parts.map((part) => new TextDecoder("latin1").decode(part)));
        }
      }
      base.close();
    }
    for (const cache of await caches.keys()) {
      const keys = await (await caches.open(cache)).keys();
      kept.push(...keys.map((request) => request.url));
    }
    return kept.join("\n");
  });
}

/** How long the sealed words of the one draft are. */
function draftLength(page) {
  return page.evaluate(() => new Promise((resolve) => {
    indexedDB.open("crm-outbox").onsuccess = ({ target: { result: base } }) => {
      base.transaction("draft").objectStore("draft").getAll().onsuccess = ({ target: { result } }) => {
        base.close();
        resolve(result[0]?.body.data.byteLength ?? 0);
      };
    };
  }));
}

async function follow(page, report, text) {
  await page.goto(`${BASE}/reports/${report.id}`);
  await page.click("text=Tindak lanjuti");
  await page.setInputFiles("input[type=file]", { name: "IMG_1.jpg", mimeType: "image/jpeg", buffer: picture(true) });
  await page.waitForSelector(".taken img");
  await page.click("#position");
  await page.waitForSelector(".position-fix");
  await page.fill("#follow-text", text);
}

/** Waits until every file of the client is on the device. */
async function installed(page) {
  await page.evaluate(() => navigator.serviceWorker.ready);
  await waitFor("the shell to be kept", () => page.evaluate(async () => {
    const keys = await caches.keys();
    return keys.length === 1 && (await (await caches.open(keys[0])).keys()).length > 10;
  }));
}

test("a follow-up without a network waits, encrypted, and goes out by itself", async () => {
  const report = await taken();
  const { page, context, close } = await open(browser, { state: await stateOf(browser, officer), place: PLACE, expected: OFFLINE });
  await follow(page, report, "Sudah ditambal, kata sandi-uji.");
  await installed(page);
  await context.setOffline(true);
  await page.click("text=Kirim bukti");
  await page.waitForSelector("text=Tersimpan di perangkat");
  await page.waitForSelector("text=1 tindakan untuk laporan ini menunggu dikirim.");
  await page.click("text=Lihat antrean");
  await page.waitForSelector(".entry-state");
  assert.equal(await page.locator(".card .label-text").count(), 1);
  await shot(page, "phone-outbox.png");
  const kept = await everythingKept(page);
  assert.ok(!/kata sandi-uji|JFIF|follow_up|Jl\. Bunga/.test(kept), "something lies open on the device");
  assert.ok(!kept.includes(report.id) && !kept.includes(report.ticket));
  const isClosed = await page.evaluate(async () => {
    const base = await new Promise((resolve) => {
      indexedDB.open("crm-outbox").onsuccess = (event) => resolve(event.target.result);
    });
    const [key] = await new Promise((resolve) => {
      base.transaction("key").objectStore("key").getAll().onsuccess = (event) => resolve(event.target.result);
    });
    base.close();
    return crypto.subtle.exportKey("raw", key).then(() => false, () => key.extractable === false);
  });
  assert.ok(isClosed, "the key can be taken out");
  assert.equal(await statusOf(report), "in_progress");
  await context.setOffline(false);
  await page.waitForSelector("text=Antrean kosong");
  await page.waitForSelector("text=1 tindakan dari antrean terkirim");
  assert.equal(await statusOf(report), "awaiting_validation");
  await close();
});

test("an answer that gets lost does no harm: the same key is sent again", async () => {
  const report = await taken("public");
  const { page, close } = await open(browser, { state: await stateOf(browser, officer), workers: "block", expected: OFFLINE });
  const keys = [];
  await page.route("**/events", async (route) => {
    if (route.request().method() !== "POST") {
      return route.continue();
    }
    keys.push(route.request().headers()["idempotency-key"]);
    const answer = await route.fetch({ ignoreHTTPSErrors: true });
    return keys.length === 1 ? route.abort("failed") : route.fulfill({ response: answer });
  });
  await page.goto(`${BASE}/reports/${report.id}`);
  await openStep(page, "reply");
  await page.fill("#step-text", "Kami cek hari ini.");
  await page.click(".step-foot [type=submit]");
  await page.waitForSelector("text=Tersimpan di perangkat");
  await page.goto(`${BASE}/outbox`);
  await page.waitForSelector("text=Antrean kosong");
  await waitFor("the second try", () => keys.length >= 2);
  assert.ok(keys.length >= 2);
  assert.equal(new Set(keys).size, 1);
  const client = await apiSignIn(instance, officer);
  const { json } = await client.get(`/api/v1/reports/${report.id}/events`);
  assert.equal(json.items.filter((event) => event.type === "reply").length, 1);
  client.close();
  await close();
});

test("a waiting step that is refused needs attention and is not lost", async () => {
  const report = await taken("public");
  const { page, context, close } = await open(browser, { state: await stateOf(browser, officer), expected: [...OFFLINE, "412"] });
  await page.goto(`${BASE}/reports/${report.id}`);
  await openStep(page, "reply");
  await installed(page);
  await context.setOffline(true);
  await page.fill("#step-text", "Kami cek besok.");
  await page.click(".step-foot [type=submit]");
  await page.waitForSelector("text=Tersimpan di perangkat");
  const client = await apiSignIn(instance, officer);
  await stepped(client, await reread(client, report), { type: "note", note: "Lebih dulu." });
  await page.click("text=Lihat antrean");
  await context.setOffline(false);
  await page.waitForSelector("text=Perlu perhatian");
  await page.waitForSelector("text=Orang lain sudah mengubah laporan");
  await shot(page, "phone-outbox-attention.png");
  await page.click("text=Kirim untuk versi terbaru");
  await page.waitForSelector("text=Antrean kosong");
  const { json } = await client.get(`/api/v1/reports/${report.id}/events`);
  assert.equal(json.items[0].text, "Kami cek besok.");
  client.close();
  await close();
});

test("a device that can keep nothing still sends", async () => {
  const report = await post("public", 0);
  const { page, context, close } = await open(browser, { state: await stateOf(browser, officer), workers: "block" });
  await context.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("not here", "SecurityError");
    };
  });
  await page.goto(`${BASE}/reports/${report.id}`);
  await page.click('[data-step="take"]');
  await page.waitForSelector('.status-tag:has-text("Proses")');
  await openStep(page, "reply");
  await page.fill("#step-text", "Kami segera ke lokasi.");
  await page.click(".step-foot [type=submit]");
  await page.waitForSelector('.words[data-audience="reporter"]:has-text("Kami segera ke lokasi.")');
  await close();
});

test("a page that is killed behind the camera gives back photo and words", async () => {
  const report = await taken();
  const { page, close } = await open(browser, { state: await stateOf(browser, officer), workers: "block", place: PLACE });
  const words = "Ditambal dengan aspal dingin. ".repeat(10).trim();
  await follow(page, report, words);
  await waitFor("the words to be kept", async () => (await draftLength(page)) > words.length);
  await page.goto(`${BASE}/menu`);
  await page.goto(`${BASE}/reports/${report.id}/follow-up`);
  await page.waitForSelector("text=Tulisan dan foto terakhir Anda dipulihkan.");
  assert.equal(await page.locator(".taken img").count(), 1);
  assert.equal(await page.inputValue("#follow-text"), words);
  await close();
});

test("signing out asks first, empties the device, and back shows nothing", async () => {
  const report = await taken();
  const { page, context, close } = await open(browser, { expected: [...OFFLINE, "401"] });
  await page.goto(`${BASE}/`);
  await signIn(page, officer);
  await page.goto(`${BASE}/reports/${report.id}`);
  await page.waitForSelector(".timeline");
  await installed(page);
  await context.setOffline(true);
  await openStep(page, "note");
  await page.fill("#step-note", "Catatan yang dibuang.");
  await page.click(".step-foot [type=submit]");
  await page.waitForSelector("text=Tersimpan di perangkat");
  await page.click(".top-bar .button-icon");
  await page.click('.nav >> text="Menu"');
  await page.click("text=Keluar");
  await page.waitForSelector("text=Keluar sebelum terkirim?");
  await shot(page, "phone-sign-out.png");
  await page.click("text=Batal");
  await context.setOffline(false);
  await page.waitForSelector("text=1 tindakan dari antrean terkirim");
  await page.click("text=Keluar");
  await page.waitForSelector("#username");
  await waitFor("the session to end", async () => !(await context.cookies()).some((cookie) => cookie.name === "__Host-crm"));
  const kept = await everythingKept(page);
  assert.ok(!kept.includes(officer.username) && !kept.includes(report.id), kept.slice(0, 300));
  for (let step = 0; step < 2; step += 1) {
    await page.goBack({ waitUntil: "commit" }).catch(() => {});
    await page.waitForSelector("#username");
    const text = await page.locator("body").textContent();
    assert.ok(!text.includes(report.ticket) && !text.includes("lubang"), "a report is still shown");
  }
  await close();
});

test("idle for long: the content goes, the words stay", async () => {
  const report = await taken();
  const { page, close } = await open(browser);
  await page.clock.install();
  await page.goto(`${BASE}/`);
  await signIn(page, officer);
  await page.goto(`${BASE}/reports/${report.id}`);
  await openStep(page, "reply");
  await page.fill("#step-text", "Belum selesai menulis");
  await page.clock.fastForward("11:00");
  await page.waitForSelector("text=Terkunci karena lama tidak dipakai.");
  assert.ok(!(await page.locator("body").textContent()).includes(report.ticket));
  await page.reload();
  await page.waitForSelector("text=Terkunci karena lama tidak dipakai.");
  await signIn(page, officer);
  await page.waitForSelector(".timeline");
  await openStep(page, "reply");
  assert.equal(await page.inputValue("#step-text"), "Belum selesai menulis");
  await close();
});

test("out of sight for long: a private report is covered, a public one is not", async () => {
  const hidden = await post("private", 0);
  const plain = await post("public", 0);
  const { page, close } = await open(browser, { state: await stateOf(browser, officer), workers: "block" });
  await page.clock.install();
  const away = async (minutes) => {
    const sight = (isHidden) => page.evaluate((value) => {
      Object.defineProperty(document, "hidden", { value, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, isHidden);
    await sight(true);
    await page.clock.fastForward(minutes * 60_000);
    await sight(false);
  };
  await page.goto(`${BASE}/reports/${hidden.id}`);
  await page.waitForSelector(".timeline");
  await away(1);
  assert.equal(await page.locator(".timeline").count(), 1);
  await away(3);
  await page.waitForSelector("text=Laporan privasi disembunyikan");
  assert.equal(await page.locator(".label-banner").count(), 1);
  assert.equal(await page.locator(".timeline, .summary").count(), 0);
  await page.click("text=Tampilkan lagi");
  await page.waitForSelector(".timeline");
  await page.goto(`${BASE}/reports/${plain.id}`);
  await page.waitForSelector(".timeline");
  await away(3);
  assert.equal(await page.locator(".timeline").count(), 1);
  await close();
});

test("signing out in one tab empties the other", async () => {
  const report = await post("private", 0);
  const { page, context, close } = await open(browser, { expected: ["401"] });
  await page.goto(`${BASE}/`);
  await signIn(page, officer);
  const other = await context.newPage();
  await other.goto(`${BASE}/reports/${report.id}`);
  await other.waitForSelector(".timeline");
  await page.goto(`${BASE}/menu`);
  await page.click("text=Keluar");
  await other.waitForSelector("#username");
  assert.ok(!(await other.locator("body").textContent()).includes(report.ticket));
  await close();
});

test("a session that ends while writing keeps the words", async () => {
  const report = await taken("public");
  const { page, context, close } = await open(browser, { expected: ["401"] });
  await page.goto(`${BASE}/`);
  await signIn(page, officer);
  await page.goto(`${BASE}/reports/${report.id}`);
  await openStep(page, "reply");
  await page.fill("#step-text", "Tulisan yang tidak boleh hilang");
  await page.click(".step-foot [data-kind=second]");
  const [cookie] = await context.cookies();
  await context.clearCookies();
  await page.evaluate(() => history.pushState(history.state, "", location.href));
  await page.goBack();
  await page.click(".top-bar .button-icon");
  await page.waitForSelector("text=Sesi Anda berakhir.");
  assert.ok(cookie.httpOnly && cookie.secure && cookie.sameSite === "Strict");
  await signIn(page, officer);
  await page.goto(`${BASE}/`);
  await page.waitForSelector("[data-row]");
  await close();
});

test("installed, it starts without a network and says what it can", async () => {
  const { page, context, close } = await open(browser, { expected: OFFLINE });
  await page.goto(`${BASE}/`);
  await signIn(page, officer);
  await page.waitForSelector("[data-row]");
  await installed(page);
  const kept = await everythingKept(page);
  assert.ok(!/\/api\//.test(kept), "an answer of the API is kept");
  await page.reload();
  await page.waitForSelector("[data-row]");
  await context.setOffline(true);
  await page.goto(`${BASE}/menu`);
  await page.waitForSelector("text=Tidak ada jaringan");
  await shot(page, "phone-offline.png");
  await context.setOffline(false);
  await page.waitForSelector("text=Tampilan");
  await close();
});
