-- SPDX-License-Identifier: ISC

create function crm.viewer_readers() returns uuid[]
language plpgsql stable security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
	return case
	    when nullif(current_setting('crm.channel', true), '') is not null
		then array[current_setting('crm.channel')::uuid]
	    when current_setting('crm.role', true) in ('officer', 'supervisor')
		then nullif(current_setting('crm.units', true), '')::uuid[]
	    when current_setting('crm.role', true) in ('triage', 'validator')
		and crm.viewer_in_sandbox() then array[crm.sandbox()]
	    when current_setting('crm.role', true) in ('triage', 'validator')
		then array['00000000-0000-0000-0000-000000000000'::uuid]
	    end;
end
$$;
comment on function crm.viewer_readers() is
    'Circles of crm.inbox that the viewer belongs to, or null.';
grant execute on function crm.viewer_readers() to crm_officer, crm_channel;
