// What comes in on a day: how much in which hour, about what, for whom.
//
// SPDX-License-Identifier: ISC
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { csv } from "../support/csv.mjs";
import { root, sql } from "../support/instance.mjs";

const data = join(root, "../shared/data");
export const hasData = existsSync(join(data, "crm_agency_distribution_2023.csv"));

/** Published counts name agencies in their own way; "other" is whoever else. */
const UNITS = {
  "KELURAHAN": null,
  "DINAS BINA MARGA": "Dinas Bina Marga",
  "SATUAN POLISI PAMONG PRAJA": "Satuan Polisi Pamong Praja",
  "DINAS PERHUBUNGAN": "Dinas Perhubungan",
  "DINAS PERTAMANAN DAN HUTAN": "Dinas Pertamanan dan Hutan Kota",
  "other": "Dinas Lingkungan Hidup",
  "DINAS SUMBER DAYA AIR": "Dinas Sumber Daya Air",
  "DINAS CIPTA KARYA, TATA RUANG, DAN PERTANAHAN": "Dinas Cipta Karya, Tata Ruang dan Pertanahan",
  "BADAN PEMBINAAN BADAN USAHA MILIK DAERAH": "Badan Pembinaan Badan Usaha Milik Daerah",
};

const STAND_IN = "agency,reports\nKELURAHAN,17\nDINAS BINA MARGA,20\nSATUAN POLISI PAMONG PRAJA,19\nDINAS PERHUBUNGAN,17\nother,27\n";

/** Shares of a day's reports per hour of Jakarta, of 100. */
const HOURS = [1, 1, 0, 0, 1, 2, 4, 6, 7, 8, 8, 7, 6, 6, 6, 6, 6, 5, 5, 5, 4, 3, 2, 1];

const PLACES = ["di depan pasar", "dekat halte", "di seberang sekolah dasar", "di mulut gang", "samping masjid", "dekat pos ronda",
  "di bawah jalan layang", "di pinggir kali", "dekat puskesmas", "di belakang kantor", "di persimpangan", "di tikungan"];
const WOES = ["rusak", "kotor", "membahayakan warga", "bikin macet", "sudah lama dibiarkan", "bau", "gelap", "berisik", "tergenang", "patah"];
const WISHES = ["mohon dicek", "tolong dibereskan", "minta petugas datang", "segera tindak lanjuti masalah ini", "terima kasih"];

/** [{agency: name of a unit, or null: stays at the kelurahan; share}] */
function agencies() {
  const text = hasData ? readFileSync(join(data, "crm_agency_distribution_2023.csv"), "utf8") : STAND_IN;
  const rows = csv(text).map((row) => Object.values(row));
  const sum = rows.reduce((total, [, count]) => total + Number(count), 0);
  return rows.map(([name, count]) => ({ agency: UNITS[name], share: Number(count) / sum }));
}

/** Codes of the categories seen in published reports. */
function categories() {
  const known = new Map(sql("select lower(name), code from crm.category where is_active"));
  if (!hasData) return [...known.values()];
  const seen = csv(readFileSync(join(data, "crm_categories_observed.csv"), "utf8"));
  return [...new Set(seen.map(({ category }) => known.get(category.toLowerCase())))].filter(Boolean);
}

export class Mix {
  #random;
  #agencies = agencies();
  #categories = categories();

  constructor(random) {
    this.#random = random;
  }

  /** Names of all agencies that may get something. */
  get agencies() {
    return this.#agencies.map(({ agency }) => agency).filter(Boolean);
  }

  /** How many of `total` come in between two moments of the day, in hours. */
  static between(total, from, until) {
    const upTo = (hour) => {
      const whole = Math.floor(hour);
      const before = HOURS.slice(0, whole).reduce((sum, share) => sum + share, 0);
      return Math.round(total * (before + (hour - whole) * (HOURS[whole] ?? 0)) / 100);
    };
    return upTo(until) - upTo(from);
  }

  /** Who will have to do the work; null: the kelurahan itself. */
  agency() {
    let left = this.#random.next();
    for (const { agency, share } of this.#agencies) {
      left -= share;
      if (left <= 0) return agency;
    }
    return null;
  }

  category() {
    return this.#random.pick(this.#categories);
  }

  /** Words as people send them; `secret` is the reporter's name, never in them. */
  words(number) {
    const random = this.#random;
    return `${random.pick(WOES)} ${random.pick(PLACES)} nomor ${number}, ${random.pick(WOES)} juga, ${random.pick(WISHES)}`;
  }
}
