-- SPDX-License-Identifier: ISC

create function crm.public_follow() returns trigger
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
declare
	shown crm.public_report;
begin
	if tg_op = 'UPDATE' and old.visibility = 'private'
	    and new.visibility = 'private' then
		return null;
	end if;
	shown := crm.public_row(new);
	if shown.report_id is null then
		if tg_op = 'UPDATE' then
			delete from crm.public_report where report_id = new.id;
		end if;
		return null;
	end if;
	if tg_op = 'UPDATE' and not exists (select from crm.public_report p
	    where p.report_id = new.id) then
		shown.notes := crm.public_notes(new.id);
	end if;
	insert into crm.public_report as p select shown.*
	on conflict (report_id) do update
	set updated_at = case when p.is_open or excluded.is_open
		then excluded.updated_at else p.updated_at end,
	    status = excluded.status, is_open = excluded.is_open,
	    category_code = excluded.category_code,
	    description = excluded.description, lat = excluded.lat,
	    lng = excluded.lng, kelurahan_code = excluded.kelurahan_code,
	    unit_id = excluded.unit_id, due_at = excluded.due_at,
	    reason_code = excluded.reason_code
	where (p.status, p.category_code, p.description, p.lat, p.lng,
	    p.kelurahan_code, p.unit_id, p.due_at, p.reason_code)
	    is distinct from (excluded.status, excluded.category_code,
	    excluded.description, excluded.lat, excluded.lng,
	    excluded.kelurahan_code, excluded.unit_id, excluded.due_at,
	    excluded.reason_code);
	return null;
end
$$;
comment on function crm.public_follow() is
    'Trigger on crm.report: keeps crm.public_report. Security definer because no reader may write what the public reads.';
