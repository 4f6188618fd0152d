-- SPDX-License-Identifier: ISC

create function crm.links_of(report uuid, description text)
returns table (ids uuid[], tickets text[])
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
begin
	if description !~* '\mJK\d{10}' then
		ids := '{}';
		tickets := '{}';
		return next;
		return;
	end if;
	return query
	select coalesce(array_agg(k.id order by k.ticket), '{}'),
	    coalesce(array_agg(k.ticket order by k.ticket), '{}')
	from crm.report_key k
	where k.id <> report and k.ticket in (
		select m[1] from regexp_matches(upper(description),
		    '\m(JK\d{10,11})\M', 'g') m);
end
$$;
comment on function crm.links_of(uuid, text) is
    'The reports whose ticket numbers the text quotes, as far as the viewer may open them.';
grant execute on function crm.links_of(uuid, text) to crm_officer, crm_channel;
