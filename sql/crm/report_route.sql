-- SPDX-License-Identifier: ISC

create function crm.report_route(description text, lat float8, lng float8)
returns table (kelurahan_code text, unit_id uuid, status text)
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
	kelurahan_code := crm.area_at(lat, lng);
	if kelurahan_code is not null
	    and normalize(description, nfkc) ~ '[[:alnum:]]' then
		select u.id into unit_id from crm.unit u
		where u.kind = 'kelurahan' and u.area_code = kelurahan_code
		and u.is_active;
	end if;
	if unit_id is not null then
		status := 'waiting';
	else
		status := 'incoming';
		select u.id into strict unit_id from crm.unit u
		where u.duty = 'triage';
	end if;
	return next;
end
$$;
comment on function crm.report_route(text, float8, float8) is
    'The automatic filter: straight to the kelurahan of the point; to triage without a point, outside the city or without a word.';
grant execute on function crm.report_route(text, float8, float8)
    to crm_channel;
