-- SPDX-License-Identifier: ISC

create function crm.viewer_units() returns uuid[]
language plpgsql stable security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
	return nullif(current_setting('crm.units', true), '')::uuid[];
end
$$;
comment on function crm.viewer_units() is
    'Units whose reports an officer or supervisor sees, or null.';
grant execute on function crm.viewer_units() to crm_officer;
