-- First answers to writes, so that a retry gets the same one. Kept as JSON, so
-- that the shape of an answer may change while old ones are kept.
--
-- SPDX-License-Identifier: ISC

create table crm.idempotency (
	owner_id uuid not null,
	key_hash bytea not null,
	request_hash bytea not null,
	report_id uuid not null,
	event_id uuid,
	event_at timestamptz,
	report jsonb not null,
	added_at timestamptz not null,
	constraint idempotency_pkey primary key (owner_id, key_hash),
	constraint idempotency_report_fkey foreign key (report_id)
	    references crm.report_key (id) on delete cascade
);
create index idempotency_added_idx on crm.idempotency (added_at);
create index idempotency_report_idx on crm.idempotency (report_id);
comment on table crm.idempotency is 'Answers kept for 30 days.';
comment on column crm.idempotency.owner_id is 'plain: channel or account';
comment on column crm.idempotency.key_hash is 'plain: digest of the key';
comment on column crm.idempotency.request_hash is 'plain: keyed digest of the request';
comment on column crm.idempotency.report_id is 'plain: the report';
comment on column crm.idempotency.event_id is 'plain: the event';
comment on column crm.idempotency.event_at is 'plain: partition of the event';
comment on column crm.idempotency.report is
    'narrative: the report as first answered, masked text';
comment on column crm.idempotency.added_at is 'plain: when';

alter table crm.idempotency enable row level security;
alter table crm.idempotency force row level security;
create policy idempotency_owner on crm.idempotency to crm_owner
    using (true) with check (true);
create policy idempotency_officer on crm.idempotency to crm_officer
    using (owner_id = (select crm.viewer_account()))
    with check (owner_id = (select crm.viewer_account()));
create policy idempotency_channel on crm.idempotency to crm_channel
    using (owner_id = (select crm.viewer_channel()))
    with check (owner_id = (select crm.viewer_channel()));
grant select, insert (owner_id, key_hash, request_hash, report_id, event_id,
    event_at, report, added_at)
    on crm.idempotency to crm_officer, crm_channel;
