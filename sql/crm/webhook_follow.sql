-- SPDX-License-Identifier: ISC

create function crm.webhook_follow() returns trigger
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
declare
	receiver uuid;
begin
	-- The lock: a receiver that is removed at this moment is waited for,
	-- and then is not there.
	for receiver in
		select w.id from crm.webhook w
		where w.channel_id = new.channel_id and w.disabled_at is null
		order by w.id for key share
	loop
		-- The lock: whoever ends that one either sees the new row and
		-- lets it go, or has ended before we look.
		perform from crm.webhook_event e
		where e.webhook_id = receiver and e.report_id = new.id
		and e.delivered_at is null and e.dead_at is null
		order by e.version desc limit 1
		for share;
		insert into crm.webhook_event (webhook_id, report_id, ticket,
		    status, version, at, due_at)
		values (receiver, new.id, new.ticket, new.status, new.version,
		    new.changed_at, case when found then 'infinity'
			else clock_timestamp() end)
		on conflict (webhook_id, report_id, version) do nothing;
	end loop;
	return null;
end
$$;
comment on function crm.webhook_follow() is
    'Trigger on crm.report: puts each version of a report into the outbox of its channel. Security definer because no login writes there.';
