-- Which accepted work is validated a second time.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
begin;
set local search_path = tap, test, pg_catalog;
select no_plan();

select is((select value from crm.setting where name = 'second_share'), 0.05,
    'a twentieth at first');
create function pg_temp.drawn(share numeric, tries int) returns int
language sql as $$
	update crm.setting set value = share where name = 'second_share';
	select count(*)::int from generate_series(1, tries)
	where crm.second_draw(gen_random_uuid())
$$;
select is(pg_temp.drawn(0, 1000), 0, 'none');
select is(pg_temp.drawn(1, 1000), 1000, 'all');
-- Six standard deviations to either side.
select ok(pg_temp.drawn(0.05, 20000) between 815 and 1185, 'about the share');
select is(crm.second_draw(id), crm.second_draw(id), 'an event is drawn once')
from (values ('3bd0f2c3-3f5c-4c6c-8a44-0d9c6d0f1c8e'::uuid)) e (id);
select is(outcome('update crm.setting set value = 2 where name = ''second_share'''),
    '23514 setting_second_share_range', 'no share is larger than all');
delete from crm.setting;
select is(crm.second_draw(gen_random_uuid()), false, 'without a share there is none');

select test.as('vina');
select is(outcome('update crm.setting set value = 0'), '42501',
    'nobody at work sets it');

select * from finish();
rollback;
