-- SPDX-License-Identifier: ISC

create function crm.merged_follow() returns trigger
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
begin
	update crm.report r set merged = r.merged - 1
	from crm.report_key k
	where k.id = old.main_id and r.id = k.id
	and r.received_at = k.received_at;
	update crm.report r set merged = r.merged + 1
	from crm.report_key k
	where k.id = new.main_id and r.id = k.id
	and r.received_at = k.received_at;
	return null;
end
$$;
comment on function crm.merged_follow() is
    'Trigger on crm.report: keeps the number of reports merged into the main one, whichever step changes it. Security definer because undoing a merge must not depend on what its doer sees of the main report.';
