-- SPDX-License-Identifier: ISC

create function crm.hand_over_suggest() returns trigger
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	select s.unit_id into new.suggested_unit_id
	from crm.suggestion(new.category_code, new.kelurahan_code,
	    new.from_unit_id) with ordinality s (unit_id, level, count, total, place)
	order by s.place limit 1;
	return new;
end
$$;
comment on function crm.hand_over_suggest() is
    'Trigger on crm.hand_over: notes the unit that was suggested first.';
