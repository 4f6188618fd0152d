-- SPDX-License-Identifier: ISC

create function crm.seal_follow() returns trigger
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
begin
	insert into crm.seal_due (report_id, at)
	values (new.id, clock_timestamp())
	on conflict (report_id) do update set at = excluded.at;
	return null;
end
$$;
comment on function crm.seal_follow() is
    'Trigger on crm.report: notes that the photos of a report that became private are to be sealed. Security definer because no login writes there.';
