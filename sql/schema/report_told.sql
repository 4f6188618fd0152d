-- A report as a channel reads it: without what stays inside the city, and
-- without its photos, which the channel keeps itself.
--
-- SPDX-License-Identifier: ISC

create view crm.report_told with (security_invoker = true) as
select r.id, r.ticket, r.visibility, r.status, r.version, r.category_code,
    (select c.name from crm.category c where c.code = r.category_code)
	as category_name,
    r.description, r.lat, r.lng, r.accuracy_m, r.address, r.kelurahan_code,
    (select a.name from crm.area a where a.code = r.kelurahan_code)
	as kelurahan_name,
    r.unit_id,
    (select u.name from crm.unit u where u.id = r.unit_id) as unit_name,
    r.received_at, r.occurred_at, r.due_at,
    coalesce(r.due_at < (select crm.now()), false) as overdue,
    '{}'::uuid[] as photo_id, '{}'::int[] as photo_width,
    '{}'::int[] as photo_height,
    false as by_own_unit, null::text[] as held_for, null::uuid as officer_id,
    null::text as officer_name,
    r.asked_at is not null and r.due_at is null as paused,
    case when r.status = 'scheduled' then r.schedule_until end
	as schedule_until,
    case when r.status = 'scheduled' then true end as schedule_approved,
    null::int as returns, r.reopened, r.me_too, r.stars::int as stars,
    r.completed_at, r.reason_code,
    (select k.id from crm.report_key k where k.id = r.main_id) as main_id,
    (select k.ticket from crm.report_key k where k.id = r.main_id)
	as main_ticket,
    (select i.status from crm.inbox i where i.report_id = r.main_id limit 1)
	as main_status,
    r.merged, null::boolean as second_open, null::uuid[] as link_id,
    null::text[] as link_ticket, null::text[] as steps,
    r.updated_at
from crm.report r;
comment on view crm.report_told is 'Reports as api.report_row, for channels.';
comment on column crm.report_told.id is 'plain: random id';
comment on column crm.report_told.ticket is 'plain: ticket number';
comment on column crm.report_told.visibility is 'plain: private or public';
comment on column crm.report_told.status is 'plain: status';
comment on column crm.report_told.version is 'plain: goes up with each event';
comment on column crm.report_told.category_code is 'plain: category';
comment on column crm.report_told.category_name is 'plain: its name';
comment on column crm.report_told.description is 'narrative: masked text';
comment on column crm.report_told.lat is 'place: latitude';
comment on column crm.report_told.lng is 'place: longitude';
comment on column crm.report_told.accuracy_m is 'place: radius in metres';
comment on column crm.report_told.address is 'place: address';
comment on column crm.report_told.kelurahan_code is 'plain: kelurahan';
comment on column crm.report_told.kelurahan_name is 'plain: its name';
comment on column crm.report_told.unit_id is 'plain: unit that holds it';
comment on column crm.report_told.unit_name is 'plain: its name';
comment on column crm.report_told.received_at is 'plain: when it was stored';
comment on column crm.report_told.occurred_at is 'plain: when it happened';
comment on column crm.report_told.due_at is 'plain: deadline';
comment on column crm.report_told.overdue is 'plain: deadline has passed';
comment on column crm.report_told.photo_id is 'plain: always empty';
comment on column crm.report_told.photo_width is 'plain: always empty';
comment on column crm.report_told.photo_height is 'plain: always empty';
comment on column crm.report_told.by_own_unit is 'plain: always false';
comment on column crm.report_told.held_for is 'plain: always null';
comment on column crm.report_told.officer_id is 'plain: always null';
comment on column crm.report_told.officer_name is 'plain: always null';
comment on column crm.report_told.paused is
    'plain: the clock stands still until the reporter answers';
comment on column crm.report_told.schedule_until is 'plain: approved date';
comment on column crm.report_told.schedule_approved is
    'plain: a supervisor approved the date';
comment on column crm.report_told.returns is 'plain: always null';
comment on column crm.report_told.reopened is
    'plain: how often it was reopened';
comment on column crm.report_told.me_too is 'plain: how many said the same';
comment on column crm.report_told.stars is 'plain: the reporter''s rating';
comment on column crm.report_told.completed_at is
    'plain: when it was last completed';
comment on column crm.report_told.reason_code is 'plain: why it was rejected';
comment on column crm.report_told.main_id is
    'plain: report it is merged into, if the viewer sees that';
comment on column crm.report_told.main_ticket is 'plain: its ticket number';
comment on column crm.report_told.main_status is 'plain: its status';
comment on column crm.report_told.merged is
    'plain: how many are merged into it';
comment on column crm.report_told.second_open is 'plain: always null';
comment on column crm.report_told.link_id is 'plain: filled by crm.report_get';
comment on column crm.report_told.link_ticket is
    'plain: filled by crm.report_get';
comment on column crm.report_told.steps is 'plain: filled by crm.report_get';
comment on column crm.report_told.updated_at is 'plain: last change';
grant select on crm.report_told to crm_channel;
