-- SPDX-License-Identifier: ISC

create function crm.quoted(description text) returns text[]
language plpgsql immutable strict security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
	return array(
		select distinct m[1] from regexp_matches(
		    upper(normalize(description, nfkc)),
		    '\m(JK[0-9]{10,12})\M', 'g') m
		limit 10);
end
$$;
comment on function crm.quoted(text) is
    'Up to ten ticket numbers that stand in a text.';
grant execute on function crm.quoted(text) to crm_officer, crm_channel;
