-- SPDX-License-Identifier: ISC

create function crm.report_lock(report uuid, received timestamptz)
returns crm.report
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
	was crm.report;
begin
	if crm.viewer_channel() is null then
		select r.* into was from crm.report r
		where r.id = report and r.received_at = received for update;
		return was;
	end if;
	select r.id, r.received_at, r.ticket, r.channel_id, r.visibility,
	    r.status, r.version, r.category_code, r.lat, r.lng,
	    r.kelurahan_code, r.unit_id, r.unit_ids, r.due_at, r.asked_at,
	    r.left_seconds, r.completed_at, r.reason_code, r.main_id, r.merged
	into was.id, was.received_at, was.ticket, was.channel_id, was.visibility,
	    was.status, was.version, was.category_code, was.lat, was.lng,
	    was.kelurahan_code, was.unit_id, was.unit_ids, was.due_at,
	    was.asked_at, was.left_seconds, was.completed_at, was.reason_code,
	    was.main_id, was.merged
	from crm.report r
	where r.id = report and r.received_at = received for update;
	return was;
end
$$;
comment on function crm.report_lock(uuid, timestamptz) is
    'The report, held until the end of the transaction; null when there is none. A channel gets no more of it than it may read.';
grant execute on function crm.report_lock(uuid, timestamptz)
    to crm_officer, crm_channel;
