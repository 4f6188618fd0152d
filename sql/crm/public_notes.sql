-- SPDX-License-Identifier: ISC

create function crm.public_notes(report uuid) returns text
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select left(e.text, 4000)
	from crm.event e
	join crm.event_type t on t.type = e.type
	where e.report_id = report and e.text is not null
	and e.by_unit_id is not null and t.is_told and e.type <> 'ask'
	and not exists (select from crm.event u
	    where u.report_id = e.report_id and u.type = 'undo'
	    and u.version = e.version + 1)
	order by e.at desc, e.id desc
	limit 1
$$;
comment on function crm.public_notes(uuid) is
    'What a unit last told of a report; questions are for the reporter alone, and what was undone was never told.';
