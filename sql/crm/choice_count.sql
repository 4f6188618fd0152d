-- SPDX-License-Identifier: ISC

create function crm.choice_count(count float8, counted_at timestamptz,
    at timestamptz)
returns float8
language sql immutable security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
	select count * power(0.5, greatest(0,
	    extract(epoch from at - counted_at)::float8) / 7776000)
$$;
comment on function crm.choice_count(float8, timestamptz, timestamptz) is
    'What a count of crm.choice is worth later: half after 90 days.';
