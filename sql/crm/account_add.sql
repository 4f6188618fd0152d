-- SPDX-License-Identifier: ISC

create function crm.account_add(username text, name text, role text,
    unit_name text, password text, totp bytea default null)
returns uuid
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
	account uuid;
	unit uuid;
begin
	select u.id into unit from crm.unit u where u.name = unit_name;
	if not found then
		raise exception 'no such unit'
		    using errcode = 'CR422', column = '/unit',
		    constraint = 'unknown';
	end if;
	insert into crm.account as a (username, name, role, unit_id)
	values (username, name, role, unit)
	returning a.id into account;
	insert into crm.account_secret (account_id, password, totp)
	values (account, password, totp);
	return account;
end
$$;
comment on function crm.account_add(text, text, text, text, text, bytea) is
    'Adds an officer with a hashed password and, if given, a sealed TOTP secret.';
