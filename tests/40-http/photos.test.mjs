// Photos: what comes out is pixels and nothing else, upright, in two sizes;
// what is no photo is refused; what is private does not exist.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { assertProblem } from "../support/checked.mjs";
import { finish, test } from "../support/count.mjs";
import { instance, sql } from "../support/instance.mjs";
import { lookAt } from "../support/jpeg-look.mjs";
import { channelOf, enterAs, stranger } from "../support/people.mjs";
import { CORNERS, jpeg, notPhotos, png, pngBomb, webp } from "../support/pictures.mjs";
import { KLENDER, pointIn } from "../support/places.mjs";
import { add, followUp, reportBody, send, step, stepped } from "../support/reports.mjs";

const crm = instance();
const klender = pointIn(KLENDER);
const jaki = channelOf(crm);
const officer = await enterAs(crm, "officer", klender.unit);
const elsewhere = await enterAs(crm, "officer", "Kelurahan Pluit");
const validator = await enterAs(crm, "validator", "Biro Pemerintahan");

/** Posts a public report with photos; the photo objects as the officer gets them. */
async function shown(photos, visibility = "public") {
  const report = await add(jaki, klender, { visibility }, { photos });
  const answer = await officer.get(`/api/v1/reports/${report.id}`);
  assert.equal(answer.status, 200, answer.text);
  return { report: answer.json.report, items: answer.json.report.photos.items };
}

async function bytesOf(client, url) {
  const answer = await client.get(url);
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.headers["content-type"], "image/jpeg");
  return answer;
}

const near = (found, wanted) => wanted.every((value, index) => Math.abs(found[index] - value) < 40);

await test("a photo of a public report is served in two sizes, with its headers", async () => {
  const { items } = await shown([jpeg({ width: 2400, height: 1200 })]);
  assert.equal(items.length, 1);
  const [photo] = items;
  assert.deepEqual(Object.keys(photo), ["id", "width", "height", "thumb", "full"]);
  assert.deepEqual([photo.width, photo.height], [1600, 800]);
  assert.ok(photo.full.startsWith(`/api/v1/photos/${photo.id}`));
  const full = await bytesOf(officer, photo.full);
  const thumb = await bytesOf(officer, photo.thumb);
  const large = lookAt(full.body);
  const small = lookAt(thumb.body);
  assert.deepEqual([large.width, large.height], [1600, 800]);
  assert.deepEqual([small.width, small.height], [480, 240]);
  assert.equal(full.headers["x-confidentiality"], "public");
  assert.equal(full.headers["cache-control"], "no-store");
  assert.match(full.headers["content-security-policy"], /default-src 'none'.*sandbox/);
  assert.equal(full.headers["content-disposition"], 'inline; filename="photo.jpg"');
  assert.equal(full.headers.etag, undefined);
  assert.equal(full.headers["last-modified"], undefined);
  const bare = await officer.get(`/api/v1/photos/${photo.id}`);
  assert.ok(bare.body.equals(full.body), "full is the default");
});

await test("a small photo is not made larger", async () => {
  const { items } = await shown([jpeg({ width: 100, height: 60 })]);
  assert.deepEqual([items[0].width, items[0].height], [100, 60]);
});

await test("nothing of the metadata, file name or bytes behind the end comes out", async () => {
  const word = "SANDIRAHASIA77";
  const secret = { description: word, artist: word, userComment: word, gps: word, xmp: word, iptc: word,
    comment: word, icc: word, trailing: `${word}<script>${word}</script>` };
  const files = [
    { data: jpeg({ secret }), filename: `${word}.jpg` },
    { data: png({ secret: { text: word, description: word, trailing: word } }), filename: `${word}.png`, type: "image/png" },
    { data: webp({ secret: { xmp: word } }), filename: `${word}.webp`, type: "image/webp" },
  ];
  const { items } = await shown(files);
  assert.equal(items.length, 3);
  for (const photo of items) {
    for (const url of [photo.full, photo.thumb]) {
      const answer = await bytesOf(officer, url);
      const all = Buffer.concat([answer.body, Buffer.from(answer.rawHeaders.join("\n"))]);
      for (const spelling of [Buffer.from(word), Buffer.from(word, "utf16le"), Buffer.from("Exif"), Buffer.from("adobe"),
        Buffer.from("Photoshop"), Buffer.from("ICC_PROFILE")]) {
        assert.equal(all.indexOf(spelling), -1, `${spelling} in ${url}`);
      }
      const look = lookAt(answer.body);
      const markers = new Set(look.markers.map(([marker]) => marker));
      for (const marker of markers) {
        assert.ok(![0xe1, 0xe2, 0xed, 0xfe].includes(marker), `segment ${marker.toString(16)}`);
      }
      assert.equal(look.trailing.length, 0, "nothing behind the end");
    }
  }
});

await test("photos come out upright, whatever the orientation tag says", async () => {
  const { topLeft, topRight, bottomLeft, bottomRight } = CORNERS;
  const upright = {
    1: [topLeft, topRight, bottomLeft, bottomRight], 2: [topRight, topLeft, bottomRight, bottomLeft],
    3: [bottomRight, bottomLeft, topRight, topLeft], 4: [bottomLeft, bottomRight, topLeft, topRight],
    5: [topLeft, bottomLeft, topRight, bottomRight], 6: [bottomLeft, topLeft, bottomRight, topRight],
    7: [bottomRight, topRight, bottomLeft, topLeft], 8: [topRight, bottomRight, topLeft, bottomLeft],
  };
  for (let first = 1; first <= 8; first += 4) {
    const tags = [first, first + 1, first + 2, first + 3];
    const { items } = await shown(tags.map((orientation) => jpeg({ width: 320, height: 160, orientation })));
    for (const [index, orientation] of tags.entries()) {
      const look = lookAt((await bytesOf(officer, items[index].full)).body);
      const size = orientation > 4 ? [160, 320] : [320, 160];
      assert.deepEqual([look.width, look.height], size, `orientation ${orientation}`);
      assert.deepEqual([items[index].width, items[index].height], size);
      const [width, height] = size;
      const corners = [[20, 20], [width - 20, 20], [20, height - 20], [width - 20, height - 20]];
      corners.forEach(([x, y], place) => assert.ok(near(look.colourAt(x, y), upright[orientation][place]),
        `orientation ${orientation}, corner ${place}: ${look.colourAt(x, y)}`));
    }
  }
});

await test("PNG and WebP keep their picture", async () => {
  const { items } = await shown([png({ width: 96, height: 64 }), webp({ width: 48, height: 32, rgb: [30, 200, 40] })]);
  const first = lookAt((await bytesOf(officer, items[0].full)).body);
  assert.ok(near(first.colourAt(8, 8), CORNERS.topLeft) && near(first.colourAt(90, 60), CORNERS.bottomRight));
  const second = lookAt((await bytesOf(officer, items[1].full)).body);
  assert.ok(near(second.colourAt(20, 20), [30, 200, 40]));
});

for (const [name, data] of notPhotos()) {
  await test(`${name} is refused with its place in the list`, async () => {
    const photos = [jpeg({ width: 40, height: 30 }), { data, filename: "x.jpg", type: "image/jpeg" }];
    assertProblem(await send(jaki, reportBody(klender), { photos }), 422, [["/photos/1", "photo_unreadable"]]);
  });
}

for (const [width, height] of [[50_000, 50_000], [65_535, 1_000], [2_000_000_000, 2_000_000_000]]) {
  await test(`a bomb of ${width} × ${height} pixels is refused from its head`, async () => {
    const began = Date.now();
    const answer = await send(jaki, reportBody(klender), { photos: [pngBomb(width, height)] });
    assertProblem(answer, 422);
    assert.equal(answer.json.errors[0].pointer, "/photos/0");
    assert.match(answer.json.errors[0].code, /^photo_(pixels|unreadable)$/);
    assert.ok(Date.now() - began < 5_000, "without unpacking it");
  });
}

await test("a photo of more than 10 MB is 413", async () => {
  const data = Buffer.concat([jpeg({ width: 40, height: 30 }), Buffer.alloc(10 * 1024 * 1024)]);
  const answer = await send(jaki, reportBody(klender), { photos: [data] });
  assertProblem(answer, 413);
});

await test("six photos are too many", async () => {
  const photos = Array.from({ length: 6 }, () => jpeg({ width: 16, height: 16 }));
  assertProblem(await send(jaki, reportBody(klender), { photos }), 422, [["/photos", "too_many"]]);
});

await test("a report whose photo is refused is not stored", async () => {
  const before = sql("select count(*) from crm.report_key")[0][0];
  const key = randomUUID();
  const body = reportBody(klender);
  assertProblem(await send(jaki, body, { photos: [Buffer.from("no photo")], key }), 422);
  const again = await send(jaki, body, { photos: [jpeg({ width: 16, height: 16 })], key });
  assert.equal(again.status, 201, "the key was not used up");
  assert.ok(Number(sql("select count(*) from crm.report_key")[0][0]) >= Number(before) + 1);
});

/** What an answer says apart from what must differ. */
function shape({ status, headers, body }) {
  const { date, connection, "keep-alive": keepAlive, ...rest } = headers;
  return { status, rest, size: body.length };
}

await test("a private report's photo answers like an id that does not exist, to every reader", async () => {
  const { report, items } = await shown([jpeg({ width: 80, height: 60 })], "private");
  assert.deepEqual(report.photos, { locked: true });
  assert.equal(items, undefined);
  const [[id]] = sql(`select id from crm.photo where report_id = '${report.id}'`);
  for (const reader of [officer, elsewhere, validator, jaki]) {
    for (const size of ["", "?size=thumb", "?size=full"]) {
      const locked = await reader.get(`/api/v1/photos/${id}${size}`);
      const unknown = await reader.get(`/api/v1/photos/${randomUUID()}${size}`);
      assertProblem(locked, 404);
      assert.deepEqual(shape(locked), shape(unknown));
    }
  }
  const nobody = stranger(crm);
  assertProblem(await nobody.get(`/api/v1/photos/${id}`), 401);
  nobody.close();
});

await test("and in the same time", async () => {
  const { report } = await shown([jpeg({ width: 80, height: 60 })], "private");
  const [[id]] = sql(`select id from crm.photo where report_id = '${report.id}'`);
  const times = { locked: [], unknown: [] };
  for (let round = 0; round < 60; round += 1) {
    for (const [kind, photo] of [["locked", id], ["unknown", randomUUID()]]) {
      const began = process.hrtime.bigint();
      await officer.get(`/api/v1/photos/${photo}`);
      times[kind].push(Number(process.hrtime.bigint() - began) / 1e6);
    }
  }
  const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];
  const [locked, unknown] = [median(times.locked), median(times.unknown)];
  assert.ok(Math.abs(locked - unknown) < Math.max(3, 0.5 * unknown), `${locked} ms and ${unknown} ms`);
});

await test("a photo of another unit's public report is 404", async () => {
  const { items } = await shown([jpeg({ width: 40, height: 30 })]);
  assertProblem(await elsewhere.get(items[0].full), 404);
  assert.equal((await validator.get(items[0].full)).status, 200);
  assertProblem(await jaki.get(items[0].full), 404);
});

await test("what is no id and what is no size", async () => {
  for (const id of ["x", "..", "%2e%2e", "00000000-0000-4000-8000-000000000000", "1".repeat(200)]) {
    const answer = await officer.get(`/api/v1/photos/${id}`);
    assert.ok([400, 404].includes(answer.status), `${id}: ${answer.status}`);
  }
  const { items } = await shown([jpeg({ width: 40, height: 30 })]);
  assertProblem(await officer.get(`/api/v1/photos/${items[0].id}?size=huge`), 422, [["?size", "unknown"]]);
  assertProblem(await officer.get(`/api/v1/photos/${items[0].id}?width=1`), 400);
});

await test("proof photos are shown, of private reports too, with the private label", async () => {
  let report = await add(jaki, klender, { visibility: "private" });
  report = await stepped(officer, report, { type: "take" });
  const [event, options] = followUp(klender);
  const answer = await step(officer, report, event, options);
  assert.equal(answer.status, 201, answer.text);
  const [photo] = answer.json.event.photos.items;
  for (const reader of [officer, validator, jaki]) {
    const file = await bytesOf(reader, photo.full);
    assert.equal(file.headers["x-confidentiality"], "private");
    assert.equal(lookAt(file.body).width, photo.width);
  }
  assertProblem(await elsewhere.get(photo.full), 404);
});

for (const client of [jaki, officer, elsewhere, validator]) client.close();
finish();
