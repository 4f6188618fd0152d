-- Walks the newest reports of the one to four squares around a point, so many
-- of each and no more: few texts are compared however many lie there.
--
-- SPDX-License-Identifier: ISC

create function crm.duplicate_find(report uuid, category text, words text,
    lat float8, lng float8, at timestamptz)
returns table (other_id uuid, relation text, similarity real, distance_m real,
    is_open boolean, word_count int)
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
	cells constant bigint[] := crm.cells_around(lat, lng);
	own_family constant text := (select c.family from crm.category c
	    where c.code = category);
begin
	return query
	select n.id, n.relation, n.similarity::real, n.distance_m::real,
	    n.status not in ('completed', 'rejected', 'merged'),
	    crm.word_count(n.match_text)
	from (
		select near.*, c.family,
		    ext.similarity(near.match_text, words) as similarity,
		    crm.distance_m(duplicate_find.lat, duplicate_find.lng,
			near.lat, near.lng) as distance_m
		from unnest(cells) cell (number)
		cross join lateral (
			(select 'duplicate' as relation, r.id, r.category_code,
			    r.lat, r.lng, r.status, r.match_text
			from crm.report r
			where crm.cell(r.lat, r.lng) = cell.number
			and r.received_at > at - interval '7 days'
			and r.received_at <= at
			order by r.received_at desc limit 50)
			union all
			(select 'recurrence', r.id, r.category_code,
			    r.lat, r.lng, r.status, r.match_text
			from crm.report r
			where crm.cell(r.lat, r.lng) = cell.number
			and r.completed_at > at - interval '30 days'
			and r.completed_at <= at
			and r.received_at > at - interval '400 days'
			order by r.completed_at desc limit 20)
		) near
		left join crm.category c on c.code = near.category_code
		where near.id <> report
		and case near.relation when 'duplicate'
		    then near.status not in ('completed', 'rejected', 'merged')
		    else near.status = 'completed' end
	) n
	where n.distance_m <= 50
	-- Without a category only like words say that it is the same thing.
	and case when own_family is null or n.family is null then n.similarity >= 0.3
	    else n.family = own_family and (n.similarity >= 0.3
	    or n.relation = 'recurrence') end
	order by n.similarity desc, n.id
	limit 10;
end
$$;
comment on function crm.duplicate_find(uuid, text, text, float8, float8,
    timestamptz) is
    'Up to ten reports within 50 m of the same family of categories: open ones of the last 7 days with like words, and what was completed in the last 30 days.';
