-- SPDX-License-Identifier: ISC

create function api.report_level(reference text)
returns text
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select r.visibility
	from crm.report_find(reference) k
	join crm.report r on r.id = k.id and r.received_at = k.received_at
$$;
comment on function api.report_level(text) is
    'Visibility of a report, for the label on its timeline; null when the viewer may not see it.';
grant execute on function api.report_level(text) to crm_officer, crm_channel;
