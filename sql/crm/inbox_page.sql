-- SPDX-License-Identifier: ISC

create function crm.inbox_page(wanted crm.inbox_filter, q text, sort text,
    after_key timestamptz, after_id uuid, row_limit int)
returns table (place bigint, report_id uuid, received_at timestamptz,
    sort_key timestamptz)
language plpgsql stable security invoker
rows 26
set search_path = pg_catalog, pg_temp
as $$
begin
	if q is not null then
		return query select * from crm.inbox_search(wanted, q, sort,
		    after_key, after_id, row_limit);
	elsif sort = 'received_at' then
		return query select * from crm.inbox_oldest(wanted, after_key,
		    after_id, row_limit);
	elsif sort = '-received_at' then
		return query select * from crm.inbox_newest(wanted, after_key,
		    after_id, row_limit);
	else
		return query select * from crm.inbox_due(wanted, after_key,
		    after_id, row_limit);
	end if;
end
$$;
comment on function crm.inbox_page(crm.inbox_filter, text, text,
    timestamptz, uuid, int) is
    'Which reports are on a page of the viewer''s list, and in what order.';
grant execute on function crm.inbox_page(crm.inbox_filter, text, text,
    timestamptz, uuid, int) to crm_officer, crm_channel;
