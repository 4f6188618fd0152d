-- SPDX-License-Identifier: ISC

create function api.job_alarm(row_limit int default 200) returns int
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
	ringing record;
	done int := 0;
begin
	-- What someone works on at this moment rings a little later.
	for ringing in
		select a as alarm, r as report
		from crm.alarm a
		join crm.report_key k on k.id = a.report_id
		join crm.report r on r.id = k.id
		    and r.received_at = k.received_at
		where a.at <= crm.now()
		order by a.at
		limit row_limit
		for update of r, a skip locked
	loop
		perform crm.alarm_ring(ringing.alarm, ringing.report);
		perform crm.alarm_next(ringing.alarm, ringing.report);
		done := done + 1;
	end loop;
	return done;
end
$$;
comment on function api.job_alarm(int) is
    'Rings at most so many alarms that are due; how many. Run it until it is 0. Each rings once, however often and by whomever this is run, and no status changes. Security definer because crm_jobs reads no report.';
grant execute on function api.job_alarm(int) to crm_jobs;
