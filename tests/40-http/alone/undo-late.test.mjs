// A step is taken back within ten seconds, and five for the way; then not any
// more. Alone, because it moves the clock of the whole instance.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { assertProblem } from "../../support/checked.mjs";
import { finish, test } from "../../support/count.mjs";
import { crm as command, instance } from "../../support/instance.mjs";
import { channelOf, enterAs } from "../../support/people.mjs";
import { KLENDER, pointIn } from "../../support/places.mjs";
import { add, reread, step, stepped } from "../../support/reports.mjs";

const crm = instance();
const klender = pointIn(KLENDER);
const jaki = channelOf(crm);
const officer = await enterAs(crm, "officer", klender.unit);

await test("after 20 seconds a step stays", async () => {
  const one = await stepped(officer, await add(jaki, klender), { type: "take" });
  try {
    command("clock", "20");
    const now = await reread(officer, one);
    assert.ok(!now.steps.includes("undo"), `${now.steps}`);
    const late = await step(officer, one, { type: "undo" });
    assertProblem(late, 409);
    assert.equal(late.json.code, "in_progress");
  } finally {
    command("clock", "0");
  }
});

for (const client of [jaki, officer]) client.close();
finish();
