-- SPDX-License-Identifier: ISC

create function api.job_alarm(row_limit int default 100) returns int
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
	due constant timestamptz := crm.now();
	alarm crm.alarm;
	key crm.report_key;
	report crm.report;
	done int := 0;
begin
	for alarm in
		select a.* from crm.alarm a where a.at <= due
		order by a.at limit row_limit
		for update skip locked
	loop
		select k.* into key from crm.report_key k
		where k.id = alarm.report_id;
		-- What someone works on at this moment rings a little later.
		select r.* into report from crm.report r
		where r.id = key.id and r.received_at = key.received_at
		for update skip locked;
		continue when not found;
		perform crm.alarm_ring(alarm, report);
		perform crm.alarm_next(alarm, report);
		done := done + 1;
	end loop;
	return done;
end
$$;
comment on function api.job_alarm(int) is
    'Rings at most so many alarms that are due; how many. Run it until it is 0. Each rings once, however often and by whomever this is run, and no status changes. Security definer because crm_jobs reads no report.';
grant execute on function api.job_alarm(int) to crm_jobs;
