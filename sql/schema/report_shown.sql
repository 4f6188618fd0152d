-- A report as officers read it.
--
-- SPDX-License-Identifier: ISC

-- Every row that leaves goes through this view and thereby through the
-- policies of whoever asks. Photos come in the order of their index; an order
-- by in each array_agg() would sort three times a report.
create view crm.report_shown with (security_invoker = true) as
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
    coalesce(p.id, '{}') as photo_id,
    coalesce(p.width, '{}') as photo_width,
    coalesce(p.height, '{}') as photo_height,
    coalesce(r.unit_id = (select crm.viewer_unit()), false) as by_own_unit,
    r.held_for, r.officer_id,
    (select a.name from crm.account a where a.id = r.officer_id)
	as officer_name,
    r.asked_at is not null and r.due_at is null as paused,
    case when r.status in ('in_progress', 'scheduled')
	then r.schedule_until end as schedule_until,
    case when r.schedule_until is not null
	and r.status in ('in_progress', 'scheduled')
	then r.status = 'scheduled' end as schedule_approved,
    r.returns, r.reopened, r.me_too, r.stars::int as stars, r.completed_at,
    r.reason_code,
    (select k.id from crm.report_key k where k.id = r.main_id) as main_id,
    (select k.ticket from crm.report_key k where k.id = r.main_id)
	as main_ticket,
    (select i.status from crm.inbox i where i.report_id = r.main_id limit 1)
	as main_status,
    r.merged, r.second_open and r.status = 'completed' as second_open, null::uuid[] as link_id,
    null::text[] as link_ticket, null::text[] as steps,
    r.updated_at
from crm.report r
left join lateral (
	select pg_catalog.array_agg(o.id) as id,
	    pg_catalog.array_agg(o.width) as width,
	    pg_catalog.array_agg(o.height) as height
	from (
		select p.id, p.width, p.height
		from crm.photo p
		where r.visibility = 'public' and not p.is_sealed
		and p.report_id = r.id and p.kind = 'report'
		order by p.place
	) o
) p on true;
comment on view crm.report_shown is 'Reports as api.report_row, for officers.';
comment on column crm.report_shown.id is 'plain: random id';
comment on column crm.report_shown.ticket is 'plain: ticket number';
comment on column crm.report_shown.visibility is 'plain: private or public';
comment on column crm.report_shown.status is 'plain: status';
comment on column crm.report_shown.version is 'plain: goes up with each event';
comment on column crm.report_shown.category_code is 'plain: category';
comment on column crm.report_shown.category_name is 'plain: its name';
comment on column crm.report_shown.description is 'narrative: masked text';
comment on column crm.report_shown.lat is 'place: latitude';
comment on column crm.report_shown.lng is 'place: longitude';
comment on column crm.report_shown.accuracy_m is 'place: radius in metres';
comment on column crm.report_shown.address is 'place: address';
comment on column crm.report_shown.kelurahan_code is 'plain: kelurahan';
comment on column crm.report_shown.kelurahan_name is 'plain: its name';
comment on column crm.report_shown.unit_id is 'plain: unit that holds it';
comment on column crm.report_shown.unit_name is 'plain: its name';
comment on column crm.report_shown.received_at is 'plain: when it was stored';
comment on column crm.report_shown.occurred_at is 'plain: when it happened';
comment on column crm.report_shown.due_at is 'plain: deadline';
comment on column crm.report_shown.overdue is 'plain: deadline has passed';
comment on column crm.report_shown.photo_id is
    'photo: the report''s own photos; none of a private report';
comment on column crm.report_shown.photo_width is 'photo: their widths';
comment on column crm.report_shown.photo_height is 'photo: their heights';
comment on column crm.report_shown.by_own_unit is
    'plain: the viewer''s unit holds it';
comment on column crm.report_shown.held_for is
    'internal: why the filter holds it';
comment on column crm.report_shown.officer_id is 'officer: who works on it';
comment on column crm.report_shown.officer_name is
    'officer: the person''s name';
comment on column crm.report_shown.paused is
    'plain: the clock stands still until the reporter answers';
comment on column crm.report_shown.schedule_until is
    'plain: date wished for or approved';
comment on column crm.report_shown.schedule_approved is
    'plain: a supervisor approved the date';
comment on column crm.report_shown.returns is
    'internal: how often it was sent back';
comment on column crm.report_shown.reopened is
    'plain: how often it was reopened';
comment on column crm.report_shown.me_too is 'plain: how many said the same';
comment on column crm.report_shown.stars is 'plain: the reporter''s rating';
comment on column crm.report_shown.completed_at is
    'plain: when it was last completed';
comment on column crm.report_shown.reason_code is 'plain: why it was rejected';
comment on column crm.report_shown.main_id is
    'plain: report it is merged into, if the viewer sees that';
comment on column crm.report_shown.main_ticket is 'plain: its ticket number';
comment on column crm.report_shown.main_status is 'plain: its status';
comment on column crm.report_shown.merged is
    'plain: how many are merged into it';
comment on column crm.report_shown.second_open is
    'internal: a second validation is open';
comment on column crm.report_shown.link_id is 'plain: filled by crm.report_get';
comment on column crm.report_shown.link_ticket is
    'plain: filled by crm.report_get';
comment on column crm.report_shown.steps is 'plain: filled by crm.report_get';
comment on column crm.report_shown.updated_at is 'plain: last change';
grant select on crm.report_shown to crm_officer;
