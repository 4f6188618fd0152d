-- SPDX-License-Identifier: ISC

create function crm.alarm_follow() returns trigger
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
declare
	rings_at timestamptz;
	stage text;
	rung bigint;
begin
	if tg_op = 'UPDATE' and (new.due_at, new.asked_at)
	    is not distinct from (old.due_at, old.asked_at) then
		return null;
	end if;
	if new.due_at <= crm.now() then
		-- A deadline that was restored may have rung before.
		select count(*) into rung from crm.event e
		where e.report_id = new.id and e.type = 'escalate'
		and e.at >= new.due_at;
		stage := (array['escalate', 'again'])[rung + 1];
		rings_at := crm.clock_add(new.due_at, rung * 86400);
	elsif new.due_at is not null then
		rings_at := crm.remind_at(new.status, new.unit_id,
		    new.category_code, new.due_at);
		stage := 'remind';
		-- Too late to remind: whoever set the deadline knows it.
		if rings_at <= crm.now() then
			stage := 'escalate';
			rings_at := new.due_at;
		end if;
	elsif new.asked_at is not null then
		stage := 'ask';
		rings_at := crm.clock_add(new.asked_at, 3 * 86400);
	end if;
	if stage is null then
		delete from crm.alarm a where a.report_id = new.id;
		return null;
	end if;
	insert into crm.alarm (report_id, at, stage)
	values (new.id, rings_at, stage)
	on conflict (report_id) do update
	set at = excluded.at, stage = excluded.stage;
	return null;
end
$$;
comment on function crm.alarm_follow() is
    'Trigger on crm.report: keeps crm.alarm. Security definer because no login writes alarms.';
