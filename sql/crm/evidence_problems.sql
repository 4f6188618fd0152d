-- SPDX-License-Identifier: ISC

create function crm.evidence_problems(must text[], may text[], body jsonb)
returns table (place int, pointer text, code text)
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
	known constant text[] := array['text', 'note', 'reason', 'captured_at',
	    'location', 'unit', 'category', 'into', 'officer', 'until', 'stars',
	    'description'];
	has jsonb := jsonb_strip_nulls(coalesce(body, '{}'));
	spot constant jsonb := has -> 'location';
begin
	return query
	select m.place::int, '/' || m.name, case
	    when m.name = any (must) and coalesce(has ->> m.name, '') !~ '\S'
		then 'required'
	    when has ? m.name and m.name <> all (must || may)
		then 'not_allowed'
	    when has ->> m.name !~ '\S' then 'empty' end
	from unnest(known) with ordinality m (name, place)
	where m.name = any (must) or has ? m.name;
	if (spot -> 'lat' is null or spot -> 'lng' is null)
	    and spot is not null then
		return query values (5, '/location', 'required');
	end if;
	return query
	select v.place, v.pointer, v.code
	from (values
	    (20, '/captured_at', case when (has ->> 'captured_at')::timestamptz
		> crm.now() + interval '5 minutes' then 'future'
		when (has ->> 'captured_at')::timestamptz
		< crm.now() - interval '30 days' then 'range' end),
	    (21, '/location/lat', case when (spot ->> 'lat')::float8
		not between -90 and 90 then 'range' end),
	    (22, '/location/lng', case when (spot ->> 'lng')::float8
		not between -180 and 180 then 'range' end),
	    (23, '/location/accuracy_m', case when
		(spot ->> 'accuracy_m')::float8 < 0 then 'range' end),
	    (24, '/stars', case when (has ->> 'stars')::numeric
		not in (1, 2, 3, 4, 5) then 'range' end)
	) v (place, pointer, code)
	where v.code is not null;
end
$$;
comment on function crm.evidence_problems(text[], text[], jsonb) is
    'What is wrong with the members of a step: missing, empty, not allowed, out of range.';
grant execute on function crm.evidence_problems(text[], text[], jsonb)
    to crm_officer, crm_channel;
