-- SPDX-License-Identifier: ISC

create function crm.report_step(was crm.report, after crm.report)
returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
begin
	if crm.viewer_channel() is not null then
		update crm.report r
		set visibility = after.visibility, status = after.status,
		    version = after.version, unit_id = after.unit_id,
		    unit_ids = after.unit_ids, changed_at = after.changed_at,
		    due_at = after.due_at, asked_at = after.asked_at,
		    left_seconds = after.left_seconds, reopened = after.reopened,
		    me_too = after.me_too, stars = after.stars,
		    completed_at = after.completed_at,
		    reason_code = after.reason_code, main_id = after.main_id
		where r.id = was.id and r.received_at = was.received_at;
		-- What a channel cannot read it can only set.
		if after.held_for is not null then
			update crm.report r
			set held_for = after.held_for, officer_id = null
			where r.id = was.id and r.received_at = was.received_at;
		end if;
		return;
	end if;
	perform crm.report_store(was, after);
end
$$;
comment on function crm.report_step(crm.report, crm.report) is
    'Stores what a step made of a report.';
grant execute on function crm.report_step(crm.report, crm.report)
    to crm_officer, crm_channel;
