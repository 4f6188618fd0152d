-- An event as the server reads it. Order and names are the contract with
-- api/db. One view for officers and one for channels, who have no grant on
-- notes, reasons and names.
--
-- SPDX-License-Identifier: ISC

create type api.event_row as (
	id uuid,
	type text,
	at timestamptz,
	by_unit_id uuid,
	by_unit_name text,
	by_name text,
	by_own_unit boolean,
	text text,
	note text,
	reason text,
	from_status text,
	to_status text,
	captured_at timestamptz,
	lat float8,
	lng float8,
	distance_m float8,
	photo_id uuid[],
	photo_width int[],
	photo_height int[],
	to_unit_id uuid,
	to_unit_name text,
	officer_name text,
	reason_code text,
	until timestamptz,
	stars int,
	step text,
	into_id uuid,
	into_ticket text
);
comment on type api.event_row is 'An event as a reader may see it.';

create view crm.event_shown with (security_invoker = true) as
select e.id, e.type, e.at, e.by_unit_id,
    (select u.name from crm.unit u where u.id = e.by_unit_id) as by_unit_name,
    (select a.name from crm.account a where a.id = i.by_account_id) as by_name,
    coalesce(e.by_unit_id = (select crm.viewer_unit()), false) as by_own_unit,
    e.text, i.note, i.reason, e.from_status, e.to_status, e.captured_at,
    e.lat, e.lng, e.distance_m,
    coalesce(p.id, '{}') as photo_id,
    coalesce(p.width, '{}') as photo_width,
    coalesce(p.height, '{}') as photo_height,
    e.to_unit_id,
    (select u.name from crm.unit u where u.id = e.to_unit_id) as to_unit_name,
    (select a.name from crm.account a where a.id = i.officer_id) as officer_name,
    e.reason_code, e.until, e.stars::int as stars, e.step,
    (select k.id from crm.report_key k where k.id = e.into_id) as into_id,
    (select k.ticket from crm.report_key k where k.id = e.into_id)
	as into_ticket,
    e.report_id
from crm.event e
left join crm.event_internal i on i.event_id = e.id
left join lateral (
	select pg_catalog.array_agg(p.id order by p.place) as id,
	    pg_catalog.array_agg(p.width order by p.place) as width,
	    pg_catalog.array_agg(p.height order by p.place) as height
	from crm.photo p
	where e.type in ('follow_up', 'progress', 'note')
	and p.report_id = e.report_id and p.event_id = e.id
) p on true;
comment on view crm.event_shown is
    'Events as api.event_row, for officers, with their report.';
comment on column crm.event_shown.id is 'plain: random id';
comment on column crm.event_shown.type is 'plain: type';
comment on column crm.event_shown.at is 'plain: when';
comment on column crm.event_shown.by_unit_id is 'plain: unit of who did it';
comment on column crm.event_shown.by_unit_name is 'plain: its name';
comment on column crm.event_shown.by_name is 'officer: name of who did it';
comment on column crm.event_shown.by_own_unit is 'plain: the viewer''s unit did it';
comment on column crm.event_shown.text is 'narrative: text to the reporter';
comment on column crm.event_shown.note is 'internal: note';
comment on column crm.event_shown.reason is 'internal: reason';
comment on column crm.event_shown.from_status is 'plain: status before';
comment on column crm.event_shown.to_status is 'plain: status after';
comment on column crm.event_shown.captured_at is 'plain: when the proof was taken';
comment on column crm.event_shown.lat is 'place: latitude of the proof';
comment on column crm.event_shown.lng is 'place: longitude of the proof';
comment on column crm.event_shown.distance_m is 'place: metres from the report''s point';
comment on column crm.event_shown.photo_id is 'photo: proof and views of the site';
comment on column crm.event_shown.photo_width is 'photo: their widths';
comment on column crm.event_shown.photo_height is 'photo: their heights';
comment on column crm.event_shown.to_unit_id is 'plain: unit it went to';
comment on column crm.event_shown.to_unit_name is 'plain: its name';
comment on column crm.event_shown.officer_name is 'officer: who is to do it';
comment on column crm.event_shown.reason_code is 'plain: why it was rejected';
comment on column crm.event_shown.until is 'plain: date wished for or approved';
comment on column crm.event_shown.stars is 'plain: the reporter''s rating';
comment on column crm.event_shown.step is
    'plain: what happened to the main report';
comment on column crm.event_shown.into_id is
    'plain: the other report, if the viewer sees it';
comment on column crm.event_shown.into_ticket is 'plain: its ticket number';
comment on column crm.event_shown.report_id is 'plain: the report';
grant select on crm.event_shown to crm_officer;

create view crm.event_told with (security_invoker = true) as
select e.id, e.type, e.at, e.by_unit_id,
    (select u.name from crm.unit u where u.id = e.by_unit_id) as by_unit_name,
    null::text as by_name, false as by_own_unit,
    e.text, null::text as note, null::text as reason, e.from_status,
    e.to_status, e.captured_at, e.lat, e.lng, e.distance_m,
    coalesce(p.id, '{}') as photo_id,
    coalesce(p.width, '{}') as photo_width,
    coalesce(p.height, '{}') as photo_height,
    e.to_unit_id,
    (select u.name from crm.unit u where u.id = e.to_unit_id) as to_unit_name,
    null::text as officer_name,
    e.reason_code, e.until, e.stars::int as stars, e.step,
    (select k.id from crm.report_key k where k.id = e.into_id) as into_id,
    (select k.ticket from crm.report_key k where k.id = e.into_id)
	as into_ticket,
    e.report_id
from crm.event e
join crm.event_type t on t.type = e.type and t.is_told
left join lateral (
	select pg_catalog.array_agg(p.id order by p.place) as id,
	    pg_catalog.array_agg(p.width order by p.place) as width,
	    pg_catalog.array_agg(p.height order by p.place) as height
	from crm.photo p
	where e.type in ('follow_up', 'progress') and p.kind = 'proof'
	and p.report_id = e.report_id and p.event_id = e.id
) p on true
-- What was undone within seconds was never told.
where not exists (select from crm.event u where u.report_id = e.report_id
    and u.type = 'undo' and u.version = e.version + 1);
comment on view crm.event_told is
    'Events as api.event_row, for channels, with their report.';
comment on column crm.event_told.id is 'plain: random id';
comment on column crm.event_told.type is 'plain: type';
comment on column crm.event_told.at is 'plain: when';
comment on column crm.event_told.by_unit_id is 'plain: unit of who did it';
comment on column crm.event_told.by_unit_name is 'plain: its name';
comment on column crm.event_told.by_name is 'plain: always null';
comment on column crm.event_told.by_own_unit is 'plain: the viewer''s unit did it';
comment on column crm.event_told.text is 'narrative: text to the reporter';
comment on column crm.event_told.note is 'plain: always null';
comment on column crm.event_told.reason is 'plain: always null';
comment on column crm.event_told.from_status is 'plain: status before';
comment on column crm.event_told.to_status is 'plain: status after';
comment on column crm.event_told.captured_at is 'plain: when the proof was taken';
comment on column crm.event_told.lat is 'place: latitude of the proof';
comment on column crm.event_told.lng is 'place: longitude of the proof';
comment on column crm.event_told.distance_m is 'place: metres from the report''s point';
comment on column crm.event_told.photo_id is 'photo: proof';
comment on column crm.event_told.photo_width is 'photo: their widths';
comment on column crm.event_told.photo_height is 'photo: their heights';
comment on column crm.event_told.to_unit_id is 'plain: unit it went to';
comment on column crm.event_told.to_unit_name is 'plain: its name';
comment on column crm.event_told.officer_name is 'plain: always null';
comment on column crm.event_told.reason_code is 'plain: why it was rejected';
comment on column crm.event_told.until is 'plain: approved date';
comment on column crm.event_told.stars is 'plain: the reporter''s rating';
comment on column crm.event_told.step is
    'plain: what happened to the main report';
comment on column crm.event_told.into_id is
    'plain: the other report, if the viewer sees it';
comment on column crm.event_told.into_ticket is 'plain: its ticket number';
comment on column crm.event_told.report_id is 'plain: the report';
grant select on crm.event_told to crm_channel;
