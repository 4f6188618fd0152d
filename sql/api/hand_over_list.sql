-- SPDX-License-Identifier: ISC

create function api.hand_over_list(reference text, after_at timestamptz,
    after_id uuid, row_limit int)
returns table (id uuid, kind text, from_unit_id uuid, from_unit_name text,
    to_unit_id uuid, to_unit_name text, reason text, note text, at timestamptz,
    ended_at timestamptz, returned boolean)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
	report uuid;
begin
	select k.id into report from crm.report_find(reference) k;
	if not found then
		raise exception 'no such report' using errcode = 'CR404';
	end if;
	perform crm.audit_add('hand_over_list', report);
	return query
	select h.id, h.kind, h.from_unit_id, f.name, h.to_unit_id, t.name,
	    i.reason, i.note, h.at, h.ended_at, h.returned
	from crm.hand_over h
	join crm.unit f on f.id = h.from_unit_id
	join crm.unit t on t.id = h.to_unit_id
	left join crm.event_internal i on i.event_id = h.event_id
	where h.report_id = report and (h.at, h.id)
	    < (coalesce(after_at, 'infinity'),
	    coalesce(after_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
	order by h.at desc, h.id desc
	limit row_limit + 1;
end
$$;
comment on function api.hand_over_list(text, timestamptz, uuid, int) is
    'Hand-overs of a report with its audit entry, newest first, one row more than asked when there is more. CR404 when the viewer may not see the report.';
grant execute on function api.hand_over_list(text, timestamptz, uuid, int)
    to crm_officer;
