-- SPDX-License-Identifier: ISC

create function crm.channel_api_key_add(channel_name text, name text,
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
