-- Likely duplicates, floods of one text, what comes back after completion.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
begin;
set local search_path = tap, test, pg_catalog;
select no_plan();

-- Matching texts.
select is(crm.match_text(t.typed), t.words, t.typed) from (values
    ('Ada pelanggaran berupa puntung rokok di kawasan dilarang merokok',
	'puntung rokok kawasan dilarang merokok'),
    ('Segera tindak lanjuti masalah ini. Got mampet!!', 'got sumbat'),
    ('Tlg jln rsk bgt, blm diperbaiki... trims 🙏', 'jalan rusak'),
    ('JALAN  𝗥𝗨𝗦𝗔𝗞 &amp; bolong', 'jalan rusak lubang'),
    ('pju mati', 'lampu jalan mati'),
    ('Mohon segera ditindaklanjuti, terima kasih', ''), ('', ''))
    t (typed, words);
select is(crm.word_count(t.words), t.n, 'words of "' || t.words || '"')
from (values ('', 0), ('satu', 1), ('satu dua tiga', 3)) t (words, n);

create temporary table r (name text, id uuid);
grant all on r to public;
create function pg_temp.put(name text, description text,
    north float8 default 0, category text default 'jalan',
    channel text default 'jaki')
returns void language plpgsql as $$
declare
	made uuid;
begin
	perform test.as(channel);
	select (a.report).id into made from api.report_add(null, null,
	    gen_random_uuid(), 'private', category, description, description,
	    -6.2185 + north / 111195, 106.9081, null, null, null, null, null,
	    null, null, null, null, null, null, null, null) a;
	insert into r values (put.name, made);
end
$$;
create function pg_temp.hints(who text) returns text[]
language sql as $$
	select array(select h.relation || ' ' || o.name from crm.duplicate_hint h
	    join r n on n.id = h.report_id join r o on o.id = h.other_id
	    where n.name = who order by 1)
$$;
create function pg_temp.held(who text) returns text
language sql as $$
	select array_to_string(t.held_for, ',') from crm.report t
	join r on r.id = t.id where r.name = who
$$;

select pg_temp.put('first', 'Lubang besar menganga di depan pasar klender '
    'dekat halte bus, motor jatuh kemarin');
select pg_temp.put('again', 'lubang menganga besar dpn pasar klender dkt '
    'halte bus. motor jatuh lagi', 30);
select pg_temp.put('far', 'Lubang besar menganga di depan pasar klender '
    'dekat halte bus, motor jatuh', -60);
select pg_temp.put('family', 'Lubang besar menganga di depan pasar klender '
    'dekat halte bus, motor jatuh', 0, 'sampah');
select pg_temp.put('kin', 'Lubang besar menganga trotoar pasar klender '
    'sebelah toko roti', 0, 'trotoar');
select pg_temp.put('null', 'Lubang besar menganga di depan pasar klender '
    'dekat halte bus, motor jatuh', 0, null, 'desk');
select pg_temp.put('short', 'lubang besar pasar', 0);
select test.root();
select is(pg_temp.held('first'), '', 'the first of all is not held');
select is(pg_temp.held('again'), 'duplicate', 'one much like it nearby is');
select is(pg_temp.hints('again'), array['duplicate first'],
    'with a hint at the first');
select is(pg_temp.held('far'), '', 'not one 60 m from it');
select is(pg_temp.hints('far'), '{}', 'and 90 m from the other: no hint');
select is(pg_temp.held('family'), '', 'not one of another family');
select is(pg_temp.hints('family'), '{}', 'without a hint');
select is(pg_temp.held('kin'), '', 'what is only somewhat like is not held');
select ok('duplicate first' = any (pg_temp.hints('kin')),
    'but hinted at, within a family of categories');
select is(pg_temp.held('null'), 'duplicate',
    'without a category any may be the same, from any channel');
select is(pg_temp.held('short'), '', 'few words never hold a report');
select is((select count(*)::int from crm.duplicate_hint h join r on
    r.id = h.other_id where r.name = 'far'), 0, 'what is far has no hints');

-- After a week, and for what is no longer open.
update crm.report set status = 'rejected'
where id in (select id from r where name in ('again', 'kin', 'null', 'short'));
update crm.clock set ahead = ahead + interval '6 days 23 hours';
select pg_temp.put('sixth day', 'Lubang besar menganga di depan pasar klender '
    'dekat halte bus, motor jatuh kemarin');
select test.root();
select is(pg_temp.held('sixth day'), 'duplicate', 'within seven days');
update crm.report set status = 'rejected'
where id in (select id from r where name = 'sixth day');
update crm.clock set ahead = ahead + interval '2 hours';
select pg_temp.put('eighth day', 'Lubang besar menganga di depan pasar '
    'klender dekat halte bus, motor jatuh kemarin');
select test.root();
select is(pg_temp.held('eighth day'), '', 'not after seven days');
select is(pg_temp.hints('eighth day'), '{}', 'nor of what was rejected');

-- What comes back.
update crm.report set status = 'completed', completed_at = crm.now()
where id = (select id from r where name = 'eighth day');
update crm.clock set ahead = ahead + interval '29 days';
select pg_temp.put('back', 'Aspal baru ambles lagi di sini', 20);
select test.root();
select is(pg_temp.hints('back'), array['recurrence eighth day'],
    'what was completed 29 days ago has come back');
select is(pg_temp.held('back'), '', 'which holds nothing');
update crm.report set status = 'rejected'
where id = (select id from r where name = 'back');
update crm.clock set ahead = ahead + interval '2 days';
select pg_temp.put('late', 'Aspal baru ambles lagi di sini', 20);
select test.root();
select is(pg_temp.hints('late'), '{}', 'not after thirty');

-- Hints follow the place.
update crm.report set lat = lat + 0.01
where id = (select id from r where name = 'back');
select is(pg_temp.hints('back'), '{}', 'a place moved away loses its hints');
update crm.report set lat = lat - 0.01
where id = (select id from r where name = 'back');
select is(pg_temp.hints('back'), array['recurrence eighth day'],
    'moved back it has them again');

-- Who sees a hint: who may open both. The days went by faster than a session
-- allows.
update crm.session set last_seen_at = crm.now(),
    expires_at = crm.now() + interval '1 hour';
update crm.report set status = 'waiting'
where id in (select id from r where name in ('first', 'again'));
create function pg_temp.seen(who text) returns int
language plpgsql as $$
begin
	perform test.as(who);
	return (select count(*) from crm.duplicate_hint h
	    join r on r.id = h.report_id where r.name = 'again');
end
$$;
select is(pg_temp.seen('sari'), 1, 'triage sees a hint between two reports');
select is(pg_temp.seen('budi'), 0,
    'not an officer who may not open one of them');
select is(pg_temp.seen('tuti'), 0, 'nor one elsewhere');
select test.as('jaki');
select is(outcome('select from crm.duplicate_hint'), '42501',
    'channels see none');
select is(outcome($$select api.report_related('x')$$), '42501',
    'nor ask what is related');

-- A flood of one text.
create function pg_temp.flood(place text, times int, words text) returns void
language plpgsql as $$
begin
	for n in 1..times loop
		perform api.report_add(null, null, gen_random_uuid(), 'private',
		    'jalan', words, words, -6.1 - n * 0.003, 106.8, null, null, null,
		    null, null, null, null, null, null, null, null, null, null);
	end loop;
end
$$;
select test.as('jaki');
select pg_temp.flood('a', 20,
    'Pilih calon nomor tujuh demi kota indah makmur sejahtera');
select pg_temp.put('flood', 'PILIH calon nomor tujuh, demi kota indah makmur '
    'sejahtera!', 900);
select pg_temp.put('other channel', 'Pilih calon nomor tujuh demi kota indah '
    'makmur sejahtera', 2000, 'jalan', 'desk');
select test.as('jaki');
select pg_temp.flood('b', 21, 'Lampu mati');
select test.root();
select is(pg_temp.held('flood'), 'flood',
    'the same words for the 21st time in an hour are held');
select is(pg_temp.held('other channel'), '', 'not from another channel');
select is((select count(*)::int from crm.report
    where description = 'Lampu mati' and 'flood' = any (held_for)), 0,
    'few words never');
update crm.clock set ahead = ahead + interval '61 minutes';
select pg_temp.put('later', 'Pilih calon nomor tujuh demi kota indah makmur '
    'sejahtera', 1500);
select test.root();
select is(pg_temp.held('later'), '', 'nor an hour later');

select * from finish();
rollback;
