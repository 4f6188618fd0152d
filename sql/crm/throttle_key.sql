-- SPDX-License-Identifier: ISC

create function crm.throttle_key(kind text, value bytea) returns bytea
language sql immutable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select sha256(convert_to(kind || ':', 'UTF8') || value)
$$;
comment on function crm.throttle_key(text, bytea) is
    'Bucket of crm.signin_throttle for an account name or a source.';
