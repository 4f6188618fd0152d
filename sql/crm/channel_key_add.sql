-- SPDX-License-Identifier: ISC

create function crm.channel_key_add(channel_name text, kid text, alg text,
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
