-- Who sees which report, photo, note and name; through the operations and
-- through bare tables.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
begin;
set local search_path = tap, test, pg_catalog;
select no_plan();

-- Four reports: of two kelurahan, one at triage, one of another channel.
create temporary table r (name text, id uuid, ticket text);
grant all on r to public;
select test.as('jaki');
insert into r select 'klender', id, ticket from test.report('private');
insert into r select 'public', id, ticket from test.report('public');
insert into r select 'sirih', id, ticket
    from test.report('private', -6.1853, 106.8330);
insert into r select 'triage', id, ticket from test.report('public', null, null);
select test.as('desk');
insert into r select 'desk', id, ticket from test.report('public');
select test.root();
-- One that Klender held before.
select test.as('jaki');
insert into r select 'moved', id, ticket from test.report('public');
select test.root();
update crm.report set unit_ids = unit_ids || u.id, unit_id = u.id,
    status = 'in_progress'
from crm.unit u where u.name = 'Dinas Bina Marga'
and report.id = (select id from r where name = 'moved');

create temporary table expected (who text, name text);
insert into expected
select who, unnest(string_to_array(names, ' '))
from (values
    ('budi', 'klender public desk moved'),
    ('tuti', 'sirih'),
    ('lurah', 'klender public desk moved'),
    ('camat', 'klender public desk moved'),
    ('bina', 'moved'),
    ('sari', 'klender public sirih triage desk moved'),
    ('vina', 'klender public sirih desk moved'),
    ('jaki', 'klender public sirih triage moved'),
    ('desk', 'desk')) e (who, names);
create temporary table viewer (who text);
insert into viewer select distinct who from expected
union values ('priv'), ('admin');
grant all on expected, viewer to public;

create function pg_temp.seen(who text, how text) returns text[]
language plpgsql as $$
declare
	names text[];
begin
	perform test.as(who);
	names := case how
	    when 'opened by id' then array(select r.name from r
		where exists (select from api.report_open(r.id::text)))
	    when 'opened by ticket' then array(select r.name from r
		where exists (select from api.report_open(r.ticket)))
	    when 'listed' then array(select r.name from test.list() l
		join r on r.ticket = l)
	    when 'listed, newest first' then array(
		select r.name from test.list('-received_at') l
		join r on r.ticket = l)
	    when 'found by words' then array(
		select r.name from test.list(q => 'lubang pasar') l
		join r on r.ticket = l)
	    when 'found by ticket' then array(
		select r.name from r where r.ticket in (
		    select test.list(q => r.ticket)))
	    when 'timeline' then array(select r.name from r
		where outcome(format('select api.event_list(%L, null, null, 9)',
		    r.ticket)) = 'ok')
	    when 'table report' then array(select r.name from r
		join crm.report t on t.id = r.id)
	    when 'table inbox' then array(select distinct r.name from r
		join crm.inbox t on t.report_id = r.id)
	    when 'table report_key' then array(select r.name from r
		join crm.report_key t on t.id = r.id)
	    when 'table event' then array(select r.name from r
		join crm.event t on t.report_id = r.id)
	    end;
	perform test.root();
	return array(select n from unnest(names) n order by n);
end
$$;
select is(pg_temp.seen(v.who, h.how),
    array(select e.name from expected e where e.who = v.who order by e.name),
    v.who || ' sees the right reports: ' || h.how)
from viewer v
cross join unnest(array['opened by id', 'opened by ticket', 'listed',
    'listed, newest first', 'found by words', 'found by ticket', 'timeline',
    'table report', 'table inbox', 'table report_key', 'table event'])
    h (how)
order by h.how, v.who;

-- A timeline that may not be seen and one that is not there are the same.
select test.as('tuti');
select is(outcome(format('select api.event_list(%L, null, null, 9)', id)),
    'CR404', 'no timeline of another unit''s report')
from r where name = 'klender';
select is(outcome($$select api.event_list(
    '00000000-0000-4000-8000-000000000000', null, null, 9)$$), 'CR404',
    'no timeline of what is not there');
select is(outcome($$select api.event_list('nonsense', null, null, 9)$$),
    'CR404', 'no timeline of nonsense');
select is(outcome(format('select test.step(%L, ''take'', 1)', id)), 'CR404',
    'no step on another unit''s report')
from r where name = 'klender';

-- Photos: of public reports only, and never for channels.
select test.root();
create temporary table p (name text, id uuid);
grant all on p to public;
insert into p select r.name, f.id from crm.photo f join r on r.id = f.report_id;
select test.as('budi');
select set_eq('select p.name from p where exists (select from
    api.photo_open(p.id))', array['public', 'desk', 'moved'],
    'an officer opens photos of the unit''s public reports');
select is((select photo_id from r, api.report_open(r.ticket) o
    where r.name = 'klender'), '{}', 'a private report names no photos');
select is((select cardinality(photo_id) from r, api.report_open(r.ticket) o
    where r.name = 'public'), 2, 'a public report names its photos');
select test.as('vina');
select set_eq('select p.name from p where exists (select from
    api.photo_open(p.id))', array['public', 'desk', 'moved'],
    'a validator opens photos of public reports');
select test.as('priv');
select is_empty('select p.name from p where exists (select from
    api.photo_open(p.id))', 'a privacy officer opens none');
select is_empty('select id from crm.photo', 'and sees none in the table');
select test.as('jaki');
select is_empty('select id from crm.photo where kind = ''report''',
    'a channel sees no photo of a report');
select is_empty('select p.name from p where exists (select from
    api.photo_open(p.id))', 'and opens none');
select is((select api.report_level(id::text) from r where name = 'public'),
    'public', 'a channel learns the level of its report');
select is((select cardinality(photo_id) from r, api.report_open(r.ticket) o
    where r.name = 'public'), 0, 'nor its id');

-- Made private, a report locks its photos at once, retries included.
select test.as('budi');
select is((select cardinality((s.report).photo_id) from r,
    test.step(r.id, 'note', 1, 'flip') s where r.name = 'public'), 2,
    'an answer names the photos of a public report');
select test.root();
update crm.report set visibility = 'private'
where id = (select id from r where name = 'public');
select test.as('budi');
select set_eq('select p.name from p where exists (select from
    api.photo_open(p.id))', array['desk', 'moved'],
    'a report made private locks its photos at once');
select is((select (s.replayed, (s.report).visibility, (s.report).photo_id)
    from r, test.step(r.id, 'note', 1, 'flip') s where r.name = 'public'),
    row(true, 'private'::text, '{}'::uuid[]),
    'and the first answer is not given again with them');

-- Notes and names.
select test.as('budi');
select is((select (note, by_name, by_own_unit) from r,
    api.event_list(r.ticket, null, null, 0) where r.name = 'public'),
    row('Catatan rahasia'::text, 'Budi'::text, true),
    'the unit reads its notes and names');
select test.as('sari');
select is((select (note, by_name, by_own_unit) from r,
    api.event_list(r.ticket, null, null, 0) where r.name = 'public'),
    row('Catatan rahasia'::text, null::text, false),
    'triage reads the note without the name');
select test.as('vina');
select is((select by_name from r,
    api.event_list(r.ticket, null, null, 0) where r.name = 'public'), 'Budi',
    'a validator reads the name');
select test.as('jaki');
select is((select (type, note, reason, by_name, by_unit_name) from r,
    api.event_list(r.ticket, null, null, 0) where r.name = 'public'),
    row('received'::text, null::text, null::text, null::text, null::text),
    'the channel does not hear of the note');
select test.as('bina');
select is_empty($$select id from crm.account where username not in ('bina',
    'kadis')$$,
    'an officer knows the names of the own unit only');

-- A filter or a search is no way to ask about what may not be seen.
select test.as('tuti');
select is_empty($$select * from test.list(q => 'JK')$$ || ' l where l not in
    (select ticket from r where name = ''sirih'')',
    'a ticket prefix finds no other unit''s');
select is_empty($$select ticket from api.report_list('{incoming}', null, null,
    null, null, null, null, null, null, null, null, 10)$$,
    'an officer lists no incoming report');
select test.as('jaki');
select is_empty($$select * from test.list(q => 'Catatan rahasia')$$,
    'a note is not searched');
select is_empty($$select * from test.list(q => 'ref-1')$$,
    'a reference is not searched');
select is_empty($$select * from test.list(q => 'Jalan Mawar')$$,
    'an address is not searched');

-- Without a viewer, or with one of the past, nothing is seen.
select test.root();
set local role crm_officer;
select set_config('crm.account', '', true), set_config('crm.role', '', true),
    set_config('crm.unit', '', true), set_config('crm.units', '', true),
    set_config('crm.channel', '', true);
select is((select count(*)::int from crm.report), 0, 'no viewer, no report');
select is((select count(*)::int from crm.inbox), 0, 'no viewer, no inbox');
select is((select count(*)::int from crm.photo), 0, 'no viewer, no photo');
select is((select count(*)::int from crm.event), 0, 'no viewer, no event');
select is((select count(*)::int from crm.account), 0, 'no viewer, no account');
reset role;
set local role crm_channel;
select is((select count(*)::int from crm.report), 0,
    'no channel, no report');
select is((select count(*)::int from crm.report_origin), 0,
    'no channel, no reference');
reset role;

-- An update that reads nothing is held to the viewer's reports as well.
select test.as('tuti');
update crm.report set status = 'completed';
select test.root();
select set_eq('select name from r join crm.report c on c.id = r.id
    where c.status = ''completed''', array['sirih'],
    'a blind update reaches the viewer''s reports only');

-- An event bare into the table: of a report one sees, by one's own unit, and
-- of no type that is the reporter's or the system's.
select test.as('budi');
select is(outcome(format($q$insert into crm.event (id, at, report_id, type,
    version, by_unit_id, to_status) values (gen_random_uuid(), crm.now(), %L,
    %L, 9, crm.viewer_unit(), 'waiting')$q$, r.id, x.type)), x.outcome,
    x.type || ' of ' || r.name)
from (values ('public', 'note', 'ok'), ('sirih', 'note', '42501'),
    ('triage', 'note', '42501'), ('public', 'withdraw', '42501'),
    ('public', 'received', '42501')) x (name, type, outcome)
join r using (name);

select * from finish();
rollback;
