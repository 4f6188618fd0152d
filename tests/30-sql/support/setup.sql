-- What the tests need in the database besides what is tested: pgTAP, people,
-- and short words for what they do.
--
-- SPDX-License-Identifier: ISC

create schema tap;
create extension pgtap with schema tap;
grant usage on schema tap to public;

do $$
begin
	execute format('grant temporary on database %I to crm_officer,'
	    ' crm_channel', current_database());
end
$$;

create schema test;
grant usage on schema test to public;

-- An account with a session whose token is the name, twice.
create function test.account(who text, role text, unit text) returns uuid
language plpgsql as $$
declare
	account uuid;
begin
	account := crm.account_add(who, initcap(who), role, unit, 'scrypt');
	insert into crm.session (token_hash, account_id, source_hash, opened_at,
	    last_seen_at, idle_seconds, expires_at)
	values (sha256(convert_to(who, 'UTF8')), account, '\x00', crm.now(),
	    crm.now(), 1800, crm.now() + interval '12 hours');
	return account;
end
$$;

-- The account with this name; people are known to whoever tests.
create function test.id(who text) returns uuid
language sql security definer as $$
	select a.id from crm.account a where a.username = who
$$;

-- Become someone: the login and the viewer, a second later than before.
create function test.as(who text) returns void
language plpgsql as $$
begin
	perform set_config('role', 'none', true);
	update crm.clock set ahead = ahead + interval '1 second';
	if exists (select from crm.channel c where c.name = who) then
		perform set_config('role', 'crm_channel', true);
		perform api.channel_enter('kid-' || who, 'test');
	else
		perform set_config('role', 'crm_officer', true);
		perform api.session_enter(sha256(convert_to(who, 'UTF8')),
		    array['officer', 'supervisor', 'triage', 'validator',
		    'privacy', 'admin'], 'test');
	end if;
end
$$;

create function test.root() returns void language sql as $$
	select set_config('role', 'none', true)
$$;

-- What a statement ends in: ok, or SQLSTATE, column and constraint.
create function test.outcome(statement text) returns text
language plpgsql as $$
declare
	place text;
	code text;
	state text;
begin
	execute statement;
	return 'ok';
exception when others then
	get stacked diagnostics state = returned_sqlstate,
	    place = column_name, code = constraint_name;
	return concat_ws(' ', state, nullif(place, ''), nullif(code, ''));
end
$$;

-- A report of the channel that the viewer is.
create function test.report(visibility text default 'private',
    lat float8 default -6.218512, lng float8 default 106.908136,
    description text default 'Lubang besar di depan pasar',
    key text default null, request text default 'same', photos int default 2)
returns api.report_row
language sql as $$
	select a.report
	from api.report_add(sha256(convert_to(key, 'UTF8')),
	    sha256(convert_to(request, 'UTF8')), gen_random_uuid(), visibility,
	    'jalan', description, description, lat, lng, 5, 'Jalan Mawar', null,
	    'ref-1', 'epoch-1', '\x0102', '\x0304',
	    array(select gen_random_uuid() from generate_series(1, photos)),
	    array(select 'full-' || n from generate_series(1, photos) n),
	    array(select 'thumb-' || n from generate_series(1, photos) n),
	    array(select 100 + n from generate_series(1, photos) n),
	    array(select 200 + n from generate_series(1, photos) n),
	    visibility = 'private') a
$$;

-- What a step of this type brings with it at least.
create function test.body(type text) returns jsonb
language sql as $$
	select jsonb_strip_nulls(jsonb_build_object(
	    'text', case when type in ('reply', 'follow_up', 'progress', 'ask',
		'reject', 'appeal', 'answer', 'reopen') then 'Sudah beres' end,
	    'note', case when type = 'note' then 'Catatan rahasia' end,
	    'reason', case when type = 'reject' then 'spam'
		when type in ('refuse_work', 'second_refuse', 'hand_over',
		'dispose', 'return', 'schedule', 'refuse_schedule')
		then 'Belum rata' end,
	    'unit', (select u.id from crm.unit u where u.name = case type
		when 'route' then 'Kelurahan Klender'
		when 'hand_over' then 'Dinas Sumber Daya Air'
		when 'dispose' then
		'Suku Dinas Bina Marga Jakarta Timur' end),
	    'officer', case when type = 'assign' then test.id('bina') end,
	    'until', case when type = 'schedule'
		then crm.now() + interval '10 days' end,
	    'stars', case when type = 'rate' then 4 end,
	    'description', case when type = 'split' then 'Lampu juga mati' end,
	    'captured_at', case when type = 'follow_up' then crm.now() end,
	    'location', case when type = 'follow_up'
		then '{"lat": -6.2186, "lng": 106.9082}'::jsonb end))
$$;

-- A step of the viewer, with all the evidence it needs.
create function test.step(about uuid, type text, version int,
    key text default null, request text default 'same',
    body jsonb default null, photos int default null)
returns table (replayed boolean, event api.event_row, report api.report_row)
language plpgsql as $$
#variable_conflict use_variable
declare
	count constant int := coalesce(photos,
	    (type in ('follow_up', 'add_photos'))::int);
begin
	return query select a.*
	from api.event_add(sha256(convert_to(key, 'UTF8')),
	    sha256(convert_to(request, 'UTF8')), about::text, version, type,
	    coalesce(body, test.body(type)),
	    array(select gen_random_uuid() from generate_series(1, count)),
	    array_fill('proof-full'::text, array[count]),
	    array_fill('proof-thumb'::text, array[count]),
	    array_fill(300, array[count]), array_fill(400, array[count]),
	    '{}') a;
end
$$;

create function test.list(sort text default null, q text default null)
returns setof text
language sql as $$
	select l.ticket from api.report_list(null, null, null, null, null, null,
	    q, null, sort, null, null, 100) l
$$;

grant execute on all functions in schema test to public;

set role crm_owner;
select crm.channel_key_add(name, 'kid-' || name, 'ES256',
    '-----BEGIN PUBLIC KEY-----', name || '-issuer', 'crm')
from unnest(array['jaki', 'desk']) name;
reset role;

select test.account(who, role, unit)
from (values
    ('budi', 'officer', 'Kelurahan Klender'),
    ('bude', 'officer', 'Kelurahan Klender'),
    ('tuti', 'officer', 'Kelurahan Kebon Sirih'),
    ('lurah', 'supervisor', 'Kelurahan Klender'),
    ('camat', 'supervisor', 'Kecamatan Duren Sawit'),
    ('bina', 'officer', 'Dinas Bina Marga'),
    ('kadis', 'supervisor', 'Dinas Bina Marga'),
    ('dsda', 'officer', 'Dinas Sumber Daya Air'),
    ('sari', 'triage', 'Pusat Penyaringan CRM'),
    ('vina', 'validator', 'Biro Pemerintahan'),
    ('vale', 'validator', 'Kelurahan Klender'),
    ('priv', 'privacy', 'Kantor Pelindungan Data Pribadi'),
    ('admin', 'admin', 'Dinas Komunikasi, Informatika dan Statistik'))
    people (who, role, unit);

-- Deadlines must not depend on the day the tests run.
delete from crm.holiday;
