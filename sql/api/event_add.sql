-- SPDX-License-Identifier: ISC

create function api.event_add(key_hash bytea, request_hash bytea,
    reference text, if_version int, type text, text text, note text,
    reason text, captured_at timestamptz, lat float8, lng float8,
    accuracy_m float8, photo_ids uuid[], full_names text[], thumb_names text[],
    widths int[], heights int[])
returns table (replayed boolean, event api.event_row, report api.report_row)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
declare
	at constant timestamptz := crm.now();
	step constant uuid := gen_random_uuid();
	key record;
	kept crm.idempotency;
	was crm.report;
	rule crm.event_rule;
	due timestamptz;
begin
	if crm.viewer_channel() is not null then
		raise exception 'not for channels' using errcode = 'CR403';
	end if;
	select k.id, k.received_at into key from crm.report_find(reference) k;
	if not found then
		raise exception 'no such report' using errcode = 'CR404';
	end if;
	if key_hash is not null then
		kept := crm.idempotency_find(crm.viewer_account(), key_hash,
		    request_hash);
		if kept.report_id <> key.id then
			raise exception 'the key was used for another request'
			    using errcode = 'CR422', column = '/',
			    constraint = 'idempotency_key_reused';
		elsif kept.report_id is not null then
			replayed := true;
			event := crm.event_get(kept.event_id, kept.report_id);
			report := crm.report_again(kept);
			return next;
			return;
		end if;
	end if;

	-- One step at a time per report.
	select r.* into was from crm.report r
	where r.id = key.id and r.received_at = key.received_at for update;
	if not found then
		raise exception 'no such report' using errcode = 'CR404';
	end if;
	rule := crm.event_rule_find(type, was, if_version);
	perform crm.event_check(rule, text, note, reason, captured_at, lat, lng,
	    accuracy_m, cardinality(photo_ids));
	due := case when rule.to_status = was.status then was.due_at
	    else crm.due_at(rule.to_status, was.unit_id,
		was.category_code, at) end;

	update crm.report r
	set status = rule.to_status, version = was.version + 1, due_at = due,
	    changed_at = at
	where r.id = key.id and r.received_at = key.received_at;
	insert into crm.event (id, at, report_id, type, version, by_unit_id,
	    text, from_status, to_status, captured_at, lat, lng, accuracy_m,
	    distance_m)
	values (step, at, key.id, type, was.version + 1, crm.viewer_unit(),
	    text, was.status, rule.to_status, captured_at, lat, lng, accuracy_m,
	    crm.distance_m(was.lat, was.lng, lat, lng));
	insert into crm.event_internal (event_id, report_id, by_account_id, note,
	    reason)
	values (step, key.id, crm.viewer_account(), note, reason);
	if cardinality(photo_ids) > 0 then
		perform crm.photo_add(key.id, step, photo_ids, full_names,
		    thumb_names, widths, heights, false);
	end if;
	perform crm.audit_add('event_' || type, key.id, step);

	replayed := false;
	event := crm.event_get(step, key.id);
	select r.* into report from crm.report_shown r
	where r.id = key.id and r.received_at = key.received_at;
	if key_hash is not null then
		insert into crm.idempotency (owner_id, key_hash, request_hash,
		    report_id, event_id, event_at, report, added_at)
		values (crm.viewer_account(), key_hash, request_hash, key.id,
		    step, at, to_jsonb(report), at);
	end if;
	return next;
end
$$;
comment on function api.event_add(bytea, bytea, text, int, text, text, text,
    text, timestamptz, float8, float8, float8, uuid[], text[], text[], int[],
    int[]) is
    'One step of work as crm.event_rule allows it. CR404 not visible, CR403 role or unit, CR412 version, CR409 status, CR422 evidence.';
grant execute on function api.event_add(bytea, bytea, text, int, text, text,
    text, text, timestamptz, float8, float8, float8, uuid[], text[], text[],
    int[], int[]) to crm_officer, crm_channel;
