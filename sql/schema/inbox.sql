-- What every reader finds in a list: one row per report and circle of readers
-- (a unit that holds or held it, the channel it came by, and the circle of
-- those who see all). Any list, in any order, is then a short walk along one
-- index. A trigger on crm.report keeps it; nobody else writes here.
--
-- SPDX-License-Identifier: ISC

create table crm.inbox (
	reader_id uuid not null,
	report_id uuid not null,
	received_at timestamptz not null,
	due_at timestamptz not null,
	status text not null,
	visibility text not null,
	category_code text,
	kelurahan_code text,
	unit_id uuid not null,
	lat float8,
	lng float8,
	cell bigint generated always as (crm.cell(lat, lng)) stored,
	officer_id uuid,
	held_for text[] not null default '{}',
	is_returned boolean not null default false,
	constraint inbox_pkey primary key (report_id, reader_id)
);
create index inbox_due_idx
    on crm.inbox (reader_id, status, due_at, report_id);
create index inbox_received_idx
    on crm.inbox (reader_id, status, received_at, report_id);
create index inbox_officer_idx on crm.inbox (officer_id, reader_id)
    where officer_id is not null;
-- For like reports nearby, whoever reads them: here and not on crm.report,
-- because the planner takes no order from below partitions, and a column and
-- no expression, because it takes none of that below row-level security.
create index inbox_cell_idx on crm.inbox (cell, received_at)
    where reader_id = '00000000-0000-0000-0000-000000000000';
create index inbox_done_idx on crm.inbox (cell, received_at)
    where reader_id = '00000000-0000-0000-0000-000000000000'
    and status = 'completed';
comment on table crm.inbox is 'Lists of reports, per circle of readers.';
comment on column crm.inbox.reader_id is
    'plain: a unit, a channel, or the zero id: triage and validators';
comment on column crm.inbox.report_id is 'plain: the report';
comment on column crm.inbox.received_at is 'plain: when it was stored';
comment on column crm.inbox.due_at is 'plain: deadline; infinity when none';
comment on column crm.inbox.status is 'plain: status';
comment on column crm.inbox.visibility is 'plain: private or public';
comment on column crm.inbox.category_code is 'plain: category';
comment on column crm.inbox.kelurahan_code is 'plain: kelurahan';
comment on column crm.inbox.unit_id is 'plain: unit that holds it';
comment on column crm.inbox.lat is 'place: latitude';
comment on column crm.inbox.lng is 'place: longitude';
comment on column crm.inbox.cell is 'place: square of the point';
comment on column crm.inbox.officer_id is
    'plain: account that works on it; null in the row of a channel';
comment on column crm.inbox.held_for is
    'plain: what triage holds it for, and second for a second validation; none in the row of a channel';
comment on column crm.inbox.is_returned is
    'plain: a unit sent it back; false in the row of a channel';

alter table crm.inbox enable row level security;
alter table crm.inbox force row level security;
create policy inbox_owner on crm.inbox to crm_owner
    using (true) with check (true);
-- "is true" keeps this out of the index, where each circle of a supervisor's
-- would be looked up once for every circle the query asks for.
create policy inbox_read on crm.inbox for select to crm_officer
    using ((reader_id = any ((select crm.viewer_readers())::uuid[])) is true
    and (status <> 'incoming' or is_returned
    or (select crm.viewer_role()) = 'triage'));
create policy inbox_own on crm.inbox for select to crm_channel
    using (reader_id = (select crm.viewer_channel()));
grant select on crm.inbox to crm_officer, crm_channel;
