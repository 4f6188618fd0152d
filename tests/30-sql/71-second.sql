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

-- Drawn when work is accepted; listed until a validator of another unit looked.
select test.account('inspektur', 'validator', 'Inspektorat');
create temporary table r (id uuid);
grant all on r to public;
create function pg_temp.accepted() returns void language plpgsql as $$
begin
	perform test.as('jaki');
	delete from r;
	insert into r select id from test.report('public');
	perform test.as('budi');
	perform test.step((select id from r), 'take', 1);
	perform test.step((select id from r), 'follow_up', 2);
	perform test.as('vina');
	perform test.step((select id from r), 'accept_work', 3);
end
$$;
create function pg_temp.listed() returns boolean language sql as $$
	select (select id from r) in (select l.id from api.report_list(null, null,
	    null, null, null, null, null, null, null, null, null, 100,
	    held => 'second') l)
$$;
update crm.setting set value = 0 where name = 'second_share';
select pg_temp.accepted();
select is((select o.second_open from r, api.report_open(r.id::text) o), false,
    'not drawn');
select is(pg_temp.listed(), false, 'nor listed');
select test.root();
update crm.setting set value = 1 where name = 'second_share';
select pg_temp.accepted();
select is((select (o.second_open, o.held_for)::text from r,
    api.report_open(r.id::text) o), '(t,{})', 'drawn; triage holds nothing');
select test.as('inspektur');
select is(pg_temp.listed(), true, 'a validator elsewhere finds it in the list');
select test.as('vina');
select is(outcome(format('select test.step(%L, ''second_accept'', 4)', id)),
    'CR403', 'the unit that accepted it does not look again') from r;
select test.as('inspektur');
select is((select (s.report).second_open from r,
    test.step(r.id, 'second_accept', 4) s), false, 'looked at');
select is(pg_temp.listed(), false, 'and off the list');
select pg_temp.accepted();
select test.as('inspektur');
select is((select ((s.report).status, (s.report).second_open)::text from r,
    test.step(r.id, 'second_refuse', 4) s), '(followup_rejected,f)',
    'or refused');
select test.root();
select is((select count(*)::int from crm.inbox i join r on r.id = i.report_id
    where 'second' = any (i.held_for)), 0, 'and off every list');
delete from crm.setting;
select is(crm.second_draw(gen_random_uuid()), false, 'without a share there is none');

select test.as('vina');
select is(outcome('update crm.setting set value = 0'), '42501',
    'nobody at work sets it');

select * from finish();
rollback;
