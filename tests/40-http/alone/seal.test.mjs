// A report that was public and becomes private: its photos are locked at once,
// and sealed on the disk by crm jobs soon after.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { finish, test } from "../../support/count.mjs";
import { superuser } from "../../support/database.mjs";
import { instance, sql } from "../../support/instance.mjs";
import { jobsAnew } from "../../support/jobs.mjs";
import { channelOf } from "../../support/people.mjs";
import { jpeg } from "../../support/pictures.mjs";
import { KLENDER, pointIn } from "../../support/places.mjs";
import { add, stepped } from "../../support/reports.mjs";
import { openSealed, unwrap } from "../../support/vault.mjs";

const crm = instance();
const jaki = channelOf(crm);
const klender = pointIn(KLENDER);
const store = join(crm.state, "jail/photos");
const fileOf = (name) => join(store, name.slice(0, 2), name);
const photo = (width) => jpeg({ width, height: 77 });
const posted = (photos) => add(jaki, klender, { visibility: "public" }, { photos });
const flip = (report, type) => stepped(jaki, report, { type }, { headers: { "Idempotency-Key": randomUUID() } });

/** The photos of a report as their rows and files are. */
const photosOf = ({ id }) => sql(`select p.id, p.file_full, p.file_thumb, p.is_sealed, encode(k.wrapped_key, 'hex') from crm.photo p
  left join identity.photo_key k on k.photo_id = p.id where p.report_id = '${id}' order by p.place`)
  .map(([photoId, full, thumb, sealed, wrapped]) => ({ id: photoId, names: [full, thumb], isSealed: sealed === "t", wrapped }));

/** As if their files had been there for a while: what was written just now is left alone. */
function age(report) {
  const then = Date.now() / 1000 - 3600;
  const photos = photosOf(report);
  for (const { names } of photos) for (const name of names) utimesSync(fileOf(name), then, then);
  return photos.map((one) => ({ ...one, bytes: one.names.map((name) => readFileSync(fileOf(name))) }));
}

const shared = photo(45);
const due = () => sql("select report_id from crm.seal_due").flat();
const sealed = async () => (await jobsAnew()).find((line) => line.job === "seal");

function assertSealed(report, before) {
  const after = photosOf(report);
  assert.equal(after.length, before.length);
  after.forEach((one, at) => {
    assert.ok(one.isSealed);
    const key = unwrap(Buffer.from(one.wrapped, "hex"), `photo:${one.id}`);
    one.names.forEach((name, which) => {
      const bytes = readFileSync(fileOf(name));
      assert.equal(bytes.subarray(0, 4).toString(), "CRM1");
      assert.deepEqual(openSealed(key, "photo", bytes.subarray(4)), before[at].bytes[which], "the same picture");
    });
  });
}

const young = await posted([photo(42)]);
const other = await posted([shared]);
const torn = await posted([photo(51)]);
const [whole] = age(torn);

await test("photos in clear are sealed, and gone in clear, unless another report shows them", async () => {
  const report = await posted([photo(41), shared]);
  const open = await posted([photo(43)]);
  const before = age(report);
  const [kept] = age(other);
  const [stays] = age(open);
  assert.deepEqual(kept.names, before[1].names, "equal photos are one file");
  const away = fileOf(whole.names[1]);
  renameSync(away, `${away}.away`);
  for (const one of [torn, report, young]) await flip(one, "make_private");
  await flip(await flip(open, "make_private"), "make_public");
  assert.ok((await sealed()).count >= 2, "a file that is missing holds no other up");
  renameSync(`${away}.away`, away);
  assertSealed(report, before);
  assert.deepEqual(before[0].names.filter((name) => existsSync(fileOf(name))), []);
  assert.deepEqual(kept.names.filter((name) => !existsSync(fileOf(name))), []);
  assert.deepEqual(photosOf(other).map(({ isSealed }) => isSealed), [false]);
  const clear = before[0].bytes[0];
  for (const fan of readdirSync(store)) {
    for (const name of readdirSync(join(store, fan))) assert.ok(!readFileSync(join(store, fan, name)).equals(clear), "nowhere on the disk");
  }
  assert.deepEqual([due().includes(young.id), photosOf(young)[0].isSealed], [true, false], "not what was written a moment ago");
  assert.deepEqual([due().includes(open.id), photosOf(open)[0].names], [false, stays.names], "nor what is public again");
});

await test("whatever fails on the way, nothing is lost and the next run goes on", async () => {
  await flip(other, "make_private");
  const reports = [torn, young, other];
  const before = reports.map(age);
  superuser(`create function public.uji_gagal() returns trigger language plpgsql as $$ begin raise exception 'uji'; end $$;
    create trigger uji_gagal before insert on identity.photo_key for each row execute function public.uji_gagal()`);
  assert.equal((await sealed()).event, "job_failed", "the database fails after the sealed files are written");
  const files = before.flat().flatMap(({ names }) => names.map(fileOf));
  assert.deepEqual(files.filter((file) => !existsSync(file)), []);
  assert.deepEqual(reports.flatMap(photosOf).map(({ isSealed }) => isSealed), [false, false, false]);
  superuser("drop trigger uji_gagal on identity.photo_key; drop function public.uji_gagal()");
  assert.ok((await sealed()).count >= 3);
  reports.forEach((report, at) => assertSealed(report, before[at]));
  assert.deepEqual(files.filter(existsSync), [], "the last one takes a shared file along");
});

jaki.close();
finish();
