-- SPDX-License-Identifier: ISC

create function api.photo_open(photo uuid)
returns table (file_full text, file_thumb text, visibility text, kind text)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
	report uuid;
begin
	select p.file_full, p.file_thumb, i.visibility, p.kind, p.report_id
	into file_full, file_thumb, visibility, kind, report
	from crm.photo p
	join crm.inbox i on i.report_id = p.report_id
	where p.id = photo
	limit 1;
	if found then
		perform crm.audit_add('photo_open', report, photo);
		return next;
	end if;
end
$$;
comment on function api.photo_open(uuid) is
    'Files of a photo, with its audit entry; no row when the viewer may not see it.';
grant execute on function api.photo_open(uuid) to crm_officer, crm_channel;
