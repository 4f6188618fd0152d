-- SPDX-License-Identifier: ISC

create function crm.event_step(event uuid, at timestamptz,
    rule crm.event_rule, was crm.report, after crm.report, body jsonb)
returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
	lat constant float8 := body -> 'location' ->> 'lat';
	lng constant float8 := body -> 'location' ->> 'lng';
begin
	insert into crm.event (id, at, report_id, type, version, by_unit_id,
	    text, from_status, to_status, captured_at, lat, lng, accuracy_m,
	    distance_m)
	values (event, at, was.id, rule.type, after.version, crm.viewer_unit(),
	    body ->> 'text', was.status, after.status,
	    (body ->> 'captured_at')::timestamptz, lat, lng,
	    (body -> 'location' ->> 'accuracy_m')::float8,
	    crm.distance_m(was.lat, was.lng, lat, lng));
	insert into crm.event_internal (event_id, report_id, by_account_id, note,
	    reason)
	values (event, was.id, crm.viewer_account(), body ->> 'note',
	    body ->> 'reason');
end
$$;
comment on function crm.event_step(uuid, timestamptz, crm.event_rule,
    crm.report, crm.report, jsonb) is
    'Stores the event of a step.';
grant execute on function crm.event_step(uuid, timestamptz, crm.event_rule,
    crm.report, crm.report, jsonb) to crm_officer;
