-- SPDX-License-Identifier: ISC

create function crm.throttle_key_pair(username text, source_hash bytea)
returns bytea
language sql immutable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select crm.throttle_key('pair', sha256(convert_to(username, 'UTF8'))
	    || source_hash)
$$;
comment on function crm.throttle_key_pair(text, bytea) is
    'Bucket of crm.signin_throttle for an account name tried from one source.';
