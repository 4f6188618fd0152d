-- Days off. 2026: joint decree of three ministers no. 1497, 2 and 5 of 2025.
-- 2027: fixed dates and those of the Christian calendar are certain. Those that
-- follow the moon (Isra Mikraj, Imlek, Nyepi, Idul Fitri, Waisak, Idul Adha,
-- Muharam, Maulid) are computed and provisional, and so is all collective
-- leave: an admin compares them with the decree of the year. Isra Mikraj 1449
-- may fall on Christmas 2027 and then adds no day.
--
-- SPDX-License-Identifier: ISC

insert into crm.holiday (id, day, name, kind)
select md5('holiday ' || h.day)::uuid, h.day::date, h.name, h.kind
from (values
('2026-01-01', 'Tahun Baru 2026 Masehi', 'public'),
('2026-01-16', 'Isra Mikraj Nabi Muhammad SAW', 'public'),
('2026-02-16', 'Cuti bersama Tahun Baru Imlek', 'collective'),
('2026-02-17', 'Tahun Baru Imlek 2577 Kongzili', 'public'),
('2026-03-18', 'Cuti bersama Hari Suci Nyepi', 'collective'),
('2026-03-19', 'Hari Suci Nyepi (Tahun Baru Saka 1948)', 'public'),
('2026-03-20', 'Cuti bersama Idul Fitri', 'collective'),
('2026-03-21', 'Idul Fitri 1447 Hijriah', 'public'),
('2026-03-22', 'Idul Fitri 1447 Hijriah', 'public'),
('2026-03-23', 'Cuti bersama Idul Fitri', 'collective'),
('2026-03-24', 'Cuti bersama Idul Fitri', 'collective'),
('2026-04-03', 'Wafat Yesus Kristus', 'public'),
('2026-04-05', 'Kebangkitan Yesus Kristus (Paskah)', 'public'),
('2026-05-01', 'Hari Buruh Internasional', 'public'),
('2026-05-14', 'Kenaikan Yesus Kristus', 'public'),
('2026-05-15', 'Cuti bersama Kenaikan Yesus Kristus', 'collective'),
('2026-05-27', 'Idul Adha 1447 Hijriah', 'public'),
('2026-05-28', 'Cuti bersama Idul Adha', 'collective'),
('2026-05-31', 'Hari Raya Waisak 2570 BE', 'public'),
('2026-06-01', 'Hari Lahir Pancasila', 'public'),
('2026-06-16', '1 Muharam Tahun Baru Islam 1448 Hijriah', 'public'),
('2026-08-17', 'Proklamasi Kemerdekaan', 'public'),
('2026-08-25', 'Maulid Nabi Muhammad SAW', 'public'),
('2026-12-24', 'Cuti bersama Kelahiran Yesus Kristus', 'collective'),
('2026-12-25', 'Kelahiran Yesus Kristus', 'public'),
('2027-01-01', 'Tahun Baru 2027 Masehi', 'public'),
('2027-01-05', 'Isra Mikraj Nabi Muhammad SAW', 'public'),
('2027-02-06', 'Tahun Baru Imlek 2578 Kongzili', 'public'),
('2027-03-08', 'Hari Suci Nyepi (Tahun Baru Saka 1949)', 'public'),
('2027-03-09', 'Cuti bersama Idul Fitri', 'collective'),
('2027-03-10', 'Idul Fitri 1448 Hijriah', 'public'),
('2027-03-11', 'Idul Fitri 1448 Hijriah', 'public'),
('2027-03-12', 'Cuti bersama Idul Fitri', 'collective'),
('2027-03-26', 'Wafat Yesus Kristus', 'public'),
('2027-03-28', 'Kebangkitan Yesus Kristus (Paskah)', 'public'),
('2027-05-01', 'Hari Buruh Internasional', 'public'),
('2027-05-06', 'Kenaikan Yesus Kristus', 'public'),
('2027-05-07', 'Cuti bersama Kenaikan Yesus Kristus', 'collective'),
('2027-05-17', 'Idul Adha 1448 Hijriah', 'public'),
('2027-05-20', 'Hari Raya Waisak 2571 BE', 'public'),
('2027-06-01', 'Hari Lahir Pancasila', 'public'),
('2027-06-06', '1 Muharam Tahun Baru Islam 1449 Hijriah', 'public'),
('2027-08-15', 'Maulid Nabi Muhammad SAW', 'public'),
('2027-08-17', 'Proklamasi Kemerdekaan', 'public'),
('2027-12-24', 'Cuti bersama Kelahiran Yesus Kristus', 'collective'),
('2027-12-25', 'Kelahiran Yesus Kristus', 'public')) h (day, name, kind);
