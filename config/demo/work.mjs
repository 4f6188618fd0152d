// SPDX-License-Identifier: ISC
// What officers and validators do with a report in the demo: which steps,
// after how many hours, in whose words.

/**
 * @typedef {"take" | "note" | "reply" | "follow_up" | "accept_work" | "refuse_work"} StepType
 * @typedef {{type: StepType, hours: number, proof?: "good" | "elsewhere"}} Step
 */

/** @type {Record<string, Step[]>} */
export const WORK = {
  taken: [{ type: "take", hours: 4 }],
  noted: [{ type: "take", hours: 3 }, { type: "note", hours: 9 }],
  replied: [{ type: "take", hours: 3 }, { type: "note", hours: 7 }, { type: "reply", hours: 16 }],
  validating: [{ type: "take", hours: 5 }, { type: "note", hours: 10 }, { type: "follow_up", hours: 50, proof: "good" }],
  refused: [
    { type: "take", hours: 5 }, { type: "follow_up", hours: 40, proof: "elsewhere" },
    { type: "refuse_work", hours: 66 },
  ],
  redone: [
    { type: "take", hours: 5 }, { type: "follow_up", hours: 30, proof: "elsewhere" },
    { type: "refuse_work", hours: 54 }, { type: "take", hours: 66 }, { type: "note", hours: 78 },
    { type: "follow_up", hours: 110, proof: "good" },
  ],
  completed: [
    { type: "take", hours: 4 }, { type: "reply", hours: 12 }, { type: "follow_up", hours: 36, proof: "good" },
    { type: "accept_work", hours: 62 },
  ],
};

/** @type {Record<string, {note: string, reply: string, done: string}>} */
const WORDS = {
  pothole: {
    note: "Lubang kira-kira 1,2 x 0,9 m, dalam 12 cm. Butuh 4 karung aspal dingin; pinjam alat pemadat dari suku dinas.",
    reply: "Terima kasih atas laporannya. Titik sudah kami beri tanda pengaman, penambalan dijadwalkan malam ini agar tidak mengganggu lalu lintas.",
    done: "Lubang sudah dibersihkan, ditambal aspal dan dipadatkan. Jalan dapat dilalui kembali dengan aman.",
  },
  fallenTree: {
    note: "Batang utama diameter 45 cm. Satu gergaji mesin dan truk dari pertamanan sudah diminta.",
    reply: "Terima kasih. Regu sudah di lokasi, pemotongan dimulai dari cabang yang menutup jalur.",
    done: "Pohon sudah dipotong dan diangkut, jalan terbuka. Tunggul akan dibongkar menyusul.",
  },
  rubbish: {
    note: "Sekitar 3 meter kubik, sebagian puing. Pasukan oranye 5 orang, satu truk jam 6 pagi.",
    reply: "Terima kasih, sampah akan diangkut besok pagi. Kami juga menempatkan tong terpilah di titik ini.",
    done: "Tumpukan sudah diangkut seluruhnya, tembok dibersihkan, tiga tong terpilah dipasang.",
  },
  parking: {
    note: "Sudah koordinasi dengan perhubungan untuk penertiban bersama jam makan siang.",
    reply: "Terima kasih. Pengendara kami imbau pindah; penertiban dilakukan tiga hari berturut-turut.",
    done: "Trotoar sudah steril dari kendaraan, pot tanaman dan rambu dipasang agar tidak terulang.",
  },
  flood: {
    note: "Tinggi air 28 cm. Pompa bergerak satu unit tiba 05.40, tali air ditemukan tersumbat.",
    reply: "Terima kasih. Pompa sudah menyala dan tali air sedang dibersihkan, perkiraan surut dua jam.",
    done: "Genangan sudah surut, tali air dibersihkan dan pompa diperiksa. Warga terbantu.",
  },
  paving: {
    note: "Luas rusak 1,8 x 2,5 m, ubin pemandu kurang 4 keping. Pasir sudah ada di gudang kelurahan.",
    reply: "Terima kasih. Pembatas sudah dipasang, penggantian ubin dikerjakan mulai besok.",
    done: "Ubin trotoar dan jalur pemandu sudah diganti dan diratakan.",
  },
  drain: {
    note: "Sedimen sekitar 40 cm sepanjang 12 m. Perlu 6 orang dan satu truk lumpur.",
    reply: "Terima kasih. Pengerukan dimulai hari ini dari sisi hilir, mohon maaf bila sementara berbau.",
    done: "Lumpur dan sampah sudah dikeruk, air mengalir lancar kembali.",
  },
  stalls: {
    note: "Ada 9 pedagang, 6 bersedia pindah ke lokasi sementara. Pengurus RW ikut mendampingi.",
    reply: "Terima kasih. Kami sedang berdialog dengan pedagang dan menyiapkan lokasi sementara.",
    done: "Pedagang sudah pindah ke lokasi sementara secara sukarela, trotoar dibersihkan dan diberi pembatas.",
  },
  banner: {
    note: "Tiga spanduk tanpa stiker izin, bambu lapuk. Tangga dan gunting kawat disiapkan.",
    reply: "Terima kasih. Spanduk diturunkan sore ini setelah jam ramai.",
    done: "Spanduk dan bambu sudah diturunkan, sisa kain dibersihkan.",
  },
  lamp: {
    note: "MCB panel turun, satu lampu LED perlu diganti. Stok ada di suku dinas.",
    reply: "Terima kasih. Kerusakan ada di panel, teknisi datang malam ini.",
    done: "Panel diperbaiki dan lampu diganti, penerangan sudah menyala.",
  },
};

const REFUSALS = [
  "Foto bukti menunjukkan jalan yang berbeda dari lokasi laporan. Mohon foto ulang dari titik yang sama.",
  "Sisi yang dilaporkan tidak terlihat di foto. Kirim foto dari arah yang sama dengan laporan.",
  "Pekerjaan belum tampak tuntas dan patokan lokasi tidak terlihat.",
];

/**
 * The words of one step.
 * @param {Step} step
 * @param {string} scene
 * @param {number} index of the report
 * @returns {{type: StepType, text?: string, note?: string, reason?: string}}
 */
export function eventOf(step, scene, index) {
  const words = WORDS[scene];
  switch (step.type) {
    case "note":
      return { type: "note", note: words.note };
    case "reply":
      return { type: "reply", text: words.reply };
    case "follow_up":
      return { type: "follow_up", text: words.done };
    case "refuse_work":
      return { type: "refuse_work", reason: REFUSALS[index % REFUSALS.length] };
    default:
      return { type: step.type };
  }
}
