-- SPDX-License-Identifier: ISC

create function crm.text_happening(plain text) returns text
language plpgsql immutable strict security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
	return regexp_replace(plain,
	    '\m(rawan|potensi|berpotensi|mencegah|pencegahan|jangan sampai'
	    '|antisipasi|(takut|takutnya|khawatir|kuatir|kawatir|bisa|dapat'
	    '|tidak|sebelum|pernah|akan|kalau|kalo|jika|bila) (ada|terjadi'
	    '|menyebabkan|mengakibatkan|menimbulkan|sampai|menimpa))'
	    '( [[:alnum:]]+){1,4}', '-', 'g');
end
$$;
comment on function crm.text_happening(text) is
    'Plain words without what is only feared or was: "takut ada ...", "rawan ...", and four words on.';
grant execute on function crm.text_happening(text) to crm_officer, crm_channel;
