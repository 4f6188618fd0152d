-- Photos of reports and of proof. The files lie outside the database; their
-- names are our own and tell nothing.
--
-- SPDX-License-Identifier: ISC

create table crm.photo (
	id uuid not null,
	report_id uuid not null,
	event_id uuid,
	kind text not null,
	place smallint not null,
	file_full text not null,
	file_thumb text not null,
	width int not null,
	height int not null,
	is_sealed boolean not null,
	constraint photo_pkey primary key (id),
	constraint photo_report_fkey foreign key (report_id)
	    references crm.report_key (id) on delete cascade,
	constraint photo_kind_known check (kind in ('report', 'proof', 'site')),
	constraint photo_of_work_has_event
	    check ((kind <> 'report') = (event_id is not null)),
	constraint photo_size_is_positive check (width > 0 and height > 0)
);
create index photo_report_idx on crm.photo (report_id, place);
create index photo_file_full_idx on crm.photo (file_full);
create index photo_file_thumb_idx on crm.photo (file_thumb);
comment on table crm.photo is 'Photos, files apart.';
comment on column crm.photo.id is 'photo: random id';
comment on column crm.photo.report_id is 'plain: the report';
comment on column crm.photo.event_id is 'plain: the event it came with';
comment on column crm.photo.kind is 'plain: report, proof, or site: taken by an officer, not told';
comment on column crm.photo.place is 'plain: order as sent';
comment on column crm.photo.file_full is 'photo: name of the large file';
comment on column crm.photo.file_thumb is 'photo: name of the small file';
comment on column crm.photo.width is 'photo: width of the large file';
comment on column crm.photo.height is 'photo: height of the large file';
comment on column crm.photo.is_sealed is 'plain: files are encrypted';

alter table crm.photo enable row level security;
alter table crm.photo force row level security;
create policy photo_owner on crm.photo to crm_owner
    using (true) with check (true);
-- Judged by what the report is now; what was sealed stays locked for good.
create policy photo_read on crm.photo for select to crm_officer
    using (exists (
	select from crm.inbox i
	where i.report_id = photo.report_id
	and (photo.kind in ('proof', 'site')
	or (i.visibility = 'public' and not photo.is_sealed))));
-- A channel keeps its own pictures; it gets the proof of the work.
create policy photo_own on crm.photo for select to crm_channel
    using (kind = 'proof' and exists (
	select from crm.inbox i where i.report_id = photo.report_id));
-- Photos of proof are for those who asked for the work.
create policy photo_public on crm.photo for select to crm_public
    using (kind = 'report' and not is_sealed and exists (
	select from crm.public_report p
	where p.report_id = photo.report_id));
create policy photo_step on crm.photo for insert to crm_officer
    with check (kind in ('proof', 'site') and exists (
	select from crm.inbox i where i.report_id = photo.report_id));
create policy photo_add on crm.photo for insert to crm_channel
    with check (kind = 'report' and exists (
	select from crm.inbox i where i.report_id = photo.report_id));
create policy photo_desk on crm.photo for insert to crm_officer
    with check (kind = 'report' and (select crm.viewer_role()) = 'triage'
    and exists (
	select from crm.inbox i where i.report_id = photo.report_id));
grant select, insert (id, report_id, event_id, kind, place, file_full,
    file_thumb, width, height, is_sealed)
    on crm.photo to crm_officer, crm_channel;
grant select (id, report_id, kind, place, file_full, is_sealed)
    on crm.photo to crm_public;
