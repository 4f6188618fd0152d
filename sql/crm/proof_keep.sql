-- SPDX-License-Identifier: ISC

create function crm.proof_keep(report uuid, event uuid, photos uuid[],
    hashes bigint[])
returns void
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
declare
	-- Pictures of the sandbox are compared with none.
	len constant int := case when exists (select from crm.inbox i
		where i.report_id = report and i.reader_id = crm.sandbox())
	    then 0 else coalesce(cardinality(hashes)
		/ nullif(cardinality(photos), 0), 0) end;
	proof record;
	photo record;
	same record;
	fact uuid;
begin
	select e.id, e.at into proof from crm.event e
	where e.report_id = report and e.id = event
	and e.type in ('follow_up', 'progress');
	if event is not null and not found then
		return;
	end if;
	for photo in
		select p.id, hashes[(s.place - 1) * len + 1:s.place * len] as words
		from unnest(photos) with ordinality s (id, place)
		join crm.photo p on p.id = s.id and p.report_id = report
		and p.event_id is not distinct from event
		where len >= 6
		order by s.place
	loop
		continue when photo.words[1] = 0;
		for same in
			select f.* from crm.photo_same(photo.words, report) f
			where event is not null
			-- The report's own photos come first: one proof sent
			-- many times must not push them out.
			order by f.is_proof, f.bits, f.photo_id limit 10
		loop
			insert into crm.proof_check (report_id, event_id, at, kind,
			    photo_id, is_mirrored, bits)
			values (report, event, proof.at, case when same.is_proof
			    then 'earlier_proof' else 'own_photo' end,
			    photo.id, same.is_mirrored, same.bits)
			returning id into fact;
			insert into crm.proof_pair (check_id, photo_id, report_id)
			values (fact, same.photo_id, same.report_id);
		end loop;
	end loop;
	if len >= 6 then
		insert into crm.photo_hash (photo_id, report_id, is_proof, whole,
		    quarters)
		select p.id, report, event is not null,
		    hashes[(s.place - 1) * len + 1],
		    hashes[(s.place - 1) * len + 3:(s.place - 1) * len + 6]
		from unnest(photos) with ordinality s (id, place)
		join crm.photo p on p.id = s.id and p.report_id = report
		and p.event_id is not distinct from event
		where hashes[(s.place - 1) * len + 1] <> 0
		on conflict do nothing;
	end if;
	perform crm.proof_facts(report, event);
end
$$;
comment on function crm.proof_keep(uuid, uuid, uuid[], bigint[]) is
    'Keeps what new photos look like and, when they are proof, the facts about them. Security definer because no login may read or write hashes, or see which photos of which reports are the same.';
grant execute on function crm.proof_keep(uuid, uuid, uuid[], bigint[])
    to crm_officer, crm_channel;
