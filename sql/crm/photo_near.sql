-- SPDX-License-Identifier: ISC

create function crm.photo_near(hashes bigint[])
returns table (whole bigint)
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
begin
	return query
	with asked as materialized (
		select w.whole, w.whole # f.flip as key
		from crm.hash_windows(hashes) w
		cross join lateral (values (0), (w.weakest)) f (flip)
	)
	select h.whole from asked a
	cross join lateral (select h.whole from crm.photo_hash h
		where h.is_proof
		and (h.whole & 2097151)::int = (a.key & 2097151)::int
		and bit_count((h.whole # a.whole)::bit(64)) <= 10
		limit 50) h
	union
	select h.whole from asked a
	cross join lateral (select h.whole from crm.photo_hash h
		where h.is_proof
		and (h.whole >> 21 & 2097151)::int
		    = (a.key >> 21 & 2097151)::int
		and bit_count((h.whole # a.whole)::bit(64)) <= 10
		limit 50) h
	union
	select h.whole from asked a
	cross join lateral (select h.whole from crm.photo_hash h
		where h.is_proof
		and (h.whole >> 42 & 4194303)::int
		    = (a.key >> 42 & 4194303)::int
		and bit_count((h.whole # a.whole)::bit(64)) <= 10
		limit 50) h;
end
$$;
comment on function crm.photo_near(bigint[]) is
    'Hashes of proofs in crm.photo_hash that are near one of these windows: at most 10 bits apart, with one band the same but for its least certain bit.';
