-- SPDX-License-Identifier: ISC

create function crm.public_told() returns trigger
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
begin
	update crm.public_report p
	set notes = left(new.text, 4000),
	    updated_at = case when p.is_open then new.at else p.updated_at end
	where p.report_id = new.report_id
	and exists (select from crm.event_type t
	    where t.type = new.type and t.is_told);
	return null;
end
$$;
comment on function crm.public_told() is
    'Trigger on crm.event: what a unit tells becomes the notes of crm.public_report. Security definer because no reader may write what the public reads.';
