-- SPDX-License-Identifier: ISC

create function crm.report_erase(report uuid) returns void
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
begin
	perform crm.report_forget(report);
	-- Hashes and pairs go with the photos; files with the next sweep.
	delete from crm.photo p where p.report_id = report and p.kind = 'report';
	delete from crm.duplicate_hint h
	where h.report_id = report or h.other_id = report;
	update crm.event e set text = null
	where e.report_id = report and e.by_channel_id is not null;
	-- Proof is taken where the report points to.
	update crm.event e set lat = null, lng = null, accuracy_m = null
	where e.report_id = report and e.lat is not null;
	update crm.report_before b
	set lat = null, lng = null, accuracy_m = null, address = null
	where b.report_id = report;
	update crm.idempotency i
	set report = i.report || '{"description": "", "lat": null, "lng": null,'
	    ' "accuracy_m": null, "address": null, "occurred_at": null,'
	    ' "photo_id": [], "photo_width": [], "photo_height": [],'
	    ' "link_id": [], "link_ticket": []}'
	where i.report_id = report;
	update crm.report r
	set description = '', description_public = '', match_text = null,
	    address = null, lat = null, lng = null, accuracy_m = null,
	    occurred_at = null, erased_at = crm.now()
	from crm.report_key k
	where k.id = report and r.id = k.id and r.received_at = k.received_at;
end
$$;
comment on function crm.report_erase(uuid) is
    'Destroys what the reporter gave: identity, photos, words, place but for the kelurahan, and every copy of them. Security definer because a channel may change none of that.';
grant execute on function crm.report_erase(uuid) to crm_channel;
