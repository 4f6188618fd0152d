-- SPDX-License-Identifier: ISC

create function api.job_seal_due(row_limit int)
returns table (photo_id uuid, file_full text, file_thumb text)
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
	-- Sealed, erased or public again. One that became private meanwhile has
	-- another time, and stays.
	delete from crm.seal_due d
	using (select s.report_id, s.at from crm.seal_due s) seen
	where d.report_id = seen.report_id and d.at = seen.at
	and not exists (
		select from crm.report_key k
		join crm.report r
		on r.id = k.id and r.received_at = k.received_at
		join crm.photo p on p.report_id = k.id
		where k.id = d.report_id and r.visibility = 'private'
		and p.kind = 'report' and not p.is_sealed);
	return query
	select p.id, p.file_full, p.file_thumb
	from crm.seal_due d
	join crm.report_key k on k.id = d.report_id
	join crm.report r on r.id = k.id and r.received_at = k.received_at
	join crm.photo p on p.report_id = k.id
	where r.visibility = 'private' and p.kind = 'report'
	and not p.is_sealed
	order by d.at, p.id
	limit row_limit;
end
$$;
comment on function api.job_seal_due(int) is
    'Photos in clear of reports that are private now. Security definer because crm_jobs reads no photos.';
grant execute on function api.job_seal_due(int) to crm_jobs;
