-- SPDX-License-Identifier: ISC

create function crm.viewer_channel() returns uuid
language plpgsql stable security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
	return nullif(current_setting('crm.channel', true), '')::uuid;
end
$$;
comment on function crm.viewer_channel() is 'Channel of the viewer, or null.';
grant execute on function crm.viewer_channel() to crm_officer, crm_channel;
