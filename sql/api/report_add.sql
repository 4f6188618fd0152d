-- SPDX-License-Identifier: ISC

create function api.report_add(key_hash bytea, request_hash bytea,
    report_id uuid, visibility text, category text, description text,
    description_public text, lat float8, lng float8, accuracy_m float8,
    address text, occurred_at timestamptz, channel_ref text, epoch text,
    wrapped_key bytea, sealed bytea, photo_ids uuid[], full_names text[],
    thumb_names text[], widths int[], heights int[], photos_sealed boolean,
    desk_channel text default null, hashes bigint[] default '{}',
    members text[] default '{}')
returns table (replayed boolean, report api.report_row)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
declare
	at constant timestamptz := crm.now();
	received constant uuid := gen_random_uuid();
	words constant text := crm.match_text(description);
	doer constant uuid := coalesce(crm.viewer_account(),
	    crm.viewer_channel());
	channel uuid;
	kept crm.idempotency;
	ticket text;
	goes record;
begin
	if key_hash is not null then
		kept := crm.idempotency_find(doer, key_hash, request_hash);
		if kept.report_id is not null then
			replayed := true;
			report := crm.report_again(kept);
			return next;
			return;
		end if;
	end if;
	perform crm.report_check(category, lat, lng);
	perform crm.happened_check(occurred_at);
	channel := crm.channel_find(desk_channel);
	ticket := crm.ticket_next(at);
	insert into crm.report_key (id, ticket, received_at)
	values (report_id, ticket, at);
	select r.* into goes from crm.report_route(report_id, channel, category,
	    description, words, lat, lng, at) r;
	insert into crm.report (id, received_at, ticket, channel_id, visibility,
	    status, version, category_code, description, description_public, lat,
	    lng, accuracy_m, address, kelurahan_code, unit_id, unit_ids,
	    occurred_at, changed_at, due_at, held_for, match_text)
	values (report_id, at, ticket, channel, visibility, goes.status, 1,
	    category, description, description_public, lat, lng, accuracy_m,
	    address, goes.kelurahan_code, goes.unit_id, array[goes.unit_id],
	    occurred_at, at, crm.due_at(goes.status, goes.unit_id, category, at),
	    goes.held_for, words);
	if channel_ref is not null then
		insert into crm.report_origin (report_id, channel_id, channel_ref)
		values (report_id, channel, channel_ref);
	end if;
	if sealed is not null and channel = doer then
		insert into identity.sealed (report_id, epoch, wrapped_key, sealed,
		    members)
		values (report_id, epoch, wrapped_key, sealed, members);
	elsif sealed is not null then
		perform crm.identity_keep(report_id, epoch, wrapped_key, sealed,
		    members);
	end if;
	if cardinality(photo_ids) > 0 then
		perform crm.photo_add(report_id, null, photo_ids, full_names,
		    thumb_names, widths, heights, photos_sealed);
		perform crm.proof_keep(report_id, null, photo_ids, hashes);
	end if;
	if channel = doer then
		insert into crm.event (id, at, report_id, type, version,
		    by_channel_id, to_status)
		values (received, at, report_id, 'received', 1, channel,
		    goes.status);
	else
		insert into crm.event (id, at, report_id, type, version,
		    by_unit_id, to_status)
		values (received, at, report_id, 'received', 1,
		    crm.viewer_unit(), goes.status);
		insert into crm.event_internal (event_id, report_id, by_account_id)
		values (received, report_id, crm.viewer_account());
	end if;
	-- A unit hears of what comes straight to it; triage has its queue, but
	-- an emergency is for 112 at once.
	if goes.status = 'waiting' then
		perform crm.notice_add(report_id, received, 'received',
		    '{holder}', goes.unit_id);
	elsif 'emergency' = any (goes.held_for) then
		perform crm.notice_add(report_id, received, 'received',
		    '{triage}', goes.unit_id);
	end if;
	perform crm.audit_add('report_add', report_id);

	replayed := false;
	select r.* into report from crm.report_get(report_id, at) r;
	if key_hash is not null then
		insert into crm.idempotency (owner_id, key_hash, request_hash,
		    report_id, report, added_at)
		values (doer, key_hash, request_hash, report_id,
		    to_jsonb(report), at);
	end if;
	return next;
end
$$;
comment on function api.report_add(bytea, bytea, uuid, text, text, text, text,
    float8, float8, float8, text, timestamptz, text, text, bytea, bytea, uuid[],
    text[], text[], int[], int[], boolean, text, bigint[], text[]) is
    'Takes in a report, of a channel or keyed in at the counter for one, in one transaction: filter, route, ticket, report, origin, identity, photos, event, audit, answer kept for retries.';
grant execute on function api.report_add(bytea, bytea, uuid, text, text, text, text,
    float8, float8, float8, text, timestamptz, text, text, bytea, bytea, uuid[],
    text[], text[], int[], int[], boolean, text, bigint[], text[]) to crm_officer, crm_channel;
