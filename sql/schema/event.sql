-- What happened to a report, by month. Nothing here is changed later.
--
-- SPDX-License-Identifier: ISC

create table crm.event (
	id uuid not null default pg_catalog.gen_random_uuid(),
	at timestamptz not null,
	report_id uuid not null,
	type text not null,
	version int not null,
	by_unit_id uuid,
	by_channel_id uuid,
	text text,
	from_status text,
	to_status text not null,
	captured_at timestamptz,
	lat float8,
	lng float8,
	accuracy_m float8,
	distance_m float8,
	to_unit_id uuid,
	reason_code text,
	until timestamptz,
	stars smallint,
	step text,
	into_id uuid,
	constraint event_pkey primary key (id, at),
	constraint event_report_fkey foreign key (report_id)
	    references crm.report_key (id) on delete cascade,
	constraint event_unit_fkey foreign key (by_unit_id)
	    references crm.unit (id),
	constraint event_channel_fkey foreign key (by_channel_id)
	    references crm.channel (id),
	constraint event_to_unit_fkey foreign key (to_unit_id)
	    references crm.unit (id),
	constraint event_into_fkey foreign key (into_id)
	    references crm.report_key (id) on delete set null,
	constraint event_type_fkey foreign key (type)
	    references crm.event_type (type),
	constraint event_step_fkey foreign key (step)
	    references crm.event_type (type),
	constraint event_has_one_doer check (case
	    when type in ('main_step', 'remind', 'escalate')
	    then by_unit_id is null and by_channel_id is null
	    else (by_unit_id is null) <> (by_channel_id is null) end),
	constraint event_stars_range check (stars between 1 and 5),
	constraint event_point_is_whole check ((lat is null) = (lng is null)),
	constraint event_lat_on_earth check (lat between -90 and 90),
	constraint event_lng_on_earth check (lng between -180 and 180),
	constraint event_text_short check (pg_catalog.length(text) <= 8000)
) partition by range (at);
create index event_into_idx on crm.event (into_id) where into_id is not null;
create index event_report_idx on crm.event (report_id, at desc, id desc);
comment on table crm.event is 'Steps of work and what the reporter was told.';
comment on column crm.event.id is 'plain: random id';
comment on column crm.event.at is 'plain: when';
comment on column crm.event.report_id is 'plain: the report';
comment on column crm.event.type is 'plain: type';
comment on column crm.event.version is 'plain: version of the report after it';
comment on column crm.event.by_unit_id is 'plain: unit of who did it';
comment on column crm.event.by_channel_id is 'plain: channel that did it';
comment on column crm.event.text is 'narrative: text to the reporter';
comment on column crm.event.from_status is 'plain: status before';
comment on column crm.event.to_status is 'plain: status after';
comment on column crm.event.captured_at is 'plain: when the proof was taken';
comment on column crm.event.lat is 'place: latitude of the proof';
comment on column crm.event.lng is 'place: longitude of the proof';
comment on column crm.event.accuracy_m is 'place: radius of that point in metres';
comment on column crm.event.distance_m is 'place: metres from the report''s point';
comment on column crm.event.to_unit_id is 'plain: unit it went to';
comment on column crm.event.reason_code is
    'plain: why it was rejected, as the reporter is told';
comment on column crm.event.until is 'plain: date wished for or approved';
comment on column crm.event.stars is 'plain: the reporter''s rating';
comment on column crm.event.step is
    'plain: what happened to the main report';
comment on column crm.event.into_id is
    'plain: the main report, or the new one of a split';

alter table crm.event enable row level security;
alter table crm.event force row level security;
create policy event_owner on crm.event to crm_owner
    using (true) with check (true);
create policy event_read on crm.event for select to crm_officer, crm_channel
    using (exists (select from crm.inbox i where i.report_id = event.report_id));
create policy event_step on crm.event for insert to crm_officer
    with check (by_unit_id = (select crm.viewer_unit())
    and exists (select from crm.inbox i where i.report_id = event.report_id)
    and not exists (select from crm.event_type t
	where t.type = event.type and (t.by_channel or t.by_system)));
create policy event_desk on crm.event for insert to crm_officer
    with check (by_unit_id = (select crm.viewer_unit())
    and type = 'received' and version = 1
    and (select crm.viewer_role()) = 'triage');
create policy event_add on crm.event for insert to crm_channel
    with check (by_channel_id = (select crm.viewer_channel())
    and exists (select from crm.inbox i where i.report_id = event.report_id)
    and exists (select from crm.event_type t
	where t.type = event.type and t.by_channel));
grant select, insert (id, at, report_id, type, version, by_unit_id,
    text, from_status, to_status, captured_at, lat, lng, accuracy_m,
    distance_m, to_unit_id, reason_code, until, into_id)
    on crm.event to crm_officer;
grant select, insert (id, at, report_id, type, version, by_channel_id,
    text, from_status, to_status, reason_code, stars)
    on crm.event to crm_channel;

create trigger public_told
    after insert on crm.event for each row
    when (new.type = 'undo' or new.text is not null
	and new.by_unit_id is not null and new.type <> 'ask')
    execute function crm.public_told();
