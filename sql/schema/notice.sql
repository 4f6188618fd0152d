-- What each circle of readers has to hear of, for 90 days. Holds nothing of
-- the event but that it was: who may not open the report learns nothing.
--
-- SPDX-License-Identifier: ISC

create table crm.notice (
	id uuid not null default pg_catalog.gen_random_uuid(),
	at timestamptz not null,
	report_id uuid not null,
	event_id uuid not null,
	type text not null,
	reader text not null,
	reader_id uuid not null,
	constraint notice_pkey primary key (id),
	constraint notice_once_key
	    unique (event_id, report_id, reader, reader_id),
	constraint notice_report_fkey foreign key (report_id)
	    references crm.report_key (id) on delete cascade,
	constraint notice_reader_known check (reader in ('unit', 'supervisor',
	    'account', 'triage', 'validator', 'channel'))
);
create index notice_reader_idx
    on crm.notice (reader, reader_id, at desc, id desc);
create index notice_at_idx on crm.notice (at);
create index notice_report_idx on crm.notice (report_id);
comment on table crm.notice is 'Who hears of what.';
comment on column crm.notice.id is 'plain: random id';
comment on column crm.notice.at is 'plain: when it happened';
comment on column crm.notice.report_id is 'plain: the report';
comment on column crm.notice.event_id is 'plain: what happened';
comment on column crm.notice.type is 'plain: type of event';
comment on column crm.notice.reader is
    'plain: unit: its officers and supervisors; supervisor: those of the unit alone; account: one person; triage and validator: all of the role; channel: for the reporter';
comment on column crm.notice.reader_id is
    'plain: that unit, account or channel, or the zero id';

alter table crm.notice enable row level security;
alter table crm.notice force row level security;
create policy notice_owner on crm.notice to crm_owner
    using (true) with check (true);
create policy notice_read on crm.notice for select to crm_officer
    using (case reader
	when 'unit' then reader_id = (select crm.viewer_unit())
	    and (select crm.viewer_role()) in ('officer', 'supervisor')
	when 'supervisor' then reader_id = (select crm.viewer_unit())
	    and (select crm.viewer_role()) = 'supervisor'
	when 'account' then reader_id = (select crm.viewer_account())
	else reader = (select crm.viewer_role()) end
    and exists (select from crm.inbox i where i.report_id = notice.report_id));
grant select on crm.notice to crm_officer;
