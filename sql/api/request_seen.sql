-- SPDX-License-Identifier: ISC

create function api.request_seen(report uuid) returns boolean
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select exists (select from crm.public_report p
	    where p.report_id = report)
$$;
comment on function api.request_seen(uuid) is
    'Does the public see this report?';
grant execute on function api.request_seen(uuid) to crm_public;
