-- SPDX-License-Identifier: ISC

create function crm.split_note(report uuid, origin uuid, at timestamptz)
returns void
language sql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
	insert into crm.duplicate_hint (report_id, other_id, relation,
	    distance_m, found_at)
	values (report, origin, 'split', 0, at)
$$;
comment on function crm.split_note(uuid, uuid, timestamptz) is
    'Notes which report was split off which. Security definer because no login writes hints.';
grant execute on function crm.split_note(uuid, uuid, timestamptz)
    to crm_officer;
