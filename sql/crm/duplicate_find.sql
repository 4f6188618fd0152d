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
begin
	return query
	select t.id, t.relation, t.similarity::real, t.distance_m::real,
	    t.status <> 'completed', crm.word_count(t.match_text)
	from (
		select n.*, r.match_text, r.similarity
		from (
			select near.*, c.family,
			    -- So near the earth is flat.
			    111195 * sqrt(power(near.lat - duplicate_find.lat, 2)
				+ power((near.lng - duplicate_find.lng) * east, 2))
				as distance_m
			from unnest(cells) cell (number)
			cross join lateral (
				(select 'duplicate' as relation, i.report_id as id,
				    i.received_at, i.category_code, i.status,
				    i.lat, i.lng
				from crm.inbox i
				where i.reader_id
				    = '00000000-0000-0000-0000-000000000000'
				and crm.cell(i.lat, i.lng) = cell.number
				and i.received_at > at - interval '7 days'
				and i.received_at <= at
				order by i.received_at desc limit 50)
				union all
				(select 'recurrence', i.report_id, i.received_at,
				    i.category_code, i.status, i.lat, i.lng
				from crm.inbox i
				where i.reader_id
				    = '00000000-0000-0000-0000-000000000000'
				and i.status = 'completed'
				and crm.cell(i.lat, i.lng) = cell.number
				and i.received_at > at - interval '400 days'
				and i.received_at <= at
				order by i.received_at desc limit 50)
			) near
			left join crm.category c on c.code = near.category_code
			where near.id <> report
		) n
		cross join lateral (
			select r.match_text, r.completed_at,
			    ext.similarity(r.match_text, words) as similarity
			from crm.report r
			where r.id = n.id and r.received_at = n.received_at limit 1
		) r
		where n.distance_m <= 50
		and case n.relation when 'duplicate'
		    then n.status not in ('completed', 'rejected', 'merged')
		    else r.completed_at > at - interval '30 days' end
	) t
	-- Without a category only like words say that it is the same thing.
	where case when own_family is null or t.family is null
	    then t.similarity >= 0.3
	    else t.family = own_family and (t.similarity >= 0.3
	    or t.relation = 'recurrence') end
	order by t.similarity desc, t.id
	limit 10;
end
$$;
comment on function crm.duplicate_find(uuid, text, text, float8, float8,
    timestamptz) is
    'Up to ten reports within 50 m of the same family of categories: open ones of the last 7 days with like words, and what was completed in the last 30 days.';
