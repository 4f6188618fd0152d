-- Every cell: each step by each role from each status, done or refused; then
-- each member of its body, missing and superfluous.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
begin;
set local search_path = tap, test, pg_catalog;
select no_plan();

-- What is agreed, written down apart from the seed: type, roles, statuses
-- before, status after (= the same), what the body must and may have, photos.
create temporary table agreed (type text, roles text, before text, after text,
    must text, may text, photo_min int, photo_max int);
insert into agreed values
('route', 'triage', 'incoming', 'waiting', 'unit', 'category location note',
    0, 0),
('reject', 'triage', 'incoming waiting', 'rejected', 'reason text', 'note',
    0, 0),
('appeal', 'channel', 'rejected', 'incoming', 'text', '', 0, 0),
('merge', 'triage', 'incoming waiting coordination disposition in_progress '
    'scheduled followup_rejected', 'merged', 'into', 'note', 0, 0),
('unmerge', 'triage', 'merged', 'waiting', '', 'note', 0, 0),
('split', 'triage', 'incoming waiting', '=', 'description',
    'category unit note', 0, 0),
('take', 'officer', 'waiting coordination disposition followup_rejected',
    'in_progress', '', 'note', 0, 0),
('hand_over', 'officer', 'waiting coordination disposition in_progress '
    'scheduled followup_rejected', 'coordination', 'unit reason', 'note',
    0, 0),
('dispose', 'officer', 'waiting coordination disposition in_progress '
    'scheduled followup_rejected', 'disposition', 'unit reason', 'note', 0, 0),
('return', 'officer', 'waiting coordination disposition in_progress '
    'followup_rejected', 'waiting', 'reason', 'note', 0, 0),
('assign', 'supervisor', 'waiting coordination disposition in_progress '
    'scheduled awaiting_validation followup_rejected', '=', 'officer', 'note',
    0, 0),
('schedule', 'officer', 'in_progress', '=', 'until reason', 'text note', 0, 0),
('approve_schedule', 'supervisor', 'in_progress', 'scheduled', '',
    'note until', 0, 0),
('refuse_schedule', 'supervisor', 'in_progress', '=', 'reason', 'note', 0, 0),
('ask', 'officer', 'waiting coordination disposition in_progress scheduled '
    'followup_rejected', '=', 'text', 'note', 0, 0),
('answer', 'channel', 'waiting coordination disposition in_progress scheduled '
    'followup_rejected', '=', 'text', '', 0, 0),
('note', 'officer', 'waiting coordination disposition in_progress scheduled '
    'awaiting_validation followup_rejected completed rejected merged', '=',
    'note', '', 0, 5),
('note', 'supervisor validator', 'waiting coordination disposition '
    'in_progress scheduled awaiting_validation followup_rejected completed '
    'rejected merged', '=', 'note', '', 0, 0),
('note', 'triage', 'incoming waiting coordination disposition in_progress '
    'scheduled awaiting_validation followup_rejected completed rejected '
    'merged', '=', 'note', '', 0, 0),
('reply', 'officer', 'waiting coordination disposition in_progress scheduled '
    'awaiting_validation followup_rejected completed rejected merged', '=',
    'text', 'note', 0, 0),
('progress', 'officer', 'in_progress scheduled', '=', 'text',
    'note captured_at location', 0, 5),
('follow_up', 'officer', 'in_progress scheduled', 'awaiting_validation',
    'text captured_at location', 'note', 1, 5),
('accept_work', 'validator', 'awaiting_validation', 'completed', '', 'note',
    0, 0),
('refuse_work', 'validator', 'awaiting_validation', 'followup_rejected',
    'reason', 'note', 0, 0),
('second_accept', 'validator', 'completed', '=', '', 'note', 0, 0),
('second_refuse', 'validator', 'completed', 'followup_rejected', 'reason',
    'note', 0, 0),
('rate', 'channel', 'completed', '=', 'stars', 'text', 0, 0),
('confirm', 'channel', 'completed', '=', '', '', 0, 0),
('reopen', 'channel', 'completed', 'waiting', 'text', '', 0, 0),
('me_too', 'channel', 'incoming waiting coordination disposition in_progress '
    'scheduled awaiting_validation followup_rejected completed', '=', '', '',
    0, 0),
('add_photos', 'channel', 'incoming waiting coordination disposition '
    'in_progress scheduled awaiting_validation followup_rejected', '=', '',
    'text', 1, 5),
('make_private', 'channel', 'incoming waiting coordination disposition '
    'in_progress scheduled awaiting_validation followup_rejected completed '
    'rejected merged', '=', '', '', 0, 0),
('make_public', 'channel', 'incoming waiting coordination disposition '
    'in_progress scheduled awaiting_validation followup_rejected completed '
    'rejected', '=', '', '', 0, 0),
('withdraw', 'channel', 'incoming waiting coordination disposition '
    'in_progress scheduled awaiting_validation followup_rejected', 'rejected',
    '', 'text', 0, 0),
('withdraw', 'channel', 'merged', 'rejected', '', 'text', 0, 0),
('forget', 'channel', 'incoming waiting coordination disposition '
    'in_progress scheduled awaiting_validation followup_rejected completed '
    'rejected merged', '=', '', '', 0, 0),
('erase', 'channel', 'incoming waiting coordination disposition in_progress '
    'scheduled awaiting_validation followup_rejected', 'rejected', '', '',
    0, 0),
('erase', 'channel', 'completed rejected merged', '=', '', '', 0, 0),
('undo', 'officer triage supervisor', 'incoming waiting coordination '
    'disposition in_progress scheduled awaiting_validation followup_rejected '
    'completed rejected merged', 'waiting', '', '', 0, 0);

create temporary table person (role text, who text);
insert into person values ('officer', 'bina'), ('supervisor', 'kadis'),
    ('triage', 'sari'), ('validator', 'vina'), ('privacy', 'priv'),
    ('admin', 'admin'), ('channel', 'jaki');

-- Two reports; the first came from Klender to Bina Marga.
create temporary table r (id uuid, main uuid);
grant all on r to public;
select test.as('jaki');
insert into r select (test.report('public')).id, (test.report('public')).id;
select test.root();
insert into crm.hand_over (report_id, kind, from_unit_id, to_unit_id,
    from_status, at, event_id)
select r.id, 'coordination', k.id, b.id, 'waiting', crm.now(),
    gen_random_uuid()
from r, crm.unit k, crm.unit b
where k.name = 'Kelurahan Klender' and b.name = 'Dinas Bina Marga';
insert into crm.report_before (report_id, version, status, unit_id, unit_ids,
    held_for, returns, second_open)
select r.id, 1, 'waiting', u.id, array[u.id], '{}', 0, false
from r, crm.unit u where u.name = 'Dinas Bina Marga';

-- Makes of the report what allows every step that its status allows, and of
-- whoever comes the doer of a last step that can be taken back.
create function pg_temp.ready(status text, who text) returns void
language plpgsql as $$
declare
	report constant uuid := (select id from r);
	bina constant uuid := (select id from crm.unit
	    where name = 'Dinas Bina Marga');
	last constant uuid := gen_random_uuid();
begin
	perform test.root();
	delete from crm.event e where e.report_id = report
	and e.type <> 'received';
	update crm.report c
	set status = ready.status, version = 2, changed_at = crm.now(),
	    unit_id = bina,
	    unit_ids = array[bina, (select id from crm.unit
		where name = 'Kelurahan Klender')],
	    asked_at = crm.now(), schedule_until = crm.now() + interval '9 days',
	    schedule_account_id = test.id('budi'), completed_at = crm.now(),
	    second_open = true, reason_code = 'spam',
	    main_id = case ready.status when 'merged'
		then (select main from r) end
	where c.id = report;
	insert into crm.event (id, at, report_id, type, version, by_unit_id,
	    from_status, to_status)
	select last, crm.now(), report, case a.role when 'officer' then 'take'
	    when 'triage' then 'merge' else 'assign' end, 2, a.unit_id,
	    'waiting', ready.status
	from crm.account a where a.id = test.id(who);
	insert into crm.event_internal (event_id, report_id, by_account_id)
	select last, report, test.id(who) where test.id(who) is not null;
end
$$;

-- One step by one person from one status, undone afterwards.
create function pg_temp.cell(step text, who text, status text,
    body jsonb default null, photos int default null) returns text
language plpgsql as $$
declare
	report uuid := (select id from r);
	result text;
	code text;
	place text;
begin
	perform pg_temp.ready(status, who);
	begin
		perform test.as(who);
		select concat_ws(' ', 'ok', (s.report).status, (s.report).version)
		into result from test.step(report, step, 2, body => coalesce(body,
		    test.body(step) || case step when 'merge'
		    then jsonb_build_object('into', (select main from r))
		    else '{}' end), photos => photos) s;
		raise exception using errcode = 'P0999', message = result;
	exception when others then
		get stacked diagnostics code = constraint_name,
		    place = column_name;
		result := case sqlstate when 'P0999' then sqlerrm
		    else concat_ws(' ', sqlstate, nullif(place, ''),
			nullif(code, '')) end;
	end;
	perform test.root();
	return result;
end
$$;

select is(pg_temp.cell(e.type, p.who, s.status),
    case
    when p.role in ('privacy', 'admin') then 'CR404'
    when s.status = 'incoming' and p.role not in ('triage', 'channel')
	then 'CR404'
    when not exists (select from agreed a where a.type = e.type
	and p.role = any (string_to_array(a.roles, ' '))) then 'CR403'
    else coalesce((select 'ok ' || case a.after when '=' then s.status
	    else a.after end || ' 3'
	from agreed a where a.type = e.type
	and p.role = any (string_to_array(a.roles, ' '))
	and s.status = any (string_to_array(a.before, ' '))),
	'CR409 ' || s.status)
    end,
    format('%s by %s from %s', e.type, p.role, s.status))
from (select distinct type from agreed) e
cross join person p
cross join unnest(crm.status_list()) s (status)
order by e.type, p.role, s.status;

select set_eq('select distinct type from crm.event_rule',
    'select distinct type from agreed', 'there are no other types');
select set_eq('select type from crm.event_type where not by_system',
    $$select distinct type from agreed union all values ('received')$$,
    'what has no rule the system does');
select set_eq($$select distinct type, role from crm.event_rule
    where role = 'channel'$$, $$select type, 'channel' from crm.event_type
    where by_channel and type <> 'received'$$,
    'a channel does what its types say');

-- Each member of the body, taken away and added.
create function pg_temp.member(member text) returns jsonb
language sql as $$
	select jsonb_build_object(member, case member
	    when 'location' then '{"lat": -6.2, "lng": 106.9}'::jsonb
	    when 'captured_at' then to_jsonb(crm.now())
	    when 'until' then to_jsonb(crm.now() + interval '9 days')
	    when 'stars' then '3' when 'category' then '"jalan"'
	    when 'unit' then to_jsonb(id) when 'officer' then to_jsonb(id)
	    when 'into' then to_jsonb(id) else '"x"' end)
	from crm.unit where unit.name = 'Dinas Sosial'
$$;
create function pg_temp.full_body(step text) returns jsonb
language sql as $$
	select test.body(step) || case step when 'merge'
	    then jsonb_build_object('into', (select main from r)) else '{}' end
$$;
create temporary view cell as
select a.type, a.must, a.may, a.photo_min, a.photo_max, p.role, p.who,
    split_part(a.before, ' ', 1) as status
from agreed a join person p on p.role = any (string_to_array(a.roles, ' '));

select is(pg_temp.cell(c.type, c.who, c.status,
    pg_temp.full_body(c.type) - m.name, c.photo_min),
    format('CR422 /%s required', m.name),
    format('%s by %s needs %s', c.type, c.role, m.name))
from cell c cross join string_to_table(c.must, ' ') m (name)
where m.name <> '' and c.status <> 'incoming' or c.role = 'triage'
and m.name <> '';

select is(pg_temp.cell(c.type, c.who, c.status,
    pg_temp.full_body(c.type) || jsonb_build_object(m.name, ' '), c.photo_min),
    case when m.name = any (string_to_array(c.must, ' '))
    then format('CR422 /%s required', m.name)
    else format('CR422 /%s empty', m.name) end,
    format('%s by %s: a blank %s is none', c.type, c.role, m.name))
from cell c cross join unnest(array['text', 'note', 'reason']) m (name)
where m.name = any (string_to_array(c.must || ' ' || c.may, ' '))
and (c.status <> 'incoming' or c.role in ('triage', 'channel'));

select is(pg_temp.cell(c.type, c.who, c.status,
    pg_temp.full_body(c.type) || pg_temp.member(m.name), c.photo_min),
    format('CR422 /%s not_allowed', m.name),
    format('%s by %s has no %s', c.type, c.role, m.name))
from cell c cross join unnest(array['text', 'note', 'reason', 'captured_at',
    'location', 'unit', 'category', 'into', 'officer', 'until', 'stars',
    'description']) m (name)
where m.name <> all (string_to_array(c.must || ' ' || c.may, ' '))
and (c.status <> 'incoming' or c.role in ('triage', 'channel'));

select is(pg_temp.cell(c.type, c.who, c.status, photos => c.photo_max + 1),
    'CR422 /photos ' || case c.photo_max when 0 then 'not_allowed'
    else 'too_many' end,
    format('%s by %s: %s photos at most', c.type, c.role, c.photo_max))
from cell c
where c.status <> 'incoming' or c.role in ('triage', 'channel');

select is(pg_temp.cell(c.type, c.who, c.status, photos => c.photo_min - 1),
    'CR422 /photos required',
    format('%s by %s: %s photos at least', c.type, c.role, c.photo_min))
from cell c where c.photo_min > 0;

-- What the viewer may do now is what the cells allow.
create function pg_temp.steps(who text, status text) returns text[]
language plpgsql as $$
declare
	steps text[];
begin
	perform pg_temp.ready(status, who);
	perform test.as(who);
	steps := (select o.steps from r, api.report_open(r.id::text) o);
	perform test.root();
	return steps;
end
$$;
select is(pg_temp.steps(p.who, s.status), array(
	select a.type from agreed a
	where p.role = any (string_to_array(a.roles, ' '))
	and s.status = any (string_to_array(a.before, ' ')) order by 1),
    format('steps of %s in %s', p.role, s.status))
from person p cross join unnest(crm.status_list()) s (status)
where p.role not in ('privacy', 'admin')
and (s.status <> 'incoming' or p.role in ('triage', 'channel'));

select * from finish();
rollback;
