// Real texts, as people write them, each with a point in its kelurahan: all
// come in through the API and come out at the right unit. Where the collection
// is not at hand, invented ones and two drawn areas take its place.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finish, skip, test } from "../../support/count.mjs";
import { csv } from "../../support/csv.mjs";
import { crm as command, instance, root } from "../../support/instance.mjs";
import { addAccount, channelOf, enter } from "../../support/people.mjs";
import { pointsIn } from "../../support/places.mjs";
import { send } from "../../support/reports.mjs";

const crm = instance();
const jaki = channelOf(crm);
const data = join(root, "../shared/data");
const hasData = existsSync(join(data, "crm_reports_sample_2023.csv"));

const STAND_INS = [
  "Ada pelanggaran parkir liar di trotoar, segera tindak lanjuti masalah ini",
  "tolongg dongg lampu PJU mati udh 2 mingguu gelap bgt gan",
  "𝐒𝐀𝐌𝐏𝐀𝐇 𝐌𝐄𝐍𝐔𝐌𝐏𝐔𝐊 di pinggir kali &amp; bau sekali!!!",
  "Sudah lapor JK2301010001 tapi tidak ada tindakan. Gimana nih pemda?!",
  "jln berlubang 😡😡 ban saya pecah &quot;lagi&quot;",
  "Pohon tumbang\nmenutup jalan\n\nmohon segera",
  "PKL berjualan di badan jalan, bikin macet; 100% ganggu_warga",
  "air got meluap <b>tolong</b> dikeruk",
  "kabel semrawut .    .",
  "Anjing liar banyak, anak2 takut ke sekolah",
];

/** Two squares around the centres of their kelurahan. */
function drawnAreas() {
  const square = (code, name, [lng, lat]) => ({ type: "Feature", properties: { code, kelurahan: name },
    geometry: { type: "Polygon", coordinates: [[[lng, lat], [lng + 0.01, lat], [lng + 0.01, lat + 0.01], [lng, lat + 0.01], [lng, lat]]] } });
  return { type: "FeatureCollection", features: [square("31.75.07.1003", "Klender", [106.903, -6.223]), square("31.74.02.1002", "Karet Semanggi", [106.81, -6.225])] };
}

const rows = hasData
  ? csv(readFileSync(join(data, "crm_reports_sample_2023.csv"), "utf8")).map((row) => ({ code: row.kelurahan_code, text: row.description }))
  : STAND_INS.map((text, index) => ({ code: index % 2 ? "31.75.07.1003" : "31.74.02.1002", text }));
if (!hasData) skip("75 real texts at the right unit", "the collection is not here; ten stand-ins are used");

await test("official areas replace the built-in ones", () => {
  if (hasData) {
    command("area", "import", join(data, "jakarta_kelurahan.geojson"));
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "crm-area-"));
  try {
    writeFileSync(join(folder, "areas.geojson"), JSON.stringify(drawnAreas()));
    command("area", "import", join(folder, "areas.geojson"));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const points = pointsIn([...new Set(rows.map(({ code }) => code))]);
const taken = [];
const held = [];
for (const [index, { code, text }] of rows.entries()) {
  await test(`text ${index + 1} reaches ${points.get(code).unit}`, async () => {
    const { lat, lng } = points.get(code);
    const answer = await send(jaki, { visibility: index % 2 ? "public" : "private", description: text, location: { lat, lng } });
    assert.equal(answer.status, 201, answer.text);
    const { report } = answer.json;
    // Insults are held for triage: see tests/30-sql/40-filter.sql.
    if (report.status === "incoming") { held.push(report); return; }
    assert.equal(report.status, "waiting");
    assert.equal(report.location.kelurahan.code, code);
    assert.equal(report.unit.name, points.get(code).unit);
    if (!/\d{7}|@/.test(text)) assert.equal(report.description, text, "word for word");
    taken.push({ code, report });
  });
}

await test("few are held for triage", () => assert.ok(held.length <= 4, `${held.length}`));

await test("and its officer finds all of them in the inbox, others none", async () => {
  for (const [code, list] of [...group(taken)].slice(0, 6)) {
    const officer = await enter(crm, addAccount({ role: "officer", unit: points.get(code).unit }));
    const inbox = (await officer.get("/api/v1/reports?sort=-received_at&limit=100")).json.items.map(({ id }) => id);
    for (const { report } of list) assert.ok(inbox.includes(report.id));
    for (const { code: other, report } of taken) {
      if (other !== code) assert.ok(!inbox.includes(report.id));
    }
    officer.close();
  }
});

function group(list) {
  const found = new Map();
  for (const one of list) found.set(one.code, [...(found.get(one.code) ?? []), one]);
  return found;
}

jaki.close();
finish();
