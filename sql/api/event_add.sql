-- SPDX-License-Identifier: ISC

create function api.event_add(key_hash bytea, request_hash bytea,
    reference text, if_version int, type text, body jsonb, photo_ids uuid[],
    full_names text[], thumb_names text[], widths int[], heights int[],
    hashes bigint[], epoch text default null, photo_keys bytea[] default '{}')
returns table (replayed boolean, event api.event_row, report api.report_row)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
declare
	at constant timestamptz := crm.now();
	step constant uuid := gen_random_uuid();
	doer constant uuid := coalesce(crm.viewer_account(),
	    crm.viewer_channel());
	key record;
	kept crm.idempotency;
	was crm.report;
	rule crm.event_rule;
	after crm.report;
begin
	select k.id, k.received_at into key from crm.report_find(reference) k;
	if not found then
		raise exception 'no such report' using errcode = 'CR404';
	end if;
	if key_hash is not null then
		kept := crm.idempotency_find(doer, key_hash, request_hash);
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
	perform crm.merge_lock(type, key.id, body ->> 'into');
	was := crm.report_lock(key.id, key.received_at);
	if was.id is null then
		raise exception 'no such report' using errcode = 'CR404';
	end if;
	rule := crm.event_rule_find(type, was, if_version);
	perform crm.event_check(rule, body, cardinality(photo_ids));
	after := crm.step_do(step, at, rule, was, body);
	perform crm.report_step(was, after);
	perform crm.event_step(step, at, rule, was, after, body);
	perform crm.notice_add(key.id, step, type, rule.hears, was.unit_id);
	if after.merged > 0 then
		perform crm.main_step(key.id, step);
	end if;
	if rule.type = 'add_photos' then
		perform crm.photo_add_later(key.id, photo_ids, full_names,
		    thumb_names, widths, heights, epoch, photo_keys);
		perform crm.proof_keep(key.id, null, photo_ids, hashes);
	elsif cardinality(photo_ids) > 0 then
		perform crm.photo_add(key.id, step, photo_ids, full_names,
		    thumb_names, widths, heights, false);
	end if;
	if rule.type in ('follow_up', 'progress') then
		perform crm.proof_keep(key.id, step, photo_ids, hashes);
	end if;
	case rule.type
	when 'forget' then
		perform crm.report_forget(key.id);
	when 'erase' then
		perform crm.report_erase(key.id);
		perform crm.erase_splits(key.id);
	else
		null;
	end case;
	perform crm.audit_add('event_' || type, key.id, step);

	replayed := false;
	event := crm.event_get(step, key.id);
	select r.* into report from crm.report_get(key.id, key.received_at) r;
	if key_hash is not null then
		insert into crm.idempotency (owner_id, key_hash, request_hash,
		    report_id, event_id, event_at, report, added_at)
		values (doer, key_hash, request_hash, key.id, step, at,
		    to_jsonb(report), at);
	end if;
	return next;
end
$$;
comment on function api.event_add(bytea, bytea, text, int, text, jsonb, uuid[],
    text[], text[], int[], int[], bigint[], text, bytea[]) is
    'One step of work as crm.event_rule allows it. CR404 not visible, CR403 role or unit, CR428 and CR412 version, CR409 status, CR422 evidence.';
grant execute on function api.event_add(bytea, bytea, text, int, text, jsonb,
    uuid[], text[], text[], int[], int[], bigint[], text, bytea[])
    to crm_officer, crm_channel;
