-- SPDX-License-Identifier: ISC

create function api.export_held(reference text)
returns table (identity text[], photos int, received_by text)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select h.identity, h.photos, h.received_by
	from crm.report_find(reference) k
	cross join lateral crm.report_held(k.id) h
$$;
comment on function api.export_held(text) is
    'What is held of a reporter besides the report itself.';
grant execute on function api.export_held(text) to crm_channel;
