-- SPDX-License-Identifier: ISC

create function crm.public_row(report crm.report)
returns crm.public_report
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	shown crm.public_report;
begin
	-- Merged while it is held, it stays held.
	if report.visibility <> 'public' or report.erased_at is not null
	    or report.held_for && '{abusive,appeal}'
	    or (report.status = 'rejected' and report.reason_code = any
	    ('{abuse,spam,private_matter,withdrawn}'))
	    or exists (select from crm.channel c
	    where c.id = report.channel_id and c.is_sandbox) then
		return null;
	end if;
	shown.report_id := report.id;
	shown.received_at := report.received_at;
	shown.updated_at := report.changed_at;
	shown.visibility := report.visibility;
	shown.status := report.status;
	shown.is_open := report.status not in
	    ('completed', 'rejected', 'merged');
	shown.category_code := report.category_code;
	shown.description := left(report.description_public, 4000);
	shown.lat := round(report.lat::numeric, 3);
	shown.lng := round(report.lng::numeric, 3);
	shown.kelurahan_code := report.kelurahan_code;
	shown.unit_id := report.unit_id;
	shown.due_at := case when shown.is_open then report.due_at end;
	shown.reason_code := report.reason_code;
	return shown;
end
$$;
comment on function crm.public_row(crm.report) is
    'What the public may know of a report, without notes; null when it may not know of it.';
