-- SPDX-License-Identifier: ISC

create function crm.word_count(match text) returns int
language sql immutable strict security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
	select coalesce(cardinality(string_to_array(nullif(match, ''), ' ')), 0)
$$;
comment on function crm.word_count(text) is
    'Words in a text of crm.match_text.';
grant execute on function crm.word_count(text) to crm_officer, crm_channel;
