-- The sandbox: what is tried out meets nothing real, in no role, list, count,
-- notice or choice, and goes through its whole life in its own unit.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
begin;
set local search_path = tap, test, pg_catalog;
select no_plan();

select test.account(who, role, 'Sandbox')
from (values ('s_officer', 'officer'), ('s_head', 'supervisor'),
    ('s_triage', 'triage'), ('s_check', 'validator')) p (who, role);
set role crm_owner;
select crm.channel_add('coba', 'Coba', true, true);
select crm.channel_key_add('coba', 'kid-coba', 'ES256',
    '-----BEGIN PUBLIC KEY-----', 'coba', 'crm');
reset role;

create function pg_temp.seen(who text, report uuid) returns boolean
language plpgsql as $$
begin
	perform test.as(who);
	return exists (select from crm.report r where r.id = report)
	    and exists (select from crm.inbox i where i.report_id = report)
	    and exists (select from api.report_list(null, null, null, null,
		null, null, null, null, '-received_at', null, null, 100) l
		where l.id = report);
end
$$;
create function pg_temp.known(who text, report uuid) returns boolean
language plpgsql as $$
begin
	perform test.as(who);
	if crm.viewer_channel() is null then
		if exists (select from api.notice_list(null, null, 100) n
		    where n.report_id = report) then
			return true;
		end if;
	end if;
	return exists (select from crm.inbox i where i.report_id = report)
	    or exists (select from api.report_list(null, null, null, null,
		null, null, null, null, '-received_at', null, null, 100) l
		where l.id = report);
end
$$;
create temporary table made (name text, report uuid);
grant all on made to public;

select test.as('coba');
insert into made select 'open', (test.report('public')).id;
insert into made select 'held', (test.report('private', null, null)).id;
select test.as('jaki');
insert into made select 'real', (test.report('public')).id;
insert into made select 'real held', (test.report('private', null, null)).id;

-- Who sees what.
select ok(pg_temp.seen(who, report) = (what ~ sees), who || ' and ' || what)
from made, (values ('s_officer', '^open$'), ('s_head', '^open$'),
    ('s_triage', '^(open|held)$'), ('s_check', '^open$'), ('coba', '^(open|held)$'),
    ('sari', '^real'), ('vina', '^real$'), ('budi', '^real$'), ('lurah', '^real$'),
    ('camat', '^real$'), ('bina', '-'), ('kadis', '-')) w (who, sees)
cross join lateral (select made.name as what) n;
select ok(not pg_temp.known(who, report), who || ' knows nothing of ' || name)
from made, unnest(array['sari', 'vina', 'budi', 'lurah', 'camat', 'kadis',
    'jaki', 'priv', 'admin']) who
where name in ('open', 'held');
select ok(not pg_temp.known(who, report), who || ' knows nothing of ' || name)
from made, unnest(array['s_officer', 's_head', 's_triage', 's_check', 'coba']) who
where name in ('real', 'real held');

select test.root();
select is((select array_agg(distinct u.name) from made m
    join crm.report r on r.id = m.report join crm.unit u on u.id = r.unit_id
    where m.name in ('open', 'held')), array['Sandbox'],
    'all of it lies in its unit, held or not');
select is((select count(*)::int from crm.inbox i join made m
    on m.report = i.report_id where m.name in ('open', 'held')
    and i.reader_id not in (crm.sandbox(),
	(select id from crm.channel where name = 'coba'))), 0,
    'and in no other circle');
select is((select count(*)::int from crm.duplicate_hint h), 0,
    'two reports of one place, one of them tried out, are no duplicates');

-- Lists and steps stay inside.
select test.as('s_triage');
select results_eq('select name from api.unit_list()', array['Sandbox'],
    'the sandbox knows no other unit');
select results_eq('select code from api.channel_list()', array['coba'],
    'nor another channel');
select is(outcome($$select crm.channel_find('walikota')$$),
    'CR422 /channel unknown', 'nor keys in for one');
select is(outcome(format('select test.step(%L, ''route'', 1, body => %L)',
    (select report from made where name = 'held'), jsonb_build_object('unit',
    (select md5('unit Kelurahan Klender')::uuid)))), 'CR422 /unit unknown',
    'nothing leaves it');
select is(outcome(format('select test.step(%L, ''merge'', 1, body => %L)',
    (select report from made where name = 'held'), jsonb_build_object('into',
    (select report from made where name = 'real')))), 'CR422 /into unknown',
    'nor is merged into what is real');
select is((select count(*)::int from api.suggestion_list((select report
    from made where name = 'held')::text, 'en')), 0, 'nor is it suggested');
select test.as('sari');
select is((select count(*)::int from api.unit_list()
    where name = 'Sandbox'), 0, 'nobody else knows the sandbox');
select is(outcome(format('select test.step(%L, ''route'', 1, body => %L)',
    (select report from made where name = 'real held'),
    jsonb_build_object('unit', crm.sandbox()))), 'CR422 /unit unknown',
    'nor sends anything there');
select is((select count(*)::int from api.channel_list()
    where code = 'coba'), 0, 'nor keys in for its channel');

-- The whole life, in one unit.
select test.as('s_triage');
select is((select (s.report).status || ' ' || (s.report).unit_name
    from test.step((select report from made where name = 'held'), 'route', 1,
    body => jsonb_build_object('unit', crm.sandbox())) s),
    'waiting Sandbox', 'triage lets it through');
select is((select (s.report).status from test.step((select report from made
    where name = 'held'), 'split', 2) s), 'waiting', 'and splits it');
select test.root();
select is((select array_agg(distinct u.name) from crm.report r
    join crm.unit u on u.id = r.unit_id
    join crm.channel c on c.id = r.channel_id where c.name = 'coba'),
    array['Sandbox'], 'what is split off stays');
select test.as('s_officer');
select ok((select count(*) from api.notice_list(null, null, 100)) > 0,
    'its officer hears of it');
select is((select (s.report).status from test.step((select report from made
    where name = 'open'), 'take', 1) s), 'in_progress', 'takes it');
select is((select (s.report).status from test.step((select report from made
    where name = 'open'), 'follow_up', 2) s), 'awaiting_validation',
    'and does it');
select test.as('s_check');
select ok((select count(*) from api.notice_list(null, null, 100)) > 0,
    'its validator hears of it');
select is((select (s.report).status || ' ' || (s.report).second_open
    from test.step((select report from made where name = 'open'),
    'accept_work', 3) s), 'completed false', 'another person accepts it');
select test.as('coba');
select is((select (s.report).status from test.step((select report from made
    where name = 'open'), 'reopen', 4) s), 'waiting', 'its channel reopens it');
select test.as('s_triage');
select is((select (s.report).status from test.step((select report from made
    where name = 'open'), 'reject', 5) s), 'rejected', 'triage rejects it');
select test.as('coba');
select is((select (s.report).status || ' ' || (s.report).unit_name
    from test.step((select report from made where name = 'open'), 'appeal', 6) s),
    'incoming Sandbox', 'and the appeal comes back to it');

select test.root();
select is((select count(*)::int from crm.work w where w.unit_id = crm.sandbox())
    + (select count(*)::int from crm.work_day d where d.unit_id = crm.sandbox())
    + (select count(*)::int from crm.choice c where c.unit_id = crm.sandbox())
    + (select count(*)::int from crm.photo_hash h join made m
	on m.report = h.report_id and m.name in ('open', 'held')), 0,
    'neither work, nor choice, nor picture was counted');
select is((select count(*)::int from crm.notice n join made m
    on m.report = n.report_id and m.name in ('open', 'held')
    where n.reader_id = '00000000-0000-0000-0000-000000000000'), 0,
    'no notice went to real people');

insert into crm.work_day (unit_id, day, validated, on_time)
select u.id, (crm.now() at time zone 'Asia/Jakarta')::date, 10, 0
from crm.unit u where u.name = 'Kelurahan Menteng';
select test.as('s_officer');
select is((select count(*)::int from api.ranking_list(null, null, null)), 0,
    'how real units do is not told there');
select test.as('budi');
select is((select count(*)::int from api.ranking_list(null, null, null)), 1,
    'but to real people');

select * from finish();
rollback;
