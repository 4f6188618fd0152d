-- The channel's own reference of a report. Apart from crm.report: only the
-- channel that gave it may read it.
--
-- SPDX-License-Identifier: ISC

create table crm.report_origin (
	report_id uuid not null,
	channel_id uuid not null,
	channel_ref text not null,
	constraint report_origin_pkey primary key (report_id),
	constraint report_origin_report_fkey foreign key (report_id)
	    references crm.report_key (id) on delete cascade,
	constraint report_origin_channel_fkey foreign key (channel_id)
	    references crm.channel (id)
);
create index report_origin_ref_idx
    on crm.report_origin (channel_id, channel_ref);
comment on table crm.report_origin is 'References that channels gave.';
comment on column crm.report_origin.report_id is 'plain: the report';
comment on column crm.report_origin.channel_id is 'plain: whose reference';
comment on column crm.report_origin.channel_ref is
    'identity: may lead to the reporter inside the channel';

alter table crm.report_origin enable row level security;
alter table crm.report_origin force row level security;
create policy report_origin_owner on crm.report_origin to crm_owner
    using (true) with check (true);
create policy report_origin_own on crm.report_origin for select
    to crm_channel using (channel_id = (select crm.viewer_channel()));
create policy report_origin_add on crm.report_origin for insert
    to crm_channel with check (channel_id = (select crm.viewer_channel()));
create policy report_origin_desk on crm.report_origin for insert
    to crm_officer with check ((select crm.viewer_role()) = 'triage');
grant select, insert (report_id, channel_id, channel_ref)
    on crm.report_origin to crm_channel;
grant insert (report_id, channel_id, channel_ref)
    on crm.report_origin to crm_officer;
