-- SPDX-License-Identifier: ISC

create function crm.main_step(main uuid, event uuid) returns void
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
declare
	at constant timestamptz := crm.now();
	step record;
	own crm.report;
	is_over boolean;
	one crm.report;
	after crm.report;
	told uuid;
begin
	-- Only of what this transaction does itself.
	select e.type, e.text, t.is_told and not t.by_channel as is_told,
	    e.from_status is distinct from e.to_status as is_moved
	into step
	from crm.event e join crm.event_type t on t.type = e.type
	where e.id = event and e.at = at and e.report_id = main;
	if not found then
		raise exception 'no such event' using errcode = 'CR404';
	end if;
	select r.* into own from crm.report_key k
	join crm.report r on r.id = k.id and r.received_at = k.received_at
	where k.id = main;
	is_over := own.status = 'rejected';
	if not step.is_told and not is_over then
		-- Each of them shows the status of the main one.
		if step.is_moved then
			update crm.report r set updated_at = at
			where r.main_id = main and r.status = 'merged';
		end if;
		return;
	end if;
	for one in
		select r.* from crm.report r
		where r.main_id = main and r.status = 'merged'
		order by r.id for update
	loop
		after := one;
		if is_over then
			after := crm.step_unmerge(one);
			if one.erased_at is not null then
				after.status := 'rejected';
				after.reason_code := 'withdrawn';
				after.due_at := null;
			end if;
			after := crm.step_tidy(after);
		end if;
		after.version := one.version + 1;
		after.changed_at := at;
		perform crm.report_store(one, after);
		told := gen_random_uuid();
		insert into crm.event (id, at, report_id, type, version, text,
		    from_status, to_status, step)
		values (told, at, one.id, 'main_step', after.version,
		    case when step.type = 'follow_up'
			and own.visibility = 'public' then step.text end,
		    case when is_over then 'merged' end,
		    case when is_over then after.status
			else own.status end,
		    case when is_over then 'unmerge'
			else step.type end);
		perform crm.notice_add(one.id, told, 'main_step',
		    case when is_over
			then array['reporter', 'holder', 'officer']
			else array['reporter'] end, one.unit_id);
	end loop;
end
$$;
comment on function crm.main_step(uuid, uuid) is
    'Tells the reports merged into this one of a step of it: what happened and the status, in words only what was said of a public report at follow-up. Once the main report is rejected or withdrawn they are what they were before they were merged. Security definer because a step reaches reports that its doer must not see.';
grant execute on function crm.main_step(uuid, uuid)
    to crm_officer, crm_channel;
