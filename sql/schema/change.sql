-- When each report last changed: what a channel's list of changes walks along.
-- A trigger on crm.report keeps it; nobody else writes here.
--
-- SPDX-License-Identifier: ISC

create table crm.change (
	report_id uuid not null,
	received_at timestamptz not null,
	channel_id uuid not null,
	status text not null,
	visibility text not null,
	updated_at timestamptz not null,
	constraint change_pkey primary key (report_id)
);
create index change_updated_idx
    on crm.change (channel_id, status, updated_at, report_id);
comment on table crm.change is 'Last change of each report, per channel.';
comment on column crm.change.report_id is 'plain: the report';
comment on column crm.change.received_at is 'plain: says which partition';
comment on column crm.change.channel_id is 'plain: channel it came by';
comment on column crm.change.status is 'plain: status';
comment on column crm.change.visibility is 'plain: private or public';
comment on column crm.change.updated_at is 'plain: when it last changed';

alter table crm.change enable row level security;
alter table crm.change force row level security;
create policy change_owner on crm.change to crm_owner
    using (true) with check (true);
create policy change_own on crm.change for select to crm_channel
    using (channel_id = (select crm.viewer_channel()));
grant select on crm.change to crm_channel;
