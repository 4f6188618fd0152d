-- SPDX-License-Identifier: ISC

create function crm.event_check(rule crm.event_rule, body jsonb, photos int)
returns void
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	wrong record;
begin
	-- All places that lack the same, so that the doer hears of them at once.
	select string_agg(w.pointer, ',' order by w.place) as pointers, w.code
	into wrong
	from (
		select e.place, e.pointer, e.code
		from crm.evidence_problems(rule.must, rule.may, body) e
		union all
		select 100, '/photos', case
		    when coalesce(photos, 0) < rule.photo_min then 'required'
		    when coalesce(photos, 0) <= rule.photo_max then null
		    when rule.photo_max = 0 then 'not_allowed'
		    else 'too_many' end
	) w
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
comment on function crm.event_check(crm.event_rule, jsonb, int) is
    'Refuses a step without the evidence its rule asks for, or with what it does not allow, with CR422.';
grant execute on function crm.event_check(crm.event_rule, jsonb, int)
    to crm_officer, crm_channel;
