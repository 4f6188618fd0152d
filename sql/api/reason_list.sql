-- SPDX-License-Identifier: ISC

create function api.reason_list(lang text)
returns table (code text, name text)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select r.code, case lang when 'id' then r.name_id else r.name_en end
	from crm.reason r where r.is_choosable order by r.place
$$;
comment on function api.reason_list(text) is
    'Reasons for a rejection that may be chosen, in the language asked for.';
grant execute on function api.reason_list(text) to crm_officer, crm_channel;
