-- SPDX-License-Identifier: ISC

create function api.view_delete(id uuid) returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	delete from crm.view v where v.id = view_delete.id;
	if not found then
		raise exception 'no such view' using errcode = 'CR404';
	end if;
end
$$;
comment on function api.view_delete(uuid) is
    'Forgets a saved view of the viewer, else CR404.';
grant execute on function api.view_delete(uuid) to crm_officer;
