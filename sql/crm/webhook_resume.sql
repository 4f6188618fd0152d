-- SPDX-License-Identifier: ISC

create function crm.webhook_resume(channel_name text, url text) returns int
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	receiver constant uuid := crm.webhook_find(channel_name, url);
	goes int;
begin
	update crm.webhook w set disabled_at = null where w.id = receiver;
	-- The first of each report.
	update crm.webhook_event e set due_at = clock_timestamp()
	where e.webhook_id = receiver
	and e.delivered_at is null and e.dead_at is null
	and not exists (select from crm.webhook_event b
	    where b.webhook_id = receiver and b.report_id = e.report_id
	    and b.version < e.version
	    and b.delivered_at is null and b.dead_at is null);
	get diagnostics goes = row_count;
	return goes;
end
$$;
comment on function crm.webhook_resume(text, text) is
    'Sends to an address again that said it was gone, what waits at once; of how many reports something waits.';
