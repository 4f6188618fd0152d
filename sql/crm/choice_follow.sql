-- SPDX-License-Identifier: ISC

create function crm.choice_follow() returns trigger
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
declare
	report record;
	step text;
	unit uuid;
	more int := -1;
begin
	select r.category_code, r.kelurahan_code into report
	from crm.report_key k
	join crm.report r on r.id = k.id and r.received_at = k.received_at
	where k.id = new.report_id;
	if new.type in ('route', 'hand_over', 'dispose') then
		step := new.type;
		unit := new.to_unit_id;
		more := 1;
	elsif new.type = 'return' then
		-- It was the wrong one.
		select case h.kind when 'disposition' then 'dispose'
		    else 'hand_over' end, h.to_unit_id into step, unit
		from crm.hand_over h
		where h.report_id = new.report_id and h.to_unit_id = new.by_unit_id
		order by h.at desc limit 1;
	else
		select e.type, e.to_unit_id into step, unit
		from crm.event e
		where e.report_id = new.report_id and e.version = new.version - 1
		and e.type in ('route', 'hand_over', 'dispose')
		order by e.at desc limit 1;
	end if;
	if unit is not null then
		perform crm.choice_add(
		    case step when 'dispose' then 'dispose' else 'hand_over' end,
		    report.category_code, report.kelurahan_code, unit, more);
	end if;
	return null;
end
$$;
comment on function crm.choice_follow() is
    'Trigger on crm.event: counts which unit was chosen, and takes back what was sent back or undone. Security definer because no login touches the counts.';
