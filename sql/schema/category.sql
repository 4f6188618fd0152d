-- What a report can be about.
--
-- SPDX-License-Identifier: ISC

create table crm.category (
	code text not null,
	name text not null,
	family text not null,
	is_active boolean not null default true,
	constraint category_pkey primary key (code),
	constraint category_name_key unique (name),
	constraint category_code_is_plain check (code ~ '^[a-z][a-z0-9_]{1,39}$')
);
comment on table crm.category is 'Categories of reports.';
comment on column crm.category.code is 'plain: short code used on the wire';
comment on column crm.category.name is 'plain: Indonesian name';
comment on column crm.category.family is
    'plain: categories that reporters mix up, for finding duplicates';
comment on column crm.category.is_active is 'plain: may be chosen';

alter table crm.category enable row level security;
alter table crm.category force row level security;
create policy category_owner on crm.category to crm_owner
    using (true) with check (true);
create policy category_read on crm.category for select
    to crm_officer, crm_channel, crm_public using (true);
grant select on crm.category to crm_officer, crm_channel, crm_public;
