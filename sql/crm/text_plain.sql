-- SPDX-License-Identifier: ISC

create function crm.text_plain(typed text) returns text
language plpgsql immutable strict security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
	plain text := typed;
	entity text;
	code bigint;
begin
	-- "&amp;" first, and twice: much is escaped twice.
	if position('&' in plain) > 0 then
		plain := replace(replace(plain, '&amp;', '&'), '&amp;', '&');
		plain := replace(replace(replace(replace(plain,
		    '&nbsp;', ' '), '&quot;', '"'), '&lt;', '<'), '&gt;', '>');
		for entity in
			select distinct m[1] from regexp_matches(plain,
			    '&#(x[0-9a-f]{1,5}|[0-9]{1,6});', 'gi') m
		loop
			code := case when lower(left(entity, 1)) = 'x'
			    then ('x' || lpad(substr(entity, 2), 8, '0'))::bit(32)::bigint
			    else entity::bigint end;
			if code between 32 and 55295
			    or code between 57344 and 1114111 then
				plain := replace(plain, '&#' || entity || ';',
				    chr(code::int));
			end if;
		end loop;
	end if;
	plain := lower(normalize(plain, nfkc));
	-- What is written inside a word and not read: apostrophes, marks on top
	-- of letters, signs without width.
	plain := regexp_replace(plain,
	    '[''`\u2018\u2019\u00ad\u0300-\u036f\u200b-\u200f\u2060\ufe0f\ufeff]',
	    '', 'g');
	plain := regexp_replace(plain, '([[:alpha:]])\1{2,}', '\1', 'g');
	return btrim(regexp_replace(plain, '[^[:alnum:]]+', ' ', 'g'));
end
$$;
comment on function crm.text_plain(text) is
    'The words of a text: HTML entities undone, fancy capitals and signs made plain, lower case, tooooo long letters short, one space between words.';
grant execute on function crm.text_plain(text) to crm_officer, crm_channel;
