-- SPDX-License-Identifier: ISC

create function crm.webhook_add(channel_name text, url text, secret bytea)
returns boolean
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
	channel uuid;
	was_disabled boolean;
begin
	select c.id into channel from crm.channel c where c.name = channel_name;
	if not found then
		raise exception 'no such channel'
		    using errcode = 'CR422', column = '/channel',
		    constraint = 'unknown';
	end if;
	-- Adds take turns, so that the number holds.
	lock table crm.webhook in share row exclusive mode;
	update crm.webhook w
	set secret = secret, secret_before = w.secret,
	    before_until = now() + interval '24 hours'
	where w.channel_id = channel and w.url = url
	returning w.disabled_at is not null into was_disabled;
	if found then
		if was_disabled then
			perform crm.webhook_resume(channel_name, url);
		end if;
		return false;
	end if;
	-- The courier has a room of its own for so many.
	if (select count(*) from crm.webhook) >= 64 then
		raise exception 'there are too many webhooks'
		    using errcode = 'CR409', constraint = 'too_many_webhooks';
	end if;
	insert into crm.webhook (channel_id, url, secret, added_at)
	values (channel, url, secret, crm.now());
	return true;
end
$$;
comment on function crm.webhook_add(text, text, bytea) is
    'Registers an address of a channel, or gives it a new secret: the one before signs as well for a day, and an address that said it was gone is sent to again. True when it is new.';
