-- SPDX-License-Identifier: ISC

create function crm.proof_facts(report uuid, event uuid) returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
begin
	insert into crm.proof_check (report_id, event_id, at, kind, seconds,
	    meters)
	select report, event, e.at, f.kind,
	    extract(epoch from f.span)::bigint, f.meters
	from crm.event e
	cross join lateral (
		select k.received_at, (select max(t.at) from crm.event t
			where t.report_id = report and t.type = 'take') as taken_at
		from crm.report_key k where k.id = report
	) r
	cross join lateral (values
	    ('arrival', e.at - e.captured_at, null::float8),
	    ('before_received', case when e.captured_at < r.received_at
		then r.received_at - e.captured_at end, null),
	    ('before_taken', case when e.captured_at < r.taken_at
		then r.taken_at - e.captured_at end, null),
	    ('distance', null, e.distance_m)
	) f (kind, span, meters)
	where e.report_id = report and e.id = event
	and (f.span is not null or f.meters is not null);
end
$$;
comment on function crm.proof_facts(uuid, uuid) is
    'Notes when and where a proof was taken, as facts.';
