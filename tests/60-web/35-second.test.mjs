// The second check: a validator of another unit looks at work that was found
// good already, and refuses it.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "../support/instance.mjs";
import { signIn as apiSignIn } from "../support/officer.mjs";
import { addAccount } from "../support/people.mjs";
import { stepped } from "../support/reports.mjs";
import { BASE, DESKTOP, instance, launch, open, PHONE, shot, stateOf, user } from "./browser.mjs";
import { finish, post } from "./reports.mjs";

let browser;
let second;
let share;

const setShare = (value) => sql(`update crm.setting set value = ${value} where name = 'second_share'`);

before(async () => {
  browser = await launch();
  second = addAccount({ role: "validator", unit: "Inspektorat", name: "Wulan Pratiwi" });
  [[share]] = sql("select value from crm.setting where name = 'second_share'");
  setShare(1);
});
after(async () => {
  setShare(share);
  await browser?.close();
});

/** Work that one validator found good. */
async function accepted() {
  const checker = await apiSignIn(instance, user("validator"));
  const report = await stepped(checker, await finish(await post("public")), { type: "accept_work" });
  checker.close();
  return report;
}

for (const [size, device, answer, status] of [["phone", PHONE, "Terima", "Selesai"], ["desktop", DESKTOP, "Tolak", "TL Ditolak"]]) {
  test(`${size}: a second validator says ${answer}`, async () => {
    const report = await accepted();
    const { page, close } = await open(browser, { state: await stateOf(browser, second), workers: "block", device });
    await page.goto(`${BASE}/reports/${report.id}`);
    await page.click('[data-step="second_accept"]');
    await page.waitForSelector("text=Pemeriksaan kedua: validator dari unit lain sudah menerima bukti ini.");
    await shot(page, `${size}-second.png`);
    await page.click(`.actions button:has-text("${answer}")`);
    if (answer === "Tolak") {
      await page.fill("#refuse-reason", "Sisi kiri belum ditambal.");
      await page.click('.dialog button:has-text("Tolak")');
    }
    await page.waitForSelector(`.report .status-tag:has-text("${status}")`);
    assert.equal(await page.locator('[data-step="second_accept"]').count(), 0);
    await close();
  });
}
