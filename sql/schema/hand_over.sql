-- Each time a report goes from one unit to another: who sent it where, and
-- when it went on. Reason and note lie with the event.
--
-- SPDX-License-Identifier: ISC

create table crm.hand_over (
	id uuid not null default pg_catalog.gen_random_uuid(),
	report_id uuid not null,
	kind text not null,
	from_unit_id uuid not null,
	to_unit_id uuid not null,
	from_status text not null,
	category_code text,
	kelurahan_code text,
	suggested_unit_id uuid,
	at timestamptz not null,
	ended_at timestamptz,
	returned boolean not null default false,
	event_id uuid not null,
	constraint hand_over_pkey primary key (id),
	constraint hand_over_event_key unique (event_id),
	constraint hand_over_report_fkey foreign key (report_id)
	    references crm.report_key (id) on delete cascade,
	constraint hand_over_from_fkey foreign key (from_unit_id)
	    references crm.unit (id),
	constraint hand_over_to_fkey foreign key (to_unit_id)
	    references crm.unit (id),
	constraint hand_over_suggested_fkey foreign key (suggested_unit_id)
	    references crm.unit (id),
	constraint hand_over_category_fkey foreign key (category_code)
	    references crm.category (code),
	constraint hand_over_kelurahan_fkey foreign key (kelurahan_code)
	    references crm.area (code),
	constraint hand_over_kind_known
	    check (kind in ('coordination', 'disposition')),
	constraint hand_over_goes_elsewhere check (from_unit_id <> to_unit_id)
);
create index hand_over_report_idx on crm.hand_over (report_id, at desc);
comment on table crm.hand_over is 'Hand-overs between units.';
comment on column crm.hand_over.id is 'plain: random id';
comment on column crm.hand_over.report_id is 'plain: the report';
comment on column crm.hand_over.kind is
    'plain: coordination: agency to agency; disposition: to an office below';
comment on column crm.hand_over.from_unit_id is 'plain: who sent it';
comment on column crm.hand_over.to_unit_id is 'plain: who got it';
comment on column crm.hand_over.from_status is 'plain: status before';
comment on column crm.hand_over.category_code is 'plain: category at that time';
comment on column crm.hand_over.kelurahan_code is 'plain: kelurahan at that time';
comment on column crm.hand_over.suggested_unit_id is
    'plain: the first suggestion at that time';
comment on column crm.hand_over.at is 'plain: when it was sent';
comment on column crm.hand_over.ended_at is
    'plain: when it was sent on or back; null while it lies there';
comment on column crm.hand_over.returned is 'plain: it was sent back';
comment on column crm.hand_over.event_id is 'plain: the event that did it';

alter table crm.hand_over enable row level security;
alter table crm.hand_over force row level security;
create policy hand_over_owner on crm.hand_over to crm_owner
    using (true) with check (true);
create policy hand_over_read on crm.hand_over for select to crm_officer
    using (exists (select from crm.inbox i
	where i.report_id = hand_over.report_id));
create policy hand_over_step on crm.hand_over for insert to crm_officer
    with check (from_unit_id = (select crm.viewer_unit())
    and exists (select from crm.inbox i
	where i.report_id = hand_over.report_id));
create policy hand_over_end on crm.hand_over for update to crm_officer
    using (exists (select from crm.inbox i
	where i.report_id = hand_over.report_id));
create policy hand_over_undo on crm.hand_over for delete to crm_officer
    using (from_unit_id = (select crm.viewer_unit())
    and at > (select crm.now()) - interval '1 minute'
    and exists (select from crm.inbox i
	where i.report_id = hand_over.report_id));
grant select, insert (report_id, kind, from_unit_id, to_unit_id, from_status,
    category_code, kelurahan_code, suggested_unit_id, at, event_id),
    update (ended_at, returned), delete
    on crm.hand_over to crm_officer;
