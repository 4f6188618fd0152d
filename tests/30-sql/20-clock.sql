-- The clock of deadlines: days off in Jakarta do not count, weekends do.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
begin;
set local search_path = tap, test, pg_catalog;
set local timezone = 'UTC';
select no_plan();

-- 2025-08-17 is a Sunday and the one day off, 2025-12-24 to 26 three in a row.
delete from crm.holiday;
insert into crm.holiday (day, name, kind) values
('2025-08-17', 'Proklamasi Kemerdekaan', 'public'),
('2025-12-24', 'Cuti bersama', 'collective'),
('2025-12-25', 'Natal', 'public'),
('2025-12-26', 'Cuti bersama', 'collective');

create function pg_temp.plus(since text, hours numeric) returns text
language sql as $$
	select to_char(crm.clock_add((since || '+07')::timestamptz,
	    (hours * 3600)::bigint) at time zone 'Asia/Jakarta',
	    'YYYY-MM-DD HH24:MI')
$$;
create function pg_temp.hours(since text, until text) returns numeric
language sql as $$
	select round(crm.clock_between((since || '+07')::timestamptz,
	    (until || '+07')::timestamptz) / 3600.0, 3)
$$;

select is(pg_temp.plus(since, hours), result,
    format('%s and %s hours', since, hours))
from (values
    ('2025-08-14 10:00', 6, '2025-08-14 16:00'),
    -- Saturday counts, and so does a Sunday that is no day off.
    ('2025-08-15 22:00', 24, '2025-08-16 22:00'),
    ('2025-08-09 12:00', 24, '2025-08-10 12:00'),
    -- Over the day off, and up to the midnights around it.
    ('2025-08-16 22:00', 3, '2025-08-18 01:00'),
    ('2025-08-16 22:00', 2, '2025-08-17 00:00'),
    ('2025-08-16 23:59', 0.05, '2025-08-18 00:02'),
    ('2025-08-17 00:00', 1, '2025-08-18 01:00'),
    ('2025-08-18 00:00', 1, '2025-08-18 01:00'),
    -- A start inside the day off counts from its end.
    ('2025-08-17 15:00', 6, '2025-08-18 06:00'),
    ('2025-08-17 15:00', 0, '2025-08-17 15:00'),
    -- Several in a row, from before and from the middle.
    ('2025-12-23 20:00', 6, '2025-12-27 02:00'),
    ('2025-12-25 20:00', 6, '2025-12-27 06:00'),
    ('2025-12-22 09:00', 168, '2026-01-01 09:00'),
    -- Back.
    ('2025-08-18 01:00', -3, '2025-08-16 22:00'),
    ('2025-08-18 01:00', -1, '2025-08-18 00:00'),
    ('2025-08-17 15:00', -6, '2025-08-16 18:00'),
    ('2025-12-27 02:00', -6, '2025-12-23 20:00'),
    ('2025-08-14 10:00', -6, '2025-08-14 04:00')) c (since, hours, result);

select is(pg_temp.hours(since, until), hours::numeric,
    format('from %s to %s', since, until))
from (values
    ('2025-08-14 10:00', '2025-08-14 16:00', 6),
    ('2025-08-09 12:00', '2025-08-10 12:00', 24),
    ('2025-08-16 22:00', '2025-08-18 01:00', 3),
    ('2025-08-18 01:00', '2025-08-16 22:00', -3),
    ('2025-08-17 01:00', '2025-08-17 23:00', 0),
    ('2025-08-17 00:00', '2025-08-18 00:00', 0),
    ('2025-08-16 12:00', '2025-08-17 12:00', 12),
    ('2025-08-17 12:00', '2025-08-18 12:00', 12),
    ('2025-12-23 00:00', '2025-12-28 00:00', 48),
    ('2025-01-01 00:00', '2026-01-01 00:00', 361 * 24),
    ('2025-08-14 10:00', '2025-08-14 10:00', 0)) c (since, until, hours);

select is(crm.clock_between('2025-08-16 16:59:59.5+00',
    '2025-08-17 17:00:00.4+00'), 0::bigint, 'parts of a second are left out');
select is(crm.clock_between(null, now()), null, 'nothing from nowhere');
select is(crm.clock_add(null, 1), null, 'nor to it');

-- What is added is between, whatever the start and the sign, and the same way
-- back unless one of the two lies inside a day off.
select is_empty($$
	select a, n from
	    generate_series('2025-08-15 00:00+00'::timestamptz,
		'2025-08-20', '3 hours 7 minutes') a
	    cross join generate_series(-400000, 400000, 33331) n
	where crm.clock_between(a, crm.clock_add(a, n)) <> n
	union all
	select a, n from
	    generate_series('2025-12-21 00:00+00'::timestamptz,
		'2025-12-29', '5 hours 11 minutes') a
	    cross join generate_series(-700000, 700000, 59999) n
	where crm.clock_between(a, crm.clock_add(a, n)) <> n
$$, 'between is the inverse of add');
select is_empty($$
	select a, b from
	    generate_series('2025-12-21 00:00+00'::timestamptz,
		'2025-12-29', '5 hours') a
	    cross join generate_series('2025-12-21 00:00+00'::timestamptz,
		'2025-12-29', '7 hours') b
	where crm.clock_between(a, b) <> -crm.clock_between(b, a)
$$, 'a span turned round is its negative');
-- Midnight is Jakarta's, in whatever zone the session is.
set local timezone = 'America/New_York';
select is(pg_temp.plus('2025-08-16 22:00', 3), '2025-08-18 01:00',
    'the zone of the session does not matter');
set local timezone = 'UTC';

-- Targets: the category first, then the kind of unit.
select is(crm.clock_between('2025-09-01', crm.due_at(status,
    (select u.id from crm.unit u where u.name = unit), category,
    '2025-09-01')) / 3600, hours::bigint,
    format('%s at %s, %s', status, unit, category))
from (values
    ('waiting', 'Kelurahan Klender', 'jalan', 6),
    ('waiting', 'Kelurahan Klender', null, 6),
    ('waiting', 'Kelurahan Klender', 'banjir', 2),
    ('waiting', 'Dinas Bina Marga', 'pohon', 6),
    ('in_progress', 'Kelurahan Klender', 'jalan', 24),
    ('in_progress', 'Kelurahan Klender', 'banjir', 12),
    ('in_progress', 'Dinas Bina Marga', 'jalan', 168),
    ('in_progress', 'Dinas Bina Marga', null, 168),
    ('in_progress', 'Dinas Bina Marga', 'pohon', 72),
    ('incoming', 'Pusat Penyaringan CRM', null, 2))
    c (status, unit, category, hours);
select is(crm.due_at('completed', null, 'jalan', now()), null,
    'a status without a target has no clock');
select is(crm.due_at('waiting', (select u.id from crm.unit u
    where u.name = 'Kelurahan Klender'), 'jalan', '2025-08-16 15:00+00'),
    '2025-08-17 21:00+00'::timestamptz, 'a deadline skips the day off');
select is_empty($$
	select * from crm.target t
	where t.remind_seconds <> greatest(t.seconds / 4, 3600)
$$, 'reminders: a quarter or an hour before');
select is_empty($$
	select * from crm.target t where t.category_code <> 'any'
	and not exists (select from crm.category c where c.code = t.category_code)
$$, 'targets are for categories that there are');

-- A report taken in on the evening before three days off.
select crm.clock_set(floor(extract(epoch from
    '2025-12-23 13:00+00'::timestamptz - now()))::bigint);
select test.as('jaki');
select is((select date_trunc('minute', r.due_at) from test.report() r),
    '2025-12-26 19:00+00'::timestamptz, 'it is due on the fourth');

select * from finish();
rollback;
