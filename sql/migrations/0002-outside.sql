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

-- SPDX-License-Identifier: ISC
