-- SPDX-License-Identifier: ISC

create function crm.unit_is_below(unit uuid, top uuid) returns boolean
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	above uuid := unit;
begin
	loop
		select u.parent_id into above from crm.unit u where u.id = above;
		if above is null or above = top then
			return coalesce(above = top, false);
		end if;
	end loop;
end
$$;
comment on function crm.unit_is_below(uuid, uuid) is
    'Whether a unit is strictly below another one.';
grant execute on function crm.unit_is_below(uuid, uuid) to crm_officer;
