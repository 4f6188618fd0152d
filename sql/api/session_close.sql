-- SPDX-License-Identifier: ISC

create function api.session_close(token_hash bytea)
returns table (closed boolean)
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
begin
	delete from crm.session s
	where s.token_hash = session_close.token_hash;
	closed := found;
	if closed then
		perform crm.audit_add('session_close', null);
	end if;
	return next;
end
$$;
comment on function api.session_close(bytea) is
    'Ends a session; false if there was none. Security definer because no login writes sessions.';
grant execute on function api.session_close(bytea) to crm_officer;
