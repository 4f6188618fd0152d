-- SPDX-License-Identifier: ISC

create function crm.work_follow() returns trigger
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
declare
	done crm.work;
begin
	if crm.sandbox() = any (new.unit_ids) then
		return null;
	end if;
	if new.status = 'awaiting_validation' then
		insert into crm.work (report_id, unit_id, was_on_time)
		values (new.id, new.unit_id,
		    new.changed_at <= coalesce(old.due_at, 'infinity'))
		on conflict (report_id) do update
		set unit_id = excluded.unit_id,
		    was_on_time = excluded.was_on_time, day = null;
	elsif old.status = 'awaiting_validation' and new.status = 'completed' then
		update crm.work w
		set day = (new.changed_at at time zone 'Asia/Jakarta')::date
		where w.report_id = new.id
		returning w.* into done;
		if found then
			insert into crm.work_day as d
			    (unit_id, day, validated, on_time)
			values (done.unit_id, done.day, 1, done.was_on_time::int)
			on conflict (unit_id, day) do update
			set validated = d.validated + 1,
			    on_time = d.on_time + excluded.on_time;
		end if;
	elsif old.status = 'completed' then
		-- Reopened by the reporter, or the second validator found fault.
		delete from crm.work w
		where w.report_id = new.id and w.day is not null
		returning w.* into done;
		if found then
			update crm.work_day d
			set validated = d.validated - 1,
			    on_time = d.on_time - done.was_on_time::int,
			    reopened = d.reopened
				+ (new.status = 'waiting')::int
			where d.unit_id = done.unit_id and d.day = done.day;
		end if;
	end if;
	return null;
end
$$;
comment on function crm.work_follow() is
    'Trigger on crm.report: keeps crm.work and crm.work_day. Security definer because no login may change what it is ranked by.';
