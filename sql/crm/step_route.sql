-- SPDX-License-Identifier: ISC

create function crm.step_route(at timestamptz, after crm.report,
    body jsonb)
returns crm.report
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	spot constant jsonb := body -> 'location';
begin
	after := crm.step_move(after, crm.step_unit(body, null));
	if body ->> 'category' is not null then
		perform crm.report_check(body ->> 'category', null, null);
		after.category_code := body ->> 'category';
	end if;
	if spot ->> 'lat' is not null then
		after.lat := spot ->> 'lat';
		after.lng := spot ->> 'lng';
		after.accuracy_m := spot ->> 'accuracy_m';
		after.kelurahan_code := crm.area_at(after.lat, after.lng);
	end if;
	after.held_for := '{}';
	-- What units sent each other before is over.
	update crm.hand_over h set ended_at = step_route.at
	where h.report_id = after.id and h.ended_at is null;
	return after;
end
$$;
comment on function crm.step_route(timestamptz, crm.report, jsonb) is
    'Out of the filter to a unit; category and place as triage sets them, and the kelurahan follows the place.';
grant execute on function crm.step_route(timestamptz, crm.report, jsonb)
    to crm_officer;
