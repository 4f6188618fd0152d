-- SPDX-License-Identifier: ISC

create function crm.second_draw(event uuid) returns boolean
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select coalesce((select (get_byte(d.digest, 0) * 65536
	    + get_byte(d.digest, 1) * 256 + get_byte(d.digest, 2))
	    < s.value * 16777216
	from crm.setting s,
	    sha256(convert_to(event::text, 'UTF8')) d (digest)
	where s.name = 'second_share'), false)
$$;
comment on function crm.second_draw(uuid) is
    'Whether the work that this event accepts is validated a second time: by a digest of the event''s id, which is drawn after the validator has decided.';
grant execute on function crm.second_draw(uuid) to crm_officer;
