-- SPDX-License-Identifier: ISC

create function crm.report_find(reference text)
returns table (id uuid, received_at timestamptz)
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	if reference ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' then
		return query select k.id, k.received_at
		from crm.report_key k where k.id = reference::uuid;
	elsif reference ~ '^JK\d{10,15}$' then
		return query select k.id, k.received_at
		from crm.report_key k where k.ticket = reference;
	end if;
end
$$;
comment on function crm.report_find(text) is
    'Key of the report with this id or ticket number, if the viewer may see it.';
grant execute on function crm.report_find(text) to crm_officer, crm_channel;
