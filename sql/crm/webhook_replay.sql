-- SPDX-License-Identifier: ISC

create function crm.webhook_replay(channel_name text, event uuid) returns int
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
	again int;
begin
	with dead as (
		select e.id, row_number() over (
		    partition by e.webhook_id, e.report_id
		    order by e.version) as place
		from crm.webhook_event e
		join crm.webhook w on w.id = e.webhook_id
		join crm.channel c on c.id = w.channel_id
		where c.name = channel_name and e.dead_at is not null
		and (event is null or e.id = event)
	)
	update crm.webhook_event e
	set dead_at = null, tries = 0, due_at = case d.place
	    when 1 then clock_timestamp() else 'infinity' end
	from dead d where e.id = d.id;
	get diagnostics again = row_count;
	return again;
end
$$;
comment on function crm.webhook_replay(text, uuid) is
    'Sends again what was given up, one or all of a channel; how many. The versions of a report among them go in their order, but not in order with later ones that are on their way.';
