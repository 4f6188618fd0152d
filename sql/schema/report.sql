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
	officer_id uuid,
	held_for text[] not null default '{}',
	asked_at timestamptz,
	left_seconds bigint,
	schedule_until timestamptz,
	schedule_account_id uuid,
	returns int not null default 0,
	reopened int not null default 0,
	me_too int not null default 0,
	stars smallint,
	completed_at timestamptz,
	reason_code text,
	main_id uuid,
	merged int not null default 0,
	match_text text,
	second_open boolean not null default false,
	search_text text not null generated always as
	    (pg_catalog.lower(pg_catalog.normalize(description, 'NFKC'))) stored,
	search_words tsvector not null generated always as
	    (pg_catalog.to_tsvector('pg_catalog.indonesian',
	    pg_catalog.lower(pg_catalog.normalize(description, 'NFKC')))) stored,
	erased_at timestamptz,
	updated_at timestamptz not null,
	constraint report_pkey primary key (id, received_at),
	constraint report_channel_fkey foreign key (channel_id)
	    references crm.channel (id),
	constraint report_category_fkey foreign key (category_code)
	    references crm.category (code),
	constraint report_kelurahan_fkey foreign key (kelurahan_code)
	    references crm.area (code),
	constraint report_unit_fkey foreign key (unit_id)
	    references crm.unit (id),
	constraint report_officer_fkey foreign key (officer_id)
	    references crm.account (id),
	constraint report_schedule_account_fkey foreign key (schedule_account_id)
	    references crm.account (id),
	constraint report_main_fkey foreign key (main_id)
	    references crm.report_key (id),
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
	    check (pg_catalog.length(description) <= 8000),
	constraint report_stars_range check (stars between 1 and 5),
	constraint report_with_main_is_merged
	    check (main_id is null or status = 'merged'),
	constraint report_is_not_its_own_main check (main_id <> id),
	constraint report_counts_go_up check (returns >= 0 and reopened >= 0
	    and me_too >= 0 and merged >= 0)
) partition by range (received_at);
-- The same text from one channel.
create index report_same_idx on crm.report
    (channel_id, pg_catalog.hashtextextended(match_text, 0), received_at);
create index report_received_idx on crm.report (received_at);
create index report_words_idx on crm.report
    using gin (search_words);
create index report_trigram_idx on crm.report
    using gin (search_text ext.gin_trgm_ops);
create index report_main_idx on crm.report (main_id)
    where main_id is not null;
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
comment on column crm.report.officer_id is 'officer: who works on it';
comment on column crm.report.held_for is
    'internal: why the filter holds it for triage';
comment on column crm.report.asked_at is
    'plain: when the reporter was asked; null once answered';
comment on column crm.report.left_seconds is
    'plain: what is left of a clock that stands still';
comment on column crm.report.schedule_until is
    'plain: date wished for or, once scheduled, approved';
comment on column crm.report.schedule_account_id is
    'officer: who wished for that date';
comment on column crm.report.returns is 'internal: how often it was sent back';
comment on column crm.report.reopened is 'plain: how often it was reopened';
comment on column crm.report.me_too is 'plain: how many said the same; no names';
comment on column crm.report.stars is 'plain: the reporter''s rating';
comment on column crm.report.completed_at is 'plain: when it was last completed';
comment on column crm.report.reason_code is
    'plain: why it was rejected, as the reporter is told';
comment on column crm.report.main_id is 'plain: report it is merged into';
comment on column crm.report.merged is 'plain: how many are merged into it';
comment on column crm.report.match_text is
    'narrative: masked text without stock phrases, to find duplicates by';
comment on column crm.report.second_open is
    'internal: a second validation is open';
comment on column crm.report.search_text is
    'narrative: description as searched, from masked text only';
comment on column crm.report.search_words is 'narrative: its words';
comment on column crm.report.erased_at is
    'plain: when its reporter had it erased; words and place are gone then';
comment on column crm.report.updated_at is
    'plain: last change of any kind, kept by a trigger';

alter table crm.report enable row level security;
alter table crm.report force row level security;
create policy report_owner on crm.report to crm_owner
    using (true) with check (true);
-- What triage filters no unit sees, unless it held it and sent it back. In the
-- sandbox there is nothing real, and outside nothing of it.
create policy report_read on crm.report for select to crm_officer
    using (((status <> 'incoming' or returns > 0)
    and unit_ids && (select crm.viewer_units()))
    or ((select crm.viewer_role()) = 'triage'
    or status <> 'incoming' and (select crm.viewer_role()) = 'validator')
    and (crm.sandbox() = any (unit_ids)) = (select crm.viewer_in_sandbox()));
-- A step begins and ends with a report that its doer may see.
create policy report_step on crm.report for update to crm_officer
    using (exists (select from crm.inbox i where i.report_id = report.id))
    with check (((status <> 'incoming' or returns > 0)
    and unit_ids && (select crm.viewer_units()))
    or ((select crm.viewer_role()) = 'triage'
    or status <> 'incoming' and (select crm.viewer_role()) = 'validator')
    and (crm.sandbox() = any (unit_ids)) = (select crm.viewer_in_sandbox()));
create policy report_own on crm.report for select to crm_channel
    using (channel_id = (select crm.viewer_channel()));
create policy report_answer on crm.report for update to crm_channel
    using (channel_id = (select crm.viewer_channel()))
    with check (channel_id = (select crm.viewer_channel()));
create policy report_add on crm.report for insert to crm_channel
    with check (channel_id = (select crm.viewer_channel())
    and version = 1 and status in ('incoming', 'waiting'));
-- Keyed in at the counter, or split off another one.
create policy report_desk on crm.report for insert to crm_officer
    with check ((select crm.viewer_role()) = 'triage'
    and (crm.sandbox() = any (unit_ids)) = (select crm.viewer_in_sandbox())
    and version = 1 and status in ('incoming', 'waiting'));
grant select,
    insert (id, received_at, ticket, channel_id, visibility, status,
    version, category_code, description, description_public, lat, lng,
    accuracy_m, address, kelurahan_code, unit_id, unit_ids, occurred_at,
    changed_at, due_at, held_for, match_text),
    update (status, version, category_code, lat, lng, accuracy_m, address,
	kelurahan_code, unit_id, unit_ids, changed_at, due_at, officer_id,
	held_for, asked_at, left_seconds, schedule_until, schedule_account_id,
	returns, completed_at, reason_code, main_id, second_open)
    on crm.report to crm_officer;
-- Not what stays inside the city: who works on it, what it is held for.
grant select (id, received_at, ticket, channel_id, visibility, status,
    version, category_code, description, description_public, lat, lng,
    accuracy_m, address, kelurahan_code, unit_id, unit_ids, occurred_at,
    changed_at, due_at, asked_at, left_seconds, schedule_until, reopened,
    me_too, stars, completed_at, reason_code, main_id, merged, search_text,
    search_words, erased_at, updated_at),
    insert (id, received_at, ticket, channel_id, visibility, status,
    version, category_code, description, description_public, lat, lng,
    accuracy_m, address, kelurahan_code, unit_id, unit_ids, occurred_at,
    changed_at, due_at, held_for, match_text),
    update (visibility, status, version, unit_id, unit_ids, changed_at,
    due_at, officer_id, held_for, asked_at, left_seconds, reopened, me_too, stars,
    completed_at, reason_code, main_id)
    on crm.report to crm_channel;

create trigger change_stamp
    before insert or update on crm.report
    for each row execute function crm.change_stamp();
create trigger change_follow
    after insert or update or delete on crm.report
    for each row execute function crm.change_follow();
create trigger seal_follow
    after update of visibility on crm.report for each row
    when (old.visibility = 'public' and new.visibility = 'private')
    execute function crm.seal_follow();
create trigger inbox_follow
    after insert or delete or update of visibility, status, category_code,
	unit_id, unit_ids, kelurahan_code, due_at, lat, lng, officer_id,
	held_for, returns, second_open
    on crm.report for each row execute function crm.inbox_follow();

-- A step stores all columns; only a place or category that is another one
-- changes what is nearby.
create trigger hint_follow
    after update of category_code, lat, lng on crm.report
    for each row when (old.category_code is distinct from new.category_code
    or old.lat is distinct from new.lat or old.lng is distinct from new.lng)
    execute function crm.hint_follow();
create trigger merged_follow
    after update of main_id on crm.report
    for each row when (old.main_id is distinct from new.main_id)
    execute function crm.merged_follow();
create trigger webhook_add
    after insert on crm.report
    for each row execute function crm.webhook_follow();
create trigger webhook_follow
    after update of version on crm.report
    for each row when (old.version <> new.version)
    execute function crm.webhook_follow();
create trigger work_follow
    after update of status on crm.report for each row
    when (old.status <> new.status and (old.status = 'completed'
	or new.status in ('awaiting_validation', 'completed')))
    execute function crm.work_follow();
create trigger public_follow
    after insert or update of visibility, status, category_code,
	description_public, lat, lng, kelurahan_code, unit_id, due_at,
	held_for, reason_code, erased_at
    on crm.report for each row execute function crm.public_follow();
