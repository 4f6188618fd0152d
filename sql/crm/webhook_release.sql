-- SPDX-License-Identifier: ISC

create function crm.webhook_release(receiver uuid, report uuid, after int)
returns void
language sql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
	update crm.webhook_event e set due_at = clock_timestamp()
	where e.due_at = 'infinity' and e.id = (
		select n.id from crm.webhook_event n
		where n.webhook_id = receiver and n.report_id = report
		and n.version > after
		and n.delivered_at is null and n.dead_at is null
		order by n.version limit 1)
$$;
comment on function crm.webhook_release(uuid, uuid, int) is
    'Makes the next open version of a report due, when it waits for this one.';
