-- SPDX-License-Identifier: ISC

create function crm.viewer_is(who text, report crm.report) returns boolean
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	return case who
	    when 'holder' then report.unit_id = crm.viewer_unit()
	    when 'checker' then not crm.viewer_did(report.id)
	    else true end;
end
$$;
comment on function crm.viewer_is(text, crm.report) is
    'Whether the viewer is to this report what crm.event_rule asks for. That the viewer sees it is known by then.';
grant execute on function crm.viewer_is(text, crm.report)
    to crm_officer, crm_channel;
