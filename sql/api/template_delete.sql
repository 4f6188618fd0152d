-- SPDX-License-Identifier: ISC

create function api.template_delete(id uuid) returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	delete from crm.template t where t.id = template_delete.id;
	if found then
		perform crm.audit_add('template_delete', null, id);
	elsif exists (select from crm.template t
	    where t.id = template_delete.id) then
		raise exception 'not yours' using errcode = 'CR403';
	else
		raise exception 'no such template' using errcode = 'CR404';
	end if;
end
$$;
comment on function api.template_delete(uuid) is
    'Deletes a template of the viewer''s unit, as an admin a general one. CR403 for one that may only be read, CR404 for one that is not there.';
grant execute on function api.template_delete(uuid) to crm_officer;
