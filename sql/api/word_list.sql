-- SPDX-License-Identifier: ISC

create function api.word_list()
returns table (id uuid, word text, kind text)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select w.id, w.word, w.kind from crm.filter_word w
	order by w.kind, w.word
$$;
comment on function api.word_list() is 'Words of the filter.';
grant execute on function api.word_list() to crm_officer;
