// SPDX-License-Identifier: ISC
// The demo's reporters. None of them exists: "Contoh" means example, numbers
// in 0800-0000 are given to nobody, .example is reserved, and a NIK whose
// day of birth is 00 cannot be issued.

const GIVEN = [
  "Sari", "Budi", "Wulan", "Agus", "Dewi", "Rizky", "Fitri", "Bambang", "Ratna", "Hendra", "Maya", "Yusuf", "Lestari",
  "Dimas", "Nur", "Eko", "Putri", "Joko", "Intan", "Rahmat", "Kartika", "Surya", "Melati", "Galih", "Anisa", "Taufik",
];
const FAMILY = ["Contoh", "Contohwati", "Contohputra", "Percobaan"];

/**
 * The reporter of one report; the same index is the same person. Not
 * everyone gives everything.
 * @param {number} index
 */
export function reporterOf(index) {
  const given = GIVEN[index % GIVEN.length];
  const name = `${given} ${FAMILY[Math.floor(index / GIVEN.length + index) % FAMILY.length]}`;
  const digits = String(100 + index).padStart(4, "0");
  const person = {
    name,
    phone: `0800-0000-${digits}`,
    account_id: `jaki-contoh-${digits}`,
    device_id: `ponsel-contoh-${digits}`,
  };
  if (index % 3 !== 1) {
    person.email = `${given.toLowerCase()}.${digits}@warga.example`;
  }
  if (index % 2 === 0) {
    person.nik = `317500000000${digits}`;
  }
  return person;
}
