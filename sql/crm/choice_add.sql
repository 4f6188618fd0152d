-- SPDX-License-Identifier: ISC

create function crm.choice_add(step text, category text, kelurahan text,
    unit uuid, more int)
returns void
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
declare
	at constant timestamptz := crm.now();
begin
	if category is null or unit = crm.sandbox() then
		return;
	end if;
	insert into crm.choice as c (step, category_code, kelurahan_code,
	    unit_id, count, counted_at)
	values (step, category, kelurahan, unit, greatest(more, 0), at)
	on conflict on constraint choice_key do update
	set count = greatest(0, more
		+ crm.choice_count(c.count, c.counted_at, at)),
	    counted_at = at;
end
$$;
comment on function crm.choice_add(text, text, text, uuid, int) is
    'Counts one more choice, or one less that was sent back. Security definer because no login touches the counts.';
grant execute on function crm.choice_add(text, text, text, uuid, int)
    to crm_officer;
