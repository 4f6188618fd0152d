-- Made by sql/compose from the files that sql/alter/0002-outside.list names.

-- alter/0002-start.sql
-- The outside world: what comes with it is in the files after this one.
--

comment on schema api is 'One function per operation; all the server calls.';

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

-- Its result changes.
drop function api.channel_keys();

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

-- alter/0002-acts.sql
-- What a channel may still do with its report.
--

drop function api.event_add(bytea, bytea, text, int, text, jsonb, uuid[],
    text[], text[], int[], int[], bigint[]);

insert into crm.event_type (type, is_told, by_channel, by_system) values
('add_photos', true, true, false);

insert into crm.event_rule (type, role, from_status, to_status, who, must, may,
    photo_min, photo_max, clock, hears, can_undo)
select 'add_photos', 'channel', s.status, s.status, 'own', '{}', '{text}',
    1, 5, 'keep', '{holder,officer}', false
from unnest(array['incoming', 'waiting', 'coordination', 'disposition',
    'in_progress', 'scheduled', 'awaiting_validation', 'followup_rejected'])
    s (status);

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

-- SPDX-License-Identifier: ISC
