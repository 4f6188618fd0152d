-- The agency that usually looks after a category, where nothing is known yet
-- of what people choose.
--
-- SPDX-License-Identifier: ISC

create table crm.category_unit (
	category_code text not null,
	unit_id uuid,
	constraint category_unit_pkey primary key (category_code),
	constraint category_unit_category_fkey foreign key (category_code)
	    references crm.category (code),
	constraint category_unit_unit_fkey foreign key (unit_id)
	    references crm.unit (id)
);
comment on table crm.category_unit is 'Usual agency of each category.';
comment on column crm.category_unit.category_code is 'plain: category';
comment on column crm.category_unit.unit_id is
    'plain: the agency; null for the kelurahan itself';

alter table crm.category_unit enable row level security;
alter table crm.category_unit force row level security;
create policy category_unit_owner on crm.category_unit to crm_owner
    using (true) with check (true);
create policy category_unit_read on crm.category_unit for select
    to crm_officer using (true);
grant select on crm.category_unit to crm_officer;
