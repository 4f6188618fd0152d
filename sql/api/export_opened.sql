-- SPDX-License-Identifier: ISC

create function api.export_opened(reference text)
returns table (unit_id uuid, unit_name text, count int)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select o.unit_id, o.unit_name, o.count
	from crm.report_find(reference) k
	cross join lateral crm.opened(k.id) o
$$;
comment on function api.export_opened(text) is
    'Which units opened a report, and how often, for its channel.';
grant execute on function api.export_opened(text) to crm_channel;
