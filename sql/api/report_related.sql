-- SPDX-License-Identifier: ISC

create function api.report_related(reference text)
returns table (id uuid, ticket text, status text, visibility text,
    category_code text, category_name text, description text, relation text,
    distance_m float8, similarity float8, received_at timestamptz)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
	key record;
	own crm.report;
begin
	select k.id, k.received_at into key from crm.report_find(reference) k;
	if not found then
		raise exception 'no such report' using errcode = 'CR404';
	end if;
	select r.* into own from crm.report r
	where r.id = key.id and r.received_at = key.received_at;
	perform crm.audit_add('report_related', key.id);
	return query
	select r.id, r.ticket, r.status, r.visibility, r.category_code,
	    (select c.name from crm.category c where c.code = r.category_code),
	    r.description, o.relation,
	    crm.distance_m(own.lat, own.lng, r.lat, r.lng),
	    o.similarity, r.received_at
	from (
		-- Each once, by what says most about it.
		select distinct on (a.id) a.*
		from (
			select own.main_id as id, 'merged' as relation,
			    null::float8 as similarity, 1 as rank
			union all
			select m.id, 'merged', null, 1 from crm.report m
			where m.main_id = own.id and own.merged > 0
			union all
			select case h.report_id when own.id then h.other_id
			    else h.report_id end, h.relation,
			    h.similarity::float8,
			    case h.relation when 'split' then 2 else 3 end
			from crm.duplicate_hint h
			where h.report_id = own.id or h.other_id = own.id
			union all
			select q.id, 'quoted', null, 4
			from unnest(crm.quoted(own.description)) t (ticket)
			cross join lateral crm.report_find(t.ticket) q
		) a
		where a.id <> own.id
		order by a.id, a.rank
	) o
	join crm.report_key k on k.id = o.id
	cross join lateral (
		select r.* from crm.report r
		where r.id = k.id and r.received_at = k.received_at limit 1
	) r
	order by o.rank, o.similarity desc nulls last, r.received_at desc, r.id
	limit 50;
end
$$;
comment on function api.report_related(text) is
    'Other reports that belong to this one: merged, split off, likely the same, come back, quoted; only those the viewer may open. CR404 when the viewer may not see this one.';
grant execute on function api.report_related(text) to crm_officer;
