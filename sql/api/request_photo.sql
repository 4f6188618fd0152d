-- SPDX-License-Identifier: ISC

create function api.request_photo(photo uuid)
returns table (file_full text, visibility text)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select f.file_full, p.visibility
	from crm.photo f
	join crm.public_report p on p.report_id = f.report_id
	where f.id = photo and f.kind = 'report' and not f.is_sealed
$$;
comment on function api.request_photo(uuid) is
    'File of a public report''s photo; no row when the report is not public now.';
grant execute on function api.request_photo(uuid) to crm_public;
