-- What changed since: every change moves a report to the end of the channel's
-- list of changes, and only what is the channel's own is in it.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
begin;
set local search_path = tap, test, pg_catalog;
select no_plan();

create temporary table r (name text, id uuid);
grant all on r to public;
create function pg_temp.new(name text, visibility text default 'public',
    who text default 'jaki') returns void
language plpgsql as $$
begin
	perform test.as(who);
	insert into r select new.name, (test.report(visibility)).id;
end
$$;
create function pg_temp.go(name text, who text, step text,
    body jsonb default '{}') returns text
language plpgsql as $$
declare
	report crm.report;
begin
	perform test.root();
	select c.* into report from crm.report c join r on r.id = c.id
	where r.name = go.name;
	perform test.as(who);
	return test.outcome(format('select test.step(%L, %L, %s, body => %L)',
	    report.id, step, report.version, test.body(step) || body));
end
$$;
create function pg_temp.changes(since timestamptz, statuses text[]
    default null, visible text default null, size int default 100,
    who text default 'jaki') returns text
language plpgsql as $$
declare
	names text[] := '{}';
	page record;
	after_key text;
	after_id uuid;
	got int;
begin
	perform test.as(who);
	loop
		got := 0;
		for page in select c.id, c.updated_at, (select r.name from r
			where r.id = c.id) as name
		    from api.report_changes(since, statuses, visible, after_key,
			after_id, size) c loop
			got := got + 1;
			exit when got > size;
			names := names || page.name;
			after_key := page.updated_at::text;
			after_id := page.id;
		end loop;
		exit when got <= size;
	end loop;
	return array_to_string(names, ' ');
end
$$;

select test.as('jaki');
create temporary table t (start timestamptz);
grant all on t to public;
insert into t values (crm.moment());
select pg_temp.new(n, case n when 'b' then 'private' else 'public' end)
from unnest(array['a', 'b', 'c', 'd']) n;
select pg_temp.new('e', who => 'desk');

select is(pg_temp.changes(start), 'a b c d', 'new reports in their order') from t;
select is(pg_temp.changes(start, size => n), 'a b c d', 'in pages of ' || n)
from t, generate_series(1, 4) n;
select is(pg_temp.changes(start, who => 'desk'), 'e', 'each channel its own')
from t;
select test.as('jaki');
select is((select count(*)::int from crm.change), 4, 'by the policy as well');
select is(pg_temp.changes('1970-01-01', visible => 'private'), 'b',
    'the private ones');
select is(pg_temp.go('a', 'budi', 'take'), 'ok', 'a step');
select is(pg_temp.changes(start), 'b c d a', 'comes last') from t;
select is(pg_temp.go('b', 'budi', 'assign'), 'CR403', 'what is refused');
select is(pg_temp.changes(start), 'b c d a', 'changes nothing') from t;
select is(pg_temp.go('b', 'jaki', 'make_public'), 'ok', 'one of the channel');
select is(pg_temp.changes(start), 'c d a b', 'does as well') from t;
select is(pg_temp.go('c', 'lurah', 'assign', jsonb_build_object('officer',
    test.id('budi'))), 'ok', 'one that the channel is not told of');
select is(pg_temp.changes(start), 'd a b c', 'is a change of the version') from t;
select is(pg_temp.changes(start, '{in_progress}'), 'a', 'by status') from t;
select is(pg_temp.changes(start, '{waiting,in_progress}', 'public'), 'd a b c',
    'by several') from t;
select is(pg_temp.changes(start, '{}'), '', 'by none') from t;

-- From the last time that was seen on, that one included.
select test.as('jaki');
select is(pg_temp.changes(o.updated_at), 'b c', 'inclusive')
from r, api.report_open(r.id::text) o where r.name = 'b';
select is(pg_temp.changes(o.updated_at + interval '1 microsecond'), 'c',
    'by the microsecond')
from r, api.report_open(r.id::text) o where r.name = 'b';
select is(pg_temp.changes(o.updated_at, size => 1), 'b c', 'also in pages')
from r, api.report_open(r.id::text) o where r.name = 'b';

-- A report merged into another one changes with it.
select is(pg_temp.go('d', 'sari', 'merge', jsonb_build_object('into',
    (select id from r where name = 'a'))), 'ok', 'merged');
select is(pg_temp.changes(start), 'b c d a', 'the main report counts it') from t;
select is(pg_temp.go('a', 'budi', 'follow_up'), 'ok', 'a step of that one');
select is(pg_temp.changes(start), 'b c a d', 'is told to the other') from t;
select is(pg_temp.go('a', 'vina', 'accept_work'), 'ok', 'accepted');
select is(pg_temp.go('a', 'jaki', 'reopen'), 'ok', 'and reopened, untold');
select is(pg_temp.changes(start), 'b c a d', 'shows in the other') from t;
select test.as('jaki');
select is((select (c.status, c.main_status) from t, r, api.report_changes(start,
    null, null, null, null, 9) c where r.id = c.id and r.name = 'd'),
    ('merged'::text, 'waiting'::text), 'as its main status');

-- One clock in the report, the list and the table behind it.
select test.root();
select is_empty($$select from crm.report r left join crm.change c
    on c.report_id = r.id and (c.received_at, c.channel_id, c.status,
    c.visibility, c.updated_at) = (r.received_at, r.channel_id, r.status,
    r.visibility, r.updated_at) where c.report_id is null$$,
    'the table is what the reports are');
select ok(bool_and(c.updated_at > c.received_at and c.updated_at
    < crm.moment()), 'after receipt and before now') from crm.report c;

-- A clock that goes back hides nothing: a report never goes back.
create temporary table before as
select r.name, c.updated_at from r join crm.report c using (id);
update crm.clock set ahead = ahead - interval '1 hour';
select is(pg_temp.go('b', 'budi', 'take'), 'ok', 'in the past');
select test.root();
select is((select c.updated_at - b.updated_at from r join crm.report c using (id)
    join before b using (name) where r.name = 'b'), interval '1 microsecond',
    'a report does not go back');
update crm.clock set ahead = ahead + interval '1 hour';

-- What has gone is gone.
delete from crm.photo where report_id = (select id from r where name = 'c');
delete from crm.report where id = (select id from r where name = 'c');
select is((select count(*)::int from r join crm.change c on c.report_id = r.id
    where r.name = 'c'), 0, 'with its change');

-- Whose table it is.
select test.as('jaki');
select is(outcome('select * from crm.change'), 'ok', 'a channel reads its own');
select is(outcome('update crm.change set status = ''merged'''), '42501',
    'and writes none');
select test.as('budi');
select is(outcome('select from crm.change'), '42501', 'officers read none');
select is(outcome('select api.report_changes(now(), null, null, null, null,'
    ' 9)'), '42501', 'and have no list of changes');

select * from finish();
rollback;
