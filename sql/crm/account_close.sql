-- SPDX-License-Identifier: ISC

create function crm.account_close(username text) returns boolean
language sql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
	with closed as (
		update crm.account a set is_active = false
		where a.username = account_close.username
		returning a.id
	), ended as (
		delete from crm.session s using closed c
		where s.account_id = c.id
	)
	select exists (select from closed)
$$;
comment on function crm.account_close(text) is
    'Disables an account and ends its sessions; false if there is none.';
