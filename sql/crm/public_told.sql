-- SPDX-License-Identifier: ISC

create function crm.public_told() returns trigger
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
begin
	if new.type = 'undo' then
		update crm.public_report p
		set notes = n.notes,
		    updated_at = case when p.is_open then new.at
			else p.updated_at end
		from crm.public_notes(new.report_id) n (notes)
		where p.report_id = new.report_id
		and p.notes is distinct from n.notes;
		return null;
	end if;
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
    'Trigger on crm.event: what a unit tells becomes the notes of crm.public_report, until it is undone. Security definer because no reader may write what the public reads.';
