-- For each unit, itself and all units below: what its supervisor sees. Kept by
-- a trigger on crm.unit, so that a request reads one row and no tree.
--
-- SPDX-License-Identifier: ISC

create table crm.unit_below (
	unit_id uuid not null,
	unit_ids uuid[] not null,
	constraint unit_below_pkey primary key (unit_id),
	constraint unit_below_unit_fkey foreign key (unit_id)
	    references crm.unit (id) on delete cascade
);
comment on table crm.unit_below is 'Each unit with all units below it.';
comment on column crm.unit_below.unit_id is 'plain: the unit';
comment on column crm.unit_below.unit_ids is 'plain: itself and all below';

alter table crm.unit_below enable row level security;
alter table crm.unit_below force row level security;
create policy unit_below_owner on crm.unit_below to crm_owner
    using (true) with check (true);

create trigger unit_below_follow
    after insert or delete or update of parent_id on crm.unit
    for each statement execute function crm.unit_below_follow();
