-- SPDX-License-Identifier: ISC

create function crm.status_list() returns text[]
language sql immutable security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
	select array['incoming', 'waiting', 'coordination', 'disposition',
	    'in_progress', 'scheduled', 'awaiting_validation',
	    'followup_rejected', 'completed', 'rejected', 'merged']
$$;
comment on function crm.status_list() is
    'Every status, as in the labels of the API.';
grant execute on function crm.status_list() to crm_officer, crm_channel;
