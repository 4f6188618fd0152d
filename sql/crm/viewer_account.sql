-- The viewer is set by api.session_enter or api.channel_enter for one
-- transaction; outside of it all of these are null and policies deny.
--
-- SPDX-License-Identifier: ISC

create function crm.viewer_account() returns uuid
language plpgsql stable security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
	return nullif(current_setting('crm.account', true), '')::uuid;
end
$$;
comment on function crm.viewer_account() is 'Account of the viewer, or null.';
grant execute on function crm.viewer_account() to crm_officer, crm_channel;
