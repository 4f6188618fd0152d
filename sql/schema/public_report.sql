-- What the public may know of reports, and all that it may know: one row per
-- public report, with the place rounded to about 100 m and texts as the public
-- reads them. A report that is private has no row; the row goes in the
-- transaction that makes it private. Triggers on crm.report and crm.event keep
-- it; nobody else writes here.
--
-- SPDX-License-Identifier: ISC

create table crm.public_report (
	report_id uuid not null,
	received_at timestamptz not null,
	updated_at timestamptz not null,
	visibility text not null,
	status text not null,
	is_open boolean not null,
	category_code text,
	description text not null,
	notes text,
	lat float8,
	lng float8,
	kelurahan_code text,
	unit_id uuid not null,
	due_at timestamptz,
	reason_code text,
	constraint public_report_pkey primary key (report_id),
	constraint public_report_report_fkey foreign key (report_id)
	    references crm.report_key (id) on delete cascade,
	constraint public_report_is_public check (visibility = 'public'),
	constraint public_report_place_is_coarse check (
	    lat = pg_catalog.round(lat::numeric, 3)::float8
	    and lng = pg_catalog.round(lng::numeric, 3)::float8)
);
-- A page, newest first, of all or of one category; what changed; what is near.
create index public_report_received_idx
    on crm.public_report (received_at, report_id);
create index public_report_category_idx
    on crm.public_report (category_code, received_at, report_id);
create index public_report_updated_idx on crm.public_report (updated_at);
create index public_report_place_idx on crm.public_report (lat, lng);
comment on table crm.public_report is 'Reports as the public sees them.';
comment on column crm.public_report.report_id is 'plain: the report';
comment on column crm.public_report.received_at is 'plain: when it was stored';
comment on column crm.public_report.updated_at is
    'plain: when something here last changed; once closed, when it was closed';
comment on column crm.public_report.visibility is 'plain: always public';
comment on column crm.public_report.status is 'plain: status';
comment on column crm.public_report.is_open is 'plain: work goes on';
comment on column crm.public_report.category_code is 'plain: category';
comment on column crm.public_report.description is
    'narrative: what happened, with plates and names masked as well';
comment on column crm.public_report.notes is
    'narrative: what a unit last told of the work; no questions';
comment on column crm.public_report.lat is 'place: latitude, rounded';
comment on column crm.public_report.lng is 'place: longitude, rounded';
comment on column crm.public_report.kelurahan_code is
    'plain: kelurahan of the point';
comment on column crm.public_report.unit_id is 'plain: unit that holds it';
comment on column crm.public_report.due_at is 'plain: deadline of the status';
comment on column crm.public_report.reason_code is 'plain: why it was rejected';

alter table crm.public_report enable row level security;
alter table crm.public_report force row level security;
create policy public_report_owner on crm.public_report to crm_owner
    using (true) with check (true);
create policy public_report_read on crm.public_report for select
    to crm_public using (visibility = 'public');
grant select on crm.public_report to crm_public;
