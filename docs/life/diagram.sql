-- Prints the statuses and the steps between them for graphviz.
--
-- SPDX-License-Identifier: ISC

\pset format unaligned
\pset tuples_only on
\pset footer off

\echo 'digraph life {'
\echo 'graph [rankdir=TB nodesep=0.5 ranksep=0.7 bgcolor=white];'
\echo 'node [shape=box style="rounded,filled" fillcolor="#eef2f7" fontname="sans-serif" fontsize=13];'
\echo 'edge [fontname="sans-serif" fontsize=10 color="#5b6b7f"];'
\echo 'received [shape=circle label="" width=0.2 fillcolor="#1f2937"];'
select format('%s [label="%s"];', s.status, replace(s.status, '_', ' '))
from unnest(crm.status_list()) with ordinality s (status, place)
order by s.place;
\echo 'open [label="most open statuses" style="rounded,dashed"];'
\echo 'before [label="as before" style="rounded,dashed"];'
\echo 'received -> incoming [label="held by the filter"];'
\echo 'received -> waiting [label="all else"];'
-- Several steps between two statuses are one arrow; steps that nearly every
-- open status knows begin at one node.
with move as (
	select r.type, r.to_status, case when count(*) over
	    (partition by r.type, r.role) > 4 then 'open' else r.from_status end
	    as from_status
	from crm.event_rule r
	where r.to_status <> r.from_status and r.type <> 'undo'
)
select format('%s -> %s [label="%s"%s];', m.from_status, m.to_status,
    string_agg(distinct replace(m.type, '_', ' '), '\n'),
    case when 'open' = m.from_status or 'before' = m.to_status
    then ' style=dashed' end)
from move m
group by m.from_status, m.to_status
order by array_position(crm.status_list(), m.from_status),
    array_position(crm.status_list(), m.to_status);
\echo '}'
