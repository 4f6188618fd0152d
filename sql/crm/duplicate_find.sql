-- Walks the newest reports of the one to four squares around a point, so many
-- of each and no more: a place with thousands of reports costs no more than
-- any other. Without bitmaps, because the planner thinks that few lie in each
-- square and would rather fetch and sort them all.
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
set enable_bitmapscan = off
as $$
#variable_conflict use_column
declare
	cells constant bigint[] := crm.cells_around(lat, lng);
	east constant float8 := cosd(lat);
	own_family constant text := (select c.family from crm.category c
	    where c.code = category);
	ids uuid[];
	times timestamptz[];
	relations text[];
	families text[];
	distances float8[];
	oldest timestamptz;
	newest timestamptz;
begin
	select array_agg(n.id), array_agg(n.received_at),
	    array_agg(n.relation), array_agg(n.family),
	    array_agg(n.distance_m), min(n.received_at), max(n.received_at)
	into ids, times, relations, families, distances, oldest, newest
	from (
		select near.*, c.family, d.distance_m
		from unnest(cells) cell (number)
		cross join lateral (
			(select 'duplicate' as relation, i.report_id as id,
			    i.received_at, i.category_code, i.status, i.lat,
			    i.lng
			from crm.inbox i
			where i.reader_id = '00000000-0000-0000-0000-000000000000'
			and i.cell = cell.number
			and i.received_at > at - interval '7 days'
			and i.received_at <= at
			order by i.received_at desc limit 50)
			union all
			(select 'recurrence', i.report_id, i.received_at,
			    i.category_code, i.status, i.lat, i.lng
			from crm.inbox i
			where i.reader_id = '00000000-0000-0000-0000-000000000000'
			and i.status = 'completed'
			and i.cell = cell.number
			and i.received_at > at - interval '400 days'
			and i.received_at <= at
			order by i.received_at desc limit 50)
		) near
		left join crm.category c on c.code = near.category_code
		cross join lateral (
			-- So near the earth is flat.
			select 111195 * sqrt(power(near.lat - duplicate_find.lat, 2)
			    + power((near.lng - duplicate_find.lng) * east, 2))
			    as distance_m
		) d
		where near.id <> report and d.distance_m <= 50
		and (own_family is null or c.family is null
		    or c.family = own_family)
		and (near.relation = 'recurrence' or near.status
		    not in ('completed', 'rejected', 'merged'))
		order by near.received_at desc limit 30
	) n;
	if ids is null then
		return;
	end if;
	return query
	select n.id, n.relation, r.similarity, n.distance_m::real,
	    n.relation = 'duplicate', crm.word_count(r.match_text)
	from unnest(ids, times, relations, families, distances)
	    n (id, received_at, relation, family, distance_m)
	cross join lateral (
		-- Oldest and newest say which months are opened at all.
		select r.match_text, r.completed_at,
		    ext.similarity(r.match_text, words) as similarity
		from crm.report r
		where r.id = n.id and r.received_at = n.received_at
		and r.received_at between oldest and newest limit 1
	) r
	-- Without a category only like words say that it is the same thing.
	where case n.relation when 'duplicate' then r.similarity >= 0.3
	    else r.completed_at > at - interval '30 days'
	    and (r.similarity >= 0.3
	    or own_family is not null and n.family is not null) end
	order by r.similarity desc, n.id
	limit 10;
end
$$;
comment on function crm.duplicate_find(uuid, text, text, float8, float8,
    timestamptz) is
    'Up to ten reports within 50 m of the same family of categories: open ones of the last 7 days with like words, and what was completed in the last 30 days.';
