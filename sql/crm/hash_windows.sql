-- SPDX-License-Identifier: ISC

create function crm.hash_windows(hashes bigint[])
returns table (is_mirrored boolean, whole bigint, weakest bigint,
    quarters bigint[])
language sql immutable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select false, hashes[n + 1], hashes[n + 2], hashes[n + 3:n + 6]
	from generate_series(0, cardinality(hashes) - 6, 6) n
	where hashes[n + 1] <> 0
	union all
	select true, hashes[n + 1] # x.odd, hashes[n + 2], array[
	    case hashes[n + 4] when 0 then 0 else hashes[n + 4] # x.odd end,
	    case hashes[n + 3] when 0 then 0 else hashes[n + 3] # x.odd end,
	    case hashes[n + 6] when 0 then 0 else hashes[n + 6] # x.odd end,
	    case hashes[n + 5] when 0 then 0 else hashes[n + 5] # x.odd end]
	from generate_series(0, cardinality(hashes) - 6, 6) n
	-- The signs of odd waves turn over: PHASH_MIRROR.
	cross join (values (6148914691236517205)) x (odd)
	where hashes[n + 1] <> 0
$$;
comment on function crm.hash_windows(bigint[]) is
    'The windows of a photo as api/media/phash.h orders their words, each as it is and as it would be mirrored.';
