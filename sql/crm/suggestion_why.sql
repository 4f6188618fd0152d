-- SPDX-License-Identifier: ISC

create function crm.suggestion_why(lang text, level text, count int, total int,
    category text, place text)
returns text
language plpgsql immutable security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
	if lang = 'id' then
		return case level
		    when 'below' then 'Kantor unit ini di kota yang sama.'
		    when 'usual' then
			'Unit ini biasanya menangani kategori ini.'
		    else format('%s dari %s laporan serupa%s di %s diserahkan'
			' ke unit ini.', count, total,
			coalesce(' (' || category || ')', ''), place) end;
	end if;
	return case level
	    when 'below' then 'The office of this unit in the same kota.'
	    when 'usual' then 'This unit usually handles this category.'
	    else format('%s of %s reports like this%s in %s went to this unit.',
		count, total, coalesce(' (' || category || ')', ''), place) end;
end
$$;
comment on function crm.suggestion_why(text, text, int, int, text, text) is
    'One sentence that says why a unit is suggested.';
grant execute on function crm.suggestion_why(text, text, int, int, text, text)
    to crm_officer;
