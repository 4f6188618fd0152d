-- SPDX-License-Identifier: ISC

create function crm.merge_lock(step text, report uuid, reference text)
returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	key record;
begin
	if step = 'withdraw' and crm.viewer_channel() is not null then
		perform crm.main_hold(report);
		return;
	end if;
	if step not in ('merge', 'unmerge', 'undo')
	    or crm.viewer_role() is distinct from 'triage' then
		return;
	end if;
	-- A step of a main report holds that one and then those merged into it;
	-- so must whoever takes one in or out. Two that are merged into each other
	-- are held in the order of their ids.
	for key in
		select k.id, k.received_at from crm.report_find(reference) k
		where step = 'merge'
		union all
		select k.id, k.received_at from crm.report_key k
		where k.id = report and step = 'merge'
		union all
		select m.id, m.received_at from crm.report r
		join crm.report_key k
		on k.id = r.id and k.received_at = r.received_at
		join crm.report_key m on m.id = r.main_id
		where k.id = report and step <> 'merge'
		order by id
	loop
		perform crm.report_lock(key.id, key.received_at);
	end loop;
end
$$;
comment on function crm.merge_lock(text, uuid, text) is
    'Holds the main report before the one that is taken into it or out of it.';
grant execute on function crm.merge_lock(text, uuid, text) to crm_officer, crm_channel;
