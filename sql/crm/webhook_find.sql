-- SPDX-License-Identifier: ISC

create function crm.webhook_find(channel_name text, url text) returns uuid
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
	found_id uuid;
begin
	select w.id into found_id
	from crm.webhook w join crm.channel c on c.id = w.channel_id
	where c.name = channel_name and w.url = url;
	if not found then
		raise exception 'the channel has no such webhook'
		    using errcode = 'CR404';
	end if;
	return found_id;
end
$$;
comment on function crm.webhook_find(text, text) is
    'The webhook of a channel at this address; CR404 without one.';
