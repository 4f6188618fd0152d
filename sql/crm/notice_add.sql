-- SPDX-License-Identifier: ISC

create function crm.notice_add(report uuid, event uuid, type text,
    hears text[], was_unit uuid)
returns void
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
declare
	at constant timestamptz := crm.now();
	version int;
	after crm.report;
	sender uuid;
begin
	-- Only of what this transaction does itself.
	select e.version into version from crm.event e
	where e.id = event and e.at = at and e.report_id = report;
	if not found then
		raise exception 'no such event' using errcode = 'CR404';
	end if;
	if type = 'undo' then
		delete from crm.notice n using crm.event e
		where n.report_id = report and n.event_id = e.id
		and e.report_id = report and e.version = version - 1
		and e.type not in ('remind', 'escalate');
	end if;
	if cardinality(hears) = 0 then
		return;
	end if;
	select r.* into after from crm.report_key k
	join crm.report r on r.id = k.id and r.received_at = k.received_at
	where k.id = report;
	if was_unit <> after.unit_id then
		sender := was_unit;
	else
		select h.from_unit_id into sender from crm.hand_over h
		where h.report_id = report and h.ended_at is null
		order by h.at desc limit 1;
	end if;

	perform crm.notice_tell(report, event, at, type, t.reader, t.reader_id)
	from (values
	    ('holder', 'unit', after.unit_id),
	    ('sender', 'unit', sender),
	    ('supervisor', 'supervisor', case when 'holder' <> all (hears)
		then after.unit_id end),
	    ('validator', 'validator', null),
	    ('triage', 'triage', null),
	    ('reporter', 'channel', after.channel_id)) t (hearer, reader, reader_id)
	where t.hearer = any (hears);
	-- An officer of a unit that hears of it hears of it once.
	perform crm.notice_tell(report, event, at, type, 'account', a.id)
	from crm.account a
	where 'officer' = any (hears) and a.id = after.officer_id
	and not exists (select from crm.notice n where n.event_id = event
	    and n.reader = 'unit' and n.reader_id = a.unit_id);
end
$$;
comment on function crm.notice_add(uuid, uuid, text, text[], uuid) is
    'Notices of a step for those who hear of it, once report and event are stored; an undone step is no longer told. Reporters of merged reports hear by crm.main_step. Security definer because a step tells readers whom its doer must not see.';
grant execute on function crm.notice_add(uuid, uuid, text, text[], uuid)
    to crm_officer, crm_channel;
