-- SPDX-License-Identifier: ISC

create function crm.inbox_follow() returns trigger
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
declare
	-- Triage and validators; those of the sandbox are its circle already.
	all_readers constant uuid := case
	    when crm.sandbox() = any (new.unit_ids) then crm.sandbox()
	    else '00000000-0000-0000-0000-000000000000' end;
	held text[];
begin
	if tg_op = 'DELETE' then
		delete from crm.inbox where report_id = old.id;
		return null;
	end if;
	held := case when new.second_open then new.held_for || 'second'::text
	    else new.held_for end;
	if tg_op = 'UPDATE' then
		update crm.inbox i
		set due_at = coalesce(new.due_at, 'infinity'),
		    status = new.status, visibility = new.visibility,
		    category_code = new.category_code,
		    kelurahan_code = new.kelurahan_code, unit_id = new.unit_id,
		    lat = new.lat, lng = new.lng,
		    officer_id = case when i.reader_id <> new.channel_id
			then new.officer_id end,
		    held_for = case when i.reader_id <> new.channel_id
			then held else '{}' end,
		    is_returned = i.reader_id = any (new.unit_ids)
			and new.returns > 0
		where i.report_id = new.id;
		if new.unit_ids = old.unit_ids then
			return null;
		end if;
		delete from crm.inbox i
		where i.report_id = new.id
		and i.reader_id = any (old.unit_ids)
		and i.reader_id <> all (new.unit_ids);
	end if;
	insert into crm.inbox (reader_id, report_id, received_at, due_at,
	    status, visibility, category_code, kelurahan_code, unit_id, lat,
	    lng, officer_id, held_for, is_returned)
	select reader.id, new.id, new.received_at,
	    coalesce(new.due_at, 'infinity'), new.status, new.visibility,
	    new.category_code, new.kelurahan_code, new.unit_id, new.lat,
	    new.lng,
	    case when reader.id <> new.channel_id then new.officer_id end,
	    case when reader.id <> new.channel_id then held else '{}' end,
	    reader.id = any (new.unit_ids) and new.returns > 0
	from unnest(new.unit_ids || new.channel_id || all_readers) reader (id)
	on conflict do nothing;
	return null;
end
$$;
comment on function crm.inbox_follow() is
    'Trigger on crm.report: keeps crm.inbox. Security definer because a step changes the lists of readers whom its doer must not see.';
