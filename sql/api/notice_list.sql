-- SPDX-License-Identifier: ISC

create function api.notice_list(after_at timestamptz, after_id uuid,
    row_limit int)
returns table (id uuid, type text, at timestamptz, new boolean,
    report_id uuid, ticket text, status text, visibility text)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
	me constant uuid := crm.viewer_account();
	role constant text := crm.viewer_role();
	everyone constant uuid := case when crm.viewer_in_sandbox()
	    then crm.sandbox() else '00000000-0000-0000-0000-000000000000' end;
	-- Not coalesce() in the query: it would keep it out of the index.
	from_at constant timestamptz := coalesce(after_at, 'infinity');
	from_id constant uuid := coalesce(after_id,
	    'ffffffff-ffff-ffff-ffff-ffffffffffff');
	seen constant timestamptz := coalesce((select s.until
	    from crm.notice_seen s where s.account_id = me), '-infinity');
begin
	perform crm.audit_add('notice_list', null);
	return query
	select p.id, p.type, p.at, p.at > seen, p.report_id, k.ticket,
	    r.status, r.visibility
	from (
		select n.id, n.type, n.at, n.report_id
		-- Null for a circle that is not the viewer's: what others hear
		-- would be walked through and filtered out, row by row.
		from (values
		    ('unit', case when role in ('officer', 'supervisor')
			then crm.viewer_unit() end),
		    ('supervisor', case when role = 'supervisor'
			then crm.viewer_unit() end),
		    ('account', me),
		    (role, case when role in ('triage', 'validator')
			then everyone end)) circle (reader, reader_id)
		cross join lateral (
			select o.id, o.type, o.at, o.report_id
			from crm.notice o
			where o.reader = circle.reader
			and o.reader_id = circle.reader_id
			and (o.at, o.id) < (from_at, from_id)
			-- Nobody is told of what they did.
			and not exists (select from crm.event_internal i
			    where i.event_id = o.event_id
			    and i.by_account_id = me)
			order by o.at desc, o.id desc
			limit row_limit + 1
		) n
		order by n.at desc, n.id desc
		limit row_limit + 1
	) p
	join crm.report_key k on k.id = p.report_id
	cross join lateral (
		select i.status, i.visibility from crm.inbox i
		where i.report_id = p.report_id
		limit 1
	) r
	order by p.at desc, p.id desc;
end
$$;
comment on function api.notice_list(timestamptz, uuid, int) is
    'What the viewer has to hear of, newest first, one row more than asked when there is more; of reports the viewer may open only.';
grant execute on function api.notice_list(timestamptz, uuid, int)
    to crm_officer;
