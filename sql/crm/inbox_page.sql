-- SPDX-License-Identifier: ISC

create function crm.inbox_page(wanted crm.inbox_filter, q text, sort text,
    after_key timestamptz, after_id uuid, row_limit int)
returns crm.inbox_found
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	if q is not null then
		return crm.inbox_search(wanted, q, sort,
		    after_key, after_id, row_limit);
	elsif wanted.officer is not null then
		return crm.inbox_assigned(wanted, sort,
		    after_key, after_id, row_limit);
	elsif sort = 'received_at' then
		return crm.inbox_oldest(wanted, after_key,
		    after_id, row_limit);
	elsif sort = '-received_at' then
		return crm.inbox_newest(wanted, after_key,
		    after_id, row_limit);
	else
		return crm.inbox_due(wanted, after_key,
		    after_id, row_limit);
	end if;
end
$$;
comment on function crm.inbox_page(crm.inbox_filter, text, text,
    timestamptz, uuid, int) is
    'Which reports are on a page of the viewer''s list, and in what order.';
grant execute on function crm.inbox_page(crm.inbox_filter, text, text,
    timestamptz, uuid, int) to crm_officer, crm_channel;
