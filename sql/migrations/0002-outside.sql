-- Made by sql/compose from the files that sql/alter/0002-outside.list names.

-- alter/0002-start.sql
-- The outside world: what comes with it is in the files after this one.
--

comment on schema api is 'One function per operation; all the server calls.';

-- crm/sandbox.sql
create or replace function crm.sandbox() returns uuid
language sql immutable security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
	select '822f398a-05e8-db71-6586-37150b94b266'::uuid
$$;
comment on function crm.sandbox() is
    'The unit Sandbox. Reports of sandbox channels go there and nowhere else, and its circle is the only one that sees them, whatever the role.';
grant execute on function crm.sandbox() to crm_officer, crm_channel;

-- crm/viewer_in_sandbox.sql
create or replace function crm.viewer_in_sandbox() returns boolean
language plpgsql stable security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
	return coalesce(crm.viewer_unit() = crm.sandbox(), false);
end
$$;
comment on function crm.viewer_in_sandbox() is
    'Whether the viewer works in the sandbox, where real reports do not exist.';
grant execute on function crm.viewer_in_sandbox() to crm_officer, crm_channel;

-- alter/0002-keys.sql
-- Limits of channels, and channels to try things out with.
--

alter table crm.channel
	add column is_sandbox boolean not null default false,
	add column reads_per_minute int not null default 6000,
	add column writes_per_minute int not null default 1200,
	add constraint channel_reads_sane
	    check (reads_per_minute between 1 and 1000000),
	add constraint channel_writes_sane
	    check (writes_per_minute between 1 and 1000000);
comment on column crm.channel.is_sandbox is
    'plain: for trying out; its reports never meet real ones';
comment on column crm.channel.reads_per_minute is
    'plain: how many reads a minute are answered';
comment on column crm.channel.writes_per_minute is
    'plain: how many writes a minute are answered';
create policy channel_admin_add on crm.channel for insert
    to crm_officer with check ((select crm.viewer_role()) = 'admin');
create policy channel_admin_edit on crm.channel for update
    to crm_officer using ((select crm.viewer_role()) = 'admin')
    with check ((select crm.viewer_role()) = 'admin');
grant insert (id, name, title, is_geotagged, is_sandbox, reads_per_minute,
    writes_per_minute),
    update (title, is_active, reads_per_minute, writes_per_minute)
    on crm.channel to crm_officer;

alter table crm.channel_key
	add column id uuid not null default pg_catalog.gen_random_uuid();
comment on column crm.channel_key.id is
    'plain: what the audit log calls it';
create policy channel_key_admin on crm.channel_key for select
    to crm_officer using ((select crm.viewer_role()) = 'admin');
create policy channel_key_admin_add on crm.channel_key for insert
    to crm_officer with check ((select crm.viewer_role()) = 'admin');
create policy channel_key_admin_retire on crm.channel_key for update
    to crm_officer using ((select crm.viewer_role()) = 'admin')
    with check ((select crm.viewer_role()) = 'admin');
grant select, insert (kid, channel_id, slot, alg, public_key, issuer,
    audience, added_at, id), update (retired_at)
    on crm.channel_key to crm_officer;

-- Their results and parameters change.
drop function api.channel_keys();
drop function api.channel_list();
drop function crm.channel_add(text, text, boolean);

-- api/channel_keys.sql
create or replace function api.channel_keys()
returns table (kid text, alg text, public_key text, issuer text,
    audience text, channel_id uuid, reads_per_minute int,
    writes_per_minute int)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select k.kid, k.alg, k.public_key, k.issuer, k.audience,
	    c.id, c.reads_per_minute, c.writes_per_minute
	from crm.channel_key k
	join crm.channel c on c.id = k.channel_id
	where k.retired_at is null and c.is_active
	order by k.kid
$$;
comment on function api.channel_keys() is
    'Public keys that tokens may be signed with, and how many requests their channels may make.';
grant execute on function api.channel_keys() to crm_channel;

-- crm/channel_add.sql
create or replace function crm.channel_add(name text, title text, is_geotagged boolean,
    is_sandbox boolean default false)
returns uuid
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
	new_id constant uuid := gen_random_uuid();
begin
	insert into crm.channel (id, name, title, is_geotagged, is_sandbox)
	values (new_id, name, title, is_geotagged, is_sandbox)
	on conflict on constraint channel_name_key do nothing;
	if not found then
		raise exception 'there is a channel of this name'
		    using errcode = 'CR422', column = '/code',
		    constraint = 'duplicate';
	end if;
	perform crm.audit_add('channel_add', null, new_id);
	return new_id;
end
$$;
comment on function crm.channel_add(text, text, boolean, boolean) is
    'Adds a channel; whether it is a sandbox is said here and never changes.';
grant execute on function crm.channel_add(text, text, boolean, boolean)
    to crm_officer;

-- crm/channel_edit.sql
create or replace function crm.channel_edit(channel uuid, new_title text,
    new_active boolean, new_reads int, new_writes int)
returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	old crm.channel;
begin
	select * into old from crm.channel c where c.id = channel for update;
	if not found then
		raise exception 'no such channel' using errcode = 'CR404';
	end if;
	update crm.channel c
	set title = coalesce(new_title, old.title),
	    is_active = coalesce(new_active, old.is_active),
	    reads_per_minute = coalesce(new_reads, old.reads_per_minute),
	    writes_per_minute = coalesce(new_writes, old.writes_per_minute)
	where c.id = channel;
	if new_active <> old.is_active then
		perform crm.audit_add(case when new_active
		    then 'channel_resume' else 'channel_suspend' end, null,
		    channel);
	end if;
	if new_title <> old.title or new_reads <> old.reads_per_minute
	    or new_writes <> old.writes_per_minute then
		perform crm.audit_add('channel_change', null, channel);
	end if;
end
$$;
comment on function crm.channel_edit(uuid, text, boolean, int, int) is
    'Changes what is not null; a channel that is not active is refused with its very next request. CR404 for an unknown one.';
grant execute on function crm.channel_edit(uuid, text, boolean, int, int)
    to crm_officer;

-- crm/channel_key_add.sql
create or replace function crm.channel_key_add(channel_name text, kid text, alg text,
    public_key text, issuer text, audience text)
returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
	channel uuid;
	free smallint;
	new_id constant uuid := gen_random_uuid();
begin
	-- The lock makes two adds take turns.
	select c.id into channel from crm.channel c where c.name = channel_name
	for update;
	if not found then
		raise exception 'no such channel'
		    using errcode = 'CR422', column = '/channel',
		    constraint = 'unknown';
	end if;
	-- A set of keys brings along those that are there.
	perform from crm.channel_key k
	where (k.kid, k.channel_id, k.alg, k.public_key, k.issuer, k.audience)
	    = (kid, channel, alg, public_key, issuer, audience)
	and k.retired_at is null;
	if found then
		return;
	end if;
	select slot into free
	from (values (1::smallint), (2::smallint)) s (slot)
	where not exists (select from crm.channel_key k
	    where k.channel_id = channel and k.slot = s.slot
	    and k.retired_at is null)
	order by slot limit 1;
	if not found and not exists (select from crm.channel_key k
	    where k.kid = kid) then
		raise exception 'the channel has two active keys'
		    using errcode = 'CR422', constraint = 'two_active_keys';
	end if;
	insert into crm.channel_key (kid, channel_id, slot, alg, public_key,
	    issuer, audience, added_at, id)
	select kid, channel, free, alg, public_key, issuer, audience,
	    crm.now(), new_id
	where free is not null
	on conflict on constraint channel_key_pkey do nothing;
	if not found then
		raise exception 'the key id was used before'
		    using errcode = 'CR422', constraint = 'used_before';
	end if;
	perform crm.audit_add('key_add', null, new_id);
end
$$;
comment on function crm.channel_key_add(text, text, text, text, text, text) is
    'Registers a public key of a channel; at most two are active. The same once more changes nothing; a key id is for one key for good.';
grant execute
    on function crm.channel_key_add(text, text, text, text, text, text)
    to crm_officer;

-- crm/channel_key_retire.sql
create or replace function crm.channel_key_retire(kid text) returns boolean
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	retired uuid;
begin
	update crm.channel_key k set retired_at = crm.now()
	where k.kid = channel_key_retire.kid and k.retired_at is null
	returning k.id into retired;
	if not found then
		return false;
	end if;
	perform crm.audit_add('key_retire', null, retired);
	return true;
end
$$;
comment on function crm.channel_key_retire(text) is
    'Refuses a key from now on; false if there is no such active key.';
grant execute on function crm.channel_key_retire(text) to crm_officer;

-- crm/channel_rows.sql
create or replace function crm.channel_rows(one uuid default null)
returns table (code text, name text, id uuid, active boolean, sandbox boolean,
    geotagged boolean, reads_per_minute int, writes_per_minute int, keys int)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select c.name, c.title, c.id, c.is_active, c.is_sandbox,
	    c.is_geotagged, c.reads_per_minute, c.writes_per_minute,
	    (select count(*)::int from crm.channel_key k
	    where k.channel_id = c.id and k.retired_at is null)
	from crm.channel c where one is null or c.id = one
$$;
comment on function crm.channel_rows(uuid) is
    'Channels as the API tells of them, all or one; what only admins are told is for the API to leave out.';
grant execute on function crm.channel_rows(uuid) to crm_officer;

-- api/channel_list.sql
create or replace function api.channel_list()
returns table (code text, name text, id uuid, active boolean, sandbox boolean,
    geotagged boolean, reads_per_minute int, writes_per_minute int, keys int)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select r.* from crm.channel_rows() r
	where crm.viewer_role() = 'admin' or (r.active
	and r.code not in ('jaki', 'open311')
	and r.sandbox = crm.viewer_in_sandbox())
	order by r.name
$$;
comment on function api.channel_list() is
    'All channels for an admin; for triage those whose reports a desk officer keys in.';
grant execute on function api.channel_list() to crm_officer;

-- api/channel_add.sql
create or replace function api.channel_add(new_code text, new_name text,
    new_geotagged boolean, new_sandbox boolean, new_reads int, new_writes int)
returns table (code text, name text, id uuid, active boolean, sandbox boolean,
    geotagged boolean, reads_per_minute int, writes_per_minute int, keys int)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
	channel uuid;
begin
	-- Sent again, it is answered as it is.
	select c.id into channel from crm.channel c
	where (c.name, c.title, c.is_geotagged, c.is_sandbox)
	    = (new_code, new_name, new_geotagged, new_sandbox)
	and c.reads_per_minute = coalesce(new_reads, c.reads_per_minute)
	and c.writes_per_minute = coalesce(new_writes, c.writes_per_minute);
	if not found then
		channel := crm.channel_add(new_code, new_name, new_geotagged,
		    new_sandbox);
		perform crm.channel_edit(channel, null, null, new_reads,
		    new_writes);
	end if;
	return query select r.* from crm.channel_rows(channel) r;
end
$$;
comment on function api.channel_add(text, text, boolean, boolean, int, int) is
    'Adds a channel; the same once more changes nothing. CR422 when the code is taken.';
grant execute
    on function api.channel_add(text, text, boolean, boolean, int, int)
    to crm_officer;

-- api/channel_edit.sql
create or replace function api.channel_edit(channel uuid, new_name text,
    new_active boolean, new_reads int, new_writes int)
returns table (code text, name text, id uuid, active boolean, sandbox boolean,
    geotagged boolean, reads_per_minute int, writes_per_minute int, keys int)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
	perform crm.channel_edit(channel, new_name, new_active, new_reads,
	    new_writes);
	return query select r.* from crm.channel_rows(channel) r;
end
$$;
comment on function api.channel_edit(uuid, text, boolean, int, int) is
    'Changes what is not null of a channel. CR404 for an unknown one.';
grant execute on function api.channel_edit(uuid, text, boolean, int, int)
    to crm_officer;

-- api/key_list.sql
create or replace function api.key_list(channel uuid)
returns table (id text, alg text, issuer text, audience text, public_key text,
    added_at timestamptz, retired_at timestamptz)
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
	perform from crm.channel c where c.id = channel;
	if not found then
		raise exception 'no such channel' using errcode = 'CR404';
	end if;
	return query
	select k.kid, k.alg, k.issuer, k.audience, k.public_key, k.added_at,
	    k.retired_at
	from crm.channel_key k where k.channel_id = channel
	order by k.retired_at desc nulls first, k.added_at desc, k.kid;
end
$$;
comment on function api.key_list(uuid) is
    'Keys of a channel, those in use first. CR404 for an unknown channel.';
grant execute on function api.key_list(uuid) to crm_officer;

-- api/key_add.sql
create or replace function api.key_add(channel uuid, kids text[], algs text[],
    public_keys text[], new_issuer text, new_audience text)
returns table (id text, alg text, issuer text, audience text, public_key text,
    added_at timestamptz, retired_at timestamptz)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
	channel_name text;
begin
	select c.name into channel_name from crm.channel c
	where c.id = channel;
	if not found then
		raise exception 'no such channel' using errcode = 'CR404';
	end if;
	perform crm.channel_key_add(channel_name, k.kid, k.alg, k.pem,
	    new_issuer, new_audience)
	from unnest(kids, algs, public_keys) k (kid, alg, pem);
	return query select l.* from api.key_list(channel) l;
end
$$;
comment on function api.key_add(uuid, text[], text[], text[], text, text) is
    'Registers public keys of a channel, all or none, and tells all of its keys. CR404 for an unknown channel, CR422 for a third active key.';
grant execute
    on function api.key_add(uuid, text[], text[], text[], text, text)
    to crm_officer;

-- api/key_retire.sql
create or replace function api.key_retire(kid text) returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	if not crm.channel_key_retire(kid) then
		raise exception 'no such key' using errcode = 'CR404';
	end if;
end
$$;
comment on function api.key_retire(text) is
    'Refuses a key from now on. CR404 for one that is not in use.';
grant execute on function api.key_retire(text) to crm_officer;

-- alter/0002-acts.sql
-- What a channel may still do with its report.
--

drop function api.event_add(bytea, bytea, text, int, text, jsonb, uuid[],
    text[], text[], int[], int[], bigint[]);

-- Which members were given before is known to the vault alone.
alter table identity.sealed
	add column members text[] not null default '{}';
comment on column identity.sealed.members is
    'plain: which of these the reporter gave, by name';
grant insert (members) on identity.sealed to crm_channel;
drop function crm.identity_keep(uuid, text, bytea, bytea);
drop function api.report_add(bytea, bytea, uuid, text, text, text, text,
    float8, float8, float8, text, timestamptz, text, text, bytea, bytea, uuid[],
    text[], text[], int[], int[], boolean, text, bigint[]);

alter table crm.report add column erased_at timestamptz;
comment on column crm.report.erased_at is
    'plain: when its reporter had it erased; words and place are gone then';
grant select (erased_at) on crm.report to crm_channel;

insert into crm.event_type (type, is_told, by_channel, by_system) values
('add_photos', true, true, false),
('forget', true, true, false),
('erase', true, true, false);

insert into crm.event_rule (type, role, from_status, to_status, who, must, may,
    photo_min, photo_max, clock, hears, can_undo)
select 'add_photos', 'channel', s.status, s.status, 'own', '{}', '{text}',
    1, 5, 'keep', '{holder,officer}', false
from unnest(array['incoming', 'waiting', 'coordination', 'disposition',
    'in_progress', 'scheduled', 'awaiting_validation', 'followup_rejected'])
    s (status);

insert into crm.event_rule (type, role, from_status, to_status, who, must, may,
    photo_min, photo_max, clock, hears, can_undo)
select 'forget', 'channel', s.status, s.status, 'own', '{}'::text[],
    '{}'::text[], 0, 0, 'keep', '{}'::text[], false
from unnest(crm.status_list()) s (status)
union all
select 'erase', 'channel', s.status,
    case when s.is_over then s.status else 'rejected' end, 'own', '{}', '{}',
    0, 0, case when s.is_over then 'keep' else 'stop' end,
    '{holder,officer}', false
from (select l.status, l.status in ('completed', 'rejected', 'merged')
    from unnest(crm.status_list()) l (status)) s (status, is_over);

-- A merged report can be withdrawn, and what a second check refused is told.
grant update (main_id) on crm.report to crm_channel;
insert into crm.event_rule (type, role, from_status, to_status, who, must, may,
    photo_min, photo_max, clock, hears, can_undo)
values ('withdraw', 'channel', 'merged', 'rejected', 'own', '{}', '{text}',
    0, 0, 'stop', '{}', false);
update crm.event_type set is_told = true where type = 'second_refuse';
update crm.event_rule set hears = '{reporter,holder,officer,validator}'
where type = 'second_refuse';

-- schema/photo_key.sql
-- Keys of photos that were sealed after their report was taken in, each under a
-- key of its own. Photos without a row here are sealed with the key of the
-- report (identity.sealed).
--

create table identity.photo_key (
	photo_id uuid not null,
	epoch text not null,
	wrapped_key bytea not null,
	constraint photo_key_pkey primary key (photo_id),
	constraint photo_key_photo_fkey foreign key (photo_id)
	    references crm.photo (id) on delete cascade
);
comment on table identity.photo_key is 'Keys of photos sealed later.';
comment on column identity.photo_key.photo_id is 'plain: the photo';
comment on column identity.photo_key.epoch is 'plain: which vault key it needs';
comment on column identity.photo_key.wrapped_key is
    'identity: the photo''s key, sealed to the vault as photo:<id>';

alter table identity.photo_key enable row level security;
alter table identity.photo_key force row level security;
create policy photo_key_owner on identity.photo_key to crm_owner
    using (true) with check (true);
create policy photo_key_read on identity.photo_key for select
    to crm_vault using (true);
grant select on identity.photo_key to crm_vault;

-- crm/photo_add_later.sql
create or replace function crm.photo_add_later(report uuid, ids uuid[],
    full_names text[], thumb_names text[], widths int[], heights int[],
    epoch text, keys bytea[])
returns void
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
declare
	level text;
	count int;
	last int;
begin
	select r.visibility into level
	from crm.report_key k
	join crm.report r on r.id = k.id and r.received_at = k.received_at
	where k.id = report and r.channel_id = crm.viewer_channel();
	if not found then
		raise exception 'no such report' using errcode = 'CR404';
	end if;
	-- They were sealed, or not, by what the report was a moment ago.
	if (level = 'private') <> (epoch is not null) then
		raise exception 'changed meanwhile' using errcode = 'CR412';
	end if;
	select count(*), coalesce(max(p.place), 0) into count, last
	from crm.photo p
	where p.report_id = report and p.kind = 'report';
	if count + cardinality(ids) > 5 then
		perform crm.step_refuse('photos', 'too_many');
	end if;
	insert into crm.photo (id, report_id, kind, place, file_full,
	    file_thumb, width, height, is_sealed)
	select p.id, report, 'report', last + p.place, p.full_name,
	    p.thumb_name, p.width, p.height, epoch is not null
	from unnest(ids, full_names, thumb_names, widths, heights)
	    with ordinality p (id, full_name, thumb_name, width, height, place);
	insert into identity.photo_key (photo_id, epoch, wrapped_key)
	select k.id, epoch, k.wrapped_key
	from unnest(ids, keys) k (id, wrapped_key)
	where epoch is not null;
end
$$;
comment on function crm.photo_add_later(uuid, uuid[], text[], text[], int[],
    int[], text, bytea[]) is
    'Stores photos that a channel adds to its own report, five in all at most; CR412 when the report is no longer as private as they were taken for. Security definer because a channel may not read its photos, nor the keys of those that are sealed.';
grant execute on function crm.photo_add_later(uuid, uuid[], text[], text[],
    int[], int[], text, bytea[]) to crm_channel;

-- crm/report_now.sql
create or replace function crm.report_now(report uuid, received timestamptz)
returns crm.report
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
	found crm.report;
begin
	if crm.viewer_channel() is null then
		select r.* into found from crm.report r
		where r.id = report and r.received_at = received;
		return found;
	end if;
	select r.id, r.received_at, r.ticket, r.channel_id, r.visibility,
	    r.status, r.version, r.category_code, r.lat, r.lng,
	    r.kelurahan_code, r.unit_id, r.unit_ids, r.due_at, r.asked_at,
	    r.left_seconds, r.reopened, r.me_too, r.stars, r.completed_at,
	    r.reason_code, r.main_id, r.merged, r.erased_at
	into found.id, found.received_at, found.ticket, found.channel_id,
	    found.visibility, found.status, found.version, found.category_code,
	    found.lat, found.lng, found.kelurahan_code, found.unit_id,
	    found.unit_ids, found.due_at, found.asked_at, found.left_seconds,
	    found.reopened, found.me_too, found.stars, found.completed_at,
	    found.reason_code, found.main_id, found.merged, found.erased_at
	from crm.report r
	where r.id = report and r.received_at = received;
	return found;
end
$$;
comment on function crm.report_now(uuid, timestamptz) is
    'The report, null when there is none. A channel gets no more of it than it may read.';
grant execute on function crm.report_now(uuid, timestamptz)
    to crm_officer, crm_channel;

-- crm/step_told.sql
create or replace function crm.step_told(after crm.report, type text, body jsonb)
returns crm.report
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	case type
	when 'appeal' then
		after := crm.step_appeal(after);
	when 'answer' then
		after.asked_at := null;
	when 'rate' then
		after.stars := (body ->> 'stars')::numeric;
	when 'reopen' then
		after.reopened := after.reopened + 1;
	when 'me_too' then
		after.me_too := after.me_too + 1;
	when 'make_private' then
		after.visibility := 'private';
	when 'make_public' then
		after.visibility := 'public';
	when 'withdraw' then
		after.reason_code := 'withdrawn';
	when 'erase' then
		-- What was rejected before keeps its reason.
		after.reason_code := coalesce(after.reason_code, 'withdrawn');
	else
		null;
	end case;
	return after;
end
$$;
comment on function crm.step_told(crm.report, text, jsonb) is
    'The report after a step of its channel.';
grant execute on function crm.step_told(crm.report, text, jsonb) to crm_channel;

-- crm/steps_shut.sql
-- One call for all steps of a report: each report that is opened asks for them.
--

create or replace function crm.steps_shut(report crm.report) returns text[]
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
	at constant timestamptz := crm.now();
	since constant timestamptz := at - interval '15 seconds';
	shut text[] := array[
	    case when report.asked_at is null then 'answer' end,
	    case when report.reason_code = 'withdrawn' then 'appeal' end,
	    case when (report.completed_at >= at - interval '30 days')
		is not true then 'reopen' end,
	    case when report.schedule_until is null
		then 'approve_schedule' end,
	    case when report.schedule_until is null
		then 'refuse_schedule' end];
begin
	-- Nobody goes on with what is empty, and nothing is left to erase.
	if report.erased_at is not null then
		return array(select r.type from crm.event_rule r
		    where r.role = 'channel')
		    || '{undo,unmerge,second_refuse}'::text[];
	end if;
	-- Nearly always it is too late to undo. Two questions, since the second
	-- costs a look at every month even where the first has answered.
	if report.changed_at < since then
		shut := shut || 'undo'::text;
	elsif not exists (
		select from crm.event e
		join crm.event_rule r on r.type = e.type
		    and r.role = crm.viewer_role()
		    and r.from_status = e.from_status
		where e.report_id = report.id and e.version = report.version
		and e.by_unit_id is not null and e.at >= since
		and r.can_undo) then
		shut := shut || 'undo'::text;
	end if;
	return array_remove(shut, null);
end
$$;
comment on function crm.steps_shut(crm.report) is
    'The steps that are not possible now although the status allows them: no question is open, no date is wished for, it is too late, it was erased. Ten seconds are given to undo, and five to arrive.';
grant execute on function crm.steps_shut(crm.report)
    to crm_officer, crm_channel;

-- crm/main_step.sql
create or replace function crm.main_step(main uuid, event uuid) returns void
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
declare
	at constant timestamptz := crm.now();
	step record;
	own crm.report;
	is_over boolean;
	one crm.report;
	after crm.report;
	told uuid;
begin
	-- Only of what this transaction does itself.
	select e.type, e.text, t.is_told and not t.by_channel as is_told,
	    e.from_status is distinct from e.to_status as is_moved
	into step
	from crm.event e join crm.event_type t on t.type = e.type
	where e.id = event and e.at = at and e.report_id = main;
	if not found then
		raise exception 'no such event' using errcode = 'CR404';
	end if;
	select r.* into own from crm.report_key k
	join crm.report r on r.id = k.id and r.received_at = k.received_at
	where k.id = main;
	is_over := own.status = 'rejected';
	if not step.is_told and not is_over then
		-- Each of them shows the status of the main one.
		if step.is_moved then
			update crm.report r set updated_at = at
			where r.main_id = main and r.status = 'merged';
		end if;
		return;
	end if;
	for one in
		select r.* from crm.report r
		where r.main_id = main and r.status = 'merged'
		order by r.id for update
	loop
		after := one;
		if is_over then
			after := crm.step_unmerge(one);
			if one.erased_at is not null then
				after.status := 'rejected';
				after.reason_code := 'withdrawn';
				after.due_at := null;
			end if;
			after := crm.step_tidy(after);
		end if;
		after.version := one.version + 1;
		after.changed_at := at;
		perform crm.report_store(one, after);
		told := gen_random_uuid();
		insert into crm.event (id, at, report_id, type, version, text,
		    from_status, to_status, step)
		values (told, at, one.id, 'main_step', after.version,
		    case when step.type = 'follow_up'
			and own.visibility = 'public' then step.text end,
		    case when is_over then 'merged' end,
		    case when is_over then after.status
			else own.status end,
		    case when is_over then 'unmerge'
			else step.type end);
		perform crm.notice_add(one.id, told, 'main_step',
		    case when is_over
			then array['reporter', 'holder', 'officer']
			else array['reporter'] end, one.unit_id);
	end loop;
end
$$;
comment on function crm.main_step(uuid, uuid) is
    'Tells the reports merged into this one of a step of it: what happened and the status, in words only what was said of a public report at follow-up. Once the main report is rejected or withdrawn they are what they were before they were merged. Security definer because a step reaches reports that its doer must not see.';
grant execute on function crm.main_step(uuid, uuid)
    to crm_officer, crm_channel;

-- crm/main_hold.sql
create or replace function crm.main_hold(report uuid) returns void
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
declare
	main record;
begin
	select m.id, m.received_at into main
	from crm.report_key k
	join crm.report r on r.id = k.id and r.received_at = k.received_at
	join crm.report_key m on m.id = r.main_id
	where k.id = report and r.channel_id = crm.viewer_channel();
	if found then
		perform from crm.report r
		where r.id = main.id and r.received_at = main.received_at
		for update;
	end if;
end
$$;
comment on function crm.main_hold(uuid) is
    'Holds the report that a report of the viewer''s channel is merged into. Security definer because that may be another channel''s, and nothing of it comes out.';
grant execute on function crm.main_hold(uuid) to crm_channel;

-- crm/merge_lock.sql
create or replace function crm.merge_lock(step text, report uuid, reference text)
returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	key record;
begin
	if step = 'withdraw' and crm.viewer_channel() is not null then
		perform crm.main_hold(report);
		return;
	end if;
	if step not in ('merge', 'unmerge', 'undo')
	    or crm.viewer_role() is distinct from 'triage' then
		return;
	end if;
	-- A step of a main report holds that one and then those merged into it;
	-- so must whoever takes one in or out. Two that are merged into each other
	-- are held in the order of their ids.
	for key in
		select k.id, k.received_at from crm.report_find(reference) k
		where step = 'merge'
		union all
		select k.id, k.received_at from crm.report_key k
		where k.id = report and step = 'merge'
		union all
		select m.id, m.received_at from crm.report r
		join crm.report_key k
		on k.id = r.id and k.received_at = r.received_at
		join crm.report_key m on m.id = r.main_id
		where k.id = report and step <> 'merge'
		order by id
	loop
		perform crm.report_lock(key.id, key.received_at);
	end loop;
end
$$;
comment on function crm.merge_lock(text, uuid, text) is
    'Holds the main report before the one that is taken into it or out of it.';
grant execute on function crm.merge_lock(text, uuid, text) to crm_officer, crm_channel;

-- crm/report_step.sql
create or replace function crm.report_step(was crm.report, after crm.report)
returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
begin
	if crm.viewer_channel() is not null then
		update crm.report r
		set visibility = after.visibility, status = after.status,
		    version = after.version, unit_id = after.unit_id,
		    unit_ids = after.unit_ids, changed_at = after.changed_at,
		    due_at = after.due_at, asked_at = after.asked_at,
		    left_seconds = after.left_seconds, reopened = after.reopened,
		    me_too = after.me_too, stars = after.stars,
		    completed_at = after.completed_at,
		    reason_code = after.reason_code, main_id = after.main_id
		where r.id = was.id and r.received_at = was.received_at;
		-- What a channel cannot read it can only set.
		if after.held_for is not null then
			update crm.report r
			set held_for = after.held_for, officer_id = null
			where r.id = was.id and r.received_at = was.received_at;
		end if;
		return;
	end if;
	perform crm.report_store(was, after);
end
$$;
comment on function crm.report_step(crm.report, crm.report) is
    'Stores what a step made of a report.';
grant execute on function crm.report_step(crm.report, crm.report)
    to crm_officer, crm_channel;

-- crm/event_rule_find.sql
create or replace function crm.event_rule_find(step text, was crm.report, if_version int)
returns crm.event_rule
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	rule crm.event_rule;
	viewer_role constant text := crm.viewer_role();
begin
	if not exists (select from crm.event_rule e where e.type = step) then
		raise exception 'no such type'
		    using errcode = 'CR422', column = '/type',
		    constraint = 'unknown';
	end if;
	if not exists (select from crm.event_rule e
	    where e.type = step and e.role = viewer_role) then
		raise exception 'not for this role' using errcode = 'CR403';
	end if;
	if if_version is null then
		raise exception 'no version' using errcode = 'CR428';
	end if;
	-- That another one says the same takes nothing from what an officer saw.
	if if_version > was.version or if_version < was.version
	    and (viewer_role = 'channel' or (select count(*) from crm.event e
	    where e.report_id = was.id and e.version > if_version
	    and e.type = 'me_too') < was.version - if_version) then
		raise exception 'changed meanwhile' using errcode = 'CR412';
	end if;
	select e.* into rule from crm.event_rule e
	where e.type = step and e.role = viewer_role
	and e.from_status = was.status;
	if not found or step = any (crm.steps_shut(was)) then
		raise exception 'not in this status'
		    using errcode = 'CR409', constraint = was.status;
	end if;
	if crm.viewer_is(rule.who, was) is not true then
		raise exception 'not for this unit' using errcode = 'CR403';
	end if;
	return rule;
end
$$;
comment on function crm.event_rule_find(text, crm.report, int) is
    'The rule by which the viewer may take this step now, else CR403, CR409, CR412, CR422 or CR428.';
grant execute on function crm.event_rule_find(text, crm.report, int)
    to crm_officer, crm_channel;

-- crm/report_forget.sql
create or replace function crm.report_forget(report uuid) returns void
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
begin
	if not exists (select from crm.report_key k
	    join crm.report r on r.id = k.id and r.received_at = k.received_at
	    where k.id = report and r.channel_id = crm.viewer_channel()) then
		raise exception 'no such report' using errcode = 'CR404';
	end if;
	-- With its keys a seal is noise, in every backup that follows.
	delete from identity.sealed s where s.report_id = report;
	delete from identity.photo_key k using crm.photo p
	where p.id = k.photo_id and p.report_id = report;
	delete from crm.report_origin o where o.report_id = report;
end
$$;
comment on function crm.report_forget(uuid) is
    'Destroys who reported: the sealed identity with its key, the keys of sealed photos, the channel''s reference. Security definer because a channel may add those, and read or delete none.';
grant execute on function crm.report_forget(uuid) to crm_channel;

-- crm/report_erase.sql
create or replace function crm.report_erase(report uuid) returns void
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
begin
	perform crm.report_forget(report);
	-- Hashes and pairs go with the photos; files with the next sweep.
	delete from crm.photo p where p.report_id = report and p.kind = 'report';
	delete from crm.duplicate_hint h
	where h.report_id = report or h.other_id = report;
	update crm.event e set text = null
	where e.report_id = report and e.by_channel_id is not null;
	-- Proof is taken where the report points to.
	update crm.event e set lat = null, lng = null, accuracy_m = null
	where e.report_id = report and e.lat is not null;
	update crm.report_before b
	set lat = null, lng = null, accuracy_m = null, address = null
	where b.report_id = report;
	update crm.idempotency i
	set report = i.report || '{"description": "", "lat": null, "lng": null,'
	    ' "accuracy_m": null, "address": null, "occurred_at": null,'
	    ' "photo_id": [], "photo_width": [], "photo_height": [],'
	    ' "link_id": [], "link_ticket": []}'
	where i.report_id = report;
	update crm.report r
	set description = '', description_public = '', match_text = null,
	    address = null, lat = null, lng = null, accuracy_m = null,
	    occurred_at = null, erased_at = crm.now()
	from crm.report_key k
	where k.id = report and r.id = k.id and r.received_at = k.received_at;
end
$$;
comment on function crm.report_erase(uuid) is
    'Destroys what the reporter gave: identity, photos, words, place but for the kelurahan, and every copy of them. Security definer because a channel may change none of that.';
grant execute on function crm.report_erase(uuid) to crm_channel;

-- crm/erase_splits.sql
create or replace function crm.erase_splits(report uuid) returns void
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
declare
	at constant timestamptz := crm.now();
	one crm.report;
	after crm.report;
	told uuid;
begin
	for one in
		select r.* from crm.event e
		join crm.report_key k on k.id = e.into_id
		join crm.report r on r.id = k.id and r.received_at = k.received_at
		where e.report_id = report and e.type = 'split'
		and r.erased_at is null and r.channel_id = crm.viewer_channel()
		order by r.id for update of r
	loop
		after := one;
		if one.status not in ('completed', 'rejected', 'merged') then
			after.status := 'rejected';
			after.reason_code := 'withdrawn';
			after.due_at := null;
		end if;
		after := crm.step_tidy(after);
		after.version := one.version + 1;
		after.changed_at := at;
		perform crm.report_store(one, after);
		told := gen_random_uuid();
		insert into crm.event (id, at, report_id, type, version,
		    by_channel_id, from_status, to_status, reason_code)
		values (told, at, one.id, 'erase', after.version,
		    one.channel_id, one.status, after.status,
		    case when after.status <> one.status
			then after.reason_code end);
		perform crm.report_erase(one.id);
		if after.merged > 0 then
			perform crm.main_step(one.id, told);
		end if;
		perform crm.erase_splits(one.id);
	end loop;
end
$$;
comment on function crm.erase_splits(uuid) is
    'Erases what triage split off a report that is erased: it says part of the same, at the same place, and its channel does not know of it. Security definer because a channel may not see the split.';
grant execute on function crm.erase_splits(uuid) to crm_channel;

-- crm/report_held.sql
create or replace function crm.report_held(report uuid)
returns table (identity text[], photos int, received_by text)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
	select coalesce((select s.members from identity.sealed s
	    where s.report_id = report), '{}'),
	    (select count(*)::int from crm.photo p
	    where p.report_id = report and p.kind = 'report'),
	    c.name
	from crm.report_key k
	join crm.report r on r.id = k.id and r.received_at = k.received_at
	join crm.channel c on c.id = r.channel_id
	where k.id = report and r.channel_id = crm.viewer_channel()
$$;
comment on function crm.report_held(uuid) is
    'What is held of the reporter of a report of the viewer''s channel: the names of members, never what they say. Security definer because a channel may not look at seals and photos.';
grant execute on function crm.report_held(uuid) to crm_channel;

-- crm/identity_keep.sql
create or replace function crm.identity_keep(report uuid, epoch text, wrapped_key bytea,
    sealed bytea, members text[])
returns void
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
begin
	if crm.viewer_role() is distinct from 'triage' then
		raise exception 'not for this role' using errcode = 'CR403';
	end if;
	insert into identity.sealed (report_id, epoch, wrapped_key, sealed,
	    members)
	values (report, epoch, wrapped_key, sealed, members);
end
$$;
comment on function crm.identity_keep(uuid, text, bytea, bytea, text[]) is
    'Keeps the sealed identity of a report that a desk officer keyed in. Security definer so that the officers'' login has no grant in schema identity at all.';
grant execute on function crm.identity_keep(uuid, text, bytea, bytea, text[])
    to crm_officer;

-- api/report_add.sql
create or replace function api.report_add(key_hash bytea, request_hash bytea,
    report_id uuid, visibility text, category text, description text,
    description_public text, lat float8, lng float8, accuracy_m float8,
    address text, occurred_at timestamptz, channel_ref text, epoch text,
    wrapped_key bytea, sealed bytea, photo_ids uuid[], full_names text[],
    thumb_names text[], widths int[], heights int[], photos_sealed boolean,
    desk_channel text default null, hashes bigint[] default '{}',
    members text[] default '{}')
returns table (replayed boolean, report api.report_row)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
declare
	at constant timestamptz := crm.now();
	received constant uuid := gen_random_uuid();
	words constant text := crm.match_text(description);
	doer constant uuid := coalesce(crm.viewer_account(),
	    crm.viewer_channel());
	channel uuid;
	kept crm.idempotency;
	ticket text;
	goes record;
begin
	if key_hash is not null then
		kept := crm.idempotency_find(doer, key_hash, request_hash);
		if kept.report_id is not null then
			replayed := true;
			report := crm.report_again(kept);
			return next;
			return;
		end if;
	end if;
	perform crm.report_check(category, lat, lng);
	perform crm.happened_check(occurred_at);
	channel := crm.channel_find(desk_channel);
	ticket := crm.ticket_next(at);
	insert into crm.report_key (id, ticket, received_at)
	values (report_id, ticket, at);
	select r.* into goes from crm.report_route(report_id, channel, category,
	    description, words, lat, lng, at) r;
	insert into crm.report (id, received_at, ticket, channel_id, visibility,
	    status, version, category_code, description, description_public, lat,
	    lng, accuracy_m, address, kelurahan_code, unit_id, unit_ids,
	    occurred_at, changed_at, due_at, held_for, match_text)
	values (report_id, at, ticket, channel, visibility, goes.status, 1,
	    category, description, description_public, lat, lng, accuracy_m,
	    address, goes.kelurahan_code, goes.unit_id, array[goes.unit_id],
	    occurred_at, at, crm.due_at(goes.status, goes.unit_id, category, at),
	    goes.held_for, words);
	if channel_ref is not null then
		insert into crm.report_origin (report_id, channel_id, channel_ref)
		values (report_id, channel, channel_ref);
	end if;
	if sealed is not null and channel = doer then
		insert into identity.sealed (report_id, epoch, wrapped_key, sealed,
		    members)
		values (report_id, epoch, wrapped_key, sealed, members);
	elsif sealed is not null then
		perform crm.identity_keep(report_id, epoch, wrapped_key, sealed,
		    members);
	end if;
	if cardinality(photo_ids) > 0 then
		perform crm.photo_add(report_id, null, photo_ids, full_names,
		    thumb_names, widths, heights, photos_sealed);
		perform crm.proof_keep(report_id, null, photo_ids, hashes);
	end if;
	if channel = doer then
		insert into crm.event (id, at, report_id, type, version,
		    by_channel_id, to_status)
		values (received, at, report_id, 'received', 1, channel,
		    goes.status);
	else
		insert into crm.event (id, at, report_id, type, version,
		    by_unit_id, to_status)
		values (received, at, report_id, 'received', 1,
		    crm.viewer_unit(), goes.status);
		insert into crm.event_internal (event_id, report_id, by_account_id)
		values (received, report_id, crm.viewer_account());
	end if;
	-- A unit hears of what comes straight to it; triage has its queue, but
	-- an emergency is for 112 at once.
	if goes.status = 'waiting' then
		perform crm.notice_add(report_id, received, 'received',
		    '{holder}', goes.unit_id);
	elsif 'emergency' = any (goes.held_for) then
		perform crm.notice_add(report_id, received, 'received',
		    '{triage}', goes.unit_id);
	end if;
	perform crm.audit_add('report_add', report_id);

	replayed := false;
	select r.* into report from crm.report_get(report_id, at) r;
	if key_hash is not null then
		insert into crm.idempotency (owner_id, key_hash, request_hash,
		    report_id, report, added_at)
		values (doer, key_hash, request_hash, report_id,
		    to_jsonb(report), at);
	end if;
	return next;
end
$$;
comment on function api.report_add(bytea, bytea, uuid, text, text, text, text,
    float8, float8, float8, text, timestamptz, text, text, bytea, bytea, uuid[],
    text[], text[], int[], int[], boolean, text, bigint[], text[]) is
    'Takes in a report, of a channel or keyed in at the counter for one, in one transaction: filter, route, ticket, report, origin, identity, photos, event, audit, answer kept for retries.';
grant execute on function api.report_add(bytea, bytea, uuid, text, text, text, text,
    float8, float8, float8, text, timestamptz, text, text, bytea, bytea, uuid[],
    text[], text[], int[], int[], boolean, text, bigint[], text[]) to crm_officer, crm_channel;

-- api/event_add.sql
create or replace function api.event_add(key_hash bytea, request_hash bytea,
    reference text, if_version int, type text, body jsonb, photo_ids uuid[],
    full_names text[], thumb_names text[], widths int[], heights int[],
    hashes bigint[], epoch text default null, photo_keys bytea[] default '{}')
returns table (replayed boolean, event api.event_row, report api.report_row)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
declare
	at constant timestamptz := crm.now();
	step constant uuid := gen_random_uuid();
	doer constant uuid := coalesce(crm.viewer_account(),
	    crm.viewer_channel());
	key record;
	kept crm.idempotency;
	was crm.report;
	rule crm.event_rule;
	after crm.report;
begin
	select k.id, k.received_at into key from crm.report_find(reference) k;
	if not found then
		raise exception 'no such report' using errcode = 'CR404';
	end if;
	if key_hash is not null then
		kept := crm.idempotency_find(doer, key_hash, request_hash);
		if kept.report_id <> key.id then
			raise exception 'the key was used for another request'
			    using errcode = 'CR422', column = '/',
			    constraint = 'idempotency_key_reused';
		elsif kept.report_id is not null then
			replayed := true;
			event := crm.event_get(kept.event_id, kept.report_id);
			report := crm.report_again(kept);
			return next;
			return;
		end if;
	end if;

	-- One step at a time per report.
	perform crm.merge_lock(type, key.id, body ->> 'into');
	was := crm.report_lock(key.id, key.received_at);
	if was.id is null then
		raise exception 'no such report' using errcode = 'CR404';
	end if;
	rule := crm.event_rule_find(type, was, if_version);
	perform crm.event_check(rule, body, cardinality(photo_ids));
	after := crm.step_do(step, at, rule, was, body);
	perform crm.report_step(was, after);
	perform crm.event_step(step, at, rule, was, after, body);
	perform crm.notice_add(key.id, step, type, rule.hears, was.unit_id);
	if after.merged > 0 then
		perform crm.main_step(key.id, step);
	end if;
	if rule.type = 'add_photos' then
		perform crm.photo_add_later(key.id, photo_ids, full_names,
		    thumb_names, widths, heights, epoch, photo_keys);
		perform crm.proof_keep(key.id, null, photo_ids, hashes);
	elsif cardinality(photo_ids) > 0 then
		perform crm.photo_add(key.id, step, photo_ids, full_names,
		    thumb_names, widths, heights, false);
	end if;
	if rule.type in ('follow_up', 'progress') then
		perform crm.proof_keep(key.id, step, photo_ids, hashes);
	end if;
	case rule.type
	when 'forget' then
		perform crm.report_forget(key.id);
	when 'erase' then
		perform crm.report_erase(key.id);
		perform crm.erase_splits(key.id);
	else
		null;
	end case;
	perform crm.audit_add('event_' || type, key.id, step);

	replayed := false;
	event := crm.event_get(step, key.id);
	select r.* into report from crm.report_get(key.id, key.received_at) r;
	if key_hash is not null then
		insert into crm.idempotency (owner_id, key_hash, request_hash,
		    report_id, event_id, event_at, report, added_at)
		values (doer, key_hash, request_hash, key.id, step, at,
		    to_jsonb(report), at);
	end if;
	return next;
end
$$;
comment on function api.event_add(bytea, bytea, text, int, text, jsonb, uuid[],
    text[], text[], int[], int[], bigint[], text, bytea[]) is
    'One step of work as crm.event_rule allows it. CR404 not visible, CR403 role or unit, CR428 and CR412 version, CR409 status, CR422 evidence.';
grant execute on function api.event_add(bytea, bytea, text, int, text, jsonb,
    uuid[], text[], text[], int[], int[], bigint[], text, bytea[])
    to crm_officer, crm_channel;

-- api/report_export.sql
create or replace function api.report_export(reference text)
returns setof api.report_row
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
	key record;
begin
	select k.id, k.received_at into key from crm.report_find(reference) k;
	if not found then
		raise exception 'no such report' using errcode = 'CR404';
	end if;
	perform crm.audit_add('report_export', key.id);
	return query select r.* from crm.report_get(key.id, key.received_at) r;
end
$$;
comment on function api.report_export(text) is
    'One report for its reporter to have, with its audit entry. CR404 when the viewer may not see it.';
grant execute on function api.report_export(text) to crm_channel;

-- crm/opened.sql
create or replace function crm.opened(report uuid)
returns table (unit_id uuid, unit_name text, officer_id uuid,
    officer_name text, count int, last_at timestamptz)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
	channel constant uuid := crm.viewer_channel();
begin
	if channel is not null then
		return query
		select u.id, u.name, null::uuid, null::text, o.times,
		    null::timestamptz
		from (
			select e.unit_id, count(*)::int as times
			from audit.entry e
			where e.report_id = report and e.unit_id is not null
			and e.action in ('report_open', 'photo_open')
			and exists (select from crm.change c
			    where c.report_id = report and c.channel_id = channel)
			group by e.unit_id
		) o
		join crm.unit u on u.id = o.unit_id
		order by u.name, u.id;
	elsif crm.viewer_role() = 'supervisor' then
		return query
		select u.id, u.name, a.id, a.name, o.times, o.last
		from (
			select e.unit_id, e.account_id, count(*)::int as times,
			    max(e.at) as last
			from audit.entry e
			where e.report_id = report
			and e.unit_id = crm.viewer_unit()
			and e.action in ('report_open', 'photo_open')
			and exists (select from crm.inbox i
			    where i.report_id = report
			    and i.reader_id = any (crm.viewer_readers()))
			group by e.unit_id, e.account_id
		) o
		join crm.unit u on u.id = o.unit_id
		join crm.account a on a.id = o.account_id
		order by o.last desc, a.id;
	end if;
end
$$;
comment on function crm.opened(uuid) is
    'How often a report and its photos were opened: of its own report a channel learns the units, of one that lies with the unit or below it a supervisor the people of the own unit; all others nothing. Security definer because nobody reads the audit log.';
grant execute on function crm.opened(uuid) to crm_officer, crm_channel;

-- api/export_opened.sql
create or replace function api.export_opened(reference text)
returns table (unit_id uuid, unit_name text, count int)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select o.unit_id, o.unit_name, o.count
	from crm.report_find(reference) k
	cross join lateral crm.opened(k.id) o
$$;
comment on function api.export_opened(text) is
    'Which units opened a report, and how often, for its channel.';
grant execute on function api.export_opened(text) to crm_channel;

-- api/export_held.sql
create or replace function api.export_held(reference text)
returns table (identity text[], photos int, received_by text)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select h.identity, h.photos, h.received_by
	from crm.report_find(reference) k
	cross join lateral crm.report_held(k.id) h
$$;
comment on function api.export_held(text) is
    'What is held of a reporter besides the report itself.';
grant execute on function api.export_held(text) to crm_channel;

-- alter/0002-post.sql
-- What clients of Open311 send comes by a channel of its own. Categories are
-- services there, for anybody to read.
--

insert into crm.channel (id, name, title, is_geotagged, is_active)
values (md5('channel open311')::uuid, 'open311', 'Open311', true, true);

alter policy category_read on crm.category
    to crm_officer, crm_channel, crm_public;
grant select on crm.category to crm_public;

-- schema/service_attribute.sql
-- What a client of Open311 asks of a reporter beside the description, category
-- by category. The answers become lines of the description.
--

create table crm.service_attribute (
	category_code text not null,
	code text not null,
	position int not null,
	datatype text not null,
	is_variable boolean not null,
	is_required boolean not null,
	description text not null,
	description_en text not null,
	hint text,
	hint_en text,
	constraint service_attribute_pkey primary key (category_code, code),
	constraint service_attribute_position_key
	    unique (category_code, position),
	constraint service_attribute_category_fkey foreign key (category_code)
	    references crm.category (code),
	constraint service_attribute_code_is_plain
	    check (code ~ '^[a-z][a-z0-9_]{0,39}$'),
	constraint service_attribute_position_counts check (position > 0),
	constraint service_attribute_datatype_known check (datatype in ('string',
	    'number', 'datetime', 'text', 'singlevaluelist', 'multivaluelist')),
	constraint service_attribute_only_asked_is_required
	    check (is_variable or not is_required)
);
comment on table crm.service_attribute is
    'Questions of Open311 service definitions.';
comment on column crm.service_attribute.category_code is 'plain: the service';
comment on column crm.service_attribute.code is
    'plain: name of the attribute, of its category only';
comment on column crm.service_attribute.position is
    'plain: order in which they are asked, from 1';
comment on column crm.service_attribute.datatype is
    'plain: what may be answered, a word of GeoReport v2';
comment on column crm.service_attribute.is_variable is
    'plain: false: it only tells something, nothing is answered';
comment on column crm.service_attribute.is_required is
    'plain: no report without an answer';
comment on column crm.service_attribute.description is
    'plain: the question in Indonesian';
comment on column crm.service_attribute.description_en is
    'plain: the question in English';
comment on column crm.service_attribute.hint is
    'plain: how to answer, in Indonesian';
comment on column crm.service_attribute.hint_en is
    'plain: how to answer, in English';

alter table crm.service_attribute enable row level security;
alter table crm.service_attribute force row level security;
create policy service_attribute_owner on crm.service_attribute to crm_owner
    using (true) with check (true);
create policy service_attribute_read on crm.service_attribute for select
    to crm_channel, crm_public using (true);
grant select on crm.service_attribute to crm_channel, crm_public;

-- schema/service_value.sql
-- What may be chosen where an attribute is a list.
--

create table crm.service_value (
	category_code text not null,
	attribute_code text not null,
	key text not null,
	position int not null,
	name text not null,
	name_en text not null,
	constraint service_value_pkey
	    primary key (category_code, attribute_code, key),
	constraint service_value_position_key
	    unique (category_code, attribute_code, position),
	constraint service_value_attribute_fkey
	    foreign key (category_code, attribute_code)
	    references crm.service_attribute (category_code, code)
	    on delete cascade,
	constraint service_value_key_is_plain
	    check (key ~ '^[a-z0-9][a-z0-9_]{0,39}$'),
	constraint service_value_position_counts check (position > 0)
);
comment on table crm.service_value is
    'Choices of Open311 attributes that are lists.';
comment on column crm.service_value.category_code is 'plain: the service';
comment on column crm.service_value.attribute_code is 'plain: the attribute';
comment on column crm.service_value.key is 'plain: what is sent';
comment on column crm.service_value.position is 'plain: order, from 1';
comment on column crm.service_value.name is 'plain: what is read, Indonesian';
comment on column crm.service_value.name_en is 'plain: what is read, English';

alter table crm.service_value enable row level security;
alter table crm.service_value force row level security;
create policy service_value_owner on crm.service_value to crm_owner
    using (true) with check (true);
create policy service_value_read on crm.service_value for select
    to crm_channel, crm_public using (true);
grant select on crm.service_value to crm_channel, crm_public;

-- schema/channel_api_key.sql
-- Keys that clients of Open311 send as api_key: what a channel has there in
-- place of signed tokens. Only digests are kept; a key has 160 random bits
-- beside its name, so that nobody finds one from its digest. Two may be active
-- at once.
--

create table crm.channel_api_key (
	name text not null,
	channel_id uuid not null,
	slot smallint not null,
	digest bytea not null,
	added_at timestamptz not null,
	retired_at timestamptz,
	constraint channel_api_key_pkey primary key (name),
	constraint channel_api_key_digest_key unique (digest),
	constraint channel_api_key_channel_fkey foreign key (channel_id)
	    references crm.channel (id),
	constraint channel_api_key_slot_known check (slot in (1, 2)),
	constraint channel_api_key_name_is_plain
	    check (name ~ '^[a-z0-9]{8}$'),
	constraint channel_api_key_digest_whole
	    check (pg_catalog.octet_length(digest) = 32)
);
-- At most two active keys: an index holds even when two adds race.
create unique index channel_api_key_active_key
    on crm.channel_api_key (channel_id, slot) where retired_at is null;
comment on table crm.channel_api_key is 'Digests of the api_keys of channels.';
comment on column crm.channel_api_key.name is
    'plain: first part of the key, by which it is retired';
comment on column crm.channel_api_key.channel_id is 'plain: whose key';
comment on column crm.channel_api_key.slot is
    'plain: 1 or 2, of the active keys';
comment on column crm.channel_api_key.digest is 'secret: SHA-256 of the key';
comment on column crm.channel_api_key.added_at is 'plain: when it was made';
comment on column crm.channel_api_key.retired_at is
    'plain: from when on it is refused';

alter table crm.channel_api_key enable row level security;
alter table crm.channel_api_key force row level security;
create policy channel_api_key_owner on crm.channel_api_key to crm_owner
    using (true) with check (true);

-- crm/channel_api_key_add.sql
create or replace function crm.channel_api_key_add(channel_name text, name text,
    digest bytea)
returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
	channel uuid;
	free smallint;
begin
	-- The lock makes two adds take turns.
	select c.id into channel from crm.channel c where c.name = channel_name
	for update;
	if not found then
		raise exception 'no such channel'
		    using errcode = 'CR422', column = '/channel',
		    constraint = 'unknown';
	end if;
	select slot into free
	from (values (1::smallint), (2::smallint)) s (slot)
	where not exists (select from crm.channel_api_key k
	    where k.channel_id = channel and k.slot = s.slot
	    and k.retired_at is null)
	order by slot limit 1;
	if not found then
		raise exception 'the channel has two active keys'
		    using errcode = 'CR409', constraint = 'two_active_keys';
	end if;
	insert into crm.channel_api_key (name, channel_id, slot, digest,
	    added_at)
	values (name, channel, free, digest, crm.now());
end
$$;
comment on function crm.channel_api_key_add(text, text, bytea) is
    'Registers the digest of an api_key of a channel; at most two are active.';

-- crm/channel_api_key_retire.sql
create or replace function crm.channel_api_key_retire(channel_name text, name text)
returns boolean
language sql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
	with retired as (
		update crm.channel_api_key k set retired_at = crm.now()
		from crm.channel c
		where c.id = k.channel_id and c.name = channel_name
		and k.name = channel_api_key_retire.name
		and k.retired_at is null
		returning 1
	)
	select exists (select from retired)
$$;
comment on function crm.channel_api_key_retire(text, text) is
    'Refuses an api_key from now on; false if the channel has no such active key.';

-- crm/channel_api_key_find.sql
create or replace function crm.channel_api_key_find(wanted bytea)
returns table (id uuid, name text)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select c.id, c.name
	from crm.channel_api_key k
	join crm.channel c on c.id = k.channel_id
	where k.digest = wanted and k.retired_at is null and c.is_active
$$;
comment on function crm.channel_api_key_find(bytea) is
    'The channel of an active api_key, by the digest of the key.';

-- crm/channel_lines.sql
create or replace function crm.channel_lines()
returns table (name text, state text, kind text, reads text, writes text,
    keys text, title text)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select 'name', 'state', 'kind', 'reads', 'writes', 'keys', 'title'
	union all
	(select c.name,
	    case when c.is_active then 'active' else 'suspended' end,
	    case when c.is_sandbox then 'sandbox' else 'real' end,
	    c.reads_per_minute::text, c.writes_per_minute::text,
	    coalesce((select string_agg(k.name, ' ' order by k.name) from (
		select k.kid as name from crm.channel_key k
		where k.channel_id = c.id and k.retired_at is null
		union all
		select 'apikey:' || k.name from crm.channel_api_key k
		where k.channel_id = c.id and k.retired_at is null) k), '-'),
	    c.title
	from crm.channel c order by c.name)
$$;
comment on function crm.channel_lines() is
    'All channels as the command line prints them, under a line of names.';

-- api/apikey_check.sql
create or replace function api.apikey_check(digest bytea, source_hash bytea,
    request_id text)
returns table (is_known boolean, retry_after int, channel_id uuid,
    writes_per_minute int)
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
begin
	perform set_config('crm.request', coalesce(request_id, ''), true);
	select c.id, c.writes_per_minute into channel_id, writes_per_minute
	from crm.channel_api_key_find(digest) k
	join crm.channel c on c.id = k.id;
	is_known := found;
	retry_after := 0;
	-- A key cannot be guessed, so who has one is never made to wait for
	-- what others of its network try.
	if not is_known then
		retry_after := crm.throttle_try(
		    crm.throttle_key('apikey', source_hash), 20, 30);
	end if;
	return next;
end
$$;
comment on function api.apikey_check(bytea, bytea, text) is
    'Is this the digest of a key that may send, of which channel, and how often may that write? Wrong ones are counted by source: retry_after > 0 when there were too many. Security definer because no login reads secrets.';
grant execute on function api.apikey_check(bytea, bytea, text)
    to crm_channel;

-- api/apikey_enter.sql
create or replace function api.apikey_enter(digest bytea, request_id text)
returns table (channel_id uuid, name text)
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
	select k.id, k.name into channel_id, name
	from crm.channel_api_key_find(digest) k;
	if not found then
		raise exception 'no such key' using errcode = 'CR403';
	end if;
	perform set_config('crm.channel', channel_id::text, true),
	    set_config('crm.account', '', true),
	    set_config('crm.role', 'channel', true),
	    set_config('crm.unit', '', true),
	    set_config('crm.units', '', true),
	    set_config('crm.request', coalesce(request_id, ''), true);
	return next;
end
$$;
comment on function api.apikey_enter(bytea, text) is
    'Makes the channel of an active api_key the viewer of this transaction, else CR403 as GeoReport has it. Security definer because no login reads secrets.';
grant execute on function api.apikey_enter(bytea, text) to crm_channel;

-- api/service_open.sql
create or replace function api.service_open(wanted text, lang text)
returns table (service_code text, service_name text, code text, ordinal int,
    datatype text, variable boolean, required boolean, description text,
    datatype_description text, key text, name text)
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
	return query
	select c.code, c.name, a.code, a.position, a.datatype, a.is_variable,
	    a.is_required,
	    case lang when 'id' then a.description else a.description_en end,
	    case lang when 'id' then a.hint else a.hint_en end,
	    v.key, case lang when 'id' then v.name else v.name_en end
	from crm.category c
	left join crm.service_attribute a on a.category_code = c.code
	left join crm.service_value v on v.category_code = a.category_code
	    and v.attribute_code = a.code
	where c.code = wanted and c.is_active
	order by a.position, v.position;
	if not found then
		raise exception 'no such service' using errcode = 'CR404';
	end if;
end
$$;
comment on function api.service_open(text, text) is
    'Definition of a service: a row per choice of an attribute, or per attribute, or one without; CR404 when there is no such service.';
grant execute on function api.service_open(text, text)
    to crm_channel, crm_public;

-- seed/service_attribute.sql
-- What clients of Open311 ask for. Few are required: whoever stands in the
-- street in front of it sees them at a glance.
--

insert into crm.service_attribute (category_code, code, position, datatype,
    is_variable, is_required, description, description_en, hint, hint_en)
values
('jalan', 'kerusakan', 1, 'singlevaluelist', true, false,
    'Kerusakan apa?', 'What is damaged?', 'Pilih satu', 'Choose one'),
('jalan', 'kedalaman_cm', 2, 'number', true, false,
    'Seberapa dalam, kira-kira?', 'How deep is it, roughly?',
    'Dalam sentimeter', 'In centimetres'),
('jalan', 'dampak', 3, 'multivaluelist', true, false,
    'Siapa yang terganggu?', 'Who is affected?', 'Boleh lebih dari satu',
    'More than one may be chosen'),
('trotoar', 'masalah', 1, 'singlevaluelist', true, false,
    'Apa masalahnya?', 'What is the problem?', 'Pilih satu', 'Choose one'),
('trotoar', 'kursi_roda', 2, 'singlevaluelist', true, false,
    'Masih bisa dilewati kursi roda?', 'Can a wheelchair still pass?',
    'Pilih satu', 'Choose one'),
('penerangan_jalan', 'gangguan', 1, 'singlevaluelist', true, true,
    'Apa yang terjadi dengan lampunya?', 'What is wrong with the light?',
    'Pilih satu', 'Choose one'),
('penerangan_jalan', 'nomor_tiang', 2, 'string', true, false,
    'Nomor pada tiang', 'Number on the pole', 'Angka dan huruf pada pelat',
    'Digits and letters on its plate'),
('penerangan_jalan', 'sejak', 3, 'datetime', true, false,
    'Sejak kapan?', 'Since when?', 'Tanggal dan jam', 'Date and time'),
('pohon', 'keadaan', 1, 'singlevaluelist', true, true,
    'Bagaimana keadaan pohonnya?', 'What is the state of the tree?',
    'Pilih satu', 'Choose one'),
('pohon', 'bahaya', 2, 'multivaluelist', true, false,
    'Apa yang terancam atau tertimpa?', 'What is hit or in danger?',
    'Boleh lebih dari satu', 'More than one may be chosen'),
('sampah', 'jenis', 1, 'multivaluelist', true, false,
    'Sampah apa?', 'What kind of waste?', 'Boleh lebih dari satu',
    'More than one may be chosen'),
('sampah', 'banyaknya', 2, 'singlevaluelist', true, false,
    'Seberapa banyak?', 'How much?', 'Pilih satu', 'Choose one'),
('saluran_air', 'masalah', 1, 'singlevaluelist', true, false,
    'Apa masalahnya?', 'What is the problem?', 'Pilih satu', 'Choose one'),
('saluran_air', 'keterangan', 2, 'text', true, false,
    'Apa yang terlihat di saluran?', 'What can be seen in the channel?',
    'Beberapa kalimat', 'A few sentences'),
('banjir', 'darurat', 1, 'string', false, false,
    'Kalau ada orang dalam bahaya, hubungi 112 sekarang.',
    'If people are in danger, call 112 now.', null, null),
('banjir', 'tinggi_cm', 2, 'number', true, false,
    'Tinggi air', 'Depth of the water', 'Dalam sentimeter',
    'In centimetres'),
('banjir', 'sejak', 3, 'datetime', true, false,
    'Sejak kapan?', 'Since when?', 'Tanggal dan jam', 'Date and time'),
('parkir_liar', 'kendaraan', 1, 'multivaluelist', true, false,
    'Kendaraan apa?', 'Which vehicles?', 'Boleh lebih dari satu',
    'More than one may be chosen'),
('parkir_liar', 'waktu', 2, 'singlevaluelist', true, false,
    'Kapan biasanya?', 'When does it happen?', 'Pilih satu', 'Choose one');

insert into crm.service_value (category_code, attribute_code, key, position,
    name, name_en)
values
('jalan', 'kerusakan', 'lubang', 1, 'Lubang', 'Pothole'),
('jalan', 'kerusakan', 'retak', 2, 'Retak', 'Cracks'),
('jalan', 'kerusakan', 'ambles', 3, 'Ambles', 'Subsidence'),
('jalan', 'kerusakan', 'lain', 4, 'Lainnya', 'Something else'),
('jalan', 'dampak', 'pejalan', 1, 'Pejalan kaki', 'People on foot'),
('jalan', 'dampak', 'sepeda', 2, 'Pesepeda', 'Cyclists'),
('jalan', 'dampak', 'motor', 3, 'Sepeda motor', 'Motorcycles'),
('jalan', 'dampak', 'mobil', 4, 'Mobil', 'Cars'),
('trotoar', 'masalah', 'rusak', 1, 'Rusak', 'Broken'),
('trotoar', 'masalah', 'terhalang', 2, 'Terhalang', 'Blocked'),
('trotoar', 'masalah', 'licin', 3, 'Licin', 'Slippery'),
('trotoar', 'masalah', 'lain', 4, 'Lainnya', 'Something else'),
('trotoar', 'kursi_roda', 'ya', 1, 'Ya', 'Yes'),
('trotoar', 'kursi_roda', 'tidak', 2, 'Tidak', 'No'),
('penerangan_jalan', 'gangguan', 'mati', 1, 'Mati', 'Does not light'),
('penerangan_jalan', 'gangguan', 'berkedip', 2, 'Berkedip', 'Flickers'),
('penerangan_jalan', 'gangguan', 'siang', 3, 'Menyala siang hari',
    'Lights by day'),
('penerangan_jalan', 'gangguan', 'tiang', 4, 'Tiang rusak atau miring',
    'Pole is damaged or leans'),
('pohon', 'keadaan', 'tumbang', 1, 'Tumbang', 'Fallen'),
('pohon', 'keadaan', 'miring', 2, 'Miring', 'Leans'),
('pohon', 'keadaan', 'rimbun', 3, 'Terlalu rimbun', 'Overgrown'),
('pohon', 'keadaan', 'kering', 4, 'Kering atau keropos',
    'Dry or rotten'),
('pohon', 'bahaya', 'jalan', 1, 'Jalan', 'Road'),
('pohon', 'bahaya', 'rumah', 2, 'Rumah', 'House'),
('pohon', 'bahaya', 'kabel', 3, 'Kabel', 'Cables'),
('pohon', 'bahaya', 'kendaraan', 4, 'Kendaraan', 'Vehicle'),
('sampah', 'jenis', 'rumah_tangga', 1, 'Rumah tangga', 'Household'),
('sampah', 'jenis', 'puing', 2, 'Puing', 'Rubble'),
('sampah', 'jenis', 'perabot', 3, 'Perabot', 'Furniture'),
('sampah', 'jenis', 'limbah', 4, 'Limbah berbahaya', 'Hazardous waste'),
('sampah', 'banyaknya', 'kantong', 1, 'Beberapa kantong', 'A few bags'),
('sampah', 'banyaknya', 'gerobak', 2, 'Satu gerobak', 'A cartload'),
('sampah', 'banyaknya', 'truk', 3, 'Satu truk atau lebih',
    'A truckload or more'),
('saluran_air', 'masalah', 'tersumbat', 1, 'Tersumbat', 'Blocked'),
('saluran_air', 'masalah', 'bau', 2, 'Bau', 'Smells'),
('saluran_air', 'masalah', 'rusak', 3, 'Dinding atau tutup rusak',
    'Wall or cover is broken'),
('saluran_air', 'masalah', 'lain', 4, 'Lainnya', 'Something else'),
('parkir_liar', 'kendaraan', 'motor', 1, 'Sepeda motor', 'Motorcycles'),
('parkir_liar', 'kendaraan', 'mobil', 2, 'Mobil', 'Cars'),
('parkir_liar', 'kendaraan', 'truk', 3, 'Truk atau bus',
    'Trucks or buses'),
('parkir_liar', 'waktu', 'pagi', 1, 'Pagi', 'In the morning'),
('parkir_liar', 'waktu', 'siang', 2, 'Siang', 'At noon'),
('parkir_liar', 'waktu', 'malam', 3, 'Malam', 'At night'),
('parkir_liar', 'waktu', 'selalu', 4, 'Sepanjang hari', 'All day');

-- crm/moment.sql
create or replace function crm.moment() returns timestamptz
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	return clock_timestamp()
	    + coalesce((select c.ahead from crm.clock c), interval '0');
end
$$;
comment on function crm.moment() is
    'The time this very moment, where crm.now() is that of the transaction.';
grant execute on function crm.moment() to crm_officer, crm_channel;

-- schema/change.sql
-- When each report last changed: what a channel's list of changes walks along.
-- A trigger on crm.report keeps it; nobody else writes here.
--

create table crm.change (
	report_id uuid not null,
	received_at timestamptz not null,
	channel_id uuid not null,
	status text not null,
	visibility text not null,
	updated_at timestamptz not null,
	constraint change_pkey primary key (report_id)
);
create index change_updated_idx
    on crm.change (channel_id, status, updated_at, report_id);
comment on table crm.change is 'Last change of each report, per channel.';
comment on column crm.change.report_id is 'plain: the report';
comment on column crm.change.received_at is 'plain: says which partition';
comment on column crm.change.channel_id is 'plain: channel it came by';
comment on column crm.change.status is 'plain: status';
comment on column crm.change.visibility is 'plain: private or public';
comment on column crm.change.updated_at is 'plain: when it last changed';

alter table crm.change enable row level security;
alter table crm.change force row level security;
create policy change_owner on crm.change to crm_owner
    using (true) with check (true);
create policy change_own on crm.change for select to crm_channel
    using (channel_id = (select crm.viewer_channel()));
grant select on crm.change to crm_channel;

-- crm/change_second.sql
create or replace function crm.change_second(moment timestamptz) returns int
language sql immutable security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
	select greatest(0,
	    floor(extract(epoch from moment)) - 946684800)::int
$$;
comment on function crm.change_second(timestamptz) is
    'The second of a moment, counted from the year 2000: second key of the locks that writers of reports hold.';
grant execute on function crm.change_second(timestamptz)
    to crm_officer, crm_channel;

-- crm/change_stamp.sql
-- The second is locked before the clock is read, and until the transaction is
-- over: whoever reads sees, in crm.change_horizon(), from when on a change may
-- still be on its way. The order of the two is the whole guarantee.
--

create or replace function crm.change_stamp() returns trigger
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	perform pg_advisory_xact_lock_shared('crm.change'::regclass::oid::int,
	    crm.change_second(crm.moment()));
	new.updated_at := crm.moment();
	if tg_op = 'UPDATE' then
		-- A clock that was put back hides no change.
		new.updated_at := greatest(new.updated_at,
		    old.updated_at + interval '1 microsecond');
	end if;
	return new;
end
$$;
comment on function crm.change_stamp() is
    'Trigger on crm.report: says when it changed, and that it is changing.';

-- crm/change_follow.sql
create or replace function crm.change_follow() returns trigger
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
begin
	if tg_op = 'DELETE' then
		delete from crm.change c where c.report_id = old.id;
		return null;
	end if;
	insert into crm.change (report_id, received_at, channel_id, status,
	    visibility, updated_at)
	values (new.id, new.received_at, new.channel_id, new.status,
	    new.visibility, new.updated_at)
	on conflict (report_id) do update
	set status = excluded.status, visibility = excluded.visibility,
	    updated_at = excluded.updated_at;
	return null;
end
$$;
comment on function crm.change_follow() is
    'Trigger on crm.report: keeps crm.change. Security definer because whoever changes a report does not write there itself.';

-- crm/change_horizon.sql
-- Of what changed before the horizon nothing is still on its way. Whoever
-- changes a report locks its second and only then reads the clock; so a change
-- stamped before our clock has its lock, or is over and visible to the next
-- statement. The clock is read before the locks are looked at.
--

create or replace function crm.change_horizon() returns timestamptz
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	moment constant timestamptz := crm.moment();
	second bigint;
begin
	-- What this transaction changed itself it sees.
	select min(l.objid::bigint) into second
	from pg_locks l
	where l.locktype = 'advisory' and l.objsubid = 2
	and l.classid = 'crm.change'::regclass::oid
	and l.database = (select d.oid from pg_database d
	    where d.datname = current_database())
	and l.pid <> pg_backend_pid();
	return least(moment, timestamptz '2000-01-01 00:00:00+00'
	    + make_interval(secs => second));
end
$$;
comment on function crm.change_horizon() is
    'Up to when the next statement sees every change. To be called by a volatile function that reads in another statement.';
grant execute on function crm.change_horizon() to crm_channel;

-- schema/seal_due.sql
-- Reports that were public and became private: their photos still lie in clear
-- until crm jobs has sealed them. A trigger on crm.report adds rows, the job
-- takes them away.
--

create table crm.seal_due (
	report_id uuid not null,
	at timestamptz not null,
	constraint seal_due_pkey primary key (report_id)
);
comment on table crm.seal_due is 'Reports whose photos are to be sealed.';
comment on column crm.seal_due.report_id is 'plain: the report';
comment on column crm.seal_due.at is 'plain: when it last became private';

alter table crm.seal_due enable row level security;
alter table crm.seal_due force row level security;
create policy seal_due_owner on crm.seal_due to crm_owner
    using (true) with check (true);

-- crm/seal_follow.sql
create or replace function crm.seal_follow() returns trigger
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
begin
	insert into crm.seal_due (report_id, at)
	values (new.id, clock_timestamp())
	on conflict (report_id) do update set at = excluded.at;
	return null;
end
$$;
comment on function crm.seal_follow() is
    'Trigger on crm.report: notes that the photos of a report that became private are to be sealed. Security definer because no login writes there.';

-- alter/0002-sync.sql
-- When a report last changed: so far its last event.
--

alter table crm.report
	add column updated_at timestamptz not null default '-infinity';
comment on column crm.report.updated_at is
    'plain: last change of any kind, kept by a trigger';
update crm.report set updated_at = changed_at;
alter table crm.report alter column updated_at drop default;
grant select (updated_at) on crm.report to crm_channel;
insert into crm.change (report_id, received_at, channel_id, status,
    visibility, updated_at)
select r.id, r.received_at, r.channel_id, r.status, r.visibility, r.updated_at
from crm.report r;
create trigger change_stamp
    before insert or update on crm.report
    for each row execute function crm.change_stamp();
create trigger change_follow
    after insert or update or delete on crm.report
    for each row execute function crm.change_follow();
create trigger seal_follow
    after update of visibility on crm.report for each row
    when (old.visibility = 'public' and new.visibility = 'private')
    execute function crm.seal_follow();
-- Those that became private so far.
insert into crm.seal_due (report_id, at)
select distinct r.id, now() from crm.photo p
join crm.report_key k on k.id = p.report_id
join crm.report r on r.id = k.id and r.received_at = k.received_at
where p.kind = 'report' and not p.is_sealed and r.visibility = 'private';

alter type api.report_row add attribute updated_at timestamptz;
-- Its result changes.
drop function api.report_list(text[], text, uuid, text, boolean, text,
    text, float8[], text, text, uuid, int, text, text);

-- schema/report_shown.sql
-- A report as officers read it.
--

-- Every row that leaves goes through this view and thereby through the
-- policies of whoever asks. Photos come in the order of their index; an order
-- by in each array_agg() would sort three times a report.
create or replace view crm.report_shown with (security_invoker = true) as
select r.id, r.ticket, r.visibility, r.status, r.version, r.category_code,
    (select c.name from crm.category c where c.code = r.category_code)
	as category_name,
    r.description, r.lat, r.lng, r.accuracy_m, r.address, r.kelurahan_code,
    (select a.name from crm.area a where a.code = r.kelurahan_code)
	as kelurahan_name,
    r.unit_id,
    (select u.name from crm.unit u where u.id = r.unit_id) as unit_name,
    r.received_at, r.occurred_at, r.due_at,
    coalesce(r.due_at < (select crm.now()), false) as overdue,
    coalesce(p.id, '{}') as photo_id,
    coalesce(p.width, '{}') as photo_width,
    coalesce(p.height, '{}') as photo_height,
    coalesce(r.unit_id = (select crm.viewer_unit()), false) as by_own_unit,
    r.held_for, r.officer_id,
    (select a.name from crm.account a where a.id = r.officer_id)
	as officer_name,
    r.asked_at is not null and r.due_at is null as paused,
    case when r.status in ('in_progress', 'scheduled')
	then r.schedule_until end as schedule_until,
    case when r.schedule_until is not null
	and r.status in ('in_progress', 'scheduled')
	then r.status = 'scheduled' end as schedule_approved,
    r.returns, r.reopened, r.me_too, r.stars::int as stars, r.completed_at,
    r.reason_code,
    (select k.id from crm.report_key k where k.id = r.main_id) as main_id,
    (select k.ticket from crm.report_key k where k.id = r.main_id)
	as main_ticket,
    (select i.status from crm.inbox i where i.report_id = r.main_id limit 1)
	as main_status,
    r.merged, r.second_open and r.status = 'completed' as second_open, null::uuid[] as link_id,
    null::text[] as link_ticket, null::text[] as steps,
    r.updated_at
from crm.report r
left join lateral (
	select pg_catalog.array_agg(o.id) as id,
	    pg_catalog.array_agg(o.width) as width,
	    pg_catalog.array_agg(o.height) as height
	from (
		select p.id, p.width, p.height
		from crm.photo p
		where r.visibility = 'public' and not p.is_sealed
		and p.report_id = r.id and p.kind = 'report'
		order by p.place
	) o
) p on true;
comment on view crm.report_shown is 'Reports as api.report_row, for officers.';
comment on column crm.report_shown.id is 'plain: random id';
comment on column crm.report_shown.ticket is 'plain: ticket number';
comment on column crm.report_shown.visibility is 'plain: private or public';
comment on column crm.report_shown.status is 'plain: status';
comment on column crm.report_shown.version is 'plain: goes up with each event';
comment on column crm.report_shown.category_code is 'plain: category';
comment on column crm.report_shown.category_name is 'plain: its name';
comment on column crm.report_shown.description is 'narrative: masked text';
comment on column crm.report_shown.lat is 'place: latitude';
comment on column crm.report_shown.lng is 'place: longitude';
comment on column crm.report_shown.accuracy_m is 'place: radius in metres';
comment on column crm.report_shown.address is 'place: address';
comment on column crm.report_shown.kelurahan_code is 'plain: kelurahan';
comment on column crm.report_shown.kelurahan_name is 'plain: its name';
comment on column crm.report_shown.unit_id is 'plain: unit that holds it';
comment on column crm.report_shown.unit_name is 'plain: its name';
comment on column crm.report_shown.received_at is 'plain: when it was stored';
comment on column crm.report_shown.occurred_at is 'plain: when it happened';
comment on column crm.report_shown.due_at is 'plain: deadline';
comment on column crm.report_shown.overdue is 'plain: deadline has passed';
comment on column crm.report_shown.photo_id is
    'photo: the report''s own photos; none of a private report';
comment on column crm.report_shown.photo_width is 'photo: their widths';
comment on column crm.report_shown.photo_height is 'photo: their heights';
comment on column crm.report_shown.by_own_unit is
    'plain: the viewer''s unit holds it';
comment on column crm.report_shown.held_for is
    'internal: why the filter holds it';
comment on column crm.report_shown.officer_id is 'officer: who works on it';
comment on column crm.report_shown.officer_name is
    'officer: the person''s name';
comment on column crm.report_shown.paused is
    'plain: the clock stands still until the reporter answers';
comment on column crm.report_shown.schedule_until is
    'plain: date wished for or approved';
comment on column crm.report_shown.schedule_approved is
    'plain: a supervisor approved the date';
comment on column crm.report_shown.returns is
    'internal: how often it was sent back';
comment on column crm.report_shown.reopened is
    'plain: how often it was reopened';
comment on column crm.report_shown.me_too is 'plain: how many said the same';
comment on column crm.report_shown.stars is 'plain: the reporter''s rating';
comment on column crm.report_shown.completed_at is
    'plain: when it was last completed';
comment on column crm.report_shown.reason_code is 'plain: why it was rejected';
comment on column crm.report_shown.main_id is
    'plain: report it is merged into, if the viewer sees that';
comment on column crm.report_shown.main_ticket is 'plain: its ticket number';
comment on column crm.report_shown.main_status is 'plain: its status';
comment on column crm.report_shown.merged is
    'plain: how many are merged into it';
comment on column crm.report_shown.second_open is
    'internal: a second validation is open';
comment on column crm.report_shown.link_id is 'plain: filled by crm.report_get';
comment on column crm.report_shown.link_ticket is
    'plain: filled by crm.report_get';
comment on column crm.report_shown.steps is 'plain: filled by crm.report_get';
comment on column crm.report_shown.updated_at is 'plain: last change';
grant select on crm.report_shown to crm_officer;

-- schema/report_told.sql
-- A report as a channel reads it: without what stays inside the city, and
-- without its photos, which the channel keeps itself.
--

create or replace view crm.report_told with (security_invoker = true) as
select r.id, r.ticket, r.visibility, r.status, r.version, r.category_code,
    (select c.name from crm.category c where c.code = r.category_code)
	as category_name,
    r.description, r.lat, r.lng, r.accuracy_m, r.address, r.kelurahan_code,
    (select a.name from crm.area a where a.code = r.kelurahan_code)
	as kelurahan_name,
    r.unit_id,
    (select u.name from crm.unit u where u.id = r.unit_id) as unit_name,
    r.received_at, r.occurred_at, r.due_at,
    coalesce(r.due_at < (select crm.now()), false) as overdue,
    '{}'::uuid[] as photo_id, '{}'::int[] as photo_width,
    '{}'::int[] as photo_height,
    false as by_own_unit, null::text[] as held_for, null::uuid as officer_id,
    null::text as officer_name,
    r.asked_at is not null and r.due_at is null as paused,
    case when r.status = 'scheduled' then r.schedule_until end
	as schedule_until,
    case when r.status = 'scheduled' then true end as schedule_approved,
    null::int as returns, r.reopened, r.me_too, r.stars::int as stars,
    r.completed_at, r.reason_code,
    (select k.id from crm.report_key k where k.id = r.main_id) as main_id,
    (select k.ticket from crm.report_key k where k.id = r.main_id)
	as main_ticket,
    (select i.status from crm.inbox i where i.report_id = r.main_id limit 1)
	as main_status,
    r.merged, null::boolean as second_open, null::uuid[] as link_id,
    null::text[] as link_ticket, null::text[] as steps,
    r.updated_at
from crm.report r;
comment on view crm.report_told is 'Reports as api.report_row, for channels.';
comment on column crm.report_told.id is 'plain: random id';
comment on column crm.report_told.ticket is 'plain: ticket number';
comment on column crm.report_told.visibility is 'plain: private or public';
comment on column crm.report_told.status is 'plain: status';
comment on column crm.report_told.version is 'plain: goes up with each event';
comment on column crm.report_told.category_code is 'plain: category';
comment on column crm.report_told.category_name is 'plain: its name';
comment on column crm.report_told.description is 'narrative: masked text';
comment on column crm.report_told.lat is 'place: latitude';
comment on column crm.report_told.lng is 'place: longitude';
comment on column crm.report_told.accuracy_m is 'place: radius in metres';
comment on column crm.report_told.address is 'place: address';
comment on column crm.report_told.kelurahan_code is 'plain: kelurahan';
comment on column crm.report_told.kelurahan_name is 'plain: its name';
comment on column crm.report_told.unit_id is 'plain: unit that holds it';
comment on column crm.report_told.unit_name is 'plain: its name';
comment on column crm.report_told.received_at is 'plain: when it was stored';
comment on column crm.report_told.occurred_at is 'plain: when it happened';
comment on column crm.report_told.due_at is 'plain: deadline';
comment on column crm.report_told.overdue is 'plain: deadline has passed';
comment on column crm.report_told.photo_id is 'plain: always empty';
comment on column crm.report_told.photo_width is 'plain: always empty';
comment on column crm.report_told.photo_height is 'plain: always empty';
comment on column crm.report_told.by_own_unit is 'plain: always false';
comment on column crm.report_told.held_for is 'plain: always null';
comment on column crm.report_told.officer_id is 'plain: always null';
comment on column crm.report_told.officer_name is 'plain: always null';
comment on column crm.report_told.paused is
    'plain: the clock stands still until the reporter answers';
comment on column crm.report_told.schedule_until is 'plain: approved date';
comment on column crm.report_told.schedule_approved is
    'plain: a supervisor approved the date';
comment on column crm.report_told.returns is 'plain: always null';
comment on column crm.report_told.reopened is
    'plain: how often it was reopened';
comment on column crm.report_told.me_too is 'plain: how many said the same';
comment on column crm.report_told.stars is 'plain: the reporter''s rating';
comment on column crm.report_told.completed_at is
    'plain: when it was last completed';
comment on column crm.report_told.reason_code is 'plain: why it was rejected';
comment on column crm.report_told.main_id is
    'plain: report it is merged into, if the viewer sees that';
comment on column crm.report_told.main_ticket is 'plain: its ticket number';
comment on column crm.report_told.main_status is 'plain: its status';
comment on column crm.report_told.merged is
    'plain: how many are merged into it';
comment on column crm.report_told.second_open is 'plain: always null';
comment on column crm.report_told.link_id is 'plain: filled by crm.report_get';
comment on column crm.report_told.link_ticket is
    'plain: filled by crm.report_get';
comment on column crm.report_told.steps is 'plain: filled by crm.report_get';
comment on column crm.report_told.updated_at is 'plain: last change';
grant select on crm.report_told to crm_channel;

-- api/report_list.sql
-- The reports of a page are looked up one by one (hence limit 1): the planner
-- counts every month for each, though one is read, and would rather read all.
-- The months between the oldest and the newest of the page are known before
-- that, so that the others are not even opened.
--

create or replace function api.report_list(statuses text[], category text, unit uuid,
    kelurahan text, is_overdue boolean, visible text, q text, bbox float8[],
    sort text, after_key text, after_id uuid, row_limit int,
    held text default null, assigned text default null)
returns table (id uuid, ticket text, visibility text, status text, version int,
    category_code text, category_name text, description text, lat float8,
    lng float8, accuracy_m float8, address text, kelurahan_code text,
    kelurahan_name text, unit_id uuid, unit_name text, received_at timestamptz,
    occurred_at timestamptz, due_at timestamptz, overdue boolean,
    photo_id uuid[], photo_width int[], photo_height int[],
    by_own_unit boolean, held_for text[], officer_id uuid, officer_name
    text, paused boolean, schedule_until timestamptz, schedule_approved
    boolean, returns int, reopened int, me_too int, stars int,
    completed_at timestamptz, reason_code text, main_id uuid, main_ticket
    text, main_status text, merged int, second_open boolean, link_id
    uuid[], link_ticket text[], steps text[], updated_at timestamptz,
    sort_key text)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
	wanted constant crm.inbox_filter := crm.inbox_wanted(statuses,
	    category, unit, kelurahan, is_overdue, visible, bbox, held,
	    assigned);
	page crm.inbox_found;
begin
	if q is not null then
		perform crm.audit_add('report_search', null);
	end if;
	page := crm.inbox_page(wanted, q, sort, after_key::timestamptz,
	    after_id, row_limit + 1);
	if crm.viewer_channel() is not null then
		return query
		select r.*, p.sort_key::text
		from unnest(page.report_ids, page.times, page.keys)
		    with ordinality p (report_id, received_at, sort_key, place)
		cross join lateral (
			select s.* from crm.report_told s
			where s.id = p.report_id and s.received_at = p.received_at
			and s.received_at between page.oldest and page.newest
			limit 1
		) r
		order by p.place;
	else
		return query
		select r.*, p.sort_key::text
		from unnest(page.report_ids, page.times, page.keys)
		    with ordinality p (report_id, received_at, sort_key, place)
		cross join lateral (
			select s.* from crm.report_shown s
			where s.id = p.report_id and s.received_at = p.received_at
			and s.received_at between page.oldest and page.newest
			limit 1
		) r
		order by p.place;
	end if;
end
$$;
comment on function api.report_list(text[], text, uuid, text, boolean, text,
    text, float8[], text, text, uuid, int, text, text) is
    'A page of the reports the viewer may see, one row more than asked when there is more. sort_key and id of the last row ask for the next page.';
grant execute on function api.report_list(text[], text, uuid, text, boolean,
    text, text, float8[], text, text, uuid, int, text, text) to crm_officer, crm_channel;

-- api/report_changes.sql
-- Oldest change first, and only what lies before the horizon: a change with an
-- earlier time never appears later. What a page shows of a report is of the
-- same statement as its place in the list.
--

create or replace function api.report_changes(since timestamptz, statuses text[],
    visible text, after_key text, after_id uuid, row_limit int)
returns setof api.report_row
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
set enable_bitmapscan = off
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
	horizon constant timestamptz := crm.change_horizon();
	from_key constant timestamptz := coalesce(after_key::timestamptz, since);
	from_id constant uuid := coalesce(after_id,
	    '00000000-0000-0000-0000-000000000000');
	wanted constant text[] := coalesce(statuses, crm.status_list());
	own constant uuid := crm.viewer_channel();
begin
	return query
	select r.*
	from (
		select p.*
		from unnest(wanted) s (status)
		cross join lateral (
			select c.updated_at, c.report_id, c.received_at
			from crm.change c
			where c.channel_id = own and c.status = s.status
			and (c.updated_at, c.report_id) > (from_key, from_id)
			and c.updated_at < horizon
			and (visible is null or c.visibility = visible)
			order by c.updated_at, c.report_id
			limit row_limit + 1
		) p
		order by p.updated_at, p.report_id
		limit row_limit + 1
	) c
	cross join lateral (
		select t.* from crm.report_told t
		where t.id = c.report_id and t.received_at = c.received_at
		limit 1
	) r
	order by c.updated_at, c.report_id;
end
$$;
comment on function api.report_changes(timestamptz, text[], text, text, uuid,
    int) is
    'A page of the channel''s reports by their last change, from a time on, one row more than asked when there is more. updated_at and id of the last row ask for the next page.';
grant execute on function api.report_changes(timestamptz, text[], text, text,
    uuid, int) to crm_channel;

-- api/job_seal_due.sql
create or replace function api.job_seal_due(row_limit int)
returns table (photo_id uuid, file_full text, file_thumb text)
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
	-- Sealed, erased or public again. One that became private meanwhile has
	-- another time, and stays.
	delete from crm.seal_due d
	using (select s.report_id, s.at from crm.seal_due s) seen
	where d.report_id = seen.report_id and d.at = seen.at
	and not exists (
		select from crm.report_key k
		join crm.report r
		on r.id = k.id and r.received_at = k.received_at
		join crm.photo p on p.report_id = k.id
		where k.id = d.report_id and r.visibility = 'private'
		and p.kind = 'report' and not p.is_sealed);
	return query
	select p.id, p.file_full, p.file_thumb
	from crm.seal_due d
	join crm.report_key k on k.id = d.report_id
	join crm.report r on r.id = k.id and r.received_at = k.received_at
	join crm.photo p on p.report_id = k.id
	where r.visibility = 'private' and p.kind = 'report'
	and not p.is_sealed
	order by d.at, p.id
	limit row_limit;
end
$$;
comment on function api.job_seal_due(int) is
    'Photos in clear of reports that are private now. Security definer because crm_jobs reads no photos.';
grant execute on function api.job_seal_due(int) to crm_jobs;

-- api/job_seal_done.sql
create or replace function api.job_seal_done(photo uuid, was_full text, was_thumb text,
    full_name text, thumb_name text, epoch text, wrapped_key bytea)
returns boolean
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
	level text;
begin
	select r.visibility into level
	from crm.photo p
	join crm.report_key k on k.id = p.report_id
	join crm.report r on r.id = k.id and r.received_at = k.received_at
	where p.id = photo and p.kind = 'report' and not p.is_sealed
	and p.file_full = was_full and p.file_thumb = was_thumb
	for update of p for share of r;
	if level is distinct from 'private' then
		return false;
	end if;
	update crm.photo p
	set file_full = full_name, file_thumb = thumb_name, is_sealed = true
	where p.id = photo;
	insert into identity.photo_key (photo_id, epoch, wrapped_key)
	values (photo, epoch, wrapped_key);
	return true;
end
$$;
comment on function api.job_seal_done(uuid, text, text, text, text, text,
    bytea) is
    'Gives a photo its sealed files and keeps their key; false when its report is public again or it is gone. Security definer because crm_jobs may touch neither photos nor keys.';
grant execute on function api.job_seal_done(uuid, text, text, text, text, text,
    bytea) to crm_jobs;

-- api/opened_list.sql
create or replace function api.opened_list(reference text)
returns table (unit_id uuid, unit_name text, officer_id uuid,
    officer_name text, count int, last_at timestamptz, visibility text)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
	report uuid;
begin
	select k.id into report from crm.report_find(reference) k;
	if not found then
		raise exception 'no such report' using errcode = 'CR404';
	end if;
	perform crm.audit_add('opened_list', report);
	return query
	select o.unit_id, o.unit_name, o.officer_id, o.officer_name, o.count,
	    o.last_at, api.report_level(reference)
	from crm.opened(report) o;
end
$$;
comment on function api.opened_list(text) is
    'Who opened a report, with its audit entry. CR404 when the viewer may not see the report.';
grant execute on function api.opened_list(text) to crm_officer, crm_channel;

-- crm/setting_find.sql
create or replace function crm.setting_find(name text) returns numeric
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select s.value from crm.setting s where s.name = setting_find.name
$$;
comment on function crm.setting_find(text) is 'A number that the city set.';

-- schema/webhook.sql
-- Addresses that channels want to be called at when a report of theirs changes.
-- The address and the secret are the channel's; both come from the command
-- line alone.
--

create table crm.webhook (
	id uuid not null default pg_catalog.gen_random_uuid(),
	channel_id uuid not null,
	url text not null,
	secret bytea not null,
	secret_before bytea,
	before_until timestamptz,
	added_at timestamptz not null,
	disabled_at timestamptz,
	constraint webhook_pkey primary key (id),
	constraint webhook_url_key unique (channel_id, url),
	constraint webhook_channel_fkey foreign key (channel_id)
	    references crm.channel (id),
	constraint webhook_url_is_plain
	    check (url ~ '^https?://[!-~]+$' and pg_catalog.length(url) <= 2000),
	constraint webhook_before_is_whole
	    check ((secret_before is null) = (before_until is null))
);
comment on table crm.webhook is 'Who is called when a report changes.';
comment on column crm.webhook.id is 'plain: random id';
comment on column crm.webhook.channel_id is 'plain: whose reports';
comment on column crm.webhook.url is 'internal: where to';
comment on column crm.webhook.secret is
    'secret: what bodies are signed with, sealed to keys/webhook.key';
comment on column crm.webhook.secret_before is
    'secret: the one before, signs as well for a while';
comment on column crm.webhook.before_until is 'plain: until then';
comment on column crm.webhook.added_at is 'plain: when it was registered';
comment on column crm.webhook.disabled_at is
    'plain: since when nothing is sent; the receiver said that it is gone';

alter table crm.webhook enable row level security;
alter table crm.webhook force row level security;
create policy webhook_owner on crm.webhook to crm_owner
    using (true) with check (true);

-- schema/webhook_event.sql
-- The outbox: one row per version of a report and receiver, written in the
-- transaction that made the version. Holds ids, the status and nothing else
-- of the report.
--
-- Of one report and receiver only the first open row is due; those after it
-- wait with due_at = infinity until it is delivered or dead. What is due is
-- therefore found by an index, however much waits.
--

create table crm.webhook_event (
	id uuid not null default pg_catalog.gen_random_uuid(),
	webhook_id uuid not null,
	report_id uuid not null,
	ticket text not null,
	status text not null,
	version int not null,
	at timestamptz not null,
	due_at timestamptz not null,
	tries int not null default 0,
	answer text,
	delivered_at timestamptz,
	dead_at timestamptz,
	constraint webhook_event_pkey primary key (id),
	constraint webhook_event_once_key
	    unique (webhook_id, report_id, version),
	constraint webhook_event_webhook_fkey foreign key (webhook_id)
	    references crm.webhook (id) on delete cascade,
	constraint webhook_event_report_fkey foreign key (report_id)
	    references crm.report_key (id) on delete cascade,
	constraint webhook_event_ends_once
	    check (delivered_at is null or dead_at is null)
);
create index webhook_event_due_idx on crm.webhook_event (webhook_id, due_at)
    where delivered_at is null and dead_at is null;
create index webhook_event_dead_idx on crm.webhook_event (webhook_id, dead_at)
    where dead_at is not null;
create index webhook_event_at_idx on crm.webhook_event (at);
comment on table crm.webhook_event is 'What receivers are told, until they were.';
comment on column crm.webhook_event.id is
    'plain: webhook-id, the same however often it is sent';
comment on column crm.webhook_event.webhook_id is 'plain: the receiver';
comment on column crm.webhook_event.report_id is 'plain: the report';
comment on column crm.webhook_event.ticket is 'plain: its ticket number';
comment on column crm.webhook_event.status is 'plain: its status by then';
comment on column crm.webhook_event.version is 'plain: its version by then';
comment on column crm.webhook_event.at is 'plain: when it changed';
comment on column crm.webhook_event.due_at is
    'plain: when to send it; infinity behind an earlier one of its report';
comment on column crm.webhook_event.tries is 'plain: how often it was sent in vain';
comment on column crm.webhook_event.answer is
    'plain: how the last try ended: status 500, timeout …';
comment on column crm.webhook_event.delivered_at is 'plain: when it was taken';
comment on column crm.webhook_event.dead_at is 'plain: when it was given up';

alter table crm.webhook_event enable row level security;
alter table crm.webhook_event force row level security;
create policy webhook_event_owner on crm.webhook_event to crm_owner
    using (true) with check (true);

-- crm/webhook_follow.sql
create or replace function crm.webhook_follow() returns trigger
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
declare
	receiver uuid;
begin
	-- The lock: a receiver that is removed at this moment is waited for,
	-- and then is not there.
	for receiver in
		select w.id from crm.webhook w
		where w.channel_id = new.channel_id and w.disabled_at is null
		order by w.id for key share
	loop
		-- The lock: whoever ends that one either sees the new row and
		-- lets it go, or has ended before we look.
		perform from crm.webhook_event e
		where e.webhook_id = receiver and e.report_id = new.id
		and e.delivered_at is null and e.dead_at is null
		order by e.version desc limit 1
		for share;
		insert into crm.webhook_event (webhook_id, report_id, ticket,
		    status, version, at, due_at)
		values (receiver, new.id, new.ticket, new.status, new.version,
		    new.changed_at, case when found then 'infinity'
			else clock_timestamp() end)
		on conflict (webhook_id, report_id, version) do nothing;
	end loop;
	return null;
end
$$;
comment on function crm.webhook_follow() is
    'Trigger on crm.report: puts each version of a report into the outbox of its channel. Security definer because no login writes there.';

-- alter/0002-hooks.sql
-- Each version of a report goes to the outbox; how often it is tried is data.
--

create trigger webhook_add
    after insert on crm.report
    for each row execute function crm.webhook_follow();
create trigger webhook_follow
    after update of version on crm.report
    for each row when (old.version <> new.version)
    execute function crm.webhook_follow();

comment on column crm.setting.name is
    'plain: second_share: part of the accepted work that is validated again; webhook_limit: seconds a receiver may take; webhook_pause: seconds before the second try, webhook_pause_factor times as long before each further one, webhook_pause_most at the most; webhook_tries: how many in all';
insert into crm.setting (name, value) values
    ('webhook_limit', 10),
    ('webhook_pause', 5),
    ('webhook_pause_factor', 5),
    ('webhook_pause_most', 86400),
    ('webhook_tries', 10);

-- crm/webhook_release.sql
create or replace function crm.webhook_release(receiver uuid, report uuid, after int)
returns void
language sql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
	update crm.webhook_event e set due_at = clock_timestamp()
	where e.due_at = 'infinity' and e.id = (
		select n.id from crm.webhook_event n
		where n.webhook_id = receiver and n.report_id = report
		and n.version > after
		and n.delivered_at is null and n.dead_at is null
		order by n.version limit 1)
$$;
comment on function crm.webhook_release(uuid, uuid, int) is
    'Makes the next open version of a report due, when it waits for this one.';

-- crm/webhook_find.sql
create or replace function crm.webhook_find(channel_name text, url text) returns uuid
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
	found_id uuid;
begin
	select w.id into found_id
	from crm.webhook w join crm.channel c on c.id = w.channel_id
	where c.name = channel_name and w.url = url;
	if not found then
		raise exception 'the channel has no such webhook'
		    using errcode = 'CR404';
	end if;
	return found_id;
end
$$;
comment on function crm.webhook_find(text, text) is
    'The webhook of a channel at this address; CR404 without one.';

-- crm/webhook_add.sql
create or replace function crm.webhook_add(channel_name text, url text, secret bytea)
returns boolean
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
	channel uuid;
	was_disabled boolean;
begin
	select c.id into channel from crm.channel c where c.name = channel_name;
	if not found then
		raise exception 'no such channel'
		    using errcode = 'CR422', column = '/channel',
		    constraint = 'unknown';
	end if;
	-- Adds take turns, so that the number holds.
	lock table crm.webhook in share row exclusive mode;
	update crm.webhook w
	set secret = secret, secret_before = w.secret,
	    before_until = now() + interval '24 hours'
	where w.channel_id = channel and w.url = url
	returning w.disabled_at is not null into was_disabled;
	if found then
		if was_disabled then
			perform crm.webhook_resume(channel_name, url);
		end if;
		return false;
	end if;
	-- The courier has a room of its own for so many.
	if (select count(*) from crm.webhook) >= 64 then
		raise exception 'there are too many webhooks'
		    using errcode = 'CR409', constraint = 'too_many_webhooks';
	end if;
	insert into crm.webhook (channel_id, url, secret, added_at)
	values (channel, url, secret, crm.now());
	return true;
end
$$;
comment on function crm.webhook_add(text, text, bytea) is
    'Registers an address of a channel, or gives it a new secret: the one before signs as well for a day, and an address that said it was gone is sent to again. True when it is new.';

-- crm/webhook_remove.sql
create or replace function crm.webhook_remove(channel_name text, url text) returns void
language sql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
	delete from crm.webhook w
	where w.id = crm.webhook_find(channel_name, webhook_remove.url)
$$;
comment on function crm.webhook_remove(text, text) is
    'Forgets an address with its secrets and all that waits for it.';

-- crm/webhook_resume.sql
create or replace function crm.webhook_resume(channel_name text, url text) returns int
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	receiver constant uuid := crm.webhook_find(channel_name, url);
	goes int;
begin
	update crm.webhook w set disabled_at = null where w.id = receiver;
	-- The first of each report.
	update crm.webhook_event e set due_at = clock_timestamp()
	where e.webhook_id = receiver
	and e.delivered_at is null and e.dead_at is null
	and not exists (select from crm.webhook_event b
	    where b.webhook_id = receiver and b.report_id = e.report_id
	    and b.version < e.version
	    and b.delivered_at is null and b.dead_at is null);
	get diagnostics goes = row_count;
	return goes;
end
$$;
comment on function crm.webhook_resume(text, text) is
    'Sends to an address again that said it was gone, what waits at once; of how many reports something waits.';

-- crm/webhook_replay.sql
create or replace function crm.webhook_replay(channel_name text, event uuid) returns int
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
	again int;
begin
	with dead as (
		select e.id, row_number() over (
		    partition by e.webhook_id, e.report_id
		    order by e.version) as place
		from crm.webhook_event e
		join crm.webhook w on w.id = e.webhook_id
		join crm.channel c on c.id = w.channel_id
		where c.name = channel_name and e.dead_at is not null
		and (event is null or e.id = event)
	)
	update crm.webhook_event e
	set dead_at = null, tries = 0, due_at = case d.place
	    when 1 then clock_timestamp() else 'infinity' end
	from dead d where e.id = d.id;
	get diagnostics again = row_count;
	return again;
end
$$;
comment on function crm.webhook_replay(text, uuid) is
    'Sends again what was given up, one or all of a channel; how many. The versions of a report among them go in their order, but not in order with later ones that are on their way.';

-- crm/webhook_list.sql
create or replace function crm.webhook_list(channel_name text)
returns table (url text, disabled boolean, secrets int, waiting bigint,
    oldest timestamptz, dead bigint, answer text)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select w.url, w.disabled_at is not null,
	    case when w.before_until > now() then 2 else 1 end,
	    coalesce(o.waiting, 0), o.oldest, coalesce(d.dead, 0), l.answer
	from crm.webhook w
	join crm.channel c on c.id = w.channel_id
	left join lateral (
		select count(*) as waiting, min(e.at) as oldest
		from crm.webhook_event e where e.webhook_id = w.id
		and e.delivered_at is null and e.dead_at is null) o on true
	left join lateral (
		select count(*) as dead from crm.webhook_event e
		where e.webhook_id = w.id and e.dead_at is not null) d on true
	left join lateral (
		select e.answer from crm.webhook_event e
		where e.webhook_id = w.id and e.tries > 0
		and e.delivered_at is null and e.dead_at is null
		order by e.due_at limit 1) l on true
	where c.name = channel_name
	order by w.url
$$;
comment on function crm.webhook_list(text) is
    'The addresses of a channel, how much waits since when, how much was given up, and how the last try of one that waits ended.';

-- crm/webhook_dead.sql
create or replace function crm.webhook_dead(channel_name text)
returns table (id uuid, dead_at timestamptz, tries int, answer text,
    ticket text, status text, version int, url text)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select e.id, e.dead_at, e.tries, e.answer, e.ticket, e.status,
	    e.version, w.url
	from crm.webhook_event e
	join crm.webhook w on w.id = e.webhook_id
	join crm.channel c on c.id = w.channel_id
	where c.name = channel_name and e.dead_at is not null
	order by e.dead_at, e.ticket, e.version
	limit 1000
$$;
comment on function crm.webhook_dead(text) is
    'What of a channel was given up, the oldest first, at most a thousand.';

-- api/job_webhook_due.sql
create or replace function api.job_webhook_due(busy uuid[], busy_at uuid[],
    room int default 8)
returns table (id uuid, webhook_id uuid, channel text, url text,
    secret bytea, secret_before bytea, report_id uuid, ticket text,
    status text, version int, at timestamptz, limit_ms int)
language sql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
	select e.id, w.id, c.name, w.url, w.secret,
	    case when w.before_until > now() then w.secret_before end,
	    e.report_id, e.ticket, e.status, e.version, e.at,
	    (crm.setting_find('webhook_limit') * 1000)::int
	from crm.webhook w
	join crm.channel c on c.id = w.channel_id
	cross join lateral (
		select o.* from crm.webhook_event o
		where o.webhook_id = w.id
		and o.delivered_at is null and o.dead_at is null
		and o.due_at <= clock_timestamp() and o.id <> all (busy)
		order by o.due_at
		limit greatest(0, room - (select count(*)
		    from unnest(busy_at) b (id) where b.id = w.id))) e
	where w.disabled_at is null and c.is_active
$$;
comment on function api.job_webhook_due(uuid[], uuid[], int) is
    'What is to be sent now, besides those that are on their way (busy, and at which receivers): for each receiver no more than its room holds. Nothing of a channel that is suspended; it waits. Security definer because crm_jobs reads no tables.';
grant execute on function api.job_webhook_due(uuid[], uuid[], int) to crm_jobs;

-- api/job_webhook_done.sql
create or replace function api.job_webhook_done(event uuid, outcome text, answer text)
returns text
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
	was crm.webhook_event;
	pause numeric;
	is_last boolean;
begin
	-- Whoever makes the next version waits until this is known.
	select e.* into was from crm.webhook_event e
	where e.id = event and e.delivered_at is null and e.dead_at is null
	for update;
	if not found then
		return 'unknown';
	end if;
	if outcome = 'gone' then
		update crm.webhook_event e
		set tries = was.tries + 1, answer = answer
		where e.id = event;
		update crm.webhook w set disabled_at = crm.now()
		where w.id = was.webhook_id;
		return 'disabled';
	end if;
	is_last := outcome = 'failed'
	    and (was.tries + 1 >= crm.setting_find('webhook_tries')
	    or was.at < crm.now() - interval '20 days');
	if outcome = 'failed' and not is_last then
		pause := least(crm.setting_find('webhook_pause_most'),
		    crm.setting_find('webhook_pause')
		    * crm.setting_find('webhook_pause_factor') ^ was.tries);
		update crm.webhook_event e
		set tries = was.tries + 1, answer = answer,
		    due_at = clock_timestamp() + interval '1 second'
			* (pause * (1 + 0.2 * random()))
		where e.id = event;
		return 'later';
	end if;
	update crm.webhook_event e
	set tries = was.tries + is_last::int, answer = answer,
	    delivered_at = case when not is_last then clock_timestamp() end,
	    dead_at = case when is_last then clock_timestamp() end
	where e.id = event;
	perform crm.webhook_release(was.webhook_id, was.report_id, was.version);
	return case when is_last then 'dead' else 'delivered' end;
end
$$;
comment on function api.job_webhook_done(uuid, text, text) is
    'How a try ended: delivered, failed, or gone (the receiver wants no more). What failed is due again after a pause that grows, or is given up; then, or once it is delivered, the next version of its report is due. What became of it. Security definer because crm_jobs writes no tables.';
grant execute on function api.job_webhook_done(uuid, text, text) to crm_jobs;

-- api/job_webhook_late.sql
create or replace function api.job_webhook_late(minutes int default 10)
returns table (channel text, webhook_id uuid, disabled boolean,
    waiting bigint, age_seconds bigint, dead bigint)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
	select c.name, w.id, w.disabled_at is not null, o.waiting,
	    extract(epoch from crm.now() - o.oldest)::bigint, d.dead
	from crm.webhook w
	join crm.channel c on c.id = w.channel_id
	cross join lateral (
		select count(*) as waiting, min(e.at) as oldest
		from crm.webhook_event e where e.webhook_id = w.id
		and e.delivered_at is null and e.dead_at is null) o
	cross join lateral (
		select count(*) as dead from crm.webhook_event e
		where e.webhook_id = w.id and e.dead_at is not null) d
	where c.is_active and (w.disabled_at is not null
	    or o.oldest < crm.now() - make_interval(mins => minutes))
$$;
comment on function api.job_webhook_late(int) is
    'Receivers for which something waits longer than so many minutes, or that want no more; not those of channels that are suspended. Security definer because crm_jobs reads no tables.';
grant execute on function api.job_webhook_late(int) to crm_jobs;

-- api/job_webhook_prune.sql
create or replace function api.job_webhook_prune(row_limit int default 10000)
returns bigint
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
declare
	still uuid[];
	gone bigint;
begin
	-- Those that nothing is sent to.
	select array_agg(w.id) into still
	from crm.webhook w join crm.channel c on c.id = w.channel_id
	where w.disabled_at is not null or not c.is_active;
	delete from crm.webhook_event e where e.id in (
		select o.id from crm.webhook_event o
		where o.at < crm.now() - interval '30 days'
		and (o.delivered_at is not null or o.dead_at is not null
		    or o.webhook_id = any (still))
		limit row_limit);
	get diagnostics gone = row_count;
	-- What waited behind one that is gone is the first now.
	update crm.webhook_event e set due_at = clock_timestamp()
	where gone > 0 and e.webhook_id = any (still)
	and e.due_at = 'infinity'
	and e.delivered_at is null and e.dead_at is null
	and not exists (select from crm.webhook_event b
	    where b.webhook_id = e.webhook_id and b.report_id = e.report_id
	    and b.version < e.version
	    and b.delivered_at is null and b.dead_at is null);
	update crm.webhook w set secret_before = null, before_until = null
	where w.before_until < now();
	return gone;
end
$$;
comment on function api.job_webhook_prune(int) is
    'Deletes what was delivered or given up, and what waits for receivers that nothing is sent to, after 30 days, at most so many rows; run it until it is 0. Forgets secrets whose day is over. Security definer because crm_jobs writes no tables.';
grant execute on function api.job_webhook_prune(int) to crm_jobs;

-- schema/public_report.sql
-- What the public may know of reports, and all that it may know: one row per
-- public report, with the place rounded to about 100 m and texts as the public
-- reads them. A report that is private has no row; the row goes in the
-- transaction that makes it private. Triggers on crm.report and crm.event keep
-- it; nobody else writes here.
--

create table crm.public_report (
	report_id uuid not null,
	received_at timestamptz not null,
	updated_at timestamptz not null,
	visibility text not null,
	status text not null,
	is_open boolean not null,
	category_code text,
	description text not null,
	notes text,
	lat float8,
	lng float8,
	kelurahan_code text,
	unit_id uuid not null,
	due_at timestamptz,
	reason_code text,
	constraint public_report_pkey primary key (report_id),
	constraint public_report_report_fkey foreign key (report_id)
	    references crm.report_key (id) on delete cascade,
	constraint public_report_is_public check (visibility = 'public'),
	constraint public_report_place_is_coarse check (
	    lat = pg_catalog.round(lat::numeric, 3)::float8
	    and lng = pg_catalog.round(lng::numeric, 3)::float8)
);
-- A page, newest first, of all or of one category; what changed; what is near.
create index public_report_received_idx
    on crm.public_report (received_at, report_id);
create index public_report_category_idx
    on crm.public_report (category_code, received_at, report_id);
create index public_report_updated_idx on crm.public_report (updated_at);
create index public_report_place_idx on crm.public_report (lat, lng);
comment on table crm.public_report is 'Reports as the public sees them.';
comment on column crm.public_report.report_id is 'plain: the report';
comment on column crm.public_report.received_at is 'plain: when it was stored';
comment on column crm.public_report.updated_at is
    'plain: when something here last changed; once closed, when it was closed';
comment on column crm.public_report.visibility is 'plain: always public';
comment on column crm.public_report.status is 'plain: status';
comment on column crm.public_report.is_open is 'plain: work goes on';
comment on column crm.public_report.category_code is 'plain: category';
comment on column crm.public_report.description is
    'narrative: what happened, with plates and names masked as well';
comment on column crm.public_report.notes is
    'narrative: what a unit last told of the work; no questions';
comment on column crm.public_report.lat is 'place: latitude, rounded';
comment on column crm.public_report.lng is 'place: longitude, rounded';
comment on column crm.public_report.kelurahan_code is
    'plain: kelurahan of the point';
comment on column crm.public_report.unit_id is 'plain: unit that holds it';
comment on column crm.public_report.due_at is 'plain: deadline of the status';
comment on column crm.public_report.reason_code is 'plain: why it was rejected';

alter table crm.public_report enable row level security;
alter table crm.public_report force row level security;
create policy public_report_owner on crm.public_report to crm_owner
    using (true) with check (true);
create policy public_report_read on crm.public_report for select
    to crm_public using (visibility = 'public');
grant select on crm.public_report to crm_public;

-- crm/public_follow.sql
create or replace function crm.public_follow() returns trigger
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
declare
	shown crm.public_report;
begin
	if tg_op = 'UPDATE' and old.visibility = 'private'
	    and new.visibility = 'private' then
		return null;
	end if;
	shown := crm.public_row(new);
	if shown.report_id is null then
		if tg_op = 'UPDATE' then
			delete from crm.public_report where report_id = new.id;
		end if;
		return null;
	end if;
	if tg_op = 'UPDATE' and not exists (select from crm.public_report p
	    where p.report_id = new.id) then
		shown.notes := crm.public_notes(new.id);
	end if;
	insert into crm.public_report as p select shown.*
	on conflict (report_id) do update
	set updated_at = case when p.is_open or excluded.is_open
		then excluded.updated_at else p.updated_at end,
	    status = excluded.status, is_open = excluded.is_open,
	    category_code = excluded.category_code,
	    description = excluded.description, lat = excluded.lat,
	    lng = excluded.lng, kelurahan_code = excluded.kelurahan_code,
	    unit_id = excluded.unit_id, due_at = excluded.due_at,
	    reason_code = excluded.reason_code
	where (p.status, p.category_code, p.description, p.lat, p.lng,
	    p.kelurahan_code, p.unit_id, p.due_at, p.reason_code)
	    is distinct from (excluded.status, excluded.category_code,
	    excluded.description, excluded.lat, excluded.lng,
	    excluded.kelurahan_code, excluded.unit_id, excluded.due_at,
	    excluded.reason_code);
	return null;
end
$$;
comment on function crm.public_follow() is
    'Trigger on crm.report: keeps crm.public_report. Security definer because no reader may write what the public reads.';

-- crm/public_told.sql
create or replace function crm.public_told() returns trigger
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
begin
	if new.type = 'undo' then
		update crm.public_report p
		set notes = n.notes,
		    updated_at = case when p.is_open then new.at
			else p.updated_at end
		from crm.public_notes(new.report_id) n (notes)
		where p.report_id = new.report_id
		and p.notes is distinct from n.notes;
		return null;
	end if;
	update crm.public_report p
	set notes = left(new.text, 4000),
	    updated_at = case when p.is_open then new.at else p.updated_at end
	where p.report_id = new.report_id
	and exists (select from crm.event_type t
	    where t.type = new.type and t.is_told);
	return null;
end
$$;
comment on function crm.public_told() is
    'Trigger on crm.event: what a unit tells becomes the notes of crm.public_report, until it is undone. Security definer because no reader may write what the public reads.';

-- crm/public_row.sql
create or replace function crm.public_row(report crm.report)
returns crm.public_report
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	shown crm.public_report;
begin
	-- Merged while it is held, it stays held.
	if report.visibility <> 'public' or report.erased_at is not null
	    or report.held_for && '{abusive,appeal}'
	    or (report.status = 'rejected' and report.reason_code = any
	    ('{abuse,spam,private_matter,withdrawn}'))
	    or exists (select from crm.channel c
	    where c.id = report.channel_id and c.is_sandbox) then
		return null;
	end if;
	shown.report_id := report.id;
	shown.received_at := report.received_at;
	shown.updated_at := report.changed_at;
	shown.visibility := report.visibility;
	shown.status := report.status;
	shown.is_open := report.status not in
	    ('completed', 'rejected', 'merged');
	shown.category_code := report.category_code;
	shown.description := left(report.description_public, 4000);
	shown.lat := round(report.lat::numeric, 3);
	shown.lng := round(report.lng::numeric, 3);
	shown.kelurahan_code := report.kelurahan_code;
	shown.unit_id := report.unit_id;
	shown.due_at := case when shown.is_open then report.due_at end;
	shown.reason_code := report.reason_code;
	return shown;
end
$$;
comment on function crm.public_row(crm.report) is
    'What the public may know of a report, without notes; null when it may not know of it.';

-- crm/public_notes.sql
create or replace function crm.public_notes(report uuid) returns text
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select left(e.text, 4000)
	from crm.event e
	join crm.event_type t on t.type = e.type
	where e.report_id = report and e.text is not null
	and e.by_unit_id is not null and t.is_told and e.type <> 'ask'
	and not exists (select from crm.event u
	    where u.report_id = e.report_id and u.type = 'undo'
	    and u.version = e.version + 1)
	order by e.at desc, e.id desc
	limit 1
$$;
comment on function crm.public_notes(uuid) is
    'What a unit last told of a report; questions are for the reporter alone, and what was undone was never told.';

-- crm/public_span.sql
create or replace function crm.public_span(first timestamptz, last timestamptz,
    is_needed boolean, name text, out since timestamptz,
    out before timestamptz)
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	most constant interval := '90 days';
	until timestamptz;
begin
	if first is null and last is null and not is_needed then
		return;
	end if;
	until := coalesce(last, least(first + most, crm.now()));
	since := date_trunc('second', coalesce(first, until - most));
	until := date_trunc('second', until);
	if until - since > most then
		raise exception 'more than 90 days' using errcode = 'CR422',
		    column = '?' || name, constraint = 'span';
	end if;
	before := until + interval '1 second';
end
$$;
comment on function crm.public_span(timestamptz, timestamptz, boolean, text) is
    'The seconds a list is asked for: of the latest 90 days where only one end, or none though it is needed, is given. CR422 for more.';
grant execute on function
    crm.public_span(timestamptz, timestamptz, boolean, text) to crm_public;

-- alter/0002-geo.sql
-- What the public reads: from now on by triggers, of what is there already by
-- the same functions.
--

grant usage on schema crm to crm_public;
grant execute on function crm.now() to crm_public;
grant execute on function crm.distance_m(float8, float8, float8, float8)
    to crm_public;
alter policy unit_read on crm.unit
    to crm_officer, crm_channel, crm_public;
alter policy area_read on crm.area
    to crm_officer, crm_channel, crm_public;
alter policy reason_read on crm.reason
    to crm_officer, crm_channel, crm_public;
alter policy clock_read on crm.clock
    to crm_officer, crm_channel, crm_public;
grant select on crm.unit, crm.area, crm.reason, crm.clock to crm_public;
create policy photo_public on crm.photo for select to crm_public
    using (kind = 'report' and not is_sealed and exists (
	select from crm.public_report p
	where p.report_id = photo.report_id));
grant select (id, report_id, kind, place, file_full, is_sealed)
    on crm.photo to crm_public;

create trigger public_follow
    after insert or update of visibility, status, category_code,
	description_public, lat, lng, kelurahan_code, unit_id, due_at,
	held_for, reason_code, erased_at
    on crm.report for each row execute function crm.public_follow();
create trigger public_told
    after insert on crm.event for each row
    when (new.type = 'undo' or new.text is not null
	and new.by_unit_id is not null and new.type <> 'ask')
    execute function crm.public_told();

insert into crm.public_report
select (shown.r).*
from (
	select crm.public_row(r) as r from crm.report r
	where r.visibility = 'public'
	offset 0
) shown
where (shown.r).report_id is not null;
update crm.public_report p set notes = crm.public_notes(p.report_id);

-- api/service_list.sql
create or replace function api.service_list()
returns table (service_code text, service_name text, description text,
    metadata boolean, type text, keywords text, family text)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select c.code, c.name, c.name,
	    exists (select from crm.service_attribute a
		where a.category_code = c.code),
	    'realtime', replace(c.code, '_', ', '), c.family
	from crm.category c
	where c.is_active order by c.name
$$;
comment on function api.service_list() is
    'Categories as services of Open311, each with whether it asks for more.';
grant execute on function api.service_list() to crm_public;

-- api/request_list.sql
-- What is asked decides which index serves best, so that this is planned for
-- the values it gets; parameters that are null are then no longer there. Names
-- are looked up for the rows of the page, not for those before it.
--

create or replace function api.request_list(ids uuid[], codes text[], is_open boolean,
    received_from timestamptz, received_to timestamptz,
    updated_from timestamptz, updated_to timestamptz, near_lat float8,
    near_lng float8, radius_m float8, row_offset int, row_limit int,
    has_extensions boolean)
returns table (service_request_id uuid, status text, status_notes text,
    service_name text, service_code text, description text,
    agency_responsible text, service_notice text,
    requested_datetime timestamptz, updated_datetime timestamptz,
    expected_datetime timestamptz, address text, address_id text,
    zipcode text, lat float8, lng float8, photo_id uuid,
    visibility text, work_status text, work_kelurahan text)
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_custom_plan
set join_collapse_limit = 1
as $$
#variable_conflict use_variable
declare
	received record;
	updated record;
	-- A degree of latitude, and one of longitude at Jakarta, at least.
	lat_span constant float8 := radius_m / 110000;
	lng_span constant float8 := radius_m / 109000;
begin
	select s.* into received from crm.public_span(received_from,
	    received_to, ids is null and updated_from is null
	    and updated_to is null, 'start_date') s;
	select s.* into updated from crm.public_span(updated_from, updated_to,
	    false, 'updated_after') s;
	return query
	select p.report_id, case when p.is_open then 'open' else 'closed' end,
	    coalesce(p.notes, r.name_id), c.name, p.category_code,
	    p.description, u.name, null::text, date_trunc('second', p.received_at),
	    date_trunc('second', p.updated_at),
	    date_trunc('second', p.due_at),
	    k.name || ', ' || m.name || ', ' || t.name, null::text, null::text, p.lat, p.lng,
	    (select f.id from crm.photo f
		where f.report_id = p.report_id and f.kind = 'report'
		and not f.is_sealed order by f.place limit 1),
	    p.visibility, case when has_extensions then p.status end,
	    case when has_extensions then p.kelurahan_code end
	from (
	select p.*
	from crm.public_report p
	where (ids is null or p.report_id = any (ids))
	and (codes is null or p.category_code = any (codes))
	and (is_open is null or p.is_open = is_open)
	and (received.since is null
	    or (p.received_at >= received.since
	    and p.received_at < received.before))
	and (updated.since is null
	    or (p.updated_at >= updated.since
	    and p.updated_at < updated.before))
	and (radius_m is null
	    or (p.lat between near_lat - lat_span and near_lat + lat_span
	    and p.lng between near_lng - lng_span and near_lng + lng_span
	    and crm.distance_m(p.lat, p.lng, near_lat, near_lng) <= radius_m))
	order by p.received_at desc, p.report_id desc
	limit row_limit offset row_offset
	) p
	left join crm.category c on c.code = p.category_code
	left join crm.unit u on u.id = p.unit_id
	left join crm.area k on k.code = p.kelurahan_code
	left join crm.area m on m.code = k.parent_code
	left join crm.area t on t.code = m.parent_code
	left join crm.reason r on r.code = p.reason_code
	order by p.received_at desc, p.report_id desc;
end
$$;
comment on function api.request_list(uuid[], text[], boolean, timestamptz,
    timestamptz, timestamptz, timestamptz, float8, float8, float8, int, int,
    boolean) is
    'Public reports as service requests of Open311, newest first. Times are whole seconds, as old clients read no others. CR422 for more than 90 days.';
grant execute on function api.request_list(uuid[], text[], boolean,
    timestamptz, timestamptz, timestamptz, timestamptz, float8, float8,
    float8, int, int, boolean) to crm_public;

-- api/request_photo.sql
create or replace function api.request_photo(photo uuid)
returns table (file_full text, visibility text)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select f.file_full, p.visibility
	from crm.photo f
	join crm.public_report p on p.report_id = f.report_id
	where f.id = photo and f.kind = 'report' and not f.is_sealed
$$;
comment on function api.request_photo(uuid) is
    'File of a public report''s photo; no row when the report is not public now.';
grant execute on function api.request_photo(uuid) to crm_public;

-- api/request_seen.sql
create or replace function api.request_seen(report uuid) returns boolean
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select exists (select from crm.public_report p
	    where p.report_id = report)
$$;
comment on function api.request_seen(uuid) is
    'Does the public see this report?';
grant execute on function api.request_seen(uuid) to crm_public;

-- alter/0002-sandbox.sql
-- Reports that are tried out, and the unit they go to.
--

drop policy report_read on crm.report;
drop policy report_step on crm.report;
drop policy report_desk on crm.report;
create policy report_read on crm.report for select to crm_officer
    using (((status <> 'incoming' or returns > 0)
    and unit_ids && (select crm.viewer_units()))
    or ((select crm.viewer_role()) = 'triage'
    or status <> 'incoming' and (select crm.viewer_role()) = 'validator')
    and (crm.sandbox() = any (unit_ids)) = (select crm.viewer_in_sandbox()));
-- A step begins and ends with a report that its doer may see.
create policy report_step on crm.report for update to crm_officer
    using (exists (select from crm.inbox i where i.report_id = report.id))
    with check (((status <> 'incoming' or returns > 0)
    and unit_ids && (select crm.viewer_units()))
    or ((select crm.viewer_role()) = 'triage'
    or status <> 'incoming' and (select crm.viewer_role()) = 'validator')
    and (crm.sandbox() = any (unit_ids)) = (select crm.viewer_in_sandbox()));
create policy report_desk on crm.report for insert to crm_officer
    with check ((select crm.viewer_role()) = 'triage'
    and (crm.sandbox() = any (unit_ids)) = (select crm.viewer_in_sandbox())
    and version = 1 and status in ('incoming', 'waiting'));

alter table crm.unit drop constraint unit_kind_known,
	add constraint unit_kind_known check (kind in ('province', 'biro',
	    'dinas', 'badan', 'satpol', 'sudin', 'upt', 'bumd', 'utility',
	    'kota', 'kecamatan', 'kelurahan', 'sandbox')),
	drop constraint unit_only_the_province_is_top,
	add constraint unit_only_the_province_is_top
	    check ((parent_id is null) = (kind in ('province', 'sandbox')));
insert into crm.unit (id, name, kind)
values (crm.sandbox(), 'Sandbox', 'sandbox');

-- crm/hint_follow.sql
create or replace function crm.hint_follow() returns trigger
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
begin
	-- What is tried out is like nothing real.
	if crm.sandbox() = any (new.unit_ids) then
		return null;
	end if;
	delete from crm.duplicate_hint h
	where h.report_id = new.id and h.relation <> 'split';
	insert into crm.duplicate_hint (report_id, other_id, relation,
	    similarity, distance_m, found_at)
	select new.id, f.other_id, f.relation, f.similarity, f.distance_m,
	    crm.now()
	from crm.duplicate_find(new.id, new.category_code, new.match_text,
	    new.lat, new.lng, new.received_at) f
	on conflict do nothing;
	return null;
end
$$;
comment on function crm.hint_follow() is
    'Trigger on crm.report: looks for like reports anew when the place or the category is set. Security definer because it looks at reports that the doer of a step must not see.';

-- api/ranking_list.sql
create or replace function api.ranking_list(first_day date, last_day date, in_kind text)
returns table (unit_id uuid, unit_name text, validated bigint, reopened bigint,
    on_time float8, rank bigint)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
	with today (day) as (
		select (crm.now() at time zone 'Asia/Jakarta')::date
	), done as (
		select d.unit_id, sum(d.validated) as validated,
		    sum(d.on_time) as on_time, sum(d.reopened) as reopened
		from today t
		join crm.work_day d on d.day between
		    coalesce(first_day, coalesce(last_day, t.day) - 29)
		    and coalesce(last_day, t.day)
		group by d.unit_id
		having sum(d.validated) >= 10
	), told as (
		select u.id, u.name, d.validated / 5 * 5 as validated,
		    d.reopened / 5 * 5 as reopened,
		    crm.share_round(d.on_time, d.validated) as on_time
		from done d
		join crm.unit u on u.id = d.unit_id
		where (in_kind is null or u.kind = in_kind)
		and not crm.viewer_in_sandbox()
	)
	select t.id, t.name, t.validated, t.reopened, t.on_time,
	    rank() over (order by t.validated desc, t.on_time desc) as rank
	from told t order by rank, t.name
$$;
comment on function api.ranking_list(date, date, text) is
    'Units by work that was found good and not reopened, of a span of days; without one, of the last thirty. Units with less than ten are left out; numbers are rounded down to fives and shares to steps of five cases, so that nothing tells of a single report; none for those who try things out in the sandbox. Security definer because it counts reports that the viewer must not see.';
grant execute on function api.ranking_list(date, date, text) to crm_officer;

-- crm/viewer_readers.sql
create or replace function crm.viewer_readers() returns uuid[]
language plpgsql stable security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
	return case
	    when nullif(current_setting('crm.channel', true), '') is not null
		then array[current_setting('crm.channel')::uuid]
	    when current_setting('crm.role', true) in ('officer', 'supervisor')
		then nullif(current_setting('crm.units', true), '')::uuid[]
	    when current_setting('crm.role', true) in ('triage', 'validator')
		and crm.viewer_in_sandbox() then array[crm.sandbox()]
	    when current_setting('crm.role', true) in ('triage', 'validator')
		then array['00000000-0000-0000-0000-000000000000'::uuid]
	    end;
end
$$;
comment on function crm.viewer_readers() is
    'Circles of crm.inbox that the viewer belongs to, or null.';
grant execute on function crm.viewer_readers() to crm_officer, crm_channel;

-- crm/inbox_follow.sql
create or replace function crm.inbox_follow() returns trigger
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
declare
	-- Triage and validators; those of the sandbox are its circle already.
	all_readers constant uuid := case
	    when crm.sandbox() = any (new.unit_ids) then crm.sandbox()
	    else '00000000-0000-0000-0000-000000000000' end;
	held text[];
begin
	if tg_op = 'DELETE' then
		delete from crm.inbox where report_id = old.id;
		return null;
	end if;
	held := case when new.second_open then new.held_for || 'second'::text
	    else new.held_for end;
	if tg_op = 'UPDATE' then
		update crm.inbox i
		set due_at = coalesce(new.due_at, 'infinity'),
		    status = new.status, visibility = new.visibility,
		    category_code = new.category_code,
		    kelurahan_code = new.kelurahan_code, unit_id = new.unit_id,
		    lat = new.lat, lng = new.lng,
		    officer_id = case when i.reader_id <> new.channel_id
			then new.officer_id end,
		    held_for = case when i.reader_id <> new.channel_id
			then held else '{}' end,
		    is_returned = i.reader_id = any (new.unit_ids)
			and new.returns > 0
		where i.report_id = new.id;
		if new.unit_ids = old.unit_ids then
			return null;
		end if;
		delete from crm.inbox i
		where i.report_id = new.id
		and i.reader_id = any (old.unit_ids)
		and i.reader_id <> all (new.unit_ids);
	end if;
	insert into crm.inbox (reader_id, report_id, received_at, due_at,
	    status, visibility, category_code, kelurahan_code, unit_id, lat,
	    lng, officer_id, held_for, is_returned)
	select reader.id, new.id, new.received_at,
	    coalesce(new.due_at, 'infinity'), new.status, new.visibility,
	    new.category_code, new.kelurahan_code, new.unit_id, new.lat,
	    new.lng,
	    case when reader.id <> new.channel_id then new.officer_id end,
	    case when reader.id <> new.channel_id then held else '{}' end,
	    reader.id = any (new.unit_ids) and new.returns > 0
	from unnest(new.unit_ids || new.channel_id || all_readers) reader (id)
	on conflict do nothing;
	return null;
end
$$;
comment on function crm.inbox_follow() is
    'Trigger on crm.report: keeps crm.inbox. Security definer because a step changes the lists of readers whom its doer must not see.';

-- crm/clock_unit.sql
create or replace function crm.clock_unit(in_status text, holder uuid) returns uuid
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select case when holder = crm.sandbox() then holder else
	    case in_status
	    when 'incoming' then
		(select u.id from crm.unit u where u.duty = 'triage')
	    when 'awaiting_validation' then
		(select u.id from crm.unit u where u.duty = 'validation')
	    else holder end end
$$;
comment on function crm.clock_unit(text, uuid) is
    'Whose clock runs: triage and validators work on what others hold.';

-- crm/report_route.sql
create or replace function crm.report_route(report uuid, channel uuid, category text,
    description text, words text, lat float8, lng float8, at timestamptz)
returns table (kelurahan_code text, unit_id uuid, status text, held_for text[])
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
	kelurahan_code := crm.area_at(lat, lng);
	held_for := crm.filter_text(description)
	    || crm.filter_place(lat, kelurahan_code);
	-- What is tried out meets neither real reports nor units.
	if (select c.is_sandbox from crm.channel c where c.id = channel) then
		unit_id := crm.sandbox();
		status := case held_for when '{}' then 'waiting'
		    else 'incoming' end;
		return next;
		return;
	end if;
	held_for := held_for || crm.filter_same(report, channel, category,
	    words, lat, lng, at);
	if held_for = '{}' then
		status := 'waiting';
		select u.id into unit_id from crm.unit u
		where u.kind = 'kelurahan' and u.area_code = kelurahan_code
		and u.is_active;
	end if;
	-- A kelurahan without a unit of its own is for triage, too.
	if unit_id is null then
		status := 'incoming';
		select u.id into strict unit_id from crm.unit u
		where u.duty = 'triage';
	end if;
	return next;
end
$$;
comment on function crm.report_route(uuid, uuid, text, text, text, float8,
    float8, timestamptz) is
    'The automatic filter: straight to the kelurahan of the point, or to triage with the codes of what it is held for.';
grant execute on function crm.report_route(uuid, uuid, text, text, text,
    float8, float8, timestamptz) to crm_officer, crm_channel;

-- crm/step_split.sql
create or replace function crm.step_split(event uuid, at timestamptz, was crm.report,
    body jsonb)
returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
	report constant uuid := crm.split_id(event);
	category constant text := coalesce(body ->> 'category',
	    was.category_code);
	words constant text := crm.match_text(body ->> 'description');
	unit uuid;
	status text := 'waiting';
	received constant uuid := gen_random_uuid();
	ticket text;
begin
	perform crm.report_check(category, null, null);
	if body ->> 'unit' is not null then
		unit := crm.step_unit(body, null);
	else
		select u.id into unit from crm.unit u
		where u.kind = 'kelurahan' and u.area_code = was.kelurahan_code
		and u.is_active and not crm.viewer_in_sandbox();
	end if;
	if unit is null then
		unit := crm.viewer_unit();
		status := 'incoming';
	end if;
	ticket := crm.ticket_next(at);
	insert into crm.report_key (id, ticket, received_at)
	values (report, ticket, at);
	insert into crm.report (id, received_at, ticket, channel_id, visibility,
	    status, version, category_code, description, description_public,
	    lat, lng, accuracy_m, address, kelurahan_code, unit_id, unit_ids,
	    occurred_at, changed_at, due_at, held_for, match_text)
	values (report, at, ticket, was.channel_id, was.visibility, status, 1,
	    category, body ->> 'description',
	    coalesce(body ->> 'description_public', ''), was.lat, was.lng,
	    was.accuracy_m, was.address, was.kelurahan_code, unit, array[unit],
	    was.occurred_at, at, crm.due_at(status, unit, category, at),
	    case status when 'incoming' then was.held_for else '{}' end, words);
	insert into crm.event (id, at, report_id, type, version, by_unit_id,
	    to_status)
	values (received, at, report, 'received', 1, crm.viewer_unit(), status);
	insert into crm.event_internal (event_id, report_id, by_account_id)
	values (received, report, crm.viewer_account());
	perform crm.split_note(report, was.id, at);
	perform crm.audit_add('report_add', report);
end
$$;
comment on function crm.step_split(uuid, timestamptz, crm.report, jsonb) is
    'Makes a report of its own of what this one says besides: of the same channel and place, without identity and photos.';
grant execute on function crm.step_split(uuid, timestamptz, crm.report, jsonb)
    to crm_officer;

-- crm/step_unit.sql
create or replace function crm.step_unit(body jsonb, holder uuid) returns uuid
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	wanted crm.unit;
begin
	select u.* into wanted from crm.unit u
	where u.id = crm.id_read(body ->> 'unit') and u.is_active;
	if not found
	    or (wanted.id = crm.sandbox()) <> crm.viewer_in_sandbox() then
		perform crm.step_refuse('unit', 'unknown');
	elsif wanted.id = holder then
		perform crm.step_refuse('unit', 'own_unit');
	elsif wanted.duty is not null or wanted.kind = 'province' then
		perform crm.step_refuse('unit', 'not_a_doer');
	end if;
	return wanted.id;
end
$$;
comment on function crm.step_unit(jsonb, uuid) is
    'The unit a step sends a report to, else CR422: there is none, it holds the report, or it does no work.';
grant execute on function crm.step_unit(jsonb, uuid) to crm_officer;

-- crm/step_return.sql
create or replace function crm.step_return(at timestamptz, was crm.report)
returns crm.report
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
declare
	sent crm.hand_over;
	after crm.report := was;
begin
	update crm.hand_over h set ended_at = at, returned = true
	where h.report_id = was.id and h.ended_at is null
	and h.to_unit_id = was.unit_id
	returning h.* into sent;
	if found then
		-- Whoever sent it to the sender is the next to get it back.
		update crm.hand_over h set ended_at = null
		where h.report_id = was.id and h.to_unit_id = sent.from_unit_id
		and h.ended_at = sent.at and not h.returned;
		-- A date that was approved there no longer holds.
		after.status := case sent.from_status when 'scheduled'
		    then 'in_progress' else sent.from_status end;
		after := crm.step_move(after, sent.from_unit_id);
	else
		after.status := 'incoming';
		after := crm.step_move(after, (select u.id from crm.unit u
		    where case when crm.viewer_in_sandbox()
			then u.id = crm.sandbox() else u.duty = 'triage' end));
	end if;
	after.returns := was.returns + 1;
	return after;
end
$$;
comment on function crm.step_return(timestamptz, crm.report) is
    'Back to the unit that handed it over and to the status there; to triage when no unit did.';
grant execute on function crm.step_return(timestamptz, crm.report)
    to crm_officer;

-- crm/step_appeal.sql
create or replace function crm.step_appeal(after crm.report) returns crm.report
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	after := crm.step_move(after, (select u.id from crm.unit u
	    where case when after.unit_id = crm.sandbox()
		then u.id = crm.sandbox() else u.duty = 'triage' end));
	after.held_for := '{appeal}';
	after.reason_code := null;
	return after;
end
$$;
comment on function crm.step_appeal(crm.report) is
    'Back to triage, held for the reporter''s appeal.';
grant execute on function crm.step_appeal(crm.report) to crm_channel;

-- crm/notice_tell.sql
create or replace function crm.notice_tell(report uuid, event uuid, at timestamptz,
    type text, reader text, reader_id uuid)
returns void
language sql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
	insert into crm.notice (at, report_id, event_id, type, reader, reader_id)
	select notice_tell.at, report, event, notice_tell.type,
	    case when notice_tell.reader = 'unit' and u.duty = 'triage'
		then 'triage'
	    when notice_tell.reader = 'unit' and u.duty = 'validation'
		then 'validator'
	    else notice_tell.reader end,
	    case when notice_tell.reader in ('triage', 'validator')
		or notice_tell.reader = 'unit'
		and u.duty in ('triage', 'validation')
		then case when exists (select from crm.inbox i
		    where i.report_id = report and i.reader_id = crm.sandbox())
		    then crm.sandbox()
		    else '00000000-0000-0000-0000-000000000000' end
	    else notice_tell.reader_id end
	from (select) one
	left join crm.unit u on u.id = notice_tell.reader_id
	where notice_tell.reader_id is not null
	or notice_tell.reader in ('triage', 'validator')
	on conflict do nothing
$$;
comment on function crm.notice_tell(uuid, uuid, timestamptz, text, text, uuid)
    is 'One notice for one circle of readers; the units of triage and of validation hear as the roles that they are.';

-- crm/viewer_did.sql
create or replace function crm.viewer_did(report uuid) returns boolean
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
begin
	return exists (
		select from crm.event e
		join crm.event_internal i on i.event_id = e.id
		where e.report_id = report and e.type = 'follow_up'
		and (i.by_account_id = crm.viewer_account()
		or e.by_unit_id = crm.viewer_unit()
		and not crm.viewer_in_sandbox()));
end
$$;
comment on function crm.viewer_did(uuid) is
    'Whether the viewer or someone of the same unit followed this report up; in the sandbox, which is one unit, the viewer alone.';
grant execute on function crm.viewer_did(uuid) to crm_officer;

-- crm/work_follow.sql
create or replace function crm.work_follow() returns trigger
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
declare
	done crm.work;
begin
	if crm.sandbox() = any (new.unit_ids) then
		return null;
	end if;
	if new.status = 'awaiting_validation' then
		insert into crm.work (report_id, unit_id, was_on_time)
		values (new.id, new.unit_id,
		    new.changed_at <= coalesce(old.due_at, 'infinity'))
		on conflict (report_id) do update
		set unit_id = excluded.unit_id,
		    was_on_time = excluded.was_on_time, day = null;
	elsif old.status = 'awaiting_validation' and new.status = 'completed' then
		update crm.work w
		set day = (new.changed_at at time zone 'Asia/Jakarta')::date
		where w.report_id = new.id
		returning w.* into done;
		if found then
			insert into crm.work_day as d
			    (unit_id, day, validated, on_time)
			values (done.unit_id, done.day, 1, done.was_on_time::int)
			on conflict (unit_id, day) do update
			set validated = d.validated + 1,
			    on_time = d.on_time + excluded.on_time;
		end if;
	elsif old.status = 'completed' then
		-- Reopened by the reporter, or the second validator found fault.
		delete from crm.work w
		where w.report_id = new.id and w.day is not null
		returning w.* into done;
		if found then
			update crm.work_day d
			set validated = d.validated - 1,
			    on_time = d.on_time - done.was_on_time::int,
			    reopened = d.reopened
				+ (new.status = 'waiting')::int
			where d.unit_id = done.unit_id and d.day = done.day;
		end if;
	end if;
	return null;
end
$$;
comment on function crm.work_follow() is
    'Trigger on crm.report: keeps crm.work and crm.work_day. Security definer because no login may change what it is ranked by.';

-- crm/choice_add.sql
create or replace function crm.choice_add(step text, category text, kelurahan text,
    unit uuid, more int)
returns void
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
declare
	at constant timestamptz := crm.now();
begin
	if category is null or unit = crm.sandbox() then
		return;
	end if;
	insert into crm.choice as c (step, category_code, kelurahan_code,
	    unit_id, count, counted_at)
	values (step, category, kelurahan, unit, greatest(more, 0), at)
	on conflict on constraint choice_key do update
	set count = greatest(0, more
		+ crm.choice_count(c.count, c.counted_at, at)),
	    counted_at = at;
end
$$;
comment on function crm.choice_add(text, text, text, uuid, int) is
    'Counts one more choice, or one less that was sent back. Security definer because no login touches the counts.';
grant execute on function crm.choice_add(text, text, text, uuid, int)
    to crm_officer;

-- crm/suggestion.sql
create or replace function crm.suggestion(category text, kelurahan text, holder uuid)
returns table (unit_id uuid, level text, count int, total int)
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
	own constant crm.unit := (select u from crm.unit u where u.id = holder);
	is_agency constant boolean := own.kind in ('dinas', 'badan', 'satpol');
begin
	return query
	with offered as (
		-- An agency's own office in the kota, and whom it chose below it.
		select r.unit_id, r.level, r.count, r.total, 0 as step, r.place
		from crm.choice_rank('dispose', category, kelurahan)
		    with ordinality r (unit_id, level, count, total, place)
		join crm.unit u on u.id = r.unit_id
		where is_agency and u.parent_id = holder
		and (u.area_code is null or u.area_code = left(kelurahan, 5))
		union all
		select u.id, 'below', 0, 0, 1, 0 from crm.unit u
		where is_agency and u.parent_id = holder
		and u.area_code = left(kelurahan, 5)
		union all
		select r.unit_id, r.level, r.count, r.total, 2, r.place
		from crm.choice_rank('hand_over', category, kelurahan)
		    with ordinality r (unit_id, level, count, total, place)
		union all
		select u.id, 'usual', 0, 0, 3, 0
		from crm.category_unit c join crm.unit u on case
		    when c.unit_id is null then u.kind = 'kelurahan'
			and u.area_code = kelurahan
		    else u.id = c.unit_id end
		where c.category_code = category
	), once as (
		select distinct on (o.unit_id) o.*
		from offered o join crm.unit u on u.id = o.unit_id
		where o.unit_id is distinct from holder and u.is_active
		and u.duty is null and u.kind <> 'province'
		and not crm.viewer_in_sandbox()
		order by o.unit_id, o.step, o.place
	)
	select o.unit_id, o.level, o.count, o.total from once o
	order by o.step, o.place, o.unit_id limit 5;
end
$$;
comment on function crm.suggestion(text, text, uuid) is
    'Up to five units to hand a report of this category and place to, best first: what was chosen before near there, then the usual agency; for an agency its own office in the kota first.';
grant execute on function crm.suggestion(text, text, uuid) to crm_officer;

-- crm/step_work.sql
create or replace function crm.step_work(event uuid, at timestamptz, rule crm.event_rule,
    was crm.report, after crm.report, body jsonb)
returns crm.report
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	case rule.type
	when 'route' then
		after := crm.step_route(at, after, body);
	when 'reject' then
		after := crm.step_reject(after, body);
	when 'merge' then
		after := crm.step_merge(after, body);
	when 'unmerge' then
		after := crm.step_unmerge(was);
	when 'split' then
		perform crm.step_split(event, at, was, body);
	when 'take' then
		after.officer_id := crm.viewer_account();
	when 'hand_over', 'dispose' then
		after := crm.step_hand_over(event, at, rule.to_status, was, body);
		after.status := rule.to_status;
	when 'return' then
		after := crm.step_return(at, was);
	when 'assign' then
		after := crm.step_assign(after, body);
	when 'schedule' then
		after := crm.step_schedule(after, at, body);
		after.schedule_account_id := crm.viewer_account();
	when 'approve_schedule' then
		after := crm.step_schedule(after, at, body);
	when 'refuse_schedule' then
		after.schedule_until := null;
		after.schedule_account_id := null;
	when 'ask' then
		after.asked_at := at;
	when 'accept_work' then
		after.completed_at := at;
		after.second_open := after.unit_id <> crm.sandbox()
		    and crm.second_draw(event);
	when 'second_accept' then
		after.second_open := false;
	when 'undo' then
		after := crm.step_undo(was);
	else
		null;
	end case;
	return after;
end
$$;
comment on function crm.step_work(uuid, timestamptz, crm.event_rule,
    crm.report, crm.report, jsonb) is
    'The report after a step of an officer, and what else the step makes.';
grant execute on function crm.step_work(uuid, timestamptz, crm.event_rule,
    crm.report, crm.report, jsonb) to crm_officer;

-- crm/channel_find.sql
create or replace function crm.channel_find(wanted text) returns uuid
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	channel uuid := crm.viewer_channel();
begin
	if channel is not null then
		return channel;
	end if;
	if wanted is null then
		raise exception 'no channel'
		    using errcode = 'CR422', column = '/channel',
		    constraint = 'required';
	end if;
	-- Apps hand in their reports themselves.
	select c.id into channel from crm.channel c
	where c.name = wanted and c.is_active
	and c.name not in ('jaki', 'open311')
	and c.is_sandbox = crm.viewer_in_sandbox();
	if not found then
		raise exception 'no such channel'
		    using errcode = 'CR422', column = '/channel',
		    constraint = 'unknown';
	end if;
	return channel;
end
$$;
comment on function crm.channel_find(text) is
    'The channel that hands in a report, or the one a desk officer names; CR422 for none or one that nobody keys in for.';
grant execute on function crm.channel_find(text) to crm_officer, crm_channel;

-- crm/report_match.sql
create or replace function crm.report_match(q text, readers uuid[]) returns uuid[]
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	words constant text := lower(normalize(btrim(q), nfkc));
	beginning constant text := upper(words);
	is_all constant boolean := crm.viewer_channel() is not null
	    or crm.viewer_role() in ('triage', 'validator')
	    and not crm.viewer_in_sandbox();
	found uuid[];
begin
	if beginning ~ '^JK\d*$' then
		return array(
			select k.id from crm.report_key k
			where k.ticket >= beginning and k.ticket < beginning || '~'
			and exists (select from crm.inbox i
			    where i.report_id = k.id
			    and i.reader_id = any (readers))
			order by k.received_at desc limit 2000);
	end if;
	found := case when is_all then crm.match_all(words, false)
	    else crm.match_circles(words, false, readers) end;
	-- Only plain words that are not there are looked for as spelt otherwise.
	if cardinality(found) = 0 and words ~ '^[[:alnum:][:space:]]+$' then
		found := case when is_all then crm.match_all(words, true)
		    else crm.match_circles(words, true, readers) end;
	end if;
	return found;
end
$$;
comment on function crm.report_match(text, uuid[]) is
    'Newest reports whose masked text has the words or the part, or else something much like it, or whose ticket number begins so. The caller still has to keep to the circles.';

-- crm/proof_keep.sql
create or replace function crm.proof_keep(report uuid, event uuid, photos uuid[],
    hashes bigint[])
returns void
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
declare
	-- Pictures of the sandbox are compared with none.
	len constant int := case when exists (select from crm.inbox i
		where i.report_id = report and i.reader_id = crm.sandbox())
	    then 0 else coalesce(cardinality(hashes)
		/ nullif(cardinality(photos), 0), 0) end;
	proof record;
	photo record;
	same record;
	fact uuid;
begin
	select e.id, e.at into proof from crm.event e
	where e.report_id = report and e.id = event
	and e.type in ('follow_up', 'progress');
	if event is not null and not found then
		return;
	end if;
	for photo in
		select p.id, hashes[(s.place - 1) * len + 1:s.place * len] as words
		from unnest(photos) with ordinality s (id, place)
		join crm.photo p on p.id = s.id and p.report_id = report
		and p.event_id is not distinct from event
		where len >= 6
		order by s.place
	loop
		continue when photo.words[1] = 0;
		for same in
			select f.* from crm.photo_same(photo.words, report) f
			where event is not null
			-- The report's own photos come first: one proof sent
			-- many times must not push them out.
			order by f.is_proof, f.bits, f.photo_id limit 10
		loop
			insert into crm.proof_check (report_id, event_id, at, kind,
			    photo_id, is_mirrored, bits)
			values (report, event, proof.at, case when same.is_proof
			    then 'earlier_proof' else 'own_photo' end,
			    photo.id, same.is_mirrored, same.bits)
			returning id into fact;
			insert into crm.proof_pair (check_id, photo_id, report_id)
			values (fact, same.photo_id, same.report_id);
		end loop;
	end loop;
	if len >= 6 then
		insert into crm.photo_hash (photo_id, report_id, is_proof, whole,
		    quarters)
		select p.id, report, event is not null,
		    hashes[(s.place - 1) * len + 1],
		    hashes[(s.place - 1) * len + 3:(s.place - 1) * len + 6]
		from unnest(photos) with ordinality s (id, place)
		join crm.photo p on p.id = s.id and p.report_id = report
		and p.event_id is not distinct from event
		where hashes[(s.place - 1) * len + 1] <> 0
		on conflict do nothing;
	end if;
	perform crm.proof_facts(report, event);
end
$$;
comment on function crm.proof_keep(uuid, uuid, uuid[], bigint[]) is
    'Keeps what new photos look like and, when they are proof, the facts about them. Security definer because no login may read or write hashes, or see which photos of which reports are the same.';
grant execute on function crm.proof_keep(uuid, uuid, uuid[], bigint[])
    to crm_officer, crm_channel;

-- api/notice_list.sql
create or replace function api.notice_list(after_at timestamptz, after_id uuid,
    row_limit int)
returns table (id uuid, type text, at timestamptz, new boolean,
    report_id uuid, ticket text, status text, visibility text)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
	me constant uuid := crm.viewer_account();
	role constant text := crm.viewer_role();
	everyone constant uuid := case when crm.viewer_in_sandbox()
	    then crm.sandbox() else '00000000-0000-0000-0000-000000000000' end;
	-- Not coalesce() in the query: it would keep it out of the index.
	from_at constant timestamptz := coalesce(after_at, 'infinity');
	from_id constant uuid := coalesce(after_id,
	    'ffffffff-ffff-ffff-ffff-ffffffffffff');
	seen constant timestamptz := coalesce((select s.until
	    from crm.notice_seen s where s.account_id = me), '-infinity');
begin
	perform crm.audit_add('notice_list', null);
	return query
	select p.id, p.type, p.at, p.at > seen, p.report_id, k.ticket,
	    r.status, r.visibility
	from (
		select n.id, n.type, n.at, n.report_id
		-- Null for a circle that is not the viewer's: what others hear
		-- would be walked through and filtered out, row by row.
		from (values
		    ('unit', case when role in ('officer', 'supervisor')
			then crm.viewer_unit() end),
		    ('supervisor', case when role = 'supervisor'
			then crm.viewer_unit() end),
		    ('account', me),
		    (role, case when role in ('triage', 'validator')
			then everyone end)) circle (reader, reader_id)
		cross join lateral (
			select o.id, o.type, o.at, o.report_id
			from crm.notice o
			where o.reader = circle.reader
			and o.reader_id = circle.reader_id
			and (o.at, o.id) < (from_at, from_id)
			-- Nobody is told of what they did.
			and not exists (select from crm.event_internal i
			    where i.event_id = o.event_id
			    and i.by_account_id = me)
			order by o.at desc, o.id desc
			limit row_limit + 1
		) n
		order by n.at desc, n.id desc
		limit row_limit + 1
	) p
	join crm.report_key k on k.id = p.report_id
	cross join lateral (
		select i.status, i.visibility from crm.inbox i
		where i.report_id = p.report_id
		limit 1
	) r
	order by p.at desc, p.id desc;
end
$$;
comment on function api.notice_list(timestamptz, uuid, int) is
    'What the viewer has to hear of, newest first, one row more than asked when there is more; of reports the viewer may open only.';
grant execute on function api.notice_list(timestamptz, uuid, int)
    to crm_officer;

-- api/unit_list.sql
create or replace function api.unit_list()
returns table (id uuid, name text, kind text, parent_id uuid)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select u.id, u.name, u.kind, u.parent_id from crm.unit u
	where u.is_active
	and (u.id = crm.sandbox()) = crm.viewer_in_sandbox()
	order by u.name
$$;
comment on function api.unit_list() is 'The agency tree; of the sandbox only itself.';
grant execute on function api.unit_list() to crm_officer;

-- SPDX-License-Identifier: ISC
