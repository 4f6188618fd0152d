-- SPDX-License-Identifier: ISC

create function api.check_list(reference text)
returns table (id uuid, event_id uuid, kind text, photo_id uuid,
    other_photo_id uuid, other_report_id uuid, other_report_ticket text,
    is_mirrored boolean, bits int, seconds bigint, meters float8,
    visibility text)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
	report uuid;
	level text;
begin
	select k.id into report from crm.report_find(reference) k;
	if not found then
		raise exception 'no such report' using errcode = 'CR404';
	end if;
	select i.visibility into level from crm.inbox i
	where i.report_id = report limit 1;
	perform crm.audit_add('check_list', report);
	return query
	select c.id, c.event_id, c.kind, c.photo_id, p.photo_id,
	    case when c.kind = 'earlier_proof' then k.id end,
	    case when c.kind = 'earlier_proof' then k.ticket end,
	    c.is_mirrored, c.bits, c.seconds, round(c.meters::numeric, 1)::float8,
	    case when 'private' in (level, (select i.visibility
		from crm.inbox i where i.report_id = k.id limit 1))
		then 'private' else 'public' end
	from crm.proof_check c
	left join crm.proof_pair p on p.check_id = c.id
	left join crm.report_key k on k.id = p.report_id
	where c.report_id = report
	order by c.at desc, c.event_id, c.photo_id is null, c.photo_id, c.bits,
	    c.kind, c.id
	limit 200;
end
$$;
comment on function api.check_list(text) is
    'Facts about the proofs of a report, newest first, with its audit entry; the other picture and report only where the viewer may open them. CR404 when the viewer may not see the report.';
grant execute on function api.check_list(text) to crm_officer;
