-- SPDX-License-Identifier: ISC

create function crm.audit_add(what text, about uuid, object uuid default null)
returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	insert into audit.entry (request_id, account_id, unit_id, channel_id,
	    role, action, report_id, object_id)
	values (nullif(current_setting('crm.request', true), ''),
	    nullif(current_setting('crm.account', true), '')::uuid,
	    nullif(current_setting('crm.unit', true), '')::uuid,
	    nullif(current_setting('crm.channel', true), '')::uuid,
	    nullif(current_setting('crm.role', true), ''),
	    what, about, object);
end
$$;
comment on function crm.audit_add(text, uuid, uuid) is
    'Writes what the viewer does into the audit log, in its transaction.';
grant execute on function crm.audit_add(text, uuid, uuid)
    to crm_officer, crm_channel;
