-- SPDX-License-Identifier: ISC

create function crm.choice_rank(step text, category text, kelurahan text)
returns table (unit_id uuid, level text, count int, total int)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
	at constant timestamptz := crm.now();
begin
	return query
	select u.unit_id, u.level, round(u.count)::int, round(u.total)::int
	from (
		select l.level, l.width, c.unit_id, sum(v.count) as count,
		    sum(sum(v.count)) over (partition by l.level) as total
		from (values ('kelurahan', 13), ('kecamatan', 8), ('kota', 5),
		    ('city', 0)) l (level, width)
		join crm.choice c on c.step = choice_rank.step
		and c.category_code = category
		and (l.width = 0 or left(c.kelurahan_code, l.width)
		    = left(kelurahan, l.width))
		cross join lateral (select crm.choice_count(c.count,
		    c.counted_at, at) as count) v
		group by l.level, l.width, c.unit_id
	) u
	where round(u.total) >= 10 and round(u.count) >= 1
	order by u.width desc, u.count desc, u.unit_id;
end
$$;
comment on function crm.choice_rank(text, text, text) is
    'Units that were chosen for a category, nearest places first, each level only where at least ten choices hide the single report. Security definer because no login reads the counts themselves.';
grant execute on function crm.choice_rank(text, text, text) to crm_officer;
