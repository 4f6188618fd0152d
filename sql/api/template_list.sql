-- SPDX-License-Identifier: ISC

create function api.template_list()
returns table (id uuid, step text, title text, text text, own boolean)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select t.id, t.step, t.title, t.text, t.unit_id is not null
	from crm.template t
	order by t.step, t.unit_id is null, t.title, t.id
$$;
comment on function api.template_list() is
    'General templates and those of the viewer''s unit, its own first.';
grant execute on function api.template_list() to crm_officer;
