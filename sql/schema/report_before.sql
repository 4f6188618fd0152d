-- What a report was before a step that can be taken back: undo and unmerge
-- restore it.
--
-- SPDX-License-Identifier: ISC

create table crm.report_before (
	report_id uuid not null,
	version int not null,
	status text not null,
	category_code text,
	lat float8,
	lng float8,
	accuracy_m float8,
	address text,
	kelurahan_code text,
	unit_id uuid not null,
	unit_ids uuid[] not null,
	due_at timestamptz,
	officer_id uuid,
	held_for text[] not null,
	asked_at timestamptz,
	left_seconds bigint,
	schedule_until timestamptz,
	schedule_account_id uuid,
	returns int not null,
	completed_at timestamptz,
	reason_code text,
	main_id uuid,
	second_open boolean not null,
	constraint report_before_pkey primary key (report_id, version),
	constraint report_before_report_fkey foreign key (report_id)
	    references crm.report_key (id) on delete cascade
);
comment on table crm.report_before is 'Reports before steps that can be undone.';
comment on column crm.report_before.report_id is 'plain: the report';
comment on column crm.report_before.version is 'plain: its version then';
comment on column crm.report_before.status is 'plain: status';
comment on column crm.report_before.category_code is 'plain: category';
comment on column crm.report_before.lat is 'place: latitude';
comment on column crm.report_before.lng is 'place: longitude';
comment on column crm.report_before.accuracy_m is 'place: radius in metres';
comment on column crm.report_before.address is 'place: address';
comment on column crm.report_before.kelurahan_code is 'plain: kelurahan';
comment on column crm.report_before.unit_id is 'plain: unit that held it';
comment on column crm.report_before.unit_ids is 'plain: units that had held it';
comment on column crm.report_before.due_at is 'plain: deadline';
comment on column crm.report_before.officer_id is 'officer: who worked on it';
comment on column crm.report_before.held_for is 'internal: why it was held';
comment on column crm.report_before.asked_at is 'plain: when the reporter was asked';
comment on column crm.report_before.left_seconds is 'plain: left of the clock';
comment on column crm.report_before.schedule_until is 'plain: date wished for';
comment on column crm.report_before.schedule_account_id is
    'officer: who wished for it';
comment on column crm.report_before.returns is 'internal: how often sent back';
comment on column crm.report_before.completed_at is 'plain: when completed';
comment on column crm.report_before.reason_code is 'plain: why it was rejected';
comment on column crm.report_before.main_id is 'plain: report it was merged into';
comment on column crm.report_before.second_open is
    'internal: a second validation was open';

alter table crm.report_before enable row level security;
alter table crm.report_before force row level security;
create policy report_before_owner on crm.report_before to crm_owner
    using (true) with check (true);
create policy report_before_read on crm.report_before for select
    to crm_officer using (exists (
	select from crm.inbox i where i.report_id = report_before.report_id));
create policy report_before_step on crm.report_before for insert
    to crm_officer with check (exists (
	select from crm.inbox i where i.report_id = report_before.report_id));
grant select, insert (report_id, version, status, category_code, lat, lng,
    accuracy_m, address, kelurahan_code, unit_id, unit_ids, due_at,
    officer_id, held_for, asked_at, left_seconds, schedule_until,
    schedule_account_id, returns, completed_at, reason_code, main_id,
    second_open)
    on crm.report_before to crm_officer;
