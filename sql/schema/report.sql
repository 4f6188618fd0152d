-- Reports, by month of receipt. Who sent one is not here: see identity.sealed
-- and crm.report_origin.
--
-- SPDX-License-Identifier: ISC

create table crm.report (
	id uuid not null,
	received_at timestamptz not null,
	ticket text not null,
	channel_id uuid not null,
	visibility text not null,
	status text not null,
	version int not null default 1,
	category_code text,
	description text not null,
	description_public text not null,
	lat float8,
	lng float8,
	accuracy_m float8,
	address text,
	kelurahan_code text,
	unit_id uuid not null,
	unit_ids uuid[] not null,
	occurred_at timestamptz,
	changed_at timestamptz not null,
	due_at timestamptz,
	search_text text not null generated always as
	    (pg_catalog.lower(pg_catalog.normalize(description, 'NFKC'))) stored,
	search_words tsvector not null generated always as
	    (pg_catalog.to_tsvector('pg_catalog.indonesian',
	    pg_catalog.lower(pg_catalog.normalize(description, 'NFKC')))) stored,
	constraint report_pkey primary key (id, received_at),
	constraint report_channel_fkey foreign key (channel_id)
	    references crm.channel (id),
	constraint report_category_fkey foreign key (category_code)
	    references crm.category (code),
	constraint report_kelurahan_fkey foreign key (kelurahan_code)
	    references crm.area (code),
	constraint report_unit_fkey foreign key (unit_id)
	    references crm.unit (id),
	constraint report_visibility_known
	    check (visibility in ('private', 'public')),
	constraint report_status_known check (status in ('incoming', 'waiting',
	    'coordination', 'disposition', 'in_progress', 'scheduled',
	    'awaiting_validation', 'followup_rejected', 'completed', 'rejected',
	    'merged')),
	constraint report_version_counts check (version > 0),
	constraint report_holder_is_in_chain check (unit_id = any (unit_ids)),
	constraint report_point_is_whole
	    check ((lat is null) = (lng is null)),
	constraint report_lat_on_earth check (lat between -90 and 90),
	constraint report_lng_on_earth check (lng between -180 and 180),
	constraint report_accuracy_is_positive check (accuracy_m >= 0),
	constraint report_description_short
	    check (pg_catalog.length(description) <= 8000)
) partition by range (received_at);
create index report_received_idx on crm.report (received_at);
create index report_words_idx on crm.report
    using gin (search_words);
create index report_trigram_idx on crm.report
    using gin (search_text ext.gin_trgm_ops);
comment on table crm.report is 'Reports without their reporters.';
comment on column crm.report.id is 'plain: random id';
comment on column crm.report.received_at is 'plain: when it was stored';
comment on column crm.report.ticket is 'plain: ticket number';
comment on column crm.report.channel_id is 'plain: channel it came by';
comment on column crm.report.visibility is 'plain: private or public';
comment on column crm.report.status is 'plain: status';
comment on column crm.report.version is 'plain: goes up with each event';
comment on column crm.report.category_code is 'plain: category';
comment on column crm.report.description is
    'narrative: what happened; NIK, phone and e-mail masked';
comment on column crm.report.description_public is
    'narrative: the same with plates and names masked as well';
comment on column crm.report.lat is 'place: latitude';
comment on column crm.report.lng is 'place: longitude';
comment on column crm.report.accuracy_m is 'place: radius of the point in metres';
comment on column crm.report.address is 'place: address as the reporter gave it';
comment on column crm.report.kelurahan_code is 'plain: kelurahan of the point';
comment on column crm.report.unit_id is 'plain: unit that holds it';
comment on column crm.report.unit_ids is 'plain: units that hold or held it';
comment on column crm.report.occurred_at is 'plain: when it happened';
comment on column crm.report.changed_at is 'plain: last event';
comment on column crm.report.due_at is 'plain: deadline of the status';
comment on column crm.report.search_text is
    'narrative: description as searched, from masked text only';
comment on column crm.report.search_words is 'narrative: its words';

alter table crm.report enable row level security;
alter table crm.report force row level security;
create policy report_owner on crm.report to crm_owner
    using (true) with check (true);
create policy report_read on crm.report for select to crm_officer
    using ((status <> 'incoming' or (select crm.viewer_role()) = 'triage')
    and (unit_ids && (select crm.viewer_units())
    or (select crm.viewer_role()) in ('triage', 'validator')));
create policy report_step on crm.report for update to crm_officer
    using (exists (select from crm.inbox i where i.report_id = report.id))
    with check (true);
create policy report_own on crm.report for select to crm_channel
    using (channel_id = (select crm.viewer_channel()));
create policy report_add on crm.report for insert to crm_channel
    with check (channel_id = (select crm.viewer_channel())
    and version = 1 and status in ('incoming', 'waiting'));
grant select,
    update (status, version, unit_id, unit_ids, changed_at, due_at)
    on crm.report to crm_officer;
grant select, insert (id, received_at, ticket, channel_id, visibility, status,
    version, category_code, description, description_public, lat, lng,
    accuracy_m, address, kelurahan_code, unit_id, unit_ids, occurred_at,
    changed_at, due_at)
    on crm.report to crm_channel;

create trigger inbox_follow
    after insert or delete or update of visibility, status, category_code,
	unit_id, unit_ids, kelurahan_code, due_at, lat, lng
    on crm.report for each row execute function crm.inbox_follow();
