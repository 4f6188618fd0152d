-- SPDX-License-Identifier: ISC

create function api.channel_enter(kid text, request_id text)
returns table (channel_id uuid, name text)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
	select c.id, c.name into channel_id, name
	from crm.channel_key k
	join crm.channel c on c.id = k.channel_id
	where k.kid = channel_enter.kid and k.retired_at is null
	and c.is_active;
	if not found then
		raise exception 'no such key' using errcode = 'CR401';
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
comment on function api.channel_enter(text, text) is
    'Makes the channel of an active key the viewer of this transaction, else CR401.';
grant execute on function api.channel_enter(text, text) to crm_channel;
