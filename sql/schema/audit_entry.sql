-- Who did or opened what. Logins may only insert; nobody changes or deletes a
-- row, the owner included. Old months go as whole partitions.
--
-- SPDX-License-Identifier: ISC

create table audit.entry (
	id uuid not null default pg_catalog.gen_random_uuid(),
	at timestamptz not null default pg_catalog.clock_timestamp(),
	request_id text,
	account_id uuid,
	unit_id uuid,
	channel_id uuid,
	role text,
	action text not null,
	report_id uuid,
	object_id uuid,
	constraint entry_pkey primary key (id, at),
	constraint entry_request_short
	    check (pg_catalog.length(request_id) <= 64)
) partition by range (at);
create index entry_at_idx on audit.entry (at);
create index entry_report_idx on audit.entry (report_id, at);
comment on table audit.entry is 'Audit log; never says who reported.';
comment on column audit.entry.id is 'plain: random id';
comment on column audit.entry.at is 'plain: by the machine''s clock';
comment on column audit.entry.request_id is 'plain: request it was part of';
comment on column audit.entry.account_id is 'officer: who';
comment on column audit.entry.unit_id is 'officer: that person''s unit then';
comment on column audit.entry.channel_id is 'plain: channel that did it';
comment on column audit.entry.role is 'officer: that person''s role then';
comment on column audit.entry.action is 'plain: what was done';
comment on column audit.entry.report_id is 'plain: to which report';
comment on column audit.entry.object_id is 'plain: event or photo';

alter table audit.entry enable row level security;
alter table audit.entry force row level security;
create policy entry_owner_read on audit.entry for select
    to crm_owner using (true);
create policy entry_owner_add on audit.entry for insert
    to crm_owner with check (true);
create policy entry_add on audit.entry for insert
    to crm_officer, crm_channel
    with check (account_id is not distinct from (select crm.viewer_account())
    and channel_id is not distinct from (select crm.viewer_channel()));
grant insert (request_id, account_id, unit_id, channel_id, role, action,
    report_id, object_id)
    on audit.entry to crm_officer, crm_channel;

create trigger entry_stays before update or delete on audit.entry
    for each row execute function audit.entry_refuse();
create trigger entry_stays_whole before truncate on audit.entry
    for each statement execute function audit.entry_refuse();
