-- SPDX-License-Identifier: ISC

create function api.view_add(in_name text, in_query text)
returns table (id uuid, name text, query text)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
	most constant int := 30;
begin
	-- Two at once must not make one too many.
	perform pg_advisory_xact_lock(
	    hashtextextended('view ' || crm.viewer_account(), 0));
	insert into crm.view as v (account_id, name, query)
	values (crm.viewer_account(), in_name, in_query)
	on conflict on constraint view_account_name_key
	    do update set query = excluded.query
	returning v.id, v.name, v.query into id, name, query;
	if (select count(*) from crm.view) > most then
		raise exception 'too many views' using errcode = 'CR422',
		    column = '/name', constraint = 'too_many';
	end if;
	return next;
end
$$;
comment on function api.view_add(text, text) is
    'Saves a view of the viewer, in place of the one with that name. CR422 for one more than 30.';
grant execute on function api.view_add(text, text) to crm_officer;
