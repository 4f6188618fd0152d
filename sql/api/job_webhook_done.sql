-- SPDX-License-Identifier: ISC

create function api.job_webhook_done(event uuid, outcome text, answer text)
returns text
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
	was crm.webhook_event;
	pause numeric;
	is_last boolean;
begin
	-- Whoever makes the next version waits until this is known.
	select e.* into was from crm.webhook_event e
	where e.id = event and e.delivered_at is null and e.dead_at is null
	for update;
	if not found then
		return 'unknown';
	end if;
	if outcome = 'gone' then
		update crm.webhook_event e
		set tries = was.tries + 1, answer = answer
		where e.id = event;
		update crm.webhook w set disabled_at = crm.now()
		where w.id = was.webhook_id;
		return 'disabled';
	end if;
	is_last := outcome = 'failed'
	    and (was.tries + 1 >= crm.setting_find('webhook_tries')
	    or was.at < crm.now() - interval '20 days');
	if outcome = 'failed' and not is_last then
		pause := least(crm.setting_find('webhook_pause_most'),
		    crm.setting_find('webhook_pause')
		    * crm.setting_find('webhook_pause_factor') ^ was.tries);
		update crm.webhook_event e
		set tries = was.tries + 1, answer = answer,
		    due_at = clock_timestamp() + interval '1 second'
			* (pause * (1 + 0.2 * random()))
		where e.id = event;
		return 'later';
	end if;
	update crm.webhook_event e
	set tries = was.tries + is_last::int, answer = answer,
	    delivered_at = case when not is_last then clock_timestamp() end,
	    dead_at = case when is_last then clock_timestamp() end
	where e.id = event;
	perform crm.webhook_release(was.webhook_id, was.report_id, was.version);
	return case when is_last then 'dead' else 'delivered' end;
end
$$;
comment on function api.job_webhook_done(uuid, text, text) is
    'How a try ended: delivered, failed, or gone (the receiver wants no more). What failed is due again after a pause that grows, or is given up; then, or once it is delivered, the next version of its report is due. What became of it. Security definer because crm_jobs writes no tables.';
grant execute on function api.job_webhook_done(uuid, text, text) to crm_jobs;
