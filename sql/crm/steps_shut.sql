-- One call for all steps of a report: each report that is opened asks for them.
--
-- SPDX-License-Identifier: ISC

create function crm.steps_shut(report crm.report) returns text[]
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
	at constant timestamptz := crm.now();
	since constant timestamptz := at - interval '15 seconds';
	shut text[] := array[
	    case when report.asked_at is null then 'answer' end,
	    case when report.reason_code = 'withdrawn' then 'appeal' end,
	    case when (report.completed_at >= at - interval '30 days')
		is not true then 'reopen' end,
	    case when report.schedule_until is null
		then 'approve_schedule' end,
	    case when report.schedule_until is null
		then 'refuse_schedule' end];
begin
	-- Nobody goes on with what is empty, and nothing is left to erase.
	if report.erased_at is not null then
		return array(select r.type from crm.event_rule r
		    where r.role = 'channel')
		    || '{undo,unmerge,second_refuse}'::text[];
	end if;
	-- Nearly always it is too late to undo. Two questions, since the second
	-- costs a look at every month even where the first has answered.
	if report.changed_at < since then
		shut := shut || 'undo'::text;
	elsif not exists (
		select from crm.event e
		join crm.event_rule r on r.type = e.type
		    and r.role = crm.viewer_role()
		    and r.from_status = e.from_status
		where e.report_id = report.id and e.version = report.version
		and e.by_unit_id is not null and e.at >= since
		and r.can_undo) then
		shut := shut || 'undo'::text;
	end if;
	return array_remove(shut, null);
end
$$;
comment on function crm.steps_shut(crm.report) is
    'The steps that are not possible now although the status allows them: no question is open, no date is wished for, it is too late, it was erased. Ten seconds are given to undo, and five to arrive.';
grant execute on function crm.steps_shut(crm.report)
    to crm_officer, crm_channel;
