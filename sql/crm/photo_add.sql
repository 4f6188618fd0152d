-- SPDX-License-Identifier: ISC

create function crm.photo_add(report uuid, event uuid, ids uuid[],
    full_names text[], thumb_names text[], widths int[],
    heights int[], sealed boolean)
returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	insert into crm.photo (id, report_id, event_id, kind, place, file_full,
	    file_thumb, width, height, is_sealed)
	select p.id, report, event,
	    case when event is null then 'report' when exists (
		select from crm.event e where e.report_id = report
		and e.id = photo_add.event and e.type = 'note')
		then 'site' else 'proof' end,
	    p.place::smallint, p.full_name, p.thumb_name, p.width, p.height,
	    sealed
	from unnest(ids, full_names, thumb_names, widths, heights)
	    with ordinality p (id, full_name, thumb_name, width, height, place);
end
$$;
comment on function crm.photo_add(uuid, uuid, uuid[], text[], text[],
    int[], int[], boolean) is
    'Stores the photos of a report or, with an event, its proof.';
grant execute on function crm.photo_add(uuid, uuid, uuid[], text[], text[],
    int[], int[], boolean) to crm_officer, crm_channel;
