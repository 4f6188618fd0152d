-- SPDX-License-Identifier: ISC

create function api.word_delete(wanted uuid) returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	delete from crm.filter_word w where w.id = wanted;
	if not found then
		raise exception 'no such word' using errcode = 'CR404';
	end if;
	perform crm.audit_add('word_delete', null, wanted);
end
$$;
comment on function api.word_delete(uuid) is
    'Takes a word out of the filter; CR404 when there is none.';
grant execute on function api.word_delete(uuid) to crm_officer;
