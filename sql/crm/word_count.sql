-- SPDX-License-Identifier: ISC

create function crm.word_count(match text) returns int
language plpgsql immutable strict security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
	return coalesce(cardinality(
	    string_to_array(nullif(match, ''), ' ')), 0);
end
$$;
comment on function crm.word_count(text) is
    'Words in a text of crm.match_text.';
grant execute on function crm.word_count(text) to crm_officer, crm_channel;
