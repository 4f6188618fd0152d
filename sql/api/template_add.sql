-- SPDX-License-Identifier: ISC

create function api.template_add(in_step text, in_title text, in_text text)
returns table (id uuid, step text, title text, text text, own boolean)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
	most constant int := 200;
	keeper constant uuid := case crm.viewer_role()
	    when 'supervisor' then crm.viewer_unit() end;
begin
	if regexp_replace(in_text, '\{(ticket|category|unit|due)\}', '', 'g')
	    ~ '[{}]' then
		raise exception 'no such place' using errcode = 'CR422',
		    column = '/text', constraint = 'placeholder';
	end if;
	-- Two at once must not make one too many.
	perform pg_advisory_xact_lock(
	    hashtextextended('template ' || coalesce(keeper::text, ''), 0));
	insert into crm.template as t (unit_id, step, title, text)
	values (keeper, in_step, in_title, in_text)
	on conflict on constraint template_title_key
	    do update set text = excluded.text
	returning t.id, t.step, t.title, t.text, t.unit_id is not null
	into id, step, title, text, own;
	if (select count(*) from crm.template t
	    where t.unit_id is not distinct from keeper) > most then
		raise exception 'too many templates' using errcode = 'CR422',
		    column = '/title', constraint = 'too_many';
	end if;
	perform crm.audit_add('template_add', null, id);
	return next;
end
$$;
comment on function api.template_add(text, text, text) is
    'Keeps a template, in place of the one of that step and title: a supervisor''s for the own unit, an admin''s for all. CR422 for an unknown place in braces and for one more than 200.';
grant execute on function api.template_add(text, text, text) to crm_officer;
