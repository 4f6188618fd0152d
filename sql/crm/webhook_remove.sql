-- SPDX-License-Identifier: ISC

create function crm.webhook_remove(channel_name text, url text) returns void
language sql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
	delete from crm.webhook w
	where w.id = crm.webhook_find(channel_name, webhook_remove.url)
$$;
comment on function crm.webhook_remove(text, text) is
    'Forgets an address with its secrets and all that waits for it.';
