-- SPDX-License-Identifier: ISC

create function crm.step_split(event uuid, at timestamptz, was crm.report,
    body jsonb)
returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
	report constant uuid := crm.split_id(event);
	category constant text := coalesce(body ->> 'category',
	    was.category_code);
	words constant text := crm.match_text(body ->> 'description');
	unit uuid;
	status text := 'waiting';
	received constant uuid := gen_random_uuid();
	ticket text;
begin
	perform crm.report_check(category, null, null);
	if body ->> 'unit' is not null then
		unit := crm.step_unit(body, null);
	else
		select u.id into unit from crm.unit u
		where u.kind = 'kelurahan' and u.area_code = was.kelurahan_code
		and u.is_active and not crm.viewer_in_sandbox();
	end if;
	if unit is null then
		unit := crm.viewer_unit();
		status := 'incoming';
	end if;
	ticket := crm.ticket_next(at);
	insert into crm.report_key (id, ticket, received_at)
	values (report, ticket, at);
	insert into crm.report (id, received_at, ticket, channel_id, visibility,
	    status, version, category_code, description, description_public,
	    lat, lng, accuracy_m, address, kelurahan_code, unit_id, unit_ids,
	    occurred_at, changed_at, due_at, held_for, match_text)
	values (report, at, ticket, was.channel_id, was.visibility, status, 1,
	    category, body ->> 'description',
	    coalesce(body ->> 'description_public', ''), was.lat, was.lng,
	    was.accuracy_m, was.address, was.kelurahan_code, unit, array[unit],
	    was.occurred_at, at, crm.due_at(status, unit, category, at),
	    case status when 'incoming' then was.held_for else '{}' end, words);
	insert into crm.event (id, at, report_id, type, version, by_unit_id,
	    to_status)
	values (received, at, report, 'received', 1, crm.viewer_unit(), status);
	insert into crm.event_internal (event_id, report_id, by_account_id)
	values (received, report, crm.viewer_account());
	perform crm.split_note(report, was.id, at);
	perform crm.audit_add('report_add', report);
end
$$;
comment on function crm.step_split(uuid, timestamptz, crm.report, jsonb) is
    'Makes a report of its own of what this one says besides: of the same channel and place, without identity and photos.';
grant execute on function crm.step_split(uuid, timestamptz, crm.report, jsonb)
    to crm_officer;
