-- SPDX-License-Identifier: ISC

create function api.session_open(account uuid, token_hash bytea,
    totp_step bigint, idle_seconds int, source_hash bytea, request_id text)
returns table (account_id uuid, username text, name text, role text,
    unit_id uuid, unit_name text, expires_at timestamptz)
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
	at constant timestamptz := crm.now();
begin
	-- A code works once, in two races as well: the row is locked.
	update crm.account_secret s
	set totp_last_step = coalesce(session_open.totp_step, s.totp_last_step)
	where s.account_id = account
	and (s.totp is null or session_open.totp_step is not null)
	and (session_open.totp_step is null or s.totp_last_step is null
	    or s.totp_last_step < session_open.totp_step);
	if not found then
		raise exception 'sign-in refused' using errcode = 'CR401';
	end if;
	select a.id, a.username, a.name, a.role, a.unit_id, u.name,
	    at + interval '12 hours'
	into account_id, username, name, role, unit_id, unit_name, expires_at
	from crm.account a join crm.unit u on u.id = a.unit_id
	where a.id = account and a.is_active;
	if not found then
		raise exception 'sign-in refused' using errcode = 'CR401';
	end if;
	insert into crm.session (token_hash, account_id, source_hash, opened_at,
	    last_seen_at, idle_seconds, expires_at)
	values (session_open.token_hash, account_id, session_open.source_hash, at,
	    at, session_open.idle_seconds, expires_at);
	delete from crm.signin_throttle t
	where t.bucket
	    = crm.throttle_key_pair(username, session_open.source_hash);
	update crm.signin_throttle t set fill = greatest(0, t.fill - 1)
	where t.bucket in (
	    crm.throttle_key('source', session_open.source_hash),
	    crm.throttle_key('account', convert_to(username, 'UTF8')));
	perform set_config('crm.account', account_id::text, true),
	    set_config('crm.role', role, true),
	    set_config('crm.unit', unit_id::text, true),
	    set_config('crm.request', coalesce(request_id, ''), true);
	perform crm.audit_add('session_open', null);
	return next;
end
$$;
comment on function api.session_open(uuid, bytea, bigint, int, bytea, text) is
    'Opens a session after the password was right. CR401 for a used or missing second factor or a disabled account. Security definer because no login writes sessions.';
grant execute on function
    api.session_open(uuid, bytea, bigint, int, bytea, text) to crm_officer;
