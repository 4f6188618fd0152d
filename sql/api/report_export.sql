-- SPDX-License-Identifier: ISC

create function api.report_export(reference text)
returns setof api.report_row
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
	key record;
begin
	select k.id, k.received_at into key from crm.report_find(reference) k;
	if not found then
		raise exception 'no such report' using errcode = 'CR404';
	end if;
	perform crm.audit_add('report_export', key.id);
	return query select r.* from crm.report_get(key.id, key.received_at) r;
end
$$;
comment on function api.report_export(text) is
    'One report for its reporter to have, with its audit entry. CR404 when the viewer may not see it.';
grant execute on function api.report_export(text) to crm_channel;
