-- Reports that are tried out, and the unit they go to.
--
-- SPDX-License-Identifier: ISC

drop policy report_read on crm.report;
drop policy report_step on crm.report;
drop policy report_desk on crm.report;
create policy report_read on crm.report for select to crm_officer
    using (((status <> 'incoming' or returns > 0)
    and unit_ids && (select crm.viewer_units()))
    or ((select crm.viewer_role()) = 'triage'
    or status <> 'incoming' and (select crm.viewer_role()) = 'validator')
    and (crm.sandbox() = any (unit_ids)) = (select crm.viewer_in_sandbox()));
-- A step begins and ends with a report that its doer may see.
create policy report_step on crm.report for update to crm_officer
    using (exists (select from crm.inbox i where i.report_id = report.id))
    with check (((status <> 'incoming' or returns > 0)
    and unit_ids && (select crm.viewer_units()))
    or ((select crm.viewer_role()) = 'triage'
    or status <> 'incoming' and (select crm.viewer_role()) = 'validator')
    and (crm.sandbox() = any (unit_ids)) = (select crm.viewer_in_sandbox()));
create policy report_desk on crm.report for insert to crm_officer
    with check ((select crm.viewer_role()) = 'triage'
    and (crm.sandbox() = any (unit_ids)) = (select crm.viewer_in_sandbox())
    and version = 1 and status in ('incoming', 'waiting'));

alter table crm.unit drop constraint unit_kind_known,
	add constraint unit_kind_known check (kind in ('province', 'biro',
	    'dinas', 'badan', 'satpol', 'sudin', 'upt', 'bumd', 'utility',
	    'kota', 'kecamatan', 'kelurahan', 'sandbox')),
	drop constraint unit_only_the_province_is_top,
	add constraint unit_only_the_province_is_top
	    check ((parent_id is null) = (kind in ('province', 'sandbox')));
insert into crm.unit (id, name, kind)
values (crm.sandbox(), 'Sandbox', 'sandbox');
