-- SPDX-License-Identifier: ISC

create function api.report_open(reference text)
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
		return;
	end if;
	return query select r.* from crm.report_get(key.id, key.received_at) r;
	if found then
		perform crm.audit_add('report_open', key.id);
	end if;
end
$$;
comment on function api.report_open(text) is
    'One report by id or ticket number, with its audit entry; no row when the viewer may not see it.';
grant execute on function api.report_open(text) to crm_officer, crm_channel;
