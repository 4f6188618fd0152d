-- SPDX-License-Identifier: ISC

create function api.opened_list(reference text)
returns table (unit_id uuid, unit_name text, officer_id uuid,
    officer_name text, count int, last_at timestamptz, visibility text)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
	report uuid;
begin
	select k.id into report from crm.report_find(reference) k;
	if not found then
		raise exception 'no such report' using errcode = 'CR404';
	end if;
	perform crm.audit_add('opened_list', report);
	return query
	select o.unit_id, o.unit_name, o.officer_id, o.officer_name, o.count,
	    o.last_at, api.report_level(reference)
	from crm.opened(report) o;
end
$$;
comment on function api.opened_list(text) is
    'Who opened a report, with its audit entry. CR404 when the viewer may not see the report.';
grant execute on function api.opened_list(text) to crm_officer, crm_channel;
