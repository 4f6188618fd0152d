-- SPDX-License-Identifier: ISC

create function api.word_add(typed text, of_kind text)
returns table (id uuid, word text, kind text)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
	plain constant text := crm.text_plain(typed);
	bare_word constant text := crm.text_bare(plain);
	kept crm.filter_word;
begin
	if length(bare_word) not between 2 and 60 then
		raise exception 'no word to look for'
		    using errcode = 'CR422', column = '/word',
		    constraint = 'format';
	end if;
	insert into crm.filter_word (id, kind, word, bare)
	values (gen_random_uuid(), of_kind, plain, bare_word)
	on conflict (bare) do nothing;
	select w.* into strict kept from crm.filter_word w
	where w.bare = bare_word;
	if kept.kind <> of_kind then
		raise exception 'a word of the other kind'
		    using errcode = 'CR422', column = '/word',
		    constraint = 'duplicate';
	end if;
	perform crm.audit_add('word_add', null, kept.id);
	return query select kept.id, kept.word, kept.kind;
end
$$;
comment on function api.word_add(text, text) is
    'Adds a word to the filter; the word that is there already when it is compared the same. CR422 for no word and for one of the other kind.';
grant execute on function api.word_add(text, text) to crm_officer;
