-- SPDX-License-Identifier: ISC

create function crm.erase_splits(report uuid) returns void
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
declare
	at constant timestamptz := crm.now();
	one crm.report;
	after crm.report;
	told uuid;
begin
	for one in
		select r.* from crm.event e
		join crm.report_key k on k.id = e.into_id
		join crm.report r on r.id = k.id and r.received_at = k.received_at
		where e.report_id = report and e.type = 'split'
		and r.erased_at is null and r.channel_id = crm.viewer_channel()
		order by r.id for update of r
	loop
		after := one;
		if one.status not in ('completed', 'rejected', 'merged') then
			after.status := 'rejected';
			after.reason_code := 'withdrawn';
			after.due_at := null;
		end if;
		after := crm.step_tidy(after);
		after.version := one.version + 1;
		after.changed_at := at;
		perform crm.report_store(one, after);
		told := gen_random_uuid();
		insert into crm.event (id, at, report_id, type, version,
		    by_channel_id, from_status, to_status, reason_code)
		values (told, at, one.id, 'erase', after.version,
		    one.channel_id, one.status, after.status,
		    case when after.status <> one.status
			then after.reason_code end);
		perform crm.report_erase(one.id);
		if after.merged > 0 then
			perform crm.main_step(one.id, told);
		end if;
		perform crm.erase_splits(one.id);
	end loop;
end
$$;
comment on function crm.erase_splits(uuid) is
    'Erases what triage split off a report that is erased: it says part of the same, at the same place, and its channel does not know of it. Security definer because a channel may not see the split.';
grant execute on function crm.erase_splits(uuid) to crm_channel;
