// One report through everybody's hands, each in a browser of their own: from
// JAKI through the filter, handed over, instructed, refused, done again,
// completed, reopened, completed once more. After every step each reader's
// timeline is what that reader may see.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { channelClient, signIn as apiSignIn } from "../support/officer.mjs";
import { send, step } from "../support/reports.mjs";
import { BASE, DESKTOP, instance, launch, open, openStep, PHONE, shot, stateOf, user } from "./browser.mjs";
import { picture, PLACE, UNIT } from "./reports.mjs";

const SECRET = "Warga Rahasia";
/** What the reporter is never told, however the officers word it. */
const INSIDE = "alasan dalam kantor";
const OFFICE = "Suku Dinas Bina Marga Jakarta Timur";

let browser;
const people = {};
/** Clients that read timelines: the chain sees all, JAKI what is told, others nothing. */
const readers = {};
let report;
const seen = { chain: ["received"], told: ["received"] };

before(async () => {
  browser = await launch();
  const cast = { triage: [user("triage"), DESKTOP], kelurahan: [user("officer", UNIT), PHONE], dinas: [user("officer", "Dinas Bina Marga"), DESKTOP],
    office: [user("officer", OFFICE), PHONE], validator: [user("validator"), DESKTOP] };
  for (const [name, [who, device]] of Object.entries(cast)) {
    people[name] = await open(browser, { state: await stateOf(browser, who), device, place: PLACE, workers: "block" });
  }
  readers.triage = await apiSignIn(instance, user("triage"));
  readers.kelurahan = await apiSignIn(instance, user("officer", UNIT));
  readers.stranger = await apiSignIn(instance, user("officer", "Kelurahan Karet Semanggi"));
  readers.jaki = channelClient(instance);
});
after(async () => {
  for (const client of Object.values(readers)) client.close();
  await browser?.close();
});

/** Types of a reader's timeline, oldest first, and all it says. */
async function timeline(reader) {
  const { status, json, text } = await readers[reader].get(`/api/v1/reports/${report.id}/events?limit=100`);
  return { status, text, types: (json?.items ?? []).map(({ type }) => type).reverse() };
}

/** The step is in every timeline where it belongs, and nothing else is. */
async function check(type, { isTold = true, status, chain = ["triage", "kelurahan"] }) {
  seen.chain.push(type);
  if (isTold) seen.told.push(type);
  for (const reader of chain) {
    const { types, text } = await timeline(reader);
    assert.deepEqual(types, seen.chain, `${reader} after ${type}`);
    assert.ok(!text.includes(SECRET), reader);
  }
  const jaki = await timeline("jaki");
  assert.deepEqual(jaki.types, seen.told, `the channel after ${type}`);
  assert.ok(!jaki.text.includes(INSIDE), "words of the office were told");
  assert.ok(!/"name":"(Wati|Rina|Andi|Tono|Maya)/.test(jaki.text), "a name was told");
  assert.equal((await timeline("stranger")).status, 404);
  const now = await readers.jaki.get(`/api/v1/reports/${report.id}`);
  assert.equal(now.json.report.status, status, type);
  report = now.json.report;
}

/** Opens the report as one of them; no word of the reporter may be there. */
async function opened(name) {
  const { page } = people[name];
  await page.goto(`${BASE}/reports/${report.id}`);
  await page.waitForSelector(".timeline");
  assert.ok(!(await page.locator("body").textContent()).includes(SECRET));
  return page;
}

const statusIs = (page, name) => page.waitForSelector(`.status-tag:has-text("${name}")`);

async function toUnit(page, type, unit, search) {
  await openStep(page, type);
  await page.fill("#step-unit", search);
  await page.locator(".pick", { hasText: unit }).first().click();
  if (type !== "route") await page.fill("#step-reason", INSIDE);
  await page.click(".step-foot [type=submit]");
  await page.waitForSelector(".step-form", { state: "detached" });
}

async function follow(page, text) {
  await page.click("text=Ambil laporan");
  await statusIs(page, "Proses");
  await page.click("text=Tindak lanjuti");
  await page.setInputFiles("input[type=file]", { name: "IMG_1.jpg", mimeType: "image/jpeg", buffer: picture(true) });
  await page.waitForSelector(".taken img");
  if (await page.locator("#position").count()) await page.click("#position");
  await page.waitForSelector(".position-fix");
  await page.fill("#follow-text", text);
  await page.click("text=Kirim bukti");
  await statusIs(page, "Menunggu Validasi");
}

async function validated() {
  const page = await opened("validator");
  await page.click("text=Periksa bukti");
  await page.click('.actions button:has-text("Terima")');
  await statusIs(page, "Selesai");
}

const fromJaki = (event) => step(readers.jaki, report, event, { headers: { "Idempotency-Key": randomUUID() } });

test("JAKI's report without a place is held by the filter", async () => {
  const answer = await send(readers.jaki, {
    category: "jalan", description: "Aspal terkelupas sepanjang jalan kampung, motor sering tergelincir waktu hujan.", location: null,
    channel_ref: `hidup-${randomUUID()}`, reporter: { name: SECRET, phone: "081290001234" },
  });
  assert.equal(answer.status, 201, answer.text);
  ({ report } = answer.json);
  assert.equal(report.status, "incoming");
  assert.equal((await timeline("kelurahan")).status, 404, "filtered first");
});

test("triage routes it to the kelurahan", async () => {
  const page = await opened("triage");
  await toUnit(page, "route", UNIT, "Klender");
  await check("route", { status: "waiting" });
});

test("the kelurahan hands it over to the dinas", async () => {
  const page = await opened("kelurahan");
  await toUnit(page, "hand_over", "Dinas Bina Marga", "Dinas Bina");
  await check("hand_over", { status: "coordination" });
});

test("the dinas instructs its suku dinas", async () => {
  const page = await opened("dinas");
  await toUnit(page, "dispose", OFFICE, "Jakarta Timur");
  await check("dispose", { status: "disposition" });
});

test("the suku dinas does the work and sends its proof", async () => {
  const page = await opened("office");
  await follow(page, "Aspal sudah dilapis ulang.");
  seen.chain.push("take");
  seen.told.push("take");
  await check("follow_up", { status: "awaiting_validation" });
});

test("the validator refuses", async () => {
  const page = await opened("validator");
  await page.click("text=Periksa bukti");
  await page.click('.actions button:has-text("Tolak")');
  await page.fill("#refuse-reason", `${INSIDE}: sisi kiri belum`);
  await page.click('.dialog button:has-text("Tolak")');
  await statusIs(page, "TL Ditolak");
  await check("refuse_work", { status: "followup_rejected" });
});

test("the suku dinas reads why, and does it again", async () => {
  const page = await opened("office");
  await page.waitForSelector("text=sisi kiri belum");
  await follow(page, "Sisi kiri sudah dilapis juga.");
  seen.chain.push("take");
  seen.told.push("take");
  await check("follow_up", { status: "awaiting_validation" });
});

test("the validator accepts", async () => {
  await validated();
  await check("accept_work", { status: "completed" });
});

test("the reporter reopens it, and the suku dinas gets it back", async () => {
  const answer = await fromJaki({ type: "reopen", text: "Terkelupas lagi setelah hujan semalam." });
  assert.equal(answer.status, 201, answer.text);
  await check("reopen", { status: "waiting" });
  const page = await opened("office");
  await page.waitForSelector("text=Terkelupas lagi setelah hujan semalam.");
  await shot(page, "phone-life-reopened.png");
  await follow(page, "Lapisan diganti seluruhnya.");
  seen.chain.push("take");
  seen.told.push("take");
  await check("follow_up", { status: "awaiting_validation" });
});

test("it is completed once more, and everybody's page was clean", async () => {
  await validated();
  await check("accept_work", { status: "completed" });
  const { json } = await readers.jaki.get(`/api/v1/reports/${report.id}`);
  assert.equal(json.report.reopened, 1);
  const page = await opened("validator");
  await shot(page, "desktop-life.png");
  for (const { close } of Object.values(people)) await close();
});
