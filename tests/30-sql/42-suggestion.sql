-- Which unit is suggested, and why.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
begin;
set local search_path = tap, test, pg_catalog;
select no_plan();

create temporary table r (id uuid);
grant all on r to public;
create function pg_temp.unit(wanted text) returns uuid language sql as $$
	select u.id from crm.unit u where u.name = wanted
$$;
-- "unit: why" of the first so many suggestions.
create function pg_temp.offered(who text, how_many int, lang text default 'en')
returns text[] language plpgsql as $$
begin
	perform test.as(who);
	return (select array_agg(s.unit_name || ': ' || s.why) from (
	    select * from api.suggestion_list((select r.id from r)::text, lang)
	    limit how_many) s);
end
$$;
create function pg_temp.choose(step text, unit text, times int,
    kelurahan text default '31.75.07.1003')
returns void language sql as $$
	select crm.choice_add(step, 'jalan', kelurahan, pg_temp.unit(unit), 1)
	from generate_series(1, times)
$$;

select test.as('jaki');
insert into r select id from test.report(photos => 0);
select is(pg_temp.offered('budi', 9), array[
    'Dinas Bina Marga: This unit usually handles this category.'],
    'without any choices the usual agency');
select is(pg_temp.offered('budi', 9, 'id'), array[
    'Dinas Bina Marga: Unit ini biasanya menangani kategori ini.'],
    'in Indonesian, too');
select is((select array_agg(s.share) from api.suggestion_list(
    (select id from r)::text, 'en') s), array[null::float8],
    'with no share of nothing');
select test.root();
select is(crm.choice_add('hand_over', 'jalan', '31.75.07.1003',
    pg_temp.unit('PAM Jaya'), 1)::text, '', 'a choice');
select pg_temp.choose('hand_over', 'PAM Jaya', 8);
select is(pg_temp.offered('budi', 1), array[
    'Dinas Bina Marga: This unit usually handles this category.'],
    'nine choices are too few to tell of');
select test.root();
select pg_temp.choose('hand_over', 'Dinas Sumber Daya Air', 3);
select is(pg_temp.offered('budi', 9), array[
    'PAM Jaya: 9 of 12 reports like this (Jalan) in Kelurahan Klender went to this unit.',
    'Dinas Sumber Daya Air: 3 of 12 reports like this (Jalan) in Kelurahan Klender went to this unit.',
    'Dinas Bina Marga: This unit usually handles this category.'],
    'twelve are counted, most first');
select is(pg_temp.offered('sari', 1, 'id'), array[
    'PAM Jaya: 9 dari 12 laporan serupa (Jalan) di Kelurahan Klender diserahkan ke unit ini.'],
    'for triage, too');
select test.root();
select pg_temp.choose('hand_over', 'Dinas Perhubungan', 40, '31.75.07.1001');
select is(pg_temp.offered('budi', 9), array[
    'PAM Jaya: 9 of 12 reports like this (Jalan) in Kelurahan Klender went to this unit.',
    'Dinas Sumber Daya Air: 3 of 12 reports like this (Jalan) in Kelurahan Klender went to this unit.',
    'Dinas Perhubungan: 40 of 52 reports like this (Jalan) in Kecamatan Duren Sawit went to this unit.',
    'Dinas Bina Marga: This unit usually handles this category.'],
    'the nearest choices first, then those of the kecamatan');
select is((select array_agg(s.count || '/' || s.total || ' ' || s.share)
    from api.suggestion_list((select id from r)::text, 'en') s),
    array['9/12 0.75', '3/12 0.25', '40/52 0.77', null], 'in numbers');

-- Older choices count less; what is sent back counts no more.
select test.root();
update crm.choice set counted_at = counted_at - interval '90 days';
select is((select array_agg(round(crm.choice_count(c.count, c.counted_at,
    crm.now())::numeric, 1) order by c.count) from crm.choice c),
    array[1.5, 4.5, 20.0],
    'a quarter of a year halves a count');
update crm.choice set counted_at = crm.now();
select crm.choice_add('hand_over', 'jalan', '31.75.07.1003',
    pg_temp.unit('PAM Jaya'), -1);
select is((select round(c.count)::int from crm.choice c
    where c.unit_id = pg_temp.unit('PAM Jaya')), 8, 'one less');
select crm.choice_add('hand_over', 'sampah', null, pg_temp.unit('PAM Jaya'), -1);
select is((select c.count from crm.choice c where c.category_code = 'sampah'),
    0::float8, 'never below nothing');
select lives_ok($$select crm.choice_add('hand_over', null, null, null, 1)$$,
    'without a category nothing is counted');

-- An agency's own office in the kota comes first.
update crm.report set unit_id = pg_temp.unit('Dinas Bina Marga'),
    unit_ids = unit_ids || pg_temp.unit('Dinas Bina Marga'),
    status = 'coordination'
where id = (select id from r);
select is(pg_temp.offered('bina', 1), array[
    'Suku Dinas Bina Marga Jakarta Timur: The office of this unit in the same kota.'],
    'an agency is offered its office in the kota');
select ok(not exists (select from api.suggestion_list(
    (select id from r)::text, 'en') s where s.unit_name = 'Dinas Bina Marga'),
    'and not itself');
select ok(not exists (select from api.suggestion_list(
    (select id from r)::text, 'en') s join crm.unit u on u.id = s.unit_id
    where u.duty is not null or u.kind = 'province'),
    'nor who does no work');

-- Who may ask, and who may not read the counts.
select is(outcome(format('select api.suggestion_list(%L, ''en'')',
    gen_random_uuid())), 'CR404', 'a report that is not there');
select test.as('tuti');
select is(outcome(format('select api.suggestion_list(%L, ''en'')',
    (select id from r))), 'CR404', 'nor for an officer elsewhere');
select is(outcome('select from crm.choice'), '42501', 'nobody reads the counts');
select test.as('jaki');
select is(outcome(format('select api.suggestion_list(%L, ''en'')',
    (select id from r))), '42501', 'not for channels');

-- Facts: every category has its usual agency.
select test.root();
select is_empty($$select c.code from crm.category c
    where c.is_active and not exists (select from crm.category_unit u
	where u.category_code = c.code)$$, 'every category has an agency');
select is((select array_agg(c.category_code order by c.category_code)
    from crm.category_unit c where c.unit_id is null), array['ppsu', 'sampah'],
    'no name of an agency is misspelt: null is for the kelurahan');

select * from finish();
rollback;
