-- SPDX-License-Identifier: ISC

create function api.key_retire(kid text) returns void
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
