-- SPDX-License-Identifier: ISC

create function crm.viewer_units() returns uuid[]
language plpgsql stable security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
	return case when current_setting('crm.role', true)
	    in ('officer', 'supervisor')
	    then nullif(current_setting('crm.units', true), '')::uuid[] end;
end
$$;
comment on function crm.viewer_units() is
    'Units whose reports an officer or supervisor sees; null for others.';
grant execute on function crm.viewer_units() to crm_officer;
