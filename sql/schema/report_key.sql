-- From an id or a ticket number to the month a report lies in.
--
-- SPDX-License-Identifier: ISC

create table crm.report_key (
	id uuid not null,
	ticket text collate "C" not null,
	received_at timestamptz not null,
	constraint report_key_pkey primary key (id) include (received_at),
	constraint report_key_ticket_key unique (ticket) include (id, received_at),
	constraint report_key_ticket_form check (ticket ~ '^JK\d{10,}$')
);
comment on table crm.report_key is 'Ids and ticket numbers, each once over all months.';
comment on column crm.report_key.id is 'plain: the report';
comment on column crm.report_key.ticket is 'plain: its ticket number';
comment on column crm.report_key.received_at is 'plain: says which partition';

alter table crm.report_key enable row level security;
alter table crm.report_key force row level security;
create policy report_key_owner on crm.report_key to crm_owner
    using (true) with check (true);
-- The inbox shows a reader its own rows only.
create policy report_key_read on crm.report_key for select
    to crm_officer, crm_channel
    using (exists (select from crm.inbox i where i.report_id = report_key.id));
create policy report_key_add on crm.report_key for insert
    to crm_channel with check (true);
-- At the counter, and when a report is split.
create policy report_key_desk on crm.report_key for insert
    to crm_officer with check ((select crm.viewer_role()) = 'triage');
grant select, insert (id, ticket, received_at)
    on crm.report_key to crm_officer, crm_channel;
