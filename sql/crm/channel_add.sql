-- SPDX-License-Identifier: ISC

create function crm.channel_add(name text, title text, is_geotagged boolean)
returns uuid
language sql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
	insert into crm.channel (id, name, title, is_geotagged)
	values (gen_random_uuid(), name, title, is_geotagged)
	returning id
$$;
comment on function crm.channel_add(text, text, boolean) is 'Adds a channel.';
