-- SPDX-License-Identifier: ISC

create function crm.channel_find(wanted text) returns uuid
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	channel uuid := crm.viewer_channel();
begin
	if channel is not null then
		return channel;
	end if;
	if wanted is null then
		raise exception 'no channel'
		    using errcode = 'CR422', column = '/channel',
		    constraint = 'required';
	end if;
	-- Apps hand in their reports themselves.
	select c.id into channel from crm.channel c
	where c.name = wanted and c.is_active
	and c.name not in ('jaki', 'open311')
	and c.is_sandbox = crm.viewer_in_sandbox();
	if not found then
		raise exception 'no such channel'
		    using errcode = 'CR422', column = '/channel',
		    constraint = 'unknown';
	end if;
	return channel;
end
$$;
comment on function crm.channel_find(text) is
    'The channel that hands in a report, or the one a desk officer names; CR422 for none or one that nobody keys in for.';
grant execute on function crm.channel_find(text) to crm_officer, crm_channel;
