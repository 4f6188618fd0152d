-- SPDX-License-Identifier: ISC

create function api.service_open(wanted text, lang text)
returns table (service_code text, service_name text, code text, ordinal int,
    datatype text, variable boolean, required boolean, description text,
    datatype_description text, key text, name text)
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
	return query
	select c.code, c.name, a.code, a.position, a.datatype, a.is_variable,
	    a.is_required,
	    case lang when 'id' then a.description else a.description_en end,
	    case lang when 'id' then a.hint else a.hint_en end,
	    v.key, case lang when 'id' then v.name else v.name_en end
	from crm.category c
	left join crm.service_attribute a on a.category_code = c.code
	left join crm.service_value v on v.category_code = a.category_code
	    and v.attribute_code = a.code
	where c.code = wanted and c.is_active
	order by a.position, v.position;
	if not found then
		raise exception 'no such service' using errcode = 'CR404';
	end if;
end
$$;
comment on function api.service_open(text, text) is
    'Definition of a service: a row per choice of an attribute, or per attribute, or one without; CR404 when there is no such service.';
grant execute on function api.service_open(text, text)
    to crm_channel, crm_public;
