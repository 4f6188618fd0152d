-- SPDX-License-Identifier: ISC

create function crm.viewer_in_sandbox() returns boolean
language plpgsql stable security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
	return coalesce(crm.viewer_unit() = crm.sandbox(), false);
end
$$;
comment on function crm.viewer_in_sandbox() is
    'Whether the viewer works in the sandbox, where real reports do not exist.';
grant execute on function crm.viewer_in_sandbox() to crm_officer, crm_channel;
