-- Kota, kecamatan and kelurahan with their official codes.
--
-- SPDX-License-Identifier: ISC

create table crm.area (
	code text not null,
	level text not null,
	name text not null,
	parent_code text,
	lat float8 not null,
	lng float8 not null,
	constraint area_pkey primary key (code),
	constraint area_parent_fkey foreign key (parent_code)
	    references crm.area (code),
	constraint area_level_known
	    check (level in ('kota', 'kecamatan', 'kelurahan')),
	constraint area_code_fits_level check (code ~ case level
	    when 'kota' then '^\d\d\.\d\d$'
	    when 'kecamatan' then '^\d\d\.\d\d\.\d\d$'
	    else '^\d\d\.\d\d\.\d\d\.\d{4}$' end),
	constraint area_parent_fits_code check (
	    parent_code is not distinct from case level
	    when 'kota' then null
	    when 'kecamatan' then pg_catalog.left(code, 5)
	    else pg_catalog.left(code, 8) end)
);
comment on table crm.area is 'Kota, kecamatan and kelurahan of Jakarta.';
comment on column crm.area.code is 'plain: code of the Ministry of Home Affairs';
comment on column crm.area.level is 'plain: kota, kecamatan or kelurahan';
comment on column crm.area.name is 'plain: name without its kind';
comment on column crm.area.parent_code is 'plain: the area it is part of';
comment on column crm.area.lat is 'plain: latitude of the centroid';
comment on column crm.area.lng is 'plain: longitude of the centroid';

alter table crm.area enable row level security;
alter table crm.area force row level security;
create policy area_owner on crm.area to crm_owner
    using (true) with check (true);
create policy area_read on crm.area for select
    to crm_officer, crm_channel, crm_public using (true);
grant select on crm.area to crm_officer, crm_channel, crm_public;
