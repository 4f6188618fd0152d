-- SPDX-License-Identifier: ISC

create function crm.clock_unit(in_status text, holder uuid) returns uuid
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select case when holder = crm.sandbox() then holder else
	    case in_status
	    when 'incoming' then
		(select u.id from crm.unit u where u.duty = 'triage')
	    when 'awaiting_validation' then
		(select u.id from crm.unit u where u.duty = 'validation')
	    else holder end end
$$;
comment on function crm.clock_unit(text, uuid) is
    'Whose clock runs: triage and validators work on what others hold.';
