-- SPDX-License-Identifier: ISC

create function crm.report_route(report uuid, channel uuid, category text,
    description text, words text, lat float8, lng float8, at timestamptz)
returns table (kelurahan_code text, unit_id uuid, status text, held_for text[])
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
	kelurahan_code := crm.area_at(lat, lng);
	held_for := crm.filter_text(description)
	    || crm.filter_place(lat, kelurahan_code);
	-- What is tried out meets neither real reports nor units.
	if (select c.is_sandbox from crm.channel c where c.id = channel) then
		unit_id := crm.sandbox();
		status := case held_for when '{}' then 'waiting'
		    else 'incoming' end;
		return next;
		return;
	end if;
	held_for := held_for || crm.filter_same(report, channel, category,
	    words, lat, lng, at);
	if held_for = '{}' then
		status := 'waiting';
		select u.id into unit_id from crm.unit u
		where u.kind = 'kelurahan' and u.area_code = kelurahan_code
		and u.is_active;
	end if;
	-- A kelurahan without a unit of its own is for triage, too.
	if unit_id is null then
		status := 'incoming';
		select u.id into strict unit_id from crm.unit u
		where u.duty = 'triage';
	end if;
	return next;
end
$$;
comment on function crm.report_route(uuid, uuid, text, text, text, float8,
    float8, timestamptz) is
    'The automatic filter: straight to the kelurahan of the point, or to triage with the codes of what it is held for.';
grant execute on function crm.report_route(uuid, uuid, text, text, text,
    float8, float8, timestamptz) to crm_officer, crm_channel;
