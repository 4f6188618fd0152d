-- SPDX-License-Identifier: ISC

create function crm.main_hold(report uuid) returns void
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
declare
	main record;
begin
	select m.id, m.received_at into main
	from crm.report_key k
	join crm.report r on r.id = k.id and r.received_at = k.received_at
	join crm.report_key m on m.id = r.main_id
	where k.id = report and r.channel_id = crm.viewer_channel();
	if found then
		perform from crm.report r
		where r.id = main.id and r.received_at = main.received_at
		for update;
	end if;
end
$$;
comment on function crm.main_hold(uuid) is
    'Holds the report that a report of the viewer''s channel is merged into. Security definer because that may be another channel''s, and nothing of it comes out.';
grant execute on function crm.main_hold(uuid) to crm_channel;
