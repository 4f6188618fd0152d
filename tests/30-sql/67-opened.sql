-- Who opened a report: units for its channel, people of the own unit for a
-- supervisor, nothing for anyone else.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
begin;
set local search_path = tap, test, pg_catalog;
select no_plan();

select test.as('jaki');
create temporary table r as
select (test.report(visible)).id, visible
from unnest(array['public', 'private']) visible;
create temporary table p (id uuid);
grant all on r, p to public;
select test.root();
insert into p select p.id from crm.photo p join r on r.id = p.report_id
where r.visible = 'public';
create function pg_temp.open(who text, times int default 1) returns void
language plpgsql as $$
begin
	perform test.as(who);
	perform o from generate_series(1, times), r,
	    api.report_open(r.id::text) o where r.visible = 'public';
	perform o from p, api.photo_open(p.id) o;
end
$$;
create function pg_temp.opened(who text, about text default 'public')
returns table (unit text, officer text, count int, is_dated boolean)
language plpgsql as $$
begin
	perform test.as(who);
	return query select o.unit_name, o.officer_name, o.count,
	    o.last_at is not null from r, api.opened_list(r.id::text) o
	where r.visible = about;
end
$$;

select is_empty($$select pg_temp.opened('jaki')$$, 'nobody yet');
select pg_temp.open(who, times) from (values ('budi', 2), ('bude', 1),
    ('lurah', 1), ('camat', 1), ('sari', 1), ('vina', 1), ('jaki', 3),
    ('tuti', 1)) w (who, times);
select results_eq($$select * from pg_temp.opened('jaki')$$, $$values
    ('Biro Pemerintahan', null, 3, false),
    ('Kecamatan Duren Sawit', null, 3, false),
    ('Kelurahan Klender', null, 10, false),
    ('Pusat Penyaringan CRM', null, 3, false)$$,
    'the channel learns the units, and neither people nor times');
select is_empty($$select pg_temp.opened('jaki', 'private')$$,
    'of that report only');
select results_eq($$select * from pg_temp.opened('lurah') order by 2$$,
    $$values
    ('Kelurahan Klender', 'Bude', 3, true),
    ('Kelurahan Klender', 'Budi', 4, true),
    ('Kelurahan Klender', 'Lurah', 3, true)$$,
    'a supervisor learns who of the own unit');
select results_eq($$select * from pg_temp.opened('camat')$$, $$values
    ('Kecamatan Duren Sawit', 'Camat', 3, true)$$,
    'and not of the units below');
select is(outcome(format('select pg_temp.opened(%L)', who)), 'CR404',
    who || ' finds no such report')
from unnest(array['desk', 'tuti', 'kadis']) who;
select is_empty(format('select pg_temp.opened(%L)', who),
    who || ' learns nothing, whatever the server asks')
from unnest(array['budi', 'sari', 'vina']) who;

-- The function below it looks itself.
select test.as('desk');
select is_empty('select o from r, crm.opened(r.id) o',
    'another channel learns nothing');
select test.as('kadis');
select is_empty('select o from r, crm.opened(r.id) o',
    'nor a supervisor elsewhere');
select test.root();
select is((select count(*)::int from audit.entry e join r on r.id = e.report_id
    where e.action = 'opened_list'), 8, 'who asked is in the audit log');

select * from finish();
rollback;
