-- SPDX-License-Identifier: ISC

create function api.signin_begin(username text, source_hash bytea,
    request_id text)
returns table (account_id uuid, password text, totp text, totp_step bigint,
    retry_after int)
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
	known constant text := lower(normalize(signin_begin.username, nfkc));
begin
	perform set_config('crm.request', coalesce(request_id, ''), true);
	-- Counted before the password is looked at, so that tries in parallel
	-- count as well. Unknown names are counted like known ones. Few tries a
	-- name from one network, many from all: whoever guesses from elsewhere
	-- does not keep the officer out, and still gets nowhere.
	retry_after := crm.throttle_try(
	    crm.throttle_key('source', source_hash), 60, 10);
	if retry_after = 0 then
		retry_after := crm.throttle_try(
		    crm.throttle_key_pair(known, source_hash), 5, 300);
	end if;
	if retry_after = 0 then
		retry_after := crm.throttle_try(crm.throttle_key('account',
		    convert_to(known, 'UTF8')), 50, 30);
	end if;
	if retry_after = 0 then
		select a.id, s.password, encode(s.totp, 'hex'), s.totp_last_step
		into account_id, password, totp, totp_step
		from crm.account a
		join crm.account_secret s on s.account_id = a.id
		where a.username = known and a.is_active;
	end if;
	return next;
end
$$;
comment on function api.signin_begin(text, bytea, text) is
    'What is needed to check a password: one row always, nulls for an unknown name, retry_after > 0 when tried too often. Security definer because no login reads secrets.';
grant execute on function api.signin_begin(text, bytea, text) to crm_officer;
