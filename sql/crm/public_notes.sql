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
	order by e.at desc, e.id desc
	limit 1
$$;
comment on function crm.public_notes(uuid) is
    'What a unit last told of a report; questions are for the reporter alone.';
