-- SPDX-License-Identifier: ISC

create function crm.like_part(part text) returns text
language sql immutable strict security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
	select '%' || regexp_replace(part, '([\\%_])', '\\\1', 'g') || '%'
$$;
comment on function crm.like_part(text) is
    'Pattern for texts that hold this part, whatever signs are in it.';
