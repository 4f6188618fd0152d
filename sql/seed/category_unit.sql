-- Agencies that were seen to handle the categories in published reports of
-- 2023, and where none were published, the agency whose duty it is.
--
-- SPDX-License-Identifier: ISC

insert into crm.category_unit (category_code, unit_id)
select c.category, u.id
from (values
    ('jalan', 'Dinas Bina Marga'),
    ('trotoar', 'Dinas Bina Marga'),
    ('galian', 'Dinas Bina Marga'),
    ('penerangan_jalan', 'Dinas Bina Marga'),
    ('jaringan_listrik', 'Dinas Bina Marga'),
    ('lalu_lintas', 'Dinas Perhubungan'),
    ('parkir_liar', 'Dinas Perhubungan'),
    ('perhubungan', 'Dinas Perhubungan'),
    ('transportasi', 'PT Transportasi Jakarta'),
    ('pohon', 'Dinas Pertamanan dan Hutan Kota'),
    ('taman', 'Dinas Pertamanan dan Hutan Kota'),
    ('sampah', null),
    ('pencemaran', 'Dinas Lingkungan Hidup'),
    ('ppsu', null),
    ('saluran_air', 'Dinas Sumber Daya Air'),
    ('banjir', 'Dinas Sumber Daya Air'),
    ('air_bersih', 'PAM Jaya'),
    ('pkl_liar', 'Satuan Polisi Pamong Praja'),
    ('reklame', 'Badan Kesatuan Bangsa dan Politik'),
    ('spanduk', 'Badan Kesatuan Bangsa dan Politik'),
    ('ketertiban', 'Satuan Polisi Pamong Praja'),
    ('kebisingan', 'Satuan Polisi Pamong Praja'),
    ('dilarang_merokok', 'Satuan Polisi Pamong Praja'),
    ('pmks', 'Dinas Sosial'),
    ('bantuan_sosial', 'Dinas Sosial'),
    ('bpjs', 'Dinas Kesehatan'),
    ('kesehatan', 'Dinas Kesehatan'),
    ('olahraga', 'Dinas Pemuda dan Olahraga'),
    ('rptra',
	'Dinas Pemberdayaan, Perlindungan Anak dan Pengendalian Penduduk'),
    ('gedung_pemda', 'Satuan Polisi Pamong Praja'),
    ('rusun', 'Dinas Perumahan Rakyat dan Kawasan Permukiman'),
    ('jak_wifi', 'Dinas Komunikasi, Informatika dan Statistik'),
    ('pelayanan', 'Dinas Perhubungan'),
    ('kependudukan', 'Dinas Kependudukan dan Pencatatan Sipil'),
    ('pungutan_liar', 'Dinas Perhubungan'),
    ('pajak', 'Badan Pendapatan Daerah'),
    ('perizinan', 'Satuan Polisi Pamong Praja'),
    ('perizinan_dagang',
	'Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu'),
    ('tata_ruang', 'Dinas Cipta Karya, Tata Ruang dan Pertanahan'))
    c (category, name)
left join crm.unit u on u.name = c.name;
