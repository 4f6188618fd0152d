-- SPDX-License-Identifier: ISC

create function crm.event_step(event uuid, at timestamptz,
    rule crm.event_rule, was crm.report, after crm.report, body jsonb)
returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
	spot constant jsonb := body -> 'location';
	lat constant float8 := spot ->> 'lat';
	lng constant float8 := spot ->> 'lng';
	code constant text := case when after.status = 'rejected'
	    and was.status <> 'rejected' then after.reason_code end;
begin
	if crm.viewer_channel() is not null then
		insert into crm.event (id, at, report_id, type, version,
		    by_channel_id, text, from_status, to_status, reason_code,
		    stars)
		values (event, at, was.id, rule.type, after.version,
		    crm.viewer_channel(), body ->> 'text', was.status,
		    after.status, code, (body ->> 'stars')::numeric);
		return;
	end if;
	insert into crm.event (id, at, report_id, type, version, by_unit_id,
	    text, from_status, to_status, captured_at, lat, lng, accuracy_m,
	    distance_m, to_unit_id, reason_code, until, into_id)
	values (event, at, was.id, rule.type, after.version, crm.viewer_unit(),
	    body ->> 'text', was.status, after.status,
	    (body ->> 'captured_at')::timestamptz, lat, lng,
	    (spot ->> 'accuracy_m')::float8,
	    crm.distance_m(was.lat, was.lng, lat, lng),
	    case when rule.type in ('route', 'hand_over', 'dispose', 'return')
		then after.unit_id end,
	    code,
	    case when rule.type in ('schedule', 'approve_schedule')
		then after.schedule_until end,
	    case rule.type when 'merge' then after.main_id
		when 'unmerge' then was.main_id
		when 'split' then crm.split_id(event) end);
	insert into crm.event_internal (event_id, report_id, by_account_id, note,
	    reason, officer_id)
	values (event, was.id, crm.viewer_account(), body ->> 'note',
	    case when code is null then body ->> 'reason' end,
	    case when rule.type = 'assign' then after.officer_id end);
end
$$;
comment on function crm.event_step(uuid, timestamptz, crm.event_rule,
    crm.report, crm.report, jsonb) is
    'Stores the event of a step.';
grant execute on function crm.event_step(uuid, timestamptz, crm.event_rule,
    crm.report, crm.report, jsonb) to crm_officer, crm_channel;
