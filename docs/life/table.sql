-- Prints docs/life.md from the table of steps.
--
-- SPDX-License-Identifier: ISC

\pset format unaligned
\pset tuples_only on
\pset footer off

create function pg_temp.named(names text[]) returns text
language sql as $$
	select coalesce(string_agg('`' || n.name || '`', ' ' order by n.place), '')
	from unnest(names) with ordinality n (name, place)
$$;
-- One line of the table: the statuses before it are gathered.
create temporary view way as
select r.type, r.role, r.who, r.must, r.may, r.photo_min, r.photo_max,
    r.clock, r.hears, r.can_undo, a.after,
    array_agg(r.from_status order by s.place) as before, min(s.place) as place
from (
	select e.*, bool_and(e.to_status = e.from_status)
	    over (partition by e.type, e.role) as stays
	from crm.event_rule e
) r
join unnest(crm.status_list()) with ordinality s (status, place)
on s.status = r.from_status
cross join lateral (select case when r.stays then 'the same'
    when r.to_status = 'before' then 'as before'
    else '`' || r.to_status || '`' end as after) a
group by r.type, r.role, r.who, r.must, r.may, r.photo_min, r.photo_max,
    r.clock, r.hears, r.can_undo, a.after;
-- The words after "plain: " in a comment, of which each "name: meaning" is
-- one line.
create function pg_temp.meanings(attribute text) returns setof text
language sql as $$
	select '- ' || m.text || '.'
	from pg_attribute a
	cross join lateral regexp_split_to_table(regexp_replace(
	    col_description(a.attrelid, a.attnum), '^plain: ', ''), '; ')
	    with ordinality m (text, place)
	where a.attrelid = 'crm.event_rule'::regclass and a.attname = attribute
	order by m.place
$$;

\echo '# The life of a report'
\echo
\echo 'Printed by `ninja -C build life` from `crm.event_rule` and `crm.event_type`; do not'
\echo 'edit it. What has no line here cannot happen.'
\echo
\echo '![Statuses and the steps between them](pictures/life.svg)'
\echo
\echo '## Steps'
\echo
\echo '| step | role | from | to | who | must have | may have | photos | clock | hears | undo |'
\echo '|---|---|---|---|---|---|---|---|---|---|---|'
select format('| `%s` | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |',
    w.type, w.role, pg_temp.named(w.before), w.after, w.who,
    pg_temp.named(w.must), pg_temp.named(w.may),
    case when w.photo_max > 0 then w.photo_min || '–' || w.photo_max end,
    w.clock, array_to_string(w.hears, ', '),
    case when w.can_undo then 'yes' end)
from way w
order by w.role = 'channel', w.place, w.type collate "C", w.role collate "C",
    w.after collate "C";
\echo
\echo 'A step is refused in this order: no such report (404), no such step (422), not for'
\echo 'this role (403), no version (428), an old version (412), not in this status or no'
\echo 'longer (409), not for this unit or person (403), members or photos that are missing'
\echo 'or do not belong here (422).'
\echo
\echo '## Who'
\echo
select pg_temp.meanings('who');
\echo
\echo '## Clock'
\echo
select pg_temp.meanings('clock');
\echo
\echo 'How long a status may take is in `crm.target`; days off do not count.'
\echo
\echo '## What the channel hears'
\echo
\echo 'A channel reads these in the timeline, without notes, reasons and names:'
select pg_temp.named(array_agg(t.type order by t.type collate "C"))
    || '.'
from crm.event_type t where t.is_told;
\echo
\echo 'It never reads these:'
select pg_temp.named(array_agg(t.type order by t.type collate "C"))
    || '.'
from crm.event_type t where not t.is_told;
\echo
\echo 'Nobody takes these, the system writes them:'
select pg_temp.named(array_agg(t.type order by t.type collate "C"))
    || '.'
from crm.event_type t where t.by_system;
