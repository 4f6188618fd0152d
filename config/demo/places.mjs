// SPDX-License-Identifier: ISC
// Middle points of kelurahan of Jakarta: facts from the official list of areas.

/** @type {Record<string, [lat: number, lng: number]>} */
export const PLACES = {
  "Cengkareng Timur": [-6.141282, 106.735647],
  "Cijantung": [-6.321571, 106.858876],
  "Cikini": [-6.191449, 106.839388],
  "Cipayung": [-6.329055, 106.893897],
  "Kalideres": [-6.149228, 106.698786],
  "Karet Semanggi": [-6.222539, 106.817934],
  "Kebon Sirih": [-6.185087, 106.830753],
  "Kelapa Gading Timur": [-6.168399, 106.903607],
  "Kemanggisan": [-6.189875, 106.79138],
  "Klender": [-6.218512, 106.908136],
  "Kramatjati": [-6.274112, 106.870707],
  "Manggarai": [-6.213527, 106.851063],
  "Marunda": [-6.113375, 106.961325],
  "Menteng": [-6.200897, 106.833921],
  "Meruya Selatan": [-6.209317, 106.734],
  "Pasar Minggu": [-6.289919, 106.839363],
  "Pegadungan": [-6.132757, 106.702354],
  "Pluit": [-6.11408, 106.786468],
  "Pulau Kelapa": [-5.644845, 106.562367],
  "Ragunan": [-6.298761, 106.821239],
  "Rawajati": [-6.258096, 106.854652],
  "Senen": [-6.176101, 106.839632],
  "Sunter Agung": [-6.138082, 106.862089],
  "Tanjung Duren Utara": [-6.172819, 106.783272],
  "Tebet Barat": [-6.234941, 106.84898],
  "Ujung Menteng": [-6.186276, 106.963345],
  "Warakas": [-6.12183, 106.877782],
  // Not in the city: such reports wait for triage.
  "Bekasi": [-6.2383, 106.9986],
  "Depok": [-6.4025, 106.8186],
};

/**
 * A point near the middle of a place, never farther than 150 m.
 * @param {string} name
 * @param {import("./random.mjs").Random} random
 */
export function pointNear(name, random) {
  const place = PLACES[name];
  if (!place) {
    throw new Error(`places.mjs does not know ${name}`);
  }
  const metres = 150 * Math.sqrt(random.next());
  const angle = random.between(0, Math.PI * 2);
  const lat = place[0] + (metres * Math.sin(angle)) / 110574;
  const lng = place[1] + (metres * Math.cos(angle)) / (111320 * Math.cos((place[0] * Math.PI) / 180));
  return { lat: Number(lat.toFixed(6)), lng: Number(lng.toFixed(6)) };
}
