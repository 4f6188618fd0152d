-- SPDX-License-Identifier: ISC

create function crm.step_unit(body jsonb, holder uuid) returns uuid
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	wanted crm.unit;
begin
	select u.* into wanted from crm.unit u
	where u.id = crm.id_read(body ->> 'unit') and u.is_active;
	if not found
	    or (wanted.id = crm.sandbox()) <> crm.viewer_in_sandbox() then
		perform crm.step_refuse('unit', 'unknown');
	elsif wanted.id = holder then
		perform crm.step_refuse('unit', 'own_unit');
	elsif wanted.duty is not null or wanted.kind = 'province' then
		perform crm.step_refuse('unit', 'not_a_doer');
	end if;
	return wanted.id;
end
$$;
comment on function crm.step_unit(jsonb, uuid) is
    'The unit a step sends a report to, else CR422: there is none, it holds the report, or it does no work.';
grant execute on function crm.step_unit(jsonb, uuid) to crm_officer;
