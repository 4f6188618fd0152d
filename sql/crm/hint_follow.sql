-- SPDX-License-Identifier: ISC

create function crm.hint_follow() returns trigger
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
begin
	-- What is tried out is like nothing real.
	if crm.sandbox() = any (new.unit_ids) then
		return null;
	end if;
	delete from crm.duplicate_hint h
	where h.report_id = new.id and h.relation <> 'split';
	insert into crm.duplicate_hint (report_id, other_id, relation,
	    similarity, distance_m, found_at)
	select new.id, f.other_id, f.relation, f.similarity, f.distance_m,
	    crm.now()
	from crm.duplicate_find(new.id, new.category_code, new.match_text,
	    new.lat, new.lng, new.received_at) f
	on conflict do nothing;
	return null;
end
$$;
comment on function crm.hint_follow() is
    'Trigger on crm.report: looks for like reports anew when the place or the category is set. Security definer because it looks at reports that the doer of a step must not see.';
