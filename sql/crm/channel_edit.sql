-- SPDX-License-Identifier: ISC

create function crm.channel_edit(channel uuid, new_title text,
    new_active boolean, new_reads int, new_writes int)
returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	old crm.channel;
begin
	select * into old from crm.channel c where c.id = channel for update;
	if not found then
		raise exception 'no such channel' using errcode = 'CR404';
	end if;
	update crm.channel c
	set title = coalesce(new_title, old.title),
	    is_active = coalesce(new_active, old.is_active),
	    reads_per_minute = coalesce(new_reads, old.reads_per_minute),
	    writes_per_minute = coalesce(new_writes, old.writes_per_minute)
	where c.id = channel;
	if new_active <> old.is_active then
		perform crm.audit_add(case when new_active
		    then 'channel_resume' else 'channel_suspend' end, null,
		    channel);
	end if;
	if new_title <> old.title or new_reads <> old.reads_per_minute
	    or new_writes <> old.writes_per_minute then
		perform crm.audit_add('channel_change', null, channel);
	end if;
end
$$;
comment on function crm.channel_edit(uuid, text, boolean, int, int) is
    'Changes what is not null; a channel that is not active is refused with its very next request. CR404 for an unknown one.';
grant execute on function crm.channel_edit(uuid, text, boolean, int, int)
    to crm_officer;
