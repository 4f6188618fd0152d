-- SPDX-License-Identifier: ISC

create function crm.main_step(main crm.report, step text, told text,
    at timestamptz)
returns void
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
	one record;
	event uuid;
begin
	for one in
		select r.id, r.received_at, r.unit_id, r.version
		from crm.report r
		where r.main_id = main.id and r.status = 'merged'
		order by r.id for update
	loop
		event := gen_random_uuid();
		update crm.report r
		set version = one.version + 1, changed_at = at
		where r.id = one.id and r.received_at = one.received_at;
		insert into crm.event (id, at, report_id, type, version, text,
		    to_status, step)
		values (event, at, one.id, 'main_step', one.version + 1,
		    case when step = 'follow_up' and main.visibility = 'public'
			then told end, main.status, step);
		perform crm.notice_add(one.id, event, 'main_step',
		    array['reporter'], one.unit_id);
	end loop;
end
$$;
comment on function crm.main_step(crm.report, text, text, timestamptz) is
    'Tells the reports merged into this one of a step of it: what happened and the status, in words only what was said of a public report at follow-up. Security definer because a step reaches reports that its doer must not see.';
grant execute on function crm.main_step(crm.report, text, text, timestamptz)
    to crm_officer, crm_channel;
