-- Lists: order, pages, filters, search.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
begin;
set local search_path = tap, test, pg_catalog;
select no_plan();

-- Forty reports over two kelurahan with all kinds of deadlines, some equal.
select test.as('jaki');
select count(test.report(case n % 2 when 0 then 'public' else 'private' end,
    case n % 4 when 3 then -6.1853 else -6.218512 end,
    case n % 4 when 3 then 106.8330 else 106.908136 end,
    'Laporan nomor ' || n, photos => 0))
from generate_series(1, 40) n;
select test.root();
update crm.report r
set due_at = case when n % 5 = 0 then null
	else r.received_at + make_interval(hours => n / 3) end,
    status = case when n % 5 = 0 then 'completed' else r.status end,
    category_code = case n % 3 when 0 then 'pohon' end
from (select id, regexp_replace(description, '\D', '', 'g')::int as n
    from crm.report) x
where x.id = r.id;

create function pg_temp.pages(who text, size int, sort text, statuses text[]
    default null) returns uuid[]
language plpgsql as $$
declare
	all_ids uuid[] := '{}';
	page record;
	after_key text;
	after_id uuid;
	got int;
begin
	perform test.as(who);
	loop
		got := 0;
		for page in select l.id, l.sort_key from api.report_list(statuses,
		    null, null, null, null, null, null, null, sort, after_key,
		    after_id, size) l
		loop
			got := got + 1;
			exit when got > size;
			all_ids := all_ids || page.id;
			after_key := page.sort_key;
			after_id := page.id;
		end loop;
		exit when got <= size;
	end loop;
	perform test.root();
	return all_ids;
end
$$;
create function pg_temp.right(who text, sort text) returns uuid[]
language sql as $$
	select array_agg(r.id order by
	    case when sort is null then coalesce(r.due_at, 'infinity') end,
	    case sort when 'received_at' then r.received_at end,
	    case sort when '-received_at' then r.received_at end desc,
	    case when sort is distinct from '-received_at' then r.id end,
	    r.id desc)
	from crm.report r
	where who in ('sari', 'vina', 'jaki') or who in ('budi', 'camat')
	and r.kelurahan_code = '31.75.07.1003'
$$;
select is(pg_temp.pages(v.who, s.size, o.sort), pg_temp.right(v.who, o.sort),
    format('%s, pages of %s, sort %s: everything once, in order', v.who,
    s.size, coalesce(o.sort, 'due_at')))
from unnest(array['budi', 'camat', 'sari', 'vina', 'jaki']) v (who)
cross join unnest(array[1, 7, 25, 100]) s (size)
cross join unnest(array[null, 'received_at', '-received_at']) o (sort);

select is(cardinality(pg_temp.pages('budi', 3, null, '{completed}')),
    (select count(*)::int from crm.report where status = 'completed'
    and kelurahan_code = '31.75.07.1003'), 'one status only');
select is(pg_temp.pages('budi', 3, null, '{}'), '{}', 'no status, no report');
select is(pg_temp.pages('budi', 3, null, '{nonsense}'), '{}',
    'an unknown status, no report');

create function pg_temp.count(who text, category text default null,
    unit uuid default null, kelurahan text default null,
    overdue boolean default null, visible text default null,
    bbox float8[] default null, q text default null)
returns int language plpgsql as $$
declare
	found int;
begin
	perform test.as(who);
	found := (select count(*) from api.report_list(null, category, unit,
	    kelurahan, overdue, visible, q, bbox, null, null, null, 100));
	perform test.root();
	return found;
end
$$;
select is(pg_temp.count('sari'), 40, 'no filter');
select is(pg_temp.count('sari', category => 'pohon'), 13, 'category');
select is(pg_temp.count('sari', category => 'nonsense'), 0,
    'unknown category');
select is(pg_temp.count('sari', unit => (select id from crm.unit
    where name = 'Kelurahan Kebon Sirih')), 10, 'unit');
select is(pg_temp.count('sari', kelurahan => '31.71.06.1005'), 10,
    'kelurahan');
select is(pg_temp.count('sari', visible => 'public'), 20, 'visibility');
select is(pg_temp.count('sari', bbox => '{106.9,-6.3,107,-6.2}'), 30,
    'box around a place');
select is(pg_temp.count('sari', bbox => '{106.0,-6.1,106.1,-6.0}'), 0,
    'box around none');
select is(pg_temp.count('sari', overdue => true)
    + pg_temp.count('sari', overdue => false), 40, 'overdue or not');
select ok(pg_temp.count('sari', overdue => true) > 0, 'some are overdue');
select is(pg_temp.count('budi', kelurahan => '31.71.06.1005'), 0,
    'a filter shows no more');
select is(pg_temp.count('sari', category => 'pohon', visible => 'public',
    kelurahan => '31.75.07.1003', q => 'laporan'), 6, 'all together');

-- Search.
select test.as('jaki');
select test.report(description => 'Jalan berlubang 100% rusak_parah\ di Pasar Minggu');
select test.report(description => '𝗣𝗢𝗛𝗢𝗡 𝗧𝗨𝗠𝗕𝗔𝗡𝗚 menimpa kabel');
select test.report(description => 'Kami melaporkan sampah menumpuk');
select test.root();
select is(pg_temp.count('sari', q => q), n, what)
from (values ('berlubang', 1, 'a word'), ('BERLUBANG', 1, 'in capitals'),
    ('berlub', 1, 'a part'), ('pohon tumbang', 1, 'fancy letters'),
    ('ＰＯＨＯＮ', 1, 'wide letters in the question'),
    ('lapor', 41, 'a stem'), ('tumbang pohon', 1, 'words in any order'),
    ('sampah -menumpuk', 0, 'a word that must not be'),
    ('100% rusak', 1, 'a percent sign is one'),
    ('rusak_parah\', 1, 'so are underscore and backslash'),
    ('r%k', 0, 'and no wildcard'), ('%', 1, 'alone as well'),
    ('_', 1, 'alone as well'), ('\', 1, 'alone as well'),
    ('berlubanng', 1, 'a slip of the pen'),
    ('zzzzqqq', 0, 'what is not there'), ('"', 0, 'a lone quote'),
    ('''; drop table x; --', 0, 'SQL')) s (q, n, what);
select is(pg_temp.count('budi', q => 'lapor'), 31,
    'search keeps to the unit''s reports');
select is(pg_temp.count('priv', q => 'lapor'), 0, 'and shows others none');
select is(pg_temp.count('desk', q => 'lapor'), 0, 'nor another channel');
select is(pg_temp.count('sari', q => (select ticket from crm.report limit 1)), 1,
    'a whole ticket number');
select is(pg_temp.count('sari', q => (select lower(left(ticket, 8))
    from crm.report limit 1)), 43, 'the beginning of one');
select is(pg_temp.count('sari', q => 'JK99'), 0, 'one that is not there');
select is((select count(*)::int from audit.entry where action = 'report_search'
    and report_id is null and object_id is null) > 20, true,
    'searches are audited, without the words');

-- Pages of a search.
select test.as('sari');
create temporary table found (n int, id uuid, sort_key text);
insert into found select row_number() over (), id, sort_key
from api.report_list(null, null, null, null, null, null, 'laporan', null,
    '-received_at', null, null, 100);
select is((select array_agg(l.id) from found f, api.report_list(null, null,
    null, null, null, null, 'laporan', null, '-received_at', f.sort_key, f.id,
    4) l where f.n = 10), (select array_agg(id order by n) from found
    where n between 11 and 15), 'the next page of a search');

select test.root();
select test.as('budi');
select is(outcome($$select * from api.report_list(null, null, null, null, null,
    null, null, null, null, 'nonsense', null, 10)$$), '22007',
    'a cursor of nonsense is refused');

-- The plan: a page reads no table as a whole, and one month at most.
select test.root();
insert into crm.report_key (id, ticket, received_at)
select md5(n::text)::uuid, 'JK2001' || lpad(n::text, 8, '0'),
    now() - make_interval(hours => n * 4)
from generate_series(1, 2000) n;
insert into crm.report (id, received_at, ticket, channel_id, visibility, status,
    description, description_public, kelurahan_code, unit_id, unit_ids,
    changed_at, due_at)
select k.id, k.received_at, k.ticket, c.id, 'public', 'waiting', 'Pohon',
    'Pohon', u.area_code, u.id, array[u.id], k.received_at, k.received_at
from crm.report_key k, crm.channel c, crm.unit u
where k.ticket like 'JK2001%' and c.name = 'jaki'
and u.name = 'Kelurahan Klender';
analyze crm.report, crm.inbox, crm.report_key;
create temporary table before as
select relid, relname, seq_scan, coalesce(idx_scan, 0) as idx_scan
from pg_stat_xact_all_tables;
create function pg_temp.scans() returns table (relname text, seq bigint,
    idx bigint)
language sql as $$
	select a.relname::text, a.seq_scan - coalesce(b.seq_scan, 0),
	    coalesce(a.idx_scan, 0) - coalesce(b.idx_scan, 0)
	from pg_stat_xact_all_tables a left join before b on b.relid = a.relid
	where a.schemaname in ('crm') and (a.seq_scan, a.idx_scan)
	    is distinct from (coalesce(b.seq_scan, 0), coalesce(b.idx_scan, 0))
$$;
select test.as('budi');
select is((select ticket from api.report_open((select ticket from crm.report_key
    where id = md5('1234')::uuid))), 'JK200100001234', 'a report is opened');
select test.root();
select is((select array_agg(relname || ' ' || seq || ' ' || idx)
    from pg_temp.scans() where relname ~ '^report_\d'), array[
    to_char(now() - interval '4936 hours', '"report_"YYYY_MM') || ' 0 2'],
    'by two looks into the index of its month: it, and the steps from it');
select is_empty($$select relname from pg_temp.scans() where seq > 0
    and relname in ('inbox', 'report_key', 'event', 'photo')$$,
    'and no walk through a large table');
drop table before;
create temporary table before as
select relid, relname, seq_scan, coalesce(idx_scan, 0) as idx_scan
from pg_stat_xact_all_tables;
select test.as('budi');
select is((select count(*)::int from api.report_list(null, null, null, null,
    null, null, null, null, '-received_at', null, null, 25)), 26,
    'a page is listed');
select test.root();
select is((select sum(idx)::int from pg_temp.scans()
    where relname ~ '^report_\d'), 26,
    'by one look into the index of its month for each report');
select is_empty($$select relname from pg_temp.scans() where seq > 0
    and relname ~ '^(inbox|report_|event|photo)'$$,
    'and no walk through a large table');

select * from finish();
rollback;
