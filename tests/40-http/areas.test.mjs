// Outlines of areas: whole, near enough, and kept by the browser.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { assertProblem } from "../support/checked.mjs";
import { finish, test } from "../support/count.mjs";
import { instance, sql } from "../support/instance.mjs";
import { channelOf, enterAs, stranger } from "../support/people.mjs";
import { KLENDER, pointIn } from "../support/places.mjs";

const crm = instance();
const home = pointIn(KLENDER);
const officer = await enterAs(crm, "officer", home.unit);
const get = (query) => officer.get(`/api/v1/areas${query}`);
const itemsOf = async (query) => (await get(query)).json.items;

/** Points {lat, lng} of an encoded polyline. */
function decode(text) {
  const numbers = [];
  for (let at = 0, shift = 0, value = 0; at < text.length; at += 1) {
    const part = text.charCodeAt(at) - 63;
    value |= (part & 31) << shift;
    shift += 5;
    if (part < 32) {
      numbers.push(value & 1 ? ~(value >> 1) : value >> 1);
      value = shift = 0;
    }
  }
  const points = [];
  let lat = 0, lng = 0;
  for (let at = 0; at < numbers.length; at += 2) points.push({ lat: (lat += numbers[at]) / 1e5, lng: (lng += numbers[at + 1]) / 1e5 });
  return points;
}

/** Whether a ring goes round a point: crossings of the line to the east. */
const isRound = (ring, { lat, lng }) => ring.reduce((inside, one, at) => {
  const other = ring[(at + 1) % ring.length];
  const crosses = one.lat > lat !== other.lat > lat && lng < one.lng + ((lat - one.lat) / (other.lat - one.lat)) * (other.lng - one.lng);
  return crosses ? !inside : inside;
}, false);

await test("all 317 areas are there, with closed rings in or near Jakarta", async () => {
  const items = await itemsOf("");
  assert.deepEqual(["kota", "kecamatan", "kelurahan"].map((level) => items.filter((one) => one.level === level).length), [6, 44, 267]);
  for (const { code, outline } of items) {
    assert.ok(outline.length >= 1, code);
    for (const ring of outline.map(decode)) {
      assert.ok(ring.length >= 4, code);
      assert.deepEqual(ring.at(-1), ring[0], code);
      for (const { lat, lng } of ring) assert.ok(lat > -6.8 && lat < -4.9 && lng > 106 && lng < 107.4, `${code}: ${lat} ${lng}`);
    }
  }
});

await test("an outline goes round what lies in the area", async () => {
  const items = await itemsOf("?level=kelurahan");
  const round = items.filter(({ outline }) => outline.map(decode).filter((ring) => isRound(ring, home)).length % 2 === 1);
  assert.deepEqual(round.map(({ code }) => code), [KLENDER]);
});

await test("it is small enough for a telephone", async () => {
  const answer = await get("");
  assert.ok(answer.body.length < 300_000, `${answer.body.length} bytes`);
});

await test("levels and boxes", async () => {
  const around = [home.lng - 1e-4, home.lat - 1e-4, home.lng + 1e-4, home.lat + 1e-4].join();
  assert.deepEqual((await itemsOf(`?bbox=${around}`)).map(({ level }) => level).sort(), ["kecamatan", "kelurahan", "kota"]);
  assert.deepEqual((await itemsOf(`?bbox=${around}&level=kelurahan`)).map(({ code }) => code), [KLENDER]);
  assert.deepEqual(await itemsOf("?bbox=0,0,1,1"), []);
  assert.equal((await itemsOf("?level=kota")).length, 6);
  for (const [query, fault] of [["?level=rw", ["?level", "unknown"]], ["?bbox=1,2,3", ["?bbox", "format"]], ["?bbox=nan,1,2,3", ["?bbox", "format"]],
    ["?bbox=-181,0,1,1", ["?bbox", "format"]], ["?bbox=2,0,1,1", ["?bbox", "format"]]]) {
    assertProblem(await get(query), 422, [fault]);
  }
  assertProblem(await get("?kota=31.75"), 400);
});

await test("a browser keeps it for a day, each language apart; errors are not kept", async () => {
  for (const language of ["id", "en"]) {
    const { headers, json } = await officer.get("/api/v1/areas?level=kota", { "Accept-Language": language });
    assert.deepEqual([headers["cache-control"], headers.vary, headers["x-confidentiality"]], ["private, max-age=86400", "Accept-Language", "public"]);
    assert.equal(json.confidentiality.level, "public");
  }
  for (const answer of [await get("?level=rw"), await stranger(crm).get("/api/v1/areas"), await channelOf(crm).get("/api/v1/areas")]) {
    assert.ok(answer.status >= 400);
    assert.deepEqual([answer.headers["cache-control"], answer.headers.vary], ["no-store", undefined]);
  }
});

await test("reading outlines writes nothing", async () => {
  const count = () => sql("select count(*) from audit.entry where action ~ 'area'")[0][0];
  await get("?level=kota");
  assert.equal(count(), "0");
});

officer.close();
finish();
