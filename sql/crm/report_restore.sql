-- SPDX-License-Identifier: ISC

create function crm.report_restore(after crm.report, version int)
returns crm.report
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
declare
	before crm.report_before;
begin
	select b.* into strict before from crm.report_before b
	where b.report_id = after.id and b.version = version;
	after.status := before.status;
	after.category_code := before.category_code;
	after.lat := before.lat;
	after.lng := before.lng;
	after.accuracy_m := before.accuracy_m;
	after.address := before.address;
	after.kelurahan_code := before.kelurahan_code;
	after.unit_id := before.unit_id;
	after.unit_ids := before.unit_ids;
	after.due_at := before.due_at;
	after.officer_id := before.officer_id;
	after.held_for := before.held_for;
	after.asked_at := before.asked_at;
	after.left_seconds := before.left_seconds;
	after.schedule_until := before.schedule_until;
	after.schedule_account_id := before.schedule_account_id;
	after.returns := before.returns;
	after.completed_at := before.completed_at;
	after.reason_code := before.reason_code;
	after.main_id := before.main_id;
	after.second_open := before.second_open;
	return after;
end
$$;
comment on function crm.report_restore(crm.report, int) is
    'The report as it was kept at that version.';
grant execute on function crm.report_restore(crm.report, int) to crm_officer;
