-- SPDX-License-Identifier: ISC

create function crm.photo_add_later(report uuid, ids uuid[],
    full_names text[], thumb_names text[], widths int[], heights int[],
    epoch text, keys bytea[])
returns void
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
declare
	level text;
	count int;
	last int;
begin
	select r.visibility into level
	from crm.report_key k
	join crm.report r on r.id = k.id and r.received_at = k.received_at
	where k.id = report and r.channel_id = crm.viewer_channel();
	if not found then
		raise exception 'no such report' using errcode = 'CR404';
	end if;
	-- They were sealed, or not, by what the report was a moment ago.
	if (level = 'private') <> (epoch is not null) then
		raise exception 'changed meanwhile' using errcode = 'CR412';
	end if;
	select count(*), coalesce(max(p.place), 0) into count, last
	from crm.photo p
	where p.report_id = report and p.kind = 'report';
	if count + cardinality(ids) > 5 then
		perform crm.step_refuse('photos', 'too_many');
	end if;
	insert into crm.photo (id, report_id, kind, place, file_full,
	    file_thumb, width, height, is_sealed)
	select p.id, report, 'report', last + p.place, p.full_name,
	    p.thumb_name, p.width, p.height, epoch is not null
	from unnest(ids, full_names, thumb_names, widths, heights)
	    with ordinality p (id, full_name, thumb_name, width, height, place);
	insert into identity.photo_key (photo_id, epoch, wrapped_key)
	select k.id, epoch, k.wrapped_key
	from unnest(ids, keys) k (id, wrapped_key)
	where epoch is not null;
end
$$;
comment on function crm.photo_add_later(uuid, uuid[], text[], text[], int[],
    int[], text, bytea[]) is
    'Stores photos that a channel adds to its own report, five in all at most; CR412 when the report is no longer as private as they were taken for. Security definer because a channel may not read its photos, nor the keys of those that are sealed.';
grant execute on function crm.photo_add_later(uuid, uuid[], text[], text[],
    int[], int[], text, bytea[]) to crm_channel;
