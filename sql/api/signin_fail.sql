-- SPDX-License-Identifier: ISC

create function api.signin_fail(username text, source_hash bytea)
returns void
language sql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
	insert into audit.entry (account_id, unit_id, role, action)
	select a.id, a.unit_id, a.role, 'signin_refused'
	from (select) one
	left join crm.account a on a.username = lower(normalize(username, nfkc))
$$;
comment on function api.signin_fail(text, bytea) is
    'Audits a refused sign-in; the try itself was counted when it began. Security definer because the name may be of any unit.';
grant execute on function api.signin_fail(text, bytea) to crm_officer;
