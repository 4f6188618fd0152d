-- Reasons for a rejection, in the words that reporters read.
--
-- SPDX-License-Identifier: ISC

insert into crm.reason (code, name_id, name_en, place, is_choosable) values
('not_city', 'Bukan kewenangan Pemerintah Provinsi DKI Jakarta',
    'Not a matter of the city of Jakarta', 1, true),
('no_place', 'Lokasi tidak jelas atau tidak dapat ditemukan',
    'The place is unclear or cannot be found', 2, true),
('empty', 'Laporan tidak memuat keterangan yang dapat ditindaklanjuti',
    'The report says nothing that can be followed up', 3, true),
('duplicate_closed', 'Masalah yang sama sudah selesai ditangani',
    'The same problem has already been solved', 4, true),
('private_matter', 'Urusan antarwarga di luar layanan kota',
    'A matter between citizens, outside the city''s services', 5, true),
('spam', 'Iklan, promosi, atau kiriman berulang',
    'Advertising or repeated messages', 6, true),
('abuse', 'Memuat penghinaan atau kata-kata kasar',
    'Holds insults or abusive words', 7, true),
('withdrawn', 'Ditarik kembali oleh pelapor',
    'Withdrawn by the reporter', 8, false);
