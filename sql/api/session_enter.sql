-- Reads the clock itself: crm.now() is then planned for the login only. A plan
-- that depends on row-level security is made anew each time its user changes.
--
-- SPDX-License-Identifier: ISC

create function api.session_enter(token_hash bytea, roles text[],
    request_id text)
returns table (account_id uuid, username text, name text, role text,
    unit_id uuid, unit_name text, expires_at timestamptz)
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
	at timestamptz;
	seen timestamptz;
	units uuid[];
begin
	select a.id, a.username, a.name, a.role, a.unit_id, u.name,
	    s.expires_at, s.last_seen_at, c.at,
	    case a.role when 'officer' then array[a.unit_id]
	    when 'supervisor' then b.unit_ids else '{}' end
	into account_id, username, name, role, unit_id, unit_name, expires_at,
	    seen, at, units
	from (
		select now() + coalesce((select c.ahead from crm.clock c),
		    interval '0') as at
	) c
	cross join crm.session s
	join crm.account a on a.id = s.account_id
	join crm.unit u on u.id = a.unit_id
	left join crm.unit_below b on b.unit_id = a.unit_id
	where s.token_hash = session_enter.token_hash and a.is_active
	and c.at < s.expires_at
	and c.at < s.last_seen_at + make_interval(secs => s.idle_seconds);
	if not found then
		raise exception 'no such session' using errcode = 'CR401';
	end if;
	if role <> all (roles) then
		raise exception 'not for this role' using errcode = 'CR403';
	end if;
	if at >= seen + interval '1 minute' then
		update crm.session s set last_seen_at = at
		where s.token_hash = session_enter.token_hash;
	end if;
	perform set_config('crm.account', account_id::text, true),
	    set_config('crm.role', role, true),
	    set_config('crm.unit', unit_id::text, true),
	    set_config('crm.units', units::text, true),
	    set_config('crm.channel', '', true),
	    set_config('crm.request', coalesce(request_id, ''), true);
	return next;
end
$$;
comment on function api.session_enter(bytea, text[], text) is
    'Makes the owner of a live session the viewer of this transaction. CR401 without one, CR403 in another role. Security definer because no login reads sessions.';
grant execute on function api.session_enter(bytea, text[], text)
    to crm_officer;
