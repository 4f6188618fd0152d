-- SPDX-License-Identifier: ISC

create function crm.viewer_unit() returns uuid
language plpgsql stable security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
	return nullif(current_setting('crm.unit', true), '')::uuid;
end
$$;
comment on function crm.viewer_unit() is 'Unit of the viewer, or null.';
grant execute on function crm.viewer_unit() to crm_officer, crm_channel;
