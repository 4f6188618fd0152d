-- Who hears of what, and never of a report they may not open.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
begin;
set local search_path = tap, test, pg_catalog;
select no_plan();

create temporary table r (id uuid);
grant all on r to public;
select test.as('jaki');
insert into r select id from test.report('private');
select test.root();

create function pg_temp.unit(unit_name text) returns uuid language sql as $$
	select u.id from crm.unit u where u.name = unit_name
$$;
-- An event of the officer of a unit, told to those who hear of it.
create function pg_temp.tell(hears text[], type text default 'note',
    was text default 'Kelurahan Klender') returns void
language plpgsql as $$
declare
	event constant uuid := gen_random_uuid();
	report constant uuid := (select id from r);
begin
	perform test.root();
	update crm.clock set ahead = ahead + interval '1 second';
	update crm.report c set version = version + 1 where c.id = report;
	insert into crm.event (id, at, report_id, type, version, by_unit_id,
	    from_status, to_status)
	select event, crm.now(), report, tell.type, c.version,
	    pg_temp.unit('Kelurahan Klender'), c.status, c.status
	from crm.report c where c.id = report;
	perform set_config('role', 'crm_officer', true);
	perform crm.notice_add(report, event, tell.type, hears,
	    pg_temp.unit(was));
	perform test.root();
end
$$;
grant execute on all functions in schema pg_temp to public;
-- Everything that was told last, as reader and name.
create function pg_temp.told() returns text language sql as $$
	select string_agg(concat_ws(' ', n.reader, coalesce(u.name, a.username,
	    c.name)), ', ' order by n.reader, u.name, c.name)
	from crm.notice n
	left join crm.unit u on u.id = n.reader_id
	left join crm.account a on a.id = n.reader_id
	left join crm.channel c on c.id = n.reader_id
	where n.at = crm.now()
$$;
create function pg_temp.list(who text) returns text
language plpgsql as $$
declare
	result text;
begin
	perform test.as(who);
	select string_agg(concat_ws(' ', l.type, l.new, l.status, l.visibility,
	    case when l.ticket ~ '^JK\d{10}$' then 'JK' end), ', '
	    order by l.at desc, l.id desc) into result
	from api.notice_list(null, null, 100) l;
	perform test.root();
	return result;
end
$$;

select is(pg_temp.told(), 'unit Kelurahan Klender',
    'a unit hears of what comes straight to it');
delete from crm.notice;
select test.as('jaki');
select test.report('private', null, null);
select test.root();
select is(pg_temp.told(), null, 'triage has its queue');
select pg_temp.tell('{}');
select is(pg_temp.told(), null, 'what nobody hears is not told');

-- The holder, and who sent it there.
select pg_temp.tell('{holder}');
select is(pg_temp.told(), 'unit Kelurahan Klender', 'the holder');
select pg_temp.tell('{holder,sender}');
select is(pg_temp.told(), 'unit Kelurahan Klender', 'nobody sent it');
select pg_temp.tell('{holder,sender}', 'hand_over', 'Dinas Bina Marga');
select is(pg_temp.told(), 'unit Dinas Bina Marga, unit Kelurahan Klender',
    'the unit that held it before');
insert into crm.hand_over (report_id, kind, from_unit_id, to_unit_id,
    from_status, at, event_id)
select id, 'coordination', pg_temp.unit('Kelurahan Kebon Sirih'),
    pg_temp.unit('Kelurahan Klender'), 'waiting', crm.now(), gen_random_uuid()
from r;
select pg_temp.tell('{sender}', 'take');
select is(pg_temp.told(), 'unit Kelurahan Kebon Sirih',
    'later, who sent it here');
update crm.hand_over h set ended_at = crm.now() from r
where h.report_id = r.id;
select pg_temp.tell('{sender}', 'take');
select is(pg_temp.told(), null, 'until it went on');

-- The supervisor hears with the unit or alone; the officer likewise.
select pg_temp.tell('{supervisor}', 'schedule');
select is(pg_temp.told(), 'supervisor Kelurahan Klender', 'the supervisor alone');
select pg_temp.tell('{holder,supervisor}');
select is(pg_temp.told(), 'unit Kelurahan Klender', 'once with the unit');
select pg_temp.tell('{officer}', 'assign');
select is(pg_temp.told(), null, 'no officer yet');
update crm.report c set officer_id = a.id from r, crm.account a
where c.id = r.id and a.username = 'bude';
select pg_temp.tell('{officer}', 'assign');
select is(pg_temp.told(), 'account bude', 'the officer alone');
select pg_temp.tell('{holder,officer}');
select is(pg_temp.told(), 'unit Kelurahan Klender', 'once with the unit');

-- Roles, and units that are a role.
select pg_temp.tell('{validator,triage}', 'follow_up');
select is(pg_temp.told(), 'triage, validator', 'roles as a whole');
select pg_temp.tell('{sender}', 'route', 'Pusat Penyaringan CRM');
select is(pg_temp.told(), 'triage', 'the unit of triage is its role');

-- The reporter, by the channel.
select pg_temp.tell('{reporter}', 'reply');
select is(pg_temp.told(), 'channel jaki', 'the reporter''s channel');

-- Who sees what of it.
delete from crm.notice;
select pg_temp.tell('{holder}', 'reopen');
select pg_temp.tell('{supervisor}', 'schedule');
select pg_temp.tell('{officer}', 'assign');
select pg_temp.tell('{validator}', 'follow_up');
select pg_temp.tell('{triage}', 'appeal');
select pg_temp.tell('{reporter}', 'reply');
select is(pg_temp.list(who), list, who || ' hears exactly this')
from (values
    ('budi', 'reopen t waiting private JK'),
    ('bude', 'assign t waiting private JK, reopen t waiting private JK'),
    ('lurah', 'schedule t waiting private JK, reopen t waiting private JK'),
    ('camat', null), ('tuti', null),
    ('vale', 'follow_up t waiting private JK'),
    ('vina', 'follow_up t waiting private JK'),
    ('sari', 'appeal t waiting private JK'),
    ('priv', null), ('admin', null)) c (who, list);

-- What may no longer be opened is no longer heard of.
update crm.report c set unit_id = pg_temp.unit('Dinas Bina Marga'),
    unit_ids = array[pg_temp.unit('Dinas Bina Marga')] from r
where c.id = r.id;
select is(pg_temp.list('budi'), null, 'a report that went is not heard of');
select is(pg_temp.list('bude'), null, 'not by the officer either');
update crm.report c set unit_id = pg_temp.unit('Kelurahan Klender'),
    unit_ids = array[pg_temp.unit('Kelurahan Klender')] from r
where c.id = r.id;
update crm.report c set status = 'incoming' from r where c.id = r.id;
select is(pg_temp.list('vina'), null, 'what is filtered is for triage');
select is(pg_temp.list('sari'), 'appeal t incoming private JK',
    'who hears of it');
update crm.report c set status = 'completed', due_at = null,
    visibility = 'public' from r where c.id = r.id;
select is(pg_temp.list('budi'), 'reopen t completed public JK',
    'status and label are those of now');

-- Nobody hears of what they did.
insert into crm.event_internal (event_id, report_id, by_account_id)
select n.event_id, n.report_id, a.id from crm.notice n, crm.account a
where n.type = 'reopen' and a.username = 'budi';
select is(pg_temp.list('budi'), null, 'one''s own step is no news');
select is(pg_temp.list('lurah'), 'schedule t completed public JK, '
    'reopen t completed public JK', 'for others it is');

-- What was seen.
select test.as('lurah');
select api.notice_see((select l.at from api.notice_list(null, null, 9) l
    where l.type = 'reopen'));
select is(pg_temp.list('lurah'), 'schedule t completed public JK, '
    'reopen f completed public JK', 'the older one is seen');
select test.as('lurah');
select api.notice_see('2000-01-01');
select is(pg_temp.list('lurah'), 'schedule t completed public JK, '
    'reopen f completed public JK', 'never set back');
select test.as('lurah');
select api.notice_see('2999-01-01');
select test.root();
select ok((select s.until <= crm.now() from crm.notice_seen s
    join crm.account a on a.id = s.account_id where a.username = 'lurah'),
    'nor into the future');
select is(pg_temp.list('lurah'), 'schedule f completed public JK, '
    'reopen f completed public JK', 'all is seen');
select is(pg_temp.list('bude'), 'assign t completed public JK, '
    'reopen t completed public JK', 'by that account alone');
select test.as('bude');
select is((select count(*) from crm.notice_seen), 0::bigint,
    'what others have seen is theirs');

-- Pages.
select test.root();
delete from crm.notice;
select pg_temp.tell('{holder}', 'reopen') from generate_series(1, 7);
select test.as('bude');
create temporary table page as
with recursive p as (
	select l.*, 1 as n from (select * from api.notice_list(null, null, 3)
	    limit 3) l)
select * from p;
select is((select count(*) from api.notice_list(null, null, 3)), 4::bigint,
    'one row more than asked for');
select results_eq($$
	select l.id from api.notice_list((select min(at) from page),
	    (select id from page order by at, id limit 1), 100) l
	order by l.at desc, l.id desc
$$, $$
	select l.id from api.notice_list(null, null, 100) l
	order by l.at desc, l.id desc offset 3
$$, 'the next page goes on after the last');

-- A step that was taken back is no longer told.
select test.root();
delete from crm.notice;
select pg_temp.tell('{holder}', 'hand_over');
insert into crm.event (at, report_id, type, version, from_status, to_status)
select crm.now(), r.id, 'remind', c.version, c.status, c.status
from r join crm.report c on c.id = r.id;
insert into crm.notice (at, report_id, event_id, type, reader, reader_id)
select e.at, e.report_id, e.id, 'remind', 'unit',
    pg_temp.unit('Kelurahan Klender')
from r join crm.event e on e.report_id = r.id and e.type = 'remind';
select pg_temp.tell('{}', 'undo');
select results_eq('select n.type from crm.notice n', array['remind'],
    'what was undone is gone, what rang stays');

-- Only of what the transaction itself does.
select is(outcome($$
	select crm.notice_add((select id from r), gen_random_uuid(), 'take',
	    '{holder}', null)
$$), 'CR404', 'no event, no notice');
update crm.clock set ahead = ahead + interval '1 second';
select is(outcome(format('select crm.notice_add(%L, %L, ''take'',
    ''{holder}'', null)', e.report_id, e.id)), 'CR404', 'nor an old one')
from r join crm.event e on e.report_id = r.id and e.type = 'remind';

-- They go after 90 days.
delete from crm.notice;
select pg_temp.tell('{holder}', 'reopen');
update crm.notice set at = crm.now() - interval '89 days';
select is((select p.notices from api.job_prune() p), 0::bigint,
    'they are kept for 90 days');
update crm.notice set at = crm.now() - interval '91 days';
select is((select p.notices from api.job_prune() p), 1::bigint, 'and no longer');

select test.as('jaki');
select is(outcome('select from crm.notice'), '42501',
    'a channel reads no notices');

select * from finish();
rollback;
