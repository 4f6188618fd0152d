-- SPDX-License-Identifier: ISC

create function crm.photo_same(hashes bigint[], report uuid)
returns table (photo_id uuid, report_id uuid, is_proof boolean,
    is_mirrored boolean, bits int)
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
begin
	return query
	with kept as materialized (
		select h.* from crm.photo_near(hashes) n
		cross join lateral (select * from crm.photo_hash h
			where h.is_proof and h.whole = n.whole
			and (h.whole & 2097151)::int = (n.whole & 2097151)::int
			limit 50) h
		union all
		select h.* from crm.photo_hash h
		where h.report_id = report and not h.is_proof
	), pair as (
		select k.photo_id, k.report_id, k.is_proof, w.is_mirrored,
		    bit_count((k.whole # w.whole)::bit(64))
		    + (select sum(bit_count((q.one # q.other)::bit(64)))
			from unnest(k.quarters, w.quarters) q (one, other)) as bits
		from kept k
		join crm.hash_windows(hashes) w
		on bit_count((k.whole # w.whole)::bit(64)) <= 10
	)
	select distinct on (p.photo_id) p.photo_id, p.report_id, p.is_proof,
	    p.is_mirrored, p.bits::int
	from pair p
	where p.bits <= 48
	order by p.photo_id, p.bits, p.is_mirrored;
end
$$;
comment on function crm.photo_same(bigint[], uuid) is
    'Earlier proofs, and photos of this report, that show the same picture: of five words at most 48 of 320 bits differ, of the first 10. docs/proof.md tells why.';
