-- SPDX-License-Identifier: ISC

create function crm.step_merge(was crm.report, body jsonb) returns crm.report
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	main crm.report;
	key record;
	code text;
	after crm.report := was;
begin
	select k.id, k.received_at into key
	from crm.report_find(body ->> 'into') k;
	if found then
		main := crm.report_lock(key.id, key.received_at);
	end if;
	code := case when main.id is null then 'unknown'
	    when main.id = was.id then 'itself'
	    when main.status = 'merged' then 'is_merged'
	    when main.status = 'rejected' then 'is_rejected'
	    when was.merged > 0 then 'has_merged' end;
	if code is not null then
		raise exception 'cannot be merged into that'
		    using errcode = 'CR422', column = '/into',
		    constraint = code;
	end if;
	after.main_id := main.id;
	return after;
end
$$;
comment on function crm.step_merge(crm.report, jsonb) is
    'The report merged into another one, which is held until the end; CR422 when that one cannot take it.';
grant execute on function crm.step_merge(crm.report, jsonb) to crm_officer;
