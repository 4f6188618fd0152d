-- SPDX-License-Identifier: ISC

create function crm.report_again(kept crm.idempotency)
returns api.report_row
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	again api.report_row;
begin
	again := jsonb_populate_record(null::api.report_row, kept.report);
	-- The first answer, but never more than the report allows by now.
	if not exists (select from crm.report r where r.id = again.id
	    and r.received_at = again.received_at
	    and r.visibility = 'public') then
		again.visibility := 'private';
		again.photo_id := '{}';
		again.photo_width := '{}';
		again.photo_height := '{}';
	end if;
	return again;
end
$$;
comment on function crm.report_again(crm.idempotency) is
    'The report as it was first answered.';
grant execute on function crm.report_again(crm.idempotency)
    to crm_officer, crm_channel;
