// Reports between SP4N-LAPOR and CRM, both ways: an example of a program that
// joins another system to CRM as one of its channels. No dependencies but
// crm.mjs beside it.
//
//   node sp4n.mjs in EXPORT.jsonl       takes in what LAPOR exported
//   node sp4n.mjs out RETURNED.jsonl    writes what is not a matter of the city
//
// Who we are: CRM_URL, CRM_CA, CRM_KEY, CRM_KID, CRM_ISSUER, CRM_AUDIENCE, as
// for crm.sh. What was handed over is kept in SP4N_STATE (sp4n-state.json).
//
// SPDX-License-Identifier: ISC

import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";

import { Crm, Problem } from "./crm.mjs";

/** Their categories as ours; what is not here has none, and triage finds it. */
const CATEGORIES = { "Jalan Rusak": "jalan", "Trotoar": "trotoar", "Sampah": "sampah", "Banjir": "banjir", "Pohon Tumbang": "pohon" };
const TEXT_MAX = 4000;
const PHOTOS_MAX = 5;
/** Longer ago than the first report of ours. */
const START = "2020-01-01T00:00:00Z";

/** A file that is there whole or not at all, for nobody else to read. */
function write(file, text) {
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** What is known of earlier runs: {since, known: {report id: tracking id}, done: [report ids]}. */
export function stateRead(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { since: START, known: {}, done: [] };
}

const without = (object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined && value !== null && value !== ""));

/** "2026-01-05 07:30" is a time in Jakarta. */
const timeOf = (text) => (text ? `${text.replace(" ", "T")}${text.length === 16 ? ":00" : ""}+07:00` : undefined);

/** One line of LAPOR's export as a report of ours. */
export function reportOf(row) {
  const { alamat, lat, long } = row.lokasi ?? {};
  const hasPoint = Number.isFinite(lat) && Number.isFinite(long);
  const reporter = row.anonim ? {} : without({ name: row.pelapor?.nama, phone: row.pelapor?.telepon, email: row.pelapor?.surel, nik: row.pelapor?.nik });
  // "rahasia": true, and a line that says nothing of it, are private.
  const visibility = row.rahasia === false ? "public" : "private";
  const words = [row.judul, row.isi, !hasPoint && visibility === "private" && alamat ? `Alamat: ${alamat}` : ""];
  return without({
    visibility,
    category: CATEGORIES[row.kategori],
    description: [...words.filter(Boolean).join("\n\n")].slice(0, TEXT_MAX).join(""),
    location: hasPoint ? without({ lat, lng: long, address: alamat }) : undefined,
    occurred_at: timeOf(row.tanggal_kejadian),
    channel_ref: String(row.trackingid),
    reporter: Object.keys(reporter).length > 0 ? reporter : undefined,
  });
}

/** Attachments lie beside the export; a name that leads elsewhere is left out. */
function photosOf(row, folder) {
  const files = (row.lampiran ?? []).map((name) => resolve(folder, name)).filter((file) => file.startsWith(folder + sep) && existsSync(file));
  return files.slice(0, PHOTOS_MAX).map((file) => readFileSync(file));
}

/**
 * Takes in an export: one JSON object a line. Each has its own key, so a run
 * that broke off is simply run again. Yields {trackingid, result, codes?}.
 */
export async function* transferIn(crm, exported, stateFile) {
  const state = stateRead(stateFile);
  const folder = resolve(dirname(exported));
  for (const line of readFileSync(exported, "utf8").split("\n").filter((one) => one.trim())) {
    const row = JSON.parse(line);
    const { trackingid } = row;
    if (Object.values(state.known).includes(String(trackingid))) {
      yield { trackingid, result: "known" };
      continue;
    }
    try {
      const { id } = await crm.post(reportOf(row), photosOf(row, folder), `sp4n-${trackingid}`);
      state.known[id] = String(trackingid);
      write(stateFile, JSON.stringify(state));
      yield { trackingid, result: "taken" };
    } catch (error) {
      // Anything but a refusal of this one is the same for all that follow.
      if (!(error instanceof Problem) || ![400, 413, 422].includes(error.status)) throw error;
      yield { trackingid, result: "refused", codes: error.errors.map(({ pointer, code }) => `${pointer} ${code}`) };
    }
  }
}

/** What the reporter was told with the rejection. */
async function reasonOf(crm, id) {
  for await (const event of crm.events(id)) {
    if (event.type === "reject") return event.text;
  }
  return undefined;
}

/**
 * A rejected report as LAPOR takes it: what came from there goes back by its
 * number. What citizens gave to the city as public is new for LAPOR, without
 * a reporter. A private report that did not come from there stays here: its
 * reporter is asked first, by the channel, which alone knows who that is.
 */
async function returnedOf(crm, report, trackingid) {
  const alasan = await reasonOf(crm, report.id);
  if (trackingid) return { trackingid, tindakan: "kembalikan", alasan };
  if (report.visibility === "private") return null;
  const { lat, lng, address, kelurahan } = report.location ?? {};
  return { asal: report.ticket, tindakan: "teruskan", isi: report.description, kategori: report.category?.name, anonim: true, rahasia: false, alasan,
    lokasi: without({ alamat: address, kelurahan: kelurahan?.name, lat, long: lng }) };
}

/**
 * Writes what was found to be no matter of the city since the last run. The
 * state moves on only when the file is there: killed before, the next run
 * writes the same lines again. Returns {returned, asked}: lines, and private
 * reports whose reporter must be asked.
 */
export async function transferOut(crm, file, stateFile) {
  const state = stateRead(stateFile);
  const lines = [];
  const asked = [];
  for await (const report of crm.changes(state.since, { status: "rejected" })) {
    state.since = report.updated_at;
    if (report.reason_code !== "not_city" || state.done.includes(report.id)) continue;
    const line = await returnedOf(crm, report, state.known[report.id]);
    if (line) lines.push(`${JSON.stringify(line)}\n`);
    else asked.push(report.ticket);
    state.done.push(report.id);
  }
  write(file, lines.join(""));
  write(stateFile, JSON.stringify(state));
  return { returned: lines.length, asked };
}

function crmOf({ CRM_URL, CRM_CA, CRM_KEY, CRM_KID, CRM_ISSUER, CRM_AUDIENCE }) {
  return new Crm({ baseUrl: CRM_URL, ca: CRM_CA ? readFileSync(CRM_CA) : undefined, key: readFileSync(CRM_KEY, "utf8"),
    kid: CRM_KID, issuer: CRM_ISSUER, audience: CRM_AUDIENCE });
}

async function main([direction, file], env) {
  if (!["in", "out"].includes(direction) || !file || !env.CRM_KEY || !env.CRM_URL) {
    console.error("usage: CRM_URL=… CRM_KEY=… node sp4n.mjs in EXPORT.jsonl | out RETURNED.jsonl");
    return 2;
  }
  const crm = crmOf(env);
  const state = env.SP4N_STATE ?? join(dirname(file), "sp4n-state.json");
  let isGood = true;
  try {
    if (direction === "out") {
      const { returned, asked } = await transferOut(crm, file, state);
      console.log(`${returned} to LAPOR; ask the reporter first: ${asked.join(" ") || "none"}`);
    } else {
      for await (const { trackingid, result, codes } of transferIn(crm, file, state)) {
        console.log([trackingid, result, ...(codes ?? [])].join(" "));
        isGood &&= result !== "refused";
      }
    }
  } finally {
    crm.close();
  }
  return isGood ? 0 : 1;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = await main(process.argv.slice(2), process.env);
}
