-- SPDX-License-Identifier: ISC

create function crm.event_check(rule crm.event_rule, text text, note text,
    reason text, captured_at timestamptz, lat float8, lng float8,
    accuracy_m float8, photos int)
returns void
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	wrong record;
begin
	-- All places that lack the same, so that an officer hears of them at once.
	select string_agg(w.pointer, ',' order by w.place) as pointers, w.code
	into wrong
	from (values
	    (1, '/text', crm.evidence_problem(rule.has_text, text is not null
		and text ~ '\S', text is not null)),
	    (2, '/note', crm.evidence_problem(rule.has_note, note is not null
		and note ~ '\S', note is not null)),
	    (3, '/reason', crm.evidence_problem(rule.has_reason,
		reason is not null and reason ~ '\S', reason is not null)),
	    (4, '/captured_at', crm.evidence_problem(rule.has_capture,
		captured_at is not null, captured_at is not null)),
	    (5, '/captured_at', case when captured_at
		> crm.now() + interval '5 minutes' then 'future' end),
	    (6, '/location', crm.evidence_problem(rule.has_capture,
		lat is not null and lng is not null,
		lat is not null or lng is not null)),
	    (7, '/location/lat', case when lat not between -90 and 90
		then 'range' end),
	    (8, '/location/lng', case when lng not between -180 and 180
		then 'range' end),
	    (9, '/location/accuracy_m', case when accuracy_m < 0
		then 'range' end),
	    (10, '/photos', case when coalesce(photos, 0) < rule.photo_min
		then 'required' when coalesce(photos, 0) > rule.photo_max
		then case rule.photo_max when 0 then 'not_allowed'
		else 'too_many' end end)) w (place, pointer, code)
	where w.code is not null
	group by w.code
	order by min(w.place)
	limit 1;
	if found then
		raise exception 'evidence is missing or does not belong here'
		    using errcode = 'CR422', column = wrong.pointers,
		    constraint = wrong.code;
	end if;
end
$$;
comment on function crm.event_check(crm.event_rule, text, text, text,
    timestamptz, float8, float8, float8, int) is
    'Refuses a step without the evidence its rule asks for, or with what it does not allow, with CR422.';
grant execute on function crm.event_check(crm.event_rule, text, text, text,
    timestamptz, float8, float8, float8, int) to crm_officer;
