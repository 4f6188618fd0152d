-- The audit log: a row for all that is opened or done, and none is changed.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
begin;
set local search_path = tap, test, pg_catalog;
select no_plan();

create temporary table r (id uuid, ticket text, photo uuid);
grant all on r to public;
select test.as('jaki');
insert into r (id, ticket) select id, ticket from test.report('public');
select test.root();
update r set photo = (select p.id from crm.photo p where p.report_id = r.id
    order by place limit 1);
select test.as('budi');
select o.id from r, api.report_open(r.ticket) o;
select o.file_full from r, api.photo_open(r.photo) o;
select l.id from r, api.event_list(r.ticket, null, null, 9) l;
select test.as('tuti');
select o.id from r, api.report_open(r.ticket) o;
select is(outcome(format('select id from api.event_list(%L, null, null, 9)',
    r.ticket)), 'CR404', 'no timeline of what is not there') from r;
select o.file_full from r, api.photo_open(r.photo) o;
select test.as('jaki');
select o.id from r, api.report_open(r.ticket) o;
select test.root();
select results_eq($$
	select action, coalesce(a.username, c.name), e.role,
	    object_id is not distinct from r.photo, request_id
	from r join audit.entry e on e.report_id = r.id
	left join crm.account a on a.id = e.account_id
	left join crm.channel c on c.id = e.channel_id
	where action <> 'report_add' order by e.at
$$, $$values ('report_open', 'budi', 'officer', false, 'test'),
    ('photo_open', 'budi', 'officer', true, 'test'),
    ('event_list', 'budi', 'officer', false, 'test'),
    ('report_open', 'jaki', 'channel', false, 'test')$$,
    'who opened what; nothing of what was not there');
select is_empty($$select * from audit.entry where at not between
    clock_timestamp() - interval '1 minute' and clock_timestamp()$$,
    'by the machine''s clock, whatever that of CRM says');

-- Append-only.
select is(outcome('update audit.entry set action = ''x'''), '42501',
    'the superuser does not change a row');
select is(outcome('delete from audit.entry'), '42501', 'nor delete one');
select is(outcome('truncate audit.entry'), '42501', 'nor empty the log');
select is(outcome(format('truncate %I.%I', n.nspname, c.relname)), '42501',
    'nor a month of it')
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'audit' and c.relispartition and c.relkind = 'r' limit 1;
set local role crm_owner;
select is(outcome('truncate audit.entry'), '42501',
    'the owner does not empty it');
select is((select count(*)::int from audit.entry) > 0, true,
    'the owner reads it');
with changed as (update audit.entry set action = 'x' returning 1)
select is((select count(*)::int from changed), 0, 'and changes none of it');
with gone as (delete from audit.entry returning 1)
select is((select count(*)::int from gone), 0, 'nor deletes any');

-- No row in another's name.
select test.as('budi');
select is(outcome(format('insert into audit.entry (account_id, action)
    values (%L, ''x'')', gen_random_uuid())), '42501',
    'an officer writes under the own name only');
select is(outcome($$insert into audit.entry (account_id, action, at) values
    (crm.viewer_account(), 'x', '2000-01-01')$$), '42501', 'and at no other time');
select is(outcome(format('insert into audit.entry (account_id, action)
    values (%L, ''x'')', crm.viewer_account())), 'ok', 'that being now');
select test.as('jaki');
select is(outcome(format('insert into audit.entry (channel_id, action)
    values (%L, ''x'')', gen_random_uuid())), '42501',
    'so does a channel');

-- Nothing without its row: if the log fails, so does the reading.
select test.root();
create function pg_temp.fail() returns trigger language plpgsql as $$
begin
	raise exception 'full' using errcode = '53100';
end
$$;
create trigger full_disk before insert on audit.entry for each row
    execute function pg_temp.fail();
select test.as('budi');
select is(outcome(format('select api.report_open(%L)', r.ticket)), '53100',
    'no audit, no report') from r;
select is(outcome(format('select api.photo_open(%L)', r.photo)), '53100',
    'no audit, no photo') from r;

select test.root();
select is_empty($$
	select column_name from information_schema.columns
	where table_schema = 'audit' and table_name = 'entry'
	and column_name not in ('id', 'at', 'request_id', 'account_id',
	    'unit_id', 'channel_id', 'role', 'action', 'report_id',
	    'object_id')
$$, 'no column that could tell who reported');

select * from finish();
rollback;
