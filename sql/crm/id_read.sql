-- SPDX-License-Identifier: ISC

create function crm.id_read(text text) returns uuid
language plpgsql immutable security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
	return case when text ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'
	    then text::uuid end;
end
$$;
comment on function crm.id_read(text) is
    'An id from outside; null when it cannot be one.';
grant execute on function crm.id_read(text) to crm_officer, crm_channel;
