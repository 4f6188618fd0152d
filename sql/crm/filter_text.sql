-- SPDX-License-Identifier: ISC

create function crm.filter_text(description text) returns text[]
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	plain constant text := crm.text_plain(description);
	bare constant text := ' ' || crm.text_bare(plain) || ' ';
	happening constant text := ' '
	    || crm.text_bare(crm.text_happening(plain)) || ' ';
begin
	if plain = '' then
		return array['empty'];
	end if;
	return array(
		select k.code
		from (values ('abuse', 'abusive', bare),
		    ('emergency', 'emergency', happening)) k (kind, code, text)
		where exists (select from crm.filter_word w
		    where w.kind = k.kind
		    and position(' ' || w.bare || ' ' in k.text) > 0)
		order by k.code);
end
$$;
comment on function crm.filter_text(text) is
    'What a text is held for: empty, abusive, emergency.';
grant execute on function crm.filter_text(text) to crm_officer, crm_channel;
