-- SPDX-License-Identifier: ISC

create function api.holiday_delete(holiday uuid) returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	delete from crm.holiday h where h.id = holiday;
	if not found then
		raise exception 'no such day' using errcode = 'CR404';
	end if;
	perform crm.audit_add('holiday_delete', null, holiday);
end
$$;
comment on function api.holiday_delete(uuid) is
    'Makes a day count again; deadlines that are set stay. CR404.';
grant execute on function api.holiday_delete(uuid) to crm_officer;
