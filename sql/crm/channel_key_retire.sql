-- SPDX-License-Identifier: ISC

create function crm.channel_key_retire(kid text) returns boolean
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
