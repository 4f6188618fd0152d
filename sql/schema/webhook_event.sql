-- The outbox: one row per version of a report and receiver, written in the
-- transaction that made the version. Holds ids, the status and nothing else
-- of the report.
--
-- Of one report and receiver only the first open row is due; those after it
-- wait with due_at = infinity until it is delivered or dead. What is due is
-- therefore found by an index, however much waits.
--
-- SPDX-License-Identifier: ISC

create table crm.webhook_event (
	id uuid not null default pg_catalog.gen_random_uuid(),
	webhook_id uuid not null,
	report_id uuid not null,
	ticket text not null,
	status text not null,
	version int not null,
	at timestamptz not null,
	due_at timestamptz not null,
	tries int not null default 0,
	answer text,
	delivered_at timestamptz,
	dead_at timestamptz,
	constraint webhook_event_pkey primary key (id),
	constraint webhook_event_once_key
	    unique (webhook_id, report_id, version),
	constraint webhook_event_webhook_fkey foreign key (webhook_id)
	    references crm.webhook (id) on delete cascade,
	constraint webhook_event_report_fkey foreign key (report_id)
	    references crm.report_key (id) on delete cascade,
	constraint webhook_event_ends_once
	    check (delivered_at is null or dead_at is null)
);
create index webhook_event_due_idx on crm.webhook_event (webhook_id, due_at)
    where delivered_at is null and dead_at is null;
create index webhook_event_dead_idx on crm.webhook_event (webhook_id, dead_at)
    where dead_at is not null;
create index webhook_event_at_idx on crm.webhook_event (at);
comment on table crm.webhook_event is 'What receivers are told, until they were.';
comment on column crm.webhook_event.id is
    'plain: webhook-id, the same however often it is sent';
comment on column crm.webhook_event.webhook_id is 'plain: the receiver';
comment on column crm.webhook_event.report_id is 'plain: the report';
comment on column crm.webhook_event.ticket is 'plain: its ticket number';
comment on column crm.webhook_event.status is 'plain: its status by then';
comment on column crm.webhook_event.version is 'plain: its version by then';
comment on column crm.webhook_event.at is 'plain: when it changed';
comment on column crm.webhook_event.due_at is
    'plain: when to send it; infinity behind an earlier one of its report';
comment on column crm.webhook_event.tries is 'plain: how often it was sent in vain';
comment on column crm.webhook_event.answer is
    'plain: how the last try ended: status 500, timeout …';
comment on column crm.webhook_event.delivered_at is 'plain: when it was taken';
comment on column crm.webhook_event.dead_at is 'plain: when it was given up';

alter table crm.webhook_event enable row level security;
alter table crm.webhook_event force row level security;
create policy webhook_event_owner on crm.webhook_event to crm_owner
    using (true) with check (true);
