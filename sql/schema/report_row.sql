-- A report as the server reads it. Order and names are the contract with
-- api/db.
--
-- SPDX-License-Identifier: ISC

create type api.report_row as (
	id uuid,
	ticket text,
	visibility text,
	status text,
	version int,
	category_code text,
	category_name text,
	description text,
	lat float8,
	lng float8,
	accuracy_m float8,
	address text,
	kelurahan_code text,
	kelurahan_name text,
	unit_id uuid,
	unit_name text,
	received_at timestamptz,
	occurred_at timestamptz,
	due_at timestamptz,
	overdue boolean,
	photo_id uuid[],
	photo_width int[],
	photo_height int[]
);
comment on type api.report_row is 'A report as a reader may see it.';

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
    coalesce(p.height, '{}') as photo_height
from crm.report r
left join lateral (
	select pg_catalog.array_agg(o.id) as id,
	    pg_catalog.array_agg(o.width) as width,
	    pg_catalog.array_agg(o.height) as height
	from (
		select p.id, p.width, p.height
		from crm.photo p
		where r.visibility = 'public'
		and p.report_id = r.id and p.kind = 'report'
		order by p.place
	) o
) p on true;
comment on view crm.report_shown is 'Reports as api.report_row.';
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
grant select on crm.report_shown to crm_officer, crm_channel;
