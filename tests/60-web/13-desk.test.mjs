// What screens of the desk work out by themselves: what stood there before
// the work, the groups of a day, periods of the ranking.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { test } from "node:test";
import { load, pretendBrowser } from "./support.mjs";

pretendBrowser();
const all = await load(["screens/validate/before.js", "screens/day/groups.js", "screens/ranking/period.js", "filter.js"]);
const { beforeOf, proofOf } = all["screens/validate/before.js"];
const { groupsOf } = all["screens/day/groups.js"];
const { PERIODS, periodOf } = all["screens/ranking/period.js"];
const { filterChips, filterCleared, filterFrom, filterPath } = all["filter.js"];

const photo = (id) => ({ id, width: 4, height: 3, thumb: "", full: "" });
const event = (type, id) => ({ type, id, at: "2026-11-24T03:00:00Z", photos: id ? { locked: false, items: [photo(id)] } : undefined });
const OPEN = { received_at: "2026-11-20T03:00:00Z", photos: { locked: false, items: [photo("own")] } };
const LOCKED = { received_at: "2026-11-20T03:00:00Z", photos: { locked: true } };

test("before: the report's own photos, else the site, else earlier proof, else nothing", () => {
  const name = (report, events) => {
    const found = beforeOf(report, events);
    return found && `${found.name} ${found.photos[0].id}`;
  };
  const proof = event("follow_up", "after");
  assert.equal(name(OPEN, [proof, event("note", "site")]), "report own");
  assert.equal(name(LOCKED, [proof, event("progress", "half"), event("note", "site")]), "site site");
  assert.equal(name(LOCKED, [proof, event("refuse_work"), event("follow_up", "first")]), "proof first");
  assert.equal(name(LOCKED, [event("note", "late"), proof, event("note")]), null, "a picture from after the work is none from before");
  assert.equal(name(LOCKED, []), null);
  assert.equal(proofOf([event("note", "late"), proof, event("follow_up", "first")]), proof);
  assert.equal(proofOf([]), null);
});

test("a day ends at midnight in Jakarta; distance sorts inside a group only", () => {
  const now = Date.parse("2026-11-24T13:00:00Z");
  const report = (id, due, lat) => ({ id, due_at: due, location: lat === undefined ? null : { lat, lng: 106.9 } });
  const items = [
    report("late", "2026-11-24T12:00:00Z", -6.5),
    report("far", "2026-11-24T14:00:00Z", -6.4),
    report("near", "2026-11-24T16:59:00Z", -6.2),
    report("tomorrow", "2026-11-24T17:00:00Z", -6.2),
    report("nowhere", "2026-11-25T17:00:00Z"),
    report("never", null, -6.3),
  ];
  const ids = (spot) => groupsOf(items, now, spot).map((group) => [group.name, group.items.map((one) => one.id).join()]);
  assert.deepEqual(ids(null), [["late", "late"], ["today", "far,near"], ["later", "tomorrow,nowhere,never"]]);
  assert.deepEqual(ids({ lat: -6.2, lng: 106.9 }), [["late", "late"], ["today", "near,far"], ["later", "tomorrow,never,nowhere"]]);
  assert.deepEqual(groupsOf([], now, null), []);
});

test("periods begin and end on days", () => {
  assert.deepEqual(PERIODS.map((name) => Object.values(periodOf(name, "2026-03-01")).join(" ")), [
    "2026-01-31 2026-03-01", "2026-03-01 2026-03-01", "2026-02-01 2026-02-28", "2025-12-02 2026-03-01",
  ]);
});

test("whose work it is, is a filter of its own", () => {
  const filter = filterFrom(new URLSearchParams("assigned=me&overdue=true"), {});
  assert.equal(filter.assigned, "me");
  assert.equal(filterPath(filter), "/?overdue=true&assigned=me");
  assert.deepEqual(filterChips(filter).map((chip) => chip.name), ["overdue", "assigned"]);
  assert.equal(filterCleared(filter).assigned, "");
  assert.equal(filterFrom(new URLSearchParams("assigned=7471bb0c"), {}).assigned, "");
});
