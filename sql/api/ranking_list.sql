-- SPDX-License-Identifier: ISC

create function api.ranking_list(first_day date, last_day date, in_kind text)
returns table (unit_id uuid, unit_name text, validated bigint, reopened bigint,
    on_time float8, rank bigint)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
	with today (day) as (
		select (crm.now() at time zone 'Asia/Jakarta')::date
	), done as (
		select d.unit_id, sum(d.validated) as validated,
		    sum(d.on_time) as on_time, sum(d.reopened) as reopened
		from today t
		join crm.work_day d on d.day between
		    coalesce(first_day, coalesce(last_day, t.day) - 29)
		    and coalesce(last_day, t.day)
		group by d.unit_id
		having sum(d.validated) >= 10
	), told as (
		select u.id, u.name, d.validated / 5 * 5 as validated,
		    d.reopened / 5 * 5 as reopened,
		    crm.share_round(d.on_time, d.validated) as on_time
		from done d
		join crm.unit u on u.id = d.unit_id
		where (in_kind is null or u.kind = in_kind)
		and not crm.viewer_in_sandbox()
	)
	select t.id, t.name, t.validated, t.reopened, t.on_time,
	    rank() over (order by t.validated desc, t.on_time desc) as rank
	from told t order by rank, t.name
$$;
comment on function api.ranking_list(date, date, text) is
    'Units by work that was found good and not reopened, of a span of days; without one, of the last thirty. Units with less than ten are left out; numbers are rounded down to fives and shares to steps of five cases, so that nothing tells of a single report; none for those who try things out in the sandbox. Security definer because it counts reports that the viewer must not see.';
grant execute on function api.ranking_list(date, date, text) to crm_officer;
