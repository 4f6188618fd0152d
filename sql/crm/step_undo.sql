-- SPDX-License-Identifier: ISC

create function crm.step_undo(was crm.report) returns crm.report
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
	undone record;
	sent crm.hand_over;
	after crm.report := was;
begin
	select e.id, e.at, e.type into undone from crm.event e
	where e.report_id = was.id and e.version = was.version
	and e.by_unit_id is not null;
	if undone.type in ('hand_over', 'dispose') then
		delete from crm.hand_over h where h.event_id = undone.id
		returning h.* into sent;
		update crm.hand_over h set ended_at = null
		where h.report_id = was.id and h.to_unit_id = sent.from_unit_id
		and h.ended_at = sent.at and not h.returned;
	elsif undone.type = 'route' then
		update crm.hand_over h set ended_at = null
		where h.report_id = was.id and h.ended_at = undone.at
		and not h.returned;
	elsif undone.type = 'return' then
		update crm.hand_over h set ended_at = null, returned = false
		where h.report_id = was.id and h.ended_at = undone.at and h.returned
		returning h.* into sent;
		update crm.hand_over h set ended_at = sent.at
		where h.report_id = was.id and h.to_unit_id = sent.from_unit_id
		and h.ended_at is null and h.id <> sent.id;
	end if;
	return crm.report_restore(was, was.version - 1);
end
$$;
comment on function crm.step_undo(crm.report) is
    'The report as it was before the last step, which is taken back.';
grant execute on function crm.step_undo(crm.report) to crm_officer;
