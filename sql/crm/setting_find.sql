-- SPDX-License-Identifier: ISC

create function crm.setting_find(name text) returns numeric
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select s.value from crm.setting s where s.name = setting_find.name
$$;
comment on function crm.setting_find(text) is 'A number that the city set.';
