-- SPDX-License-Identifier: ISC

create function crm.report_now(report uuid, received timestamptz)
returns crm.report
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
	found crm.report;
begin
	if crm.viewer_channel() is null then
		select r.* into found from crm.report r
		where r.id = report and r.received_at = received;
		return found;
	end if;
	select r.id, r.received_at, r.ticket, r.channel_id, r.visibility,
	    r.status, r.version, r.category_code, r.lat, r.lng,
	    r.kelurahan_code, r.unit_id, r.unit_ids, r.due_at, r.asked_at,
	    r.left_seconds, r.reopened, r.me_too, r.stars, r.completed_at,
	    r.reason_code, r.main_id, r.merged, r.erased_at
	into found.id, found.received_at, found.ticket, found.channel_id,
	    found.visibility, found.status, found.version, found.category_code,
	    found.lat, found.lng, found.kelurahan_code, found.unit_id,
	    found.unit_ids, found.due_at, found.asked_at, found.left_seconds,
	    found.reopened, found.me_too, found.stars, found.completed_at,
	    found.reason_code, found.main_id, found.merged, found.erased_at
	from crm.report r
	where r.id = report and r.received_at = received;
	return found;
end
$$;
comment on function crm.report_now(uuid, timestamptz) is
    'The report, null when there is none. A channel gets no more of it than it may read.';
grant execute on function crm.report_now(uuid, timestamptz)
    to crm_officer, crm_channel;
