-- SPDX-License-Identifier: ISC

create function crm.report_store(was crm.report, after crm.report)
returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
begin
	update crm.report r
	set status = after.status, version = after.version,
	    category_code = after.category_code, lat = after.lat,
	    lng = after.lng, accuracy_m = after.accuracy_m,
	    address = after.address, kelurahan_code = after.kelurahan_code,
	    unit_id = after.unit_id, unit_ids = after.unit_ids,
	    changed_at = after.changed_at, due_at = after.due_at,
	    officer_id = after.officer_id, held_for = after.held_for,
	    asked_at = after.asked_at, left_seconds = after.left_seconds,
	    schedule_until = after.schedule_until,
	    schedule_account_id = after.schedule_account_id,
	    returns = after.returns, completed_at = after.completed_at,
	    reason_code = after.reason_code, main_id = after.main_id,
	    second_open = after.second_open
	where r.id = was.id and r.received_at = was.received_at;
end
$$;
comment on function crm.report_store(crm.report, crm.report) is
    'Stores what a step of the city made of a report.';
grant execute on function crm.report_store(crm.report, crm.report)
    to crm_officer;
