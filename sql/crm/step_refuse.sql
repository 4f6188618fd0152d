-- SPDX-License-Identifier: ISC

create function crm.step_refuse(member text, code text) returns void
language plpgsql immutable security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	raise exception 'evidence does not fit'
	    using errcode = 'CR422', column = '/' || member, constraint = code;
end
$$;
comment on function crm.step_refuse(text, text) is
    'Refuses a step for what a member of its body says, with CR422.';
grant execute on function crm.step_refuse(text, text)
    to crm_officer, crm_channel;
