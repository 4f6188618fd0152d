-- Who hears of real steps, from intake to reopening, and of those of a report
-- that others are merged into.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
begin;
set local search_path = tap, test, pg_catalog;
select no_plan();

create temporary table r (id uuid);
grant all on r to public;

-- A step of someone; who hears of it, by the names of units, people, roles.
create function pg_temp.hears(who text, type text, body jsonb default null)
returns text
language plpgsql as $$
declare
	step uuid;
	result text;
begin
	perform test.root();
	perform test.as(who);
	select (s.event).id into step from r, test.step(r.id, type,
	    (select c.version from crm.report c where c.id = r.id), null, 'same',
	    body) s;
	perform test.root();
	select string_agg(coalesce(u.name || case n.reader when 'supervisor'
	    then ' (atasan)' else '' end, a.username, c.name, n.reader), ', '
	    order by n.reader, u.name, c.name) into result
	from crm.notice n
	left join crm.unit u on u.id = n.reader_id
	left join crm.account a on a.id = n.reader_id
	left join crm.channel c on c.id = n.reader_id
	where n.event_id = step;
	return result;
end
$$;
-- The body of a step with some members put in the place of others.
create function pg_temp.body(type text, members jsonb) returns jsonb
language sql as $$ select test.body(type) || members $$;

select test.as('jaki');
insert into r select id from test.report('public');

select is(pg_temp.hears('budi', 'hand_over'),
    'jaki, Dinas Sumber Daya Air', 'the new holder and the reporter');
select is(pg_temp.hears('budi', 'undo'),
    'Dinas Sumber Daya Air, Kelurahan Klender',
    'taken back: who had it for some seconds no longer sees the report');
select is((select count(*) from crm.notice n, r where n.report_id = r.id
    and n.type = 'hand_over'), 0::bigint, 'and nobody hears of what is undone');
select is(pg_temp.hears('budi', 'take'), 'jaki', 'taken: the reporter');
select is(pg_temp.hears('lurah', 'assign', jsonb_build_object('officer',
    test.id('bude'))), 'bude', 'assigned: that officer');
select is(pg_temp.hears('bude', 'ask'), 'jaki', 'asked: the reporter');
select is(pg_temp.hears('jaki', 'answer'), 'Kelurahan Klender',
    'answered: the unit, with its officer');
select is(pg_temp.hears('bude', 'note'), null, 'a note: nobody');
select is(pg_temp.hears('jaki', 'me_too'), null, 'one more: nobody');
select is(pg_temp.hears('bude', 'schedule'), 'Kelurahan Klender (atasan)',
    'a wish: who is over the unit');
select is(pg_temp.hears('lurah', 'refuse_schedule'), 'Kelurahan Klender',
    'refused: the unit');
select is(pg_temp.hears('bude', 'follow_up'), 'jaki, validator',
    'done: the reporter and the validators');
select is(pg_temp.hears('vina', 'refuse_work'), 'Kelurahan Klender',
    'not accepted: the unit, not the reporter');
select is(pg_temp.hears('bude', 'take'), 'jaki', 'taken again');
select is(pg_temp.hears('bude', 'follow_up'), 'jaki, validator', 'done again');
select is(pg_temp.hears('vina', 'accept_work'), 'jaki, Kelurahan Klender',
    'accepted: all who waited for it');
select is(pg_temp.hears('jaki', 'reopen'), 'Kelurahan Klender, validator',
    'reopened: the unit and who accepted it');
select is(pg_temp.hears('sari', 'reject'), 'jaki, Kelurahan Klender',
    'rejected: the reporter and the unit');
select is(pg_temp.hears('jaki', 'appeal'), 'triage', 'an appeal: triage');
select is(pg_temp.hears('jaki', 'withdraw', '{}'), 'triage',
    'withdrawn: who holds it');

-- Sent back, the sender hears as the unit that holds it.
select test.as('jaki');
update r set id = (select id from test.report('private'));
select is(pg_temp.hears('budi', 'hand_over', pg_temp.body('hand_over',
    jsonb_build_object('unit', (select u.id from crm.unit u
    where u.name = 'Dinas Bina Marga')))), 'jaki, Dinas Bina Marga', 'sent');
select is(pg_temp.hears('bina', 'return'), 'Kelurahan Klender', 'sent back');

-- What is merged hears by a step of its own.
select test.root();
create temporary table main as select id from r;
select test.as('jaki');
update r set id = (select id from test.report('private'));
select test.root();
select is(pg_temp.hears('sari', 'merge', jsonb_build_object('into',
    (select m.id from main m))), 'jaki, Kelurahan Klender',
    'merged: its reporter and its unit');
select test.root();
create temporary table merged as select id from r;
update r set id = (select m.id from main m);
select is(pg_temp.hears('budi', 'take'), 'jaki', 'the main report is taken');
select is((select string_agg(n.type || ' ' || n.reader, ', ')
    from crm.notice n, merged m where n.report_id = m.id
    and n.type = 'main_step'), 'main_step channel',
    'the reporter of the merged one hears of it');

select * from finish();
rollback;
