-- SPDX-License-Identifier: ISC

create function api.notice_see(until timestamptz) returns void
language sql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
	insert into crm.notice_seen as s (account_id, until)
	values (crm.viewer_account(), least(notice_see.until, crm.now()))
	on conflict (account_id) do update
	set until = greatest(s.until, excluded.until)
$$;
comment on function api.notice_see(timestamptz) is
    'The viewer has seen the notices until then; never later than now, never back.';
grant execute on function api.notice_see(timestamptz) to crm_officer;
