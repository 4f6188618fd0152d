-- The agency tree: the province, its agencies, their offices in each kota, and
-- the territorial line kota, kecamatan, kelurahan. An id is derived from the
-- name, so that every machine has the same ones.
--
-- SPDX-License-Identifier: ISC

insert into crm.unit (id, name, kind, parent_id)
select md5('unit ' || u.name)::uuid, u.name, u.kind,
    md5('unit ' || u.parent)::uuid
from (values
    ('Pemerintah Provinsi DKI Jakarta', 'province', null),
    ('Sekretariat Daerah', 'badan', 'Pemerintah Provinsi DKI Jakarta'),
    ('Sekretariat Dewan Perwakilan Rakyat Daerah', 'badan',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Inspektorat', 'badan', 'Pemerintah Provinsi DKI Jakarta'),
    ('Biro Pemerintahan', 'biro', 'Sekretariat Daerah'),
    ('Kantor Pelindungan Data Pribadi', 'biro', 'Sekretariat Daerah'),
    ('Satuan Polisi Pamong Praja', 'satpol',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Badan Kepegawaian Daerah', 'badan', 'Pemerintah Provinsi DKI Jakarta'),
    ('Badan Kesatuan Bangsa dan Politik', 'badan',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Badan Pelayanan Pengadaan Barang/Jasa', 'badan',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Badan Pembinaan Badan Usaha Milik Daerah', 'badan',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Badan Penanggulangan Bencana Daerah', 'badan',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Badan Pendapatan Daerah', 'badan', 'Pemerintah Provinsi DKI Jakarta'),
    ('Badan Pengelolaan Aset Daerah', 'badan',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Badan Pengelolaan Keuangan Daerah', 'badan',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Badan Pengembangan Sumber Daya Manusia', 'badan',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Badan Perencanaan Pembangunan Daerah', 'badan',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Bina Marga', 'dinas', 'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Cipta Karya, Tata Ruang dan Pertanahan', 'dinas',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Kebudayaan', 'dinas', 'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Kependudukan dan Pencatatan Sipil', 'dinas',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Kesehatan', 'dinas', 'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Ketahanan Pangan, Kelautan dan Pertanian', 'dinas',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Komunikasi, Informatika dan Statistik', 'dinas',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Lingkungan Hidup', 'dinas', 'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Pariwisata dan Ekonomi Kreatif', 'dinas',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Pemberdayaan, Perlindungan Anak dan Pengendalian Penduduk',
	'dinas', 'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Pemuda dan Olahraga', 'dinas', 'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu', 'dinas',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Penanggulangan Kebakaran dan Penyelamatan', 'dinas',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Pendidikan', 'dinas', 'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Perhubungan', 'dinas', 'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Perindustrian, Perdagangan, Koperasi, Usaha Kecil, dan Menengah',
	'dinas', 'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Perpustakaan dan Kearsipan', 'dinas',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Pertamanan dan Hutan Kota', 'dinas',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Perumahan Rakyat dan Kawasan Permukiman', 'dinas',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Sosial', 'dinas', 'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Sumber Daya Air', 'dinas', 'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Tenaga Kerja, Transmigrasi, dan Energi', 'dinas',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Unit Peralatan dan Perbekalan Bina Marga', 'upt', 'Dinas Bina Marga'),
    ('Unit Pengelola Perparkiran', 'upt', 'Dinas Perhubungan'),
    ('Unit Pengelola Sistem Pengendalian Lalu Lintas', 'upt',
	'Dinas Perhubungan'),
    ('Unit Pengelola Sampah Terpadu', 'upt', 'Dinas Lingkungan Hidup'),
    ('Pusat Penyaringan CRM', 'upt', 'Biro Pemerintahan'),
    ('PD Pasar Jaya', 'bumd', 'Badan Pembinaan Badan Usaha Milik Daerah'),
    ('PAM Jaya', 'bumd', 'Badan Pembinaan Badan Usaha Milik Daerah'),
    ('PT Transportasi Jakarta', 'bumd',
	'Badan Pembinaan Badan Usaha Milik Daerah'),
    ('PT MRT Jakarta', 'bumd', 'Badan Pembinaan Badan Usaha Milik Daerah'),
    ('PT Jakarta Propertindo', 'bumd',
	'Badan Pembinaan Badan Usaha Milik Daerah'),
    -- Not the city's own: what they hold is on their clock all the same.
    ('PLN UID Jakarta Raya', 'utility', 'Pemerintah Provinsi DKI Jakarta'),
    ('Telkom Indonesia Jakarta', 'utility',
	'Pemerintah Provinsi DKI Jakarta'),
    ('PGN Jakarta', 'utility', 'Pemerintah Provinsi DKI Jakarta'),
    ('KAI Daop 1 Jakarta', 'utility',
	'Pemerintah Provinsi DKI Jakarta')) u (name, kind, parent);

update crm.unit set duty = 'triage' where name = 'Pusat Penyaringan CRM';
update crm.unit set duty = 'validation' where name = 'Biro Pemerintahan';
update crm.unit set duty = 'privacy'
where name = 'Kantor Pelindungan Data Pribadi';

-- The territorial line.
insert into crm.unit (id, name, kind, parent_id, area_code)
select md5('unit ' || n.name)::uuid, n.name, 'kota',
    md5('unit Pemerintah Provinsi DKI Jakarta')::uuid, a.code
from crm.area a
cross join lateral (select case a.code
    when '31.01' then 'Kabupaten Administrasi '
    else 'Kota Administrasi ' end || a.name as name) n
where a.level = 'kota';

insert into crm.unit (id, name, kind, parent_id, area_code)
select md5('unit Kecamatan ' || a.name)::uuid, 'Kecamatan ' || a.name,
    'kecamatan', u.id, a.code
from crm.area a join crm.unit u on u.area_code = a.parent_code
where a.level = 'kecamatan';

insert into crm.unit (id, name, kind, parent_id, area_code)
select md5('unit Kelurahan ' || a.name)::uuid, 'Kelurahan ' || a.name,
    'kelurahan', u.id, a.code
from crm.area a join crm.unit u on u.area_code = a.parent_code
where a.level = 'kelurahan';

-- Offices of the agencies in each kota.
insert into crm.unit (id, name, kind, parent_id, area_code)
select md5('unit ' || n.name)::uuid, n.name, 'sudin',
    md5('unit ' || o.parent)::uuid, a.code
from (values
    ('Suku Dinas Bina Marga', 'Dinas Bina Marga'),
    ('Suku Dinas Cipta Karya, Tata Ruang dan Pertanahan',
	'Dinas Cipta Karya, Tata Ruang dan Pertanahan'),
    ('Suku Dinas Kesehatan', 'Dinas Kesehatan'),
    ('Suku Dinas Lingkungan Hidup', 'Dinas Lingkungan Hidup'),
    ('Suku Dinas Pendidikan', 'Dinas Pendidikan'),
    ('Suku Dinas Perhubungan', 'Dinas Perhubungan'),
    ('Suku Dinas Pertamanan dan Hutan Kota',
	'Dinas Pertamanan dan Hutan Kota'),
    ('Suku Dinas Perumahan Rakyat dan Kawasan Permukiman',
	'Dinas Perumahan Rakyat dan Kawasan Permukiman'),
    ('Suku Dinas Sosial', 'Dinas Sosial'),
    ('Suku Dinas Sumber Daya Air', 'Dinas Sumber Daya Air'),
    ('Suku Dinas Penanggulangan Kebakaran dan Penyelamatan',
	'Dinas Penanggulangan Kebakaran dan Penyelamatan'),
    ('Suku Badan Kesatuan Bangsa dan Politik',
	'Badan Kesatuan Bangsa dan Politik'),
    ('Satuan Polisi Pamong Praja Kota Administrasi',
	'Satuan Polisi Pamong Praja')) o (name, parent)
cross join crm.area a
cross join lateral (select replace(o.name || ' ' || a.name,
    'Kota Administrasi Kepulauan', 'Kabupaten Administrasi Kepulauan')
    as name) n
where a.level = 'kota';

-- Where reports of sandbox channels go; see crm.sandbox().
insert into crm.unit (id, name, kind)
values (crm.sandbox(), 'Sandbox', 'sandbox');
