-- SPDX-License-Identifier: ISC

create function crm.text_bare(plain text) returns text
language plpgsql immutable strict security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
	return regexp_replace(translate(btrim(regexp_replace(plain,
	    '(^| )[0-9]+(?= |$)', '', 'g')), '013457', 'oieast'),
	    '([[:alpha:]])\1+', '\1', 'g');
end
$$;
comment on function crm.text_bare(text) is
    'Plain words as words of the filter are compared: no numbers, digits inside words read as the letters they stand for, no doubled letters.';
grant execute on function crm.text_bare(text) to crm_officer, crm_channel;
