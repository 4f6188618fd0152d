-- Reports that may be about the same thing: found at intake, shown in triage
-- and on both reports. A hint decides nothing.
--
-- SPDX-License-Identifier: ISC

create table crm.duplicate_hint (
	report_id uuid not null,
	other_id uuid not null,
	relation text not null,
	similarity real,
	distance_m real,
	found_at timestamptz not null,
	constraint duplicate_hint_pkey primary key (report_id, other_id),
	constraint duplicate_hint_report_fkey foreign key (report_id)
	    references crm.report_key (id) on delete cascade,
	constraint duplicate_hint_other_fkey foreign key (other_id)
	    references crm.report_key (id) on delete cascade,
	constraint duplicate_hint_relation_known
	    check (relation in ('duplicate', 'recurrence', 'split')),
	constraint duplicate_hint_is_of_two check (report_id <> other_id)
);
create index duplicate_hint_other_idx on crm.duplicate_hint (other_id);
comment on table crm.duplicate_hint is 'Pairs of reports, the later one first.';
comment on column crm.duplicate_hint.report_id is 'plain: the later report';
comment on column crm.duplicate_hint.other_id is 'plain: the earlier report';
comment on column crm.duplicate_hint.relation is
    'plain: duplicate, recurrence of what was completed, or split off';
comment on column crm.duplicate_hint.similarity is
    'narrative: how alike the texts are, 0 to 1';
comment on column crm.duplicate_hint.distance_m is 'place: metres between them';
comment on column crm.duplicate_hint.found_at is 'plain: when';

alter table crm.duplicate_hint enable row level security;
alter table crm.duplicate_hint force row level security;
create policy duplicate_hint_owner on crm.duplicate_hint to crm_owner
    using (true) with check (true);
-- Only between two reports that the viewer may both open.
create policy duplicate_hint_read on crm.duplicate_hint for select
    to crm_officer using (
    exists (select from crm.inbox i
	where i.report_id = duplicate_hint.report_id)
    and exists (select from crm.inbox i
	where i.report_id = duplicate_hint.other_id));
grant select on crm.duplicate_hint to crm_officer;
