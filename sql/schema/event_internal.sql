-- Who took a step, with notes and reasons. Apart from crm.event: channels have
-- no grant.
--
-- SPDX-License-Identifier: ISC

create table crm.event_internal (
	event_id uuid not null,
	report_id uuid not null,
	by_account_id uuid not null,
	note text,
	reason text,
	officer_id uuid,
	constraint event_internal_pkey primary key (event_id),
	constraint event_internal_report_fkey foreign key (report_id)
	    references crm.report_key (id) on delete cascade,
	constraint event_internal_account_fkey foreign key (by_account_id)
	    references crm.account (id),
	constraint event_internal_officer_fkey foreign key (officer_id)
	    references crm.account (id),
	constraint event_internal_note_short
	    check (pg_catalog.length(note) <= 8000),
	constraint event_internal_reason_short
	    check (pg_catalog.length(reason) <= 8000)
);
create index event_internal_report_idx on crm.event_internal (report_id);
comment on table crm.event_internal is 'What stays inside the city.';
comment on column crm.event_internal.event_id is 'plain: the event';
comment on column crm.event_internal.report_id is 'plain: the report';
comment on column crm.event_internal.by_account_id is 'officer: who did it';
comment on column crm.event_internal.note is 'internal: note';
comment on column crm.event_internal.reason is 'internal: reason';
comment on column crm.event_internal.officer_id is 'officer: who is to do it';

alter table crm.event_internal enable row level security;
alter table crm.event_internal force row level security;
create policy event_internal_owner on crm.event_internal to crm_owner
    using (true) with check (true);
create policy event_internal_read on crm.event_internal for select
    to crm_officer using (exists (
	select from crm.inbox i where i.report_id = event_internal.report_id));
create policy event_internal_step on crm.event_internal for insert
    to crm_officer with check (by_account_id = (select crm.viewer_account())
    and exists (
	select from crm.inbox i where i.report_id = event_internal.report_id));
grant select, insert (event_id, report_id, by_account_id, note, reason,
    officer_id)
    on crm.event_internal to crm_officer;
