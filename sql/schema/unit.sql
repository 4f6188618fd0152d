-- The agency tree.
--
-- SPDX-License-Identifier: ISC

create table crm.unit (
	id uuid not null,
	name text not null,
	kind text not null,
	parent_id uuid,
	area_code text,
	duty text,
	is_active boolean not null default true,
	constraint unit_pkey primary key (id),
	constraint unit_name_key unique (name),
	constraint unit_parent_fkey foreign key (parent_id)
	    references crm.unit (id),
	constraint unit_area_fkey foreign key (area_code)
	    references crm.area (code),
	constraint unit_kind_known check (kind in ('province', 'biro', 'dinas',
	    'badan', 'satpol', 'sudin', 'upt', 'bumd', 'utility', 'kota',
	    'kecamatan', 'kelurahan', 'sandbox')),
	constraint unit_duty_known
	    check (duty in ('triage', 'validation', 'privacy')),
	constraint unit_only_the_province_is_top
	    check ((parent_id is null) = (kind in ('province', 'sandbox')))
);
create unique index unit_kelurahan_key on crm.unit (area_code)
    where kind = 'kelurahan';
create unique index unit_duty_key on crm.unit (duty);
comment on table crm.unit is 'Agencies and offices that hold reports.';
comment on column crm.unit.id is 'plain: random-looking, the same on every machine';
comment on column crm.unit.name is 'plain: full name';
comment on column crm.unit.kind is 'plain: kind of office';
comment on column crm.unit.parent_id is 'plain: the unit above';
comment on column crm.unit.area_code is
    'plain: the area it serves; null for all of Jakarta';
comment on column crm.unit.duty is
    'plain: the one unit that filters, validates or guards privacy';
comment on column crm.unit.is_active is 'plain: false once it is dissolved';

alter table crm.unit enable row level security;
alter table crm.unit force row level security;
create policy unit_owner on crm.unit to crm_owner
    using (true) with check (true);
create policy unit_read on crm.unit for select
    to crm_officer, crm_channel, crm_public using (true);
grant select on crm.unit to crm_officer, crm_channel, crm_public;
