-- Steps of work: units, evidence, versions, clocks. 24-cell.sql has every cell.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
begin;
set local search_path = tap, test, pg_catalog;
select no_plan();

create temporary table r (id uuid);
grant all on r to public;
select test.as('jaki');
insert into r select id from test.report('public');
select test.root();

-- One step by one person from one status, undone afterwards.
create function pg_temp.cell(step text, who text, status text) returns text
language plpgsql as $$
declare
	report uuid := (select id from r);
	result text;
begin
	perform test.root();
	update crm.report c set status = cell.status, version = 1
	where c.id = report;
	begin
		perform test.as(who);
		select 'ok ' || (s.report).status || ' ' || (s.report).version
		into result from test.step(report, step, 1) s;
		raise exception using errcode = 'P0999', message = result;
	exception when others then
		result := case sqlstate when 'P0999' then sqlerrm
		    when 'CR409' then 'CR409 ' || (select x from (select
			status) s (x)) else sqlstate end;
	end;
	perform test.root();
	return result;
end
$$;

-- A unit that held it may leave a note and no more.
select test.root();
update crm.report c set unit_ids = c.unit_ids || u.id, unit_id = u.id,
    status = 'waiting', version = 1
from crm.unit u where u.name = 'Dinas Bina Marga' and c.id = (select id from r);
select is(pg_temp.cell('take', 'budi', 'coordination'), 'CR403',
    'a unit that held it cannot take it');
select is(pg_temp.cell('take', 'bina', 'coordination'), 'ok in_progress 2',
    'the unit that holds it can');
select is(pg_temp.cell('follow_up', 'budi', 'in_progress'), 'CR403',
    'a unit that held it cannot follow up');
select is(pg_temp.cell('reply', 'budi', 'in_progress'), 'CR403',
    'nor reply');
select is(pg_temp.cell('note', 'budi', 'in_progress'), 'ok in_progress 2',
    'but leave a note');
update crm.report c set unit_ids = array[u.id], unit_id = u.id,
    status = 'waiting', version = 1
from crm.unit u where u.name = 'Kelurahan Klender'
and c.id = (select id from r);

-- Through the whole life, with versions and clocks.
select test.as('budi');
select is(outcome(format('select test.step(%L, ''take'', null)', id)), 'CR428',
    'a step needs a version') from r;
select is(outcome(format('select test.step(%L, ''take'', 2)', id)), 'CR412',
    'a version that is not there') from r;
select is(outcome(format('select test.step(%L, ''dance'', 1)', id)),
    'CR422 /type unknown', 'an unknown type') from r;
select is((select ((s.report).status, (s.report).version, (s.event).by_name,
    (s.event).from_status, (s.event).to_status, s.replayed,
    (s.report).due_at - crm.now()) from r, test.step(r.id, 'take', 1) s),
    row('in_progress'::text, 2, 'Budi'::text, 'waiting'::text,
    'in_progress'::text, false, interval '24 hours'),
    'taken: a kelurahan has 24 hours');
select is(outcome(format('select test.step(%L, ''note'', 1)', id)), 'CR412',
    'the old version is stale') from r;
select is((select (s.report).due_at - crm.now()
    from r, test.step(r.id, 'note', 2) s), interval '24 hours',
    'a note leaves the clock alone');
select test.as('budi');
select is((select (round((s.event).distance_m), (s.event).photo_id <> '{}',
    (s.event).photo_width, (s.report).due_at - crm.now(), (s.report).status)
    from r, test.step(r.id, 'follow_up', 3) s),
    row(12::float8, true, array[300], interval '48 hours',
    'awaiting_validation'::text), 'followed up: 48 hours for the validator');
select is((select array_agg(kind) from crm.photo p, r
    where p.report_id = r.id and kind = 'proof'), array['proof'],
    'the proof is stored');
select test.as('jaki');
select is((select cardinality(photo_id) from r,
    api.event_list(r.id::text, null, null, 0)), 1,
    'the channel gets the proof');
select test.as('vale');
select is(outcome(format('select test.step(%L, ''accept_work'', 4)', id)),
    'CR403', 'a validator of the doer''s unit may not accept') from r;
select is(outcome(format('select test.step(%L, ''refuse_work'', 4)', id)),
    'CR403', 'nor refuse') from r;
select test.root();
update crm.account set role = 'validator', unit_id = (select id from crm.unit
    where name = 'Biro Pemerintahan') where username = 'budi';
select test.as('budi');
select is(outcome(format('select test.step(%L, ''accept_work'', 4)', id)),
    'CR403', 'the doer may not accept, whatever became of the account') from r;
select test.root();
update crm.account set role = 'officer', unit_id = (select id from crm.unit
    where name = 'Kelurahan Klender') where username = 'budi';
select test.as('vina');
select is((select ((s.report).status, (s.event).reason,
    (s.report).due_at - crm.now()) from r, test.step(r.id, 'refuse_work', 4) s),
    row('followup_rejected'::text, 'Belum rata'::text, interval '7 days'),
    'refused: seven days');
select test.as('jaki');
select is((select reason from r, api.event_list(r.id::text, null, null, 0)),
    null, 'the channel does not get the reason');
select test.as('bude');
select is((select (s.report).status from r, test.step(r.id, 'take', 5) s),
    'in_progress', 'a colleague takes it again');
select is((select (s.report).status from r, test.step(r.id, 'follow_up', 6) s),
    'awaiting_validation', 'and follows up');
select test.as('vina');
select is((select ((s.report).status, (s.report).due_at)
    from r, test.step(r.id, 'accept_work', 7, 'accept') s),
    row('completed'::text, null::timestamptz), 'accepted: no clock');
select is((select ((s.report).status, s.replayed, (s.event).type)
    from r, test.step(r.id, 'accept_work', 7, 'accept') s),
    row('completed'::text, true, 'accept_work'::text),
    'the same key: the first answer');
select is(outcome(format('select test.step(%L, ''accept_work'', 8, ''accept'',
    ''other'')', id)), 'CR422 / idempotency_key_reused',
    'the same key, another request') from r;
select is(outcome(format('select test.step(%L, ''accept_work'', 8)', id)),
    'CR409 completed', 'a completed report cannot be accepted') from r;
select results_eq($$select e.type, e.to_status from r,
    api.event_list(r.id::text, null, null, 100) e where e.type <> 'received'$$,
    $$select e.type, e.to_status from r, crm.event e
    where e.report_id = r.id and e.type <> 'received'
    order by e.at desc, e.id desc$$, 'the timeline is newest first');
select test.root();
select is((select count(*)::int from audit.entry a, r where a.report_id = r.id
    and action ~ '^event_' and object_id is not null), 7,
    'every step is audited once');
select is((select count(*)::int from audit.entry a where action = 'event_take'
    and account_id = (select id from crm.account where username = 'budi')),
    1, 'with who took it');

-- Evidence.
select test.root();
update crm.report c set status = 'in_progress', version = 1
where c.id = (select id from r);
create function pg_temp.evidence(step text, text text default null,
    note text default null, reason text default null,
    captured timestamptz default null, lat float8 default null,
    lng float8 default null, photos int default 0)
returns text language sql as $$
	select outcome(format('select test.step(%L, %L, 1, body => %L,'
	    ' photos => %s)', (select id from r), step,
	    jsonb_strip_nulls(jsonb_build_object('text', text, 'note', note,
	    'reason', reason, 'captured_at', captured, 'location',
	    case when lat is not null or lng is not null
	    then jsonb_build_object('lat', lat, 'lng', lng) end)), photos))
$$;
select test.as('budi');
select is(pg_temp.evidence('follow_up'), 'CR422 /text,/captured_at,/location,/photos required',
    'a follow-up needs a text');
select is(pg_temp.evidence('follow_up', E' \n'), 'CR422 /text,/captured_at,/location,/photos required',
    'a blank text is none');
select is(pg_temp.evidence('follow_up', 'x'), 'CR422 /captured_at,/location,/photos required',
    'and a time');
select is(pg_temp.evidence('follow_up', 'x', captured => crm.now()
    + interval '1 hour', lat => -6.2, lng => 106.9, photos => 1),
    'CR422 /captured_at future', 'that has come');
select is(pg_temp.evidence('follow_up', 'x', captured => crm.now()
    - interval '30 days 1 second', lat => -6.2, lng => 106.9, photos => 1),
    'CR422 /captured_at range', 'and is not long ago');
select is(pg_temp.evidence('follow_up', 'x', captured => crm.now()),
    'CR422 /location,/photos required', 'and a place');
select is(pg_temp.evidence('follow_up', 'x', captured => crm.now(), lat => -6.2,
    photos => 1), 'CR422 /location required', 'a whole one');
select is(pg_temp.evidence('follow_up', 'x', captured => crm.now(), lat => 95,
    lng => 106.9, photos => 1), 'CR422 /location/lat range', 'on earth');
select is(pg_temp.evidence('follow_up', 'x', captured => crm.now(), lat => -6.2,
    lng => 106.9), 'CR422 /photos required', 'and a photo');
select is(pg_temp.evidence('follow_up', 'x', captured => crm.now(), lat => -6.2,
    lng => 106.9, photos => 6), 'CR422 /photos too_many', 'five at most');
select is(pg_temp.evidence('follow_up', 'x', reason => 'y', captured =>
    crm.now(), lat => -6.2, lng => 106.9, photos => 1),
    'CR422 /reason not_allowed', 'and no reason');
select is(pg_temp.evidence('note'), 'CR422 /note required',
    'a note needs a note');
select is(pg_temp.evidence('note', 'x', 'y'), 'CR422 /text not_allowed',
    'and no text');
select is(pg_temp.evidence('reply', 'x', photos => 1),
    'CR422 /photos not_allowed', 'and a reply no photo');
select is(pg_temp.evidence('reply'), 'CR422 /text required',
    'a reply needs a text');
select test.root();
update crm.report c set status = 'awaiting_validation'
where c.id = (select id from r);
select test.as('vina');
select is(pg_temp.evidence('refuse_work'), 'CR422 /reason required',
    'to refuse needs a reason');
select test.root();
select is((select version from crm.report c where c.id = (select id from r)),
    1, 'what was refused changed nothing');

-- Overdue follows the clock of CRM.
update crm.report c set due_at = crm.now() + interval '1 hour'
where c.id = (select id from r);
select test.as('vina');
select is((select overdue from r, api.report_open(r.id::text)), false,
    'not overdue yet');
select test.root();
set local role crm_owner;
select crm.clock_set(7200);
update crm.session set last_seen_at = crm.now();
select test.as('vina');
select is((select overdue from r, api.report_open(r.id::text)), true,
    'overdue an hour later');

select * from finish();
rollback;
