-- The official channels. Desk is our own: what an officer keys in at a counter
-- that has no channel of its own. An id is derived from the name.
--
-- SPDX-License-Identifier: ISC

insert into crm.channel (id, name, title, is_geotagged, is_active)
select md5('channel ' || c.name)::uuid, c.name, c.title, c.is_geotagged,
    c.is_active
from (values
    ('jaki', 'JAKI', true, true),
    ('desk', 'Meja layanan', false, true),
    ('twitter', 'Twitter/X @DKIJakarta', false, true),
    ('facebook', 'Facebook Pemprov DKI Jakarta', false, true),
    ('gub_socmed', 'Media sosial Gubernur dan Wakil Gubernur', false, true),
    ('email', 'dki@jakarta.go.id', false, true),
    ('sms_wa', 'SMS/WhatsApp 08111272206', false, true),
    ('lapor1708', 'LAPOR! 1708/SP4N', false, true),
    ('media', 'Aspirasi publik media massa', false, true),
    ('balai_warga', 'Balai Warga', false, true),
    ('pendopo', 'Pendopo Balai Kota', false, true),
    ('walikota', 'Kantor Wali Kota', false, true),
    ('inspektorat', 'Kantor Inspektorat', false, true),
    ('kecamatan', 'Kantor Kecamatan', false, true),
    ('kelurahan', 'Kantor Kelurahan', false, true),
    ('open311', 'Open311', true, true),
    ('qlue', 'Qlue', true, false)) c (name, title, is_geotagged, is_active);
