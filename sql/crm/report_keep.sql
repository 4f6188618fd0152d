-- SPDX-License-Identifier: ISC

create function crm.report_keep(was crm.report) returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
begin
	insert into crm.report_before (report_id, version,
	    status, category_code, lat, lng, accuracy_m, address,
	    kelurahan_code, unit_id, unit_ids, due_at, officer_id, held_for,
	    asked_at, left_seconds, schedule_until, schedule_account_id,
	    returns, completed_at, reason_code, main_id, second_open)
	values (was.id, was.version,
	    was.status, was.category_code, was.lat, was.lng, was.accuracy_m,
	    was.address, was.kelurahan_code, was.unit_id, was.unit_ids,
	    was.due_at, was.officer_id, was.held_for, was.asked_at,
	    was.left_seconds, was.schedule_until, was.schedule_account_id,
	    was.returns, was.completed_at, was.reason_code, was.main_id,
	    was.second_open);
end
$$;
comment on function crm.report_keep(crm.report) is
    'Keeps a report as it is before a step that can be taken back.';
grant execute on function crm.report_keep(crm.report) to crm_officer;
