-- SPDX-License-Identifier: ISC

create function api.suggestion_list(reference text, lang text)
returns table (unit_id uuid, unit_name text, unit_kind text, share float8,
    count int, total int, why text)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
	key record;
	own record;
begin
	select k.id, k.received_at into key from crm.report_find(reference) k;
	if not found then
		raise exception 'no such report' using errcode = 'CR404';
	end if;
	select r.category_code, r.kelurahan_code, r.unit_id, c.name as category
	into own
	from crm.report r left join crm.category c on c.code = r.category_code
	where r.id = key.id and r.received_at = key.received_at;
	perform crm.audit_add('suggestion_list', key.id);
	return query
	select u.id, u.name, u.kind,
	    case when s.total > 0
		then round(s.count / s.total::numeric, 2)::float8 end,
	    s.count, s.total,
	    crm.suggestion_why(lang, s.level, s.count, s.total, own.category,
		coalesce((select initcap(a.level) || ' ' || a.name
		    from crm.area a where a.code = left(own.kelurahan_code,
		    case s.level when 'kelurahan' then 13
		    when 'kecamatan' then 8 when 'kota' then 5 end)), 'Jakarta'))
	from crm.suggestion(own.category_code, own.kelurahan_code, own.unit_id)
	    with ordinality s (unit_id, level, count, total, place)
	join crm.unit u on u.id = s.unit_id
	order by s.place;
end
$$;
comment on function api.suggestion_list(text, text) is
    'Units to hand this report to, best first, each with its reason in en or id. CR404 when the viewer may not see the report.';
grant execute on function api.suggestion_list(text, text) to crm_officer;
