// SPDX-License-Identifier: ISC
// Reports of the three kelurahan whose officers sign in to the demo.
// Every text is invented. Order: oldest first.

/**
 * age: days before now; work: a name in work.mjs, none: nobody has begun;
 * held: the filter at intake keeps it for triage, for its words;
 * scene: the pictures' scene (also without photos: the proof needs it).
 * @typedef {{place: string | null, age: number, category: string | null,
 *   scene?: string, photos?: number, kind?: "public", work?: string,
 *   address?: string, channel?: "desk", held?: true, text: string}} DemoReport
 */

/** @type {DemoReport[]} */
export const KLENDER = [
  { place: "Klender", age: 19.8, category: "jalan", scene: "pothole", photos: 2, kind: "public", work: "completed",
    address: "Jl. Kenanga Dalam, dekat pos RW 04",
    text: "Selamat pagi. Jalan berlubang cukup dalam di depan pos RW 04. Sudah dua minggu, kalau hujan lubangnya tidak kelihatan dan kemarin ada ibu naik motor yang jatuh. Mohon segera ditambal. Terima kasih banyak." },
  { place: "Klender", age: 17.3, category: "sampah", scene: "rubbish", photos: 3, kind: "public", work: "completed",
    address: "Jl. Cempaka Raya, samping tembok sekolah",
    text: "tumpukan sampah di samping tembok sekolah udah 5 hari ga diangkut,, baunya nyengat bgt kalo siang. anak2 lewat situ tiap pagi. tolong donk min diangkut n dikasih tong sampah" },
  { place: "Klender", age: 15.1, category: "pohon", scene: "fallenTree", photos: 1, work: "completed",
    text: "Pohon besar tumbang melintang di jalan setelah hujan angin tadi sore, mobil tidak bisa lewat sama sekali." },
  { place: "Klender", age: 12.6, category: "parkir_liar", scene: "parking", photos: 2, work: "completed",
    text: "Ada pelanggaran parkir di atas trotoar setiap jam makan siang. Mobil plat B 0000 XYZ hampir tiap hari di situ. Pejalan kaki terpaksa turun ke jalan. Mohon identitas saya dirahasiakan karena saya tinggal di dekat situ." },
  { place: "Klender", age: 9.4, category: "saluran_air", scene: "drain", photos: 2, kind: "public", work: "redone",
    text: "Got depan gang mampet penuh lumpur & plastik. Air hitam ga jalan. Takutnya pas hujan gede naik lagi kaya bulan lalu. Laporan saya sebelumnya JK2502110042 katanya sudah selesai tapi kenyataannya belum dikeruk." },
  { place: "Klender", age: 8.2, category: "penerangan_jalan", scene: "lamp", photos: 1, work: "refused",
    address: "Gang Delima ujung, belakang musala",
    text: "Lampu jalan di ujung gang mati sejak minggu lalu. Gelap sekali kalau malam, ibu-ibu pulang pengajian jadi takut lewat. Kalau petugas perlu ditunjukkan titiknya bisa hubungi saya, WA 0800-0000-0123." },
  { place: "Klender", age: 6.7, category: "trotoar", scene: "paving", photos: 2, kind: "public", work: "validating",
    text: "𝗧𝗥𝗢𝗧𝗢𝗔𝗥 𝗥𝗨𝗦𝗔𝗞 𝗣𝗔𝗥𝗔𝗛!! Ubin lepas semua sepanjang 3 meter, guiding block buat tunanetra juga hilang. Mohon diperbaiki ya pak/bu sebelum ada yg celaka" },
  { place: "Klender", age: 4.6, category: "banjir", scene: "flood", photos: 3, kind: "public", work: "validating",
    text: "Genangan setinggi lutut dari jam 4 pagi belum surut juga. Motor banyak yang mogok, anak sekolah pada ga masuk. Pompa di ujung jalan kayaknya ga nyala." },
  { place: "Klender", age: 3.1, category: "pkl_liar", scene: "stalls", photos: 2, work: "replied",
    text: "Mohon ditata pedagang di atas trotoar dekat halte. Saya paham mereka cari nafkah, tapi sekarang trotoarnya habis, kursi roda ibu saya tidak bisa lewat. Mungkin bisa dipindah ke lokasi sementara yang layak." },
  { place: "Klender", age: 2.2, category: "spanduk", scene: "banner", photos: 1, kind: "public", work: "taken",
    text: "spanduk bekas acara udah sobek2 masih nempel di tiang, bambunya miring mau roboh ke jalan. copot aja gan" },
  { place: "Klender", age: 1.2, category: "jalan", scene: "pothole", photos: 1, work: "noted",
    text: "Lubang di tikungan dekat warung, dalamnya kira-kira sejengkal. NIK saya 3175000000000412 kalau diperlukan untuk data pelapor." },
  { place: "Klender", age: 0.62, category: "sampah", scene: "rubbish", photos: 2,
    text: "Ada yg buang kasur bekas sama puing di pinggir jalan malem2. Udah numpuk lagi padahal baru dibersihin minggu kemaren" },
  { place: "Klender", age: 0.2, category: "pohon", scene: "fallenTree", photos: 0,
    text: "Dahan pohon angsana sudah condong ke kabel listrik, khawatir patah kalau angin kencang. Mohon dipangkas." },
  { place: "Klender", age: 0.11, category: "parkir_liar", scene: "parking", photos: 1, kind: "public",
    text: "𝓜𝓸𝓱𝓸𝓷 𝓭𝓲𝓽𝓮𝓻𝓽𝓲𝓫𝓴𝓪𝓷 motor2 parkir di trotoar depan ruko, tiap sore sampe malem. Segera tindak lanjuti masalah" },
  { place: "Klender", age: 0.05, category: "saluran_air", scene: "drain", photos: 1,
    text: "Tutup got hilang, baru ditutup triplek sama warga. Bahaya untuk anak-anak yang main sepeda. Lokasi persis di depan rumah saya jadi tolong jangan sebut pelapornya." },
];

/** @type {DemoReport[]} */
export const KARET_SEMANGGI = [
  { place: "Karet Semanggi", age: 18.6, category: "trotoar", scene: "paving", photos: 2, kind: "public", work: "completed",
    text: "Trotoar amblas di depan halte, kira-kira 1 x 2 meter. Kemarin saya lihat bapak tunanetra hampir terperosok. Mohon segera diperbaiki, minimal diberi pembatas dulu." },
  { place: "Karet Semanggi", age: 16.4, category: "parkir_liar", scene: "parking", photos: 3, work: "completed",
    text: "tiap hari kerja jam 11-14 mobil parkir di trotoar berjejer padahal rambu dilarang parkir segede gaban. pejalan kaki suruh lewat mana??" },
  { place: "Karet Semanggi", age: 13.2, category: "penerangan_jalan", scene: "lamp", photos: 1, kind: "public", work: "completed",
    text: "PJU padam di jalan samping apartemen, tiga hari berturut-turut. Karyawan yang pulang malam merasa tidak aman. Terima kasih atas perhatiannya." },
  { place: "Karet Semanggi", age: 10.5, category: "galian", scene: "pothole", photos: 1, work: "completed",
    text: "bekas galian kabel ga diaspal lagi yg bener, jadi lobang. motor gw pecah velg kmrn malem. tolonglah" },
  { place: "Karet Semanggi", age: 7.7, category: "pkl_liar", scene: "stalls", photos: 2, kind: "public", work: "refused",
    text: "Lapak pedagang menutup seluruh jalur sepeda dan trotoar setiap sore. Sampah sisa makanan dibuang ke saluran. Mohon penataan bersama pengurus RW." },
  { place: "Karet Semanggi", age: 6.1, category: "saluran_air", scene: "drain", photos: 2, work: "validating",
    text: "Saluran di belakang kantor tersumbat sedimen dan sampah plastik, airnya bau & banyak jentik. Takut DBD min, udah 2 tetangga yg kena" },
  { place: "Karet Semanggi", age: 5.2, category: "pohon", scene: "fallenTree", photos: 2, kind: "public", work: "validating",
    text: "Pohon tumbang menutup jalan lingkungan RT 05. Sudah kami bersihkan sebagian ranting kecil bersama warga, tetapi batang utamanya perlu gergaji mesin." },
  { place: "Karet Semanggi", age: 3.7, category: "reklame", scene: "banner", photos: 2, work: "replied",
    text: "Baliho kain robek dan menjuntai hampir kena kepala orang lewat. Sepertinya tidak ada izinnya. Mohon dibongkar." },
  { place: "Karet Semanggi", age: 2.4, category: "banjir", scene: "flood", photos: 2, kind: "public", work: "noted",
    text: "BANJIR LAGI BANJIR LAGI 😭 baru hujan sejam udah segini. Air masuk ke basement parkir kantor. Itu tali-tali airnya mampet semua kayaknya" },
  { place: "Karet Semanggi", age: 1.4, category: "sampah", scene: "rubbish", photos: 1, work: "taken",
    text: "Sampah proyek dan kantong plastik menumpuk di bawah jembatan penyeberangan. Bisa hubungi saya lewat email: pelapor@warga.example untuk foto tambahan." },
  { place: "Karet Semanggi", age: 0.8, category: "trotoar", scene: "paving", photos: 1, kind: "public",
    text: "ubin kuning pemandu jalan copot 4 biji. bahaya buat yg pake tongkat" },
  { place: "Karet Semanggi", age: 0.24, category: "jalan", scene: "pothole", photos: 2,
    text: "Lubang baru di lajur kiri persis setelah putaran balik. Setiap pagi kendaraan mengerem mendadak di titik ini. Mohon ditangani sebelum ada kecelakaan beruntun." },
  { place: "Karet Semanggi", age: 0.13, category: "parkir_liar", scene: "parking", photos: 1,
    text: "Ojek pangkalan &amp; mobil jemputan parkir dua lapis di depan lobi, bus sekolah tidak bisa lewat. Salah satunya plat B 0000 CTH, sudah saya tegur malah marah-marah." },
  { place: "Karet Semanggi", age: 0.03, category: "penerangan_jalan", scene: "lamp", photos: 0,
    text: "Lampu penerangan di taman kecil berkedip terus, kadang mati. Tiang nomor dua dari pintu masuk." },
];

/** @type {DemoReport[]} */
export const PLUIT = [
  { place: "Pluit", age: 19.1, category: "banjir", scene: "flood", photos: 3, kind: "public", work: "completed",
    text: "Air rob masuk ke jalan perumahan sejak subuh, tinggi kurang lebih 30 cm. Mohon pompa dinyalakan dan dibantu karung pasir untuk lansia di blok belakang." },
  { place: "Pluit", age: 17.9, category: "sampah", scene: "rubbish", photos: 1, work: "completed",
    text: "gerobak sampah ga dateng seminggu. sampahnya ditaro di pinggir tembok, dikorek2 kucing jadi berantakan" },
  { place: "Pluit", age: 14.4, category: "saluran_air", scene: "drain", photos: 2, kind: "public", work: "completed",
    text: "Saluran penghubung di pinggir jalan penuh eceng gondok dan sampah. Tolong dikeruk sebelum puncak musim hujan. Terima kasih petugas SDA yang tahun lalu sudah sigap." },
  { place: "Pluit", age: 11.3, category: "reklame", scene: "banner", photos: 2, work: "completed",
    text: "Umbul-umbul lama sobek dan tiangnya hampir roboh ke arah pengendara motor. Sudah saya ikat sementara pakai tali rafia." },
  { place: "Pluit", age: 8.8, category: "jalan", scene: "pothole", photos: 2, kind: "public", work: "redone",
    text: "jalanan rusak parah kaya kolam ikan, truk kontainer lewat sini terus. udah ditambal bulan lalu ancur lagi. tolong pake material yg bagus dong" },
  { place: "Pluit", age: 7.1, category: "parkir_liar", scene: "parking", photos: 1, work: "refused",
    text: "Mobil-mobil bengkel parkir di trotoar dan bahu jalan dari pagi sampai malam. Kami pernah menegur baik-baik tetapi diancam, jadi mohon nama saya jangan sampai diketahui." },
  { place: "Pluit", age: 5.8, category: "pohon", scene: "fallenTree", photos: 2, kind: "public", work: "validating",
    text: "Pohon palem roboh diterjang angin semalam, menutup satu lajur. Beruntung tidak ada korban." },
  { place: "Pluit", age: 4.1, category: "trotoar", scene: "paving", photos: 1, work: "validating",
    text: "paving pecah2 bekas kendaraan berat naik trotoar. tolong dibenerin sama dipasang tiang pembatas biar ga keulang" },
  { place: "Pluit", age: 2.9, category: "penerangan_jalan", scene: "lamp", photos: 1, kind: "public", work: "replied",
    text: "Lampu jalan sepanjang tanggul padam lima titik. Banyak warga jogging selepas magrib, jalannya jadi gelap gulita." },
  { place: "Pluit", age: 1.9, category: "pkl_liar", scene: "stalls", photos: 2, work: "taken",
    text: "ᴘᴇᴅᴀɢᴀɴɢ ᴋᴀᴋɪ ʟɪᴍᴀ di depan pasar makin ke tengah jalan, tinggal 1 mobil aja yg bisa lewat. Ambulans kemarin ga bisa masuk!! Mohon ditertibkan secara manusiawi." },
  { place: "Pluit", age: 1.1, category: "pencemaran", scene: "rubbish", photos: 2, work: "noted",
    text: "Ada yang membakar sampah tiap malam di lahan kosong, asapnya masuk rumah dan anak saya asma. Sisa tumpukannya seperti di foto." },
  { place: "Pluit", age: 0.55, category: "pencemaran", scene: "drain", photos: 1,
    text: "Bau dari selokan menyengat, sepertinya ada usaha yang membuang minyak bekas ke saluran malam hari sekitar jam 11." },
  { place: "Pluit", age: 0.22, category: "banjir", scene: "flood", photos: 1, kind: "public",
    text: "Mulai tergenang lagi nih depan gang, baru semata kaki tapi naik terus. Mohon pompanya dicek." },
  { place: "Pluit", age: 0.04, category: "jalan", scene: "pothole", photos: 0,
    text: "Penutup manhole di tengah jalan bergeser, bunyi keras setiap dilewati dan hampir membuat motor terpeleset." },
];
