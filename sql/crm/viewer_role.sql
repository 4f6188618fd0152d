-- SPDX-License-Identifier: ISC

create function crm.viewer_role() returns text
language plpgsql stable security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
	return nullif(current_setting('crm.role', true), '');
end
$$;
comment on function crm.viewer_role() is 'Role of the viewer, or null.';
grant execute on function crm.viewer_role() to crm_officer, crm_channel;
