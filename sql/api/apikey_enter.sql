-- SPDX-License-Identifier: ISC

create function api.apikey_enter(digest bytea, request_id text)
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
