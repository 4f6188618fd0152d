-- Templates to start with, in the tone in which the city answers. An id is
-- derived from step and title.
--
-- SPDX-License-Identifier: ISC

insert into crm.template (id, step, title, text)
select md5('template ' || t.step || ' ' || t.title)::uuid, t.step, t.title,
    t.text
from (values
    ('reply', 'Laporan diterima',
	'Terima kasih atas laporan Anda dengan nomor {ticket}. Laporan mengenai {category} sudah kami terima di {unit} dan akan kami periksa di lokasi.'),
    ('reply', 'Petugas menuju lokasi',
	'Petugas {unit} sedang menuju lokasi laporan {ticket}. Perkembangannya kami sampaikan paling lambat {due}.'),
    ('reply', 'Menunggu alat atau bahan',
	'Laporan {ticket} sudah kami periksa. Pengerjaannya memerlukan alat atau bahan yang sedang kami siapkan. Target penyelesaian kami {due}. Mohon maaf atas ketidaknyamanannya.'),
    ('reply', 'Berkoordinasi dengan instansi lain',
	'Untuk laporan {ticket} kami sedang berkoordinasi dengan instansi yang berwenang. Anda tidak perlu membuat laporan baru, perkembangannya kami kabarkan di sini.'),
    ('reply', 'Mohon maaf atas keterlambatan',
	'Mohon maaf, penanganan laporan {ticket} memakan waktu lebih lama dari yang kami targetkan. {unit} tetap menindaklanjutinya dan mengupayakan selesai pada {due}.'),
    ('follow_up', 'Perbaikan selesai',
	'Laporan {ticket} mengenai {category} sudah selesai ditindaklanjuti oleh {unit}. Foto hasil pekerjaan kami lampirkan. Terima kasih sudah peduli pada lingkungan sekitar.'),
    ('follow_up', 'Pembersihan selesai',
	'Petugas {unit} sudah membersihkan lokasi pada laporan {ticket}. Foto sesudah pembersihan kami lampirkan.'),
    ('follow_up', 'Penertiban dilakukan',
	'Petugas {unit} sudah melakukan penertiban di lokasi laporan {ticket} dan memberi imbauan agar tidak terulang. Lokasi akan terus kami pantau.'),
    ('follow_up', 'Penanganan sementara',
	'{unit} sudah melakukan penanganan sementara agar lokasi laporan {ticket} aman dilalui. Perbaikan permanen masuk dalam rencana kerja berikutnya.'),
    ('ask', 'Minta patokan lokasi',
	'Mohon tambahkan patokan lokasi untuk laporan {ticket}, misalnya nama jalan, nomor rumah terdekat, atau bangunan di sekitarnya. Mohon tidak menuliskan nama atau nomor telepon Anda.'),
    ('ask', 'Minta waktu kejadian',
	'Pada hari dan jam berapa kejadian dalam laporan {ticket} biasanya berlangsung? Keterangan ini membantu petugas datang pada waktu yang tepat. Mohon tidak menuliskan nama atau nomor telepon Anda.'),
    ('ask', 'Tanya apakah masih terjadi',
	'Petugas {unit} sudah mendatangi lokasi laporan {ticket}, tetapi tidak menemukan masalah yang dimaksud. Apakah masalahnya masih terjadi?'),
    ('reject', 'Bukan kewenangan kota',
	'Terima kasih atas laporan {ticket}. Masalah yang Anda sampaikan berada di luar kewenangan Pemerintah Provinsi DKI Jakarta sehingga tidak dapat kami tindak lanjuti. Bila menurut Anda keputusan ini keliru, Anda dapat mengajukan keberatan.'),
    ('reject', 'Keterangan tidak cukup',
	'Terima kasih atas laporan {ticket}. Keterangan di dalamnya belum cukup untuk kami tindak lanjuti. Silakan ajukan keberatan dengan keterangan yang lebih lengkap atau buat laporan baru disertai foto dan lokasi.'),
    ('schedule', 'Pekerjaan berat dijadwalkan',
	'Laporan {ticket} memerlukan pekerjaan berat dan sudah {unit} masukkan ke dalam jadwal. Pekerjaan direncanakan selesai pada {due}.'),
    ('schedule', 'Menunggu anggaran',
	'Penanganan laporan {ticket} memerlukan anggaran yang sedang diusulkan oleh {unit}. Pekerjaan direncanakan selesai pada {due}, dan setiap perubahan akan kami kabarkan.')
    ) t (step, title, text);
