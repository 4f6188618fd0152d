-- SPDX-License-Identifier: ISC

create function crm.change_follow() returns trigger
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
begin
	if tg_op = 'DELETE' then
		delete from crm.change c where c.report_id = old.id;
		return null;
	end if;
	insert into crm.change (report_id, received_at, channel_id, status,
	    visibility, updated_at)
	values (new.id, new.received_at, new.channel_id, new.status,
	    new.visibility, new.updated_at)
	on conflict (report_id) do update
	set status = excluded.status, visibility = excluded.visibility,
	    updated_at = excluded.updated_at;
	return null;
end
$$;
comment on function crm.change_follow() is
    'Trigger on crm.report: keeps crm.change. Security definer because whoever changes a report does not write there itself.';
