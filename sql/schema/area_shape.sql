-- The shape of each area. Apart from crm.area, so that only the owner's
-- functions need PostGIS.
--
-- SPDX-License-Identifier: ISC

create table crm.area_shape (
	area_code text not null,
	level text not null,
	is_official boolean not null,
	shape ext.geometry(MultiPolygon, 4326) not null,
	outline text not null
	    generated always as (crm.area_outline(shape)) stored,
	constraint area_shape_pkey primary key (area_code),
	constraint area_shape_area_fkey foreign key (area_code)
	    references crm.area (code)
);
create index area_shape_kelurahan_idx on crm.area_shape using gist (shape)
    where level = 'kelurahan';
comment on table crm.area_shape is
    'Shapes of areas: cells around the centroids until official ones are imported.';
comment on column crm.area_shape.area_code is 'plain: the area';
comment on column crm.area_shape.level is 'plain: the area''s level';
comment on column crm.area_shape.is_official is
    'plain: imported, or made from imported shapes';
comment on column crm.area_shape.shape is 'plain: polygons in WGS 84';
comment on column crm.area_shape.outline is
    'plain: its rings for a map, as encoded polylines with spaces between';

alter table crm.area_shape enable row level security;
alter table crm.area_shape force row level security;
create policy area_shape_owner on crm.area_shape to crm_owner
    using (true) with check (true);
