-- Made by sql/compose from the files that sql/load.sql names.

-- schema/schema.sql
-- The four schemas and what holds for everything in them.
--

-- A function is closed until its own file opens it.
alter default privileges for role crm_owner
    revoke execute on functions from public;
alter default privileges for role crm_owner
    revoke usage on types from public;

create schema crm;
comment on schema crm is 'Tables, and functions for the owner and for policies.';
create schema identity;
comment on schema identity is
    'Who reported: sealed to a key that no server process holds.';
create schema audit;
comment on schema audit is 'Who did what, append-only.';
create schema api;
comment on schema api is 'One function per operation; all the server calls.';

grant usage on schema crm to crm_officer, crm_channel;
grant usage on schema identity to crm_channel, crm_vault;
grant usage on schema audit to crm_officer, crm_channel;
grant usage on schema api
    to crm_officer, crm_channel, crm_public, crm_jobs, crm_vault;

-- schema/migration.sql
-- Which migrations this database has had.
--

create table crm.migration (
	number int not null,
	sha256 text not null,
	applied_at timestamptz not null default pg_catalog.clock_timestamp(),
	constraint migration_pkey primary key (number),
	constraint migration_sha256_is_hex check (sha256 ~ '^[0-9a-f]{64}$')
);
comment on table crm.migration is
    'Files of sql/migrations that were applied, one row each.';
comment on column crm.migration.number is 'plain: number in the file name';
comment on column crm.migration.sha256 is 'plain: digest of the file, in hex';
comment on column crm.migration.applied_at is 'plain: when it was applied';

alter table crm.migration enable row level security;
alter table crm.migration force row level security;
create policy migration_owner on crm.migration to crm_owner
    using (true) with check (true);
create policy migration_read on crm.migration for select
    to crm_officer, crm_channel using (true);
grant select on crm.migration to crm_officer, crm_channel;

-- schema/clock.sql
-- The clock of all domain logic: transaction time plus an offset, which is 0
-- except in demonstrations and tests.
--

create table crm.clock (
	id boolean not null default true,
	ahead interval not null default interval '0',
	constraint clock_pkey primary key (id),
	constraint clock_is_one_row check (id)
);
comment on table crm.clock is 'How far the clock of CRM is ahead; one row.';
comment on column crm.clock.id is 'plain: always true';
comment on column crm.clock.ahead is 'plain: added to the transaction time';

alter table crm.clock enable row level security;
alter table crm.clock force row level security;
create policy clock_owner on crm.clock to crm_owner
    using (true) with check (true);
create policy clock_read on crm.clock for select
    to crm_officer, crm_channel using (true);
grant select on crm.clock to crm_officer, crm_channel;

-- crm/now.sql
create function crm.now() returns timestamptz
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	return now() + coalesce((select c.ahead from crm.clock c), interval '0');
end
$$;
comment on function crm.now() is 'The time in all domain logic.';
grant execute on function crm.now() to crm_officer, crm_channel;

-- crm/clock_set.sql
create function crm.clock_set(seconds bigint) returns timestamptz
language sql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
	insert into crm.clock (ahead) values (make_interval(secs => seconds))
	on conflict (id) do update set ahead = excluded.ahead
	returning now() + ahead
$$;
comment on function crm.clock_set(bigint) is
    'Sets how far the clock is ahead; owner only, for demonstrations and tests.';

-- crm/settings_problems.sql
create function crm.settings_problems() returns text[]
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select coalesce(array_agg(problem order by problem), '{}')
	from (
		select wanted.name || ' is not ' || wanted.value as problem
		from (values
		    ('fsync', 'on'),
		    ('full_page_writes', 'on'),
		    ('synchronous_commit', 'on'),
		    ('log_parameter_max_length', '0'),
		    ('log_parameter_max_length_on_error', '0'),
		    ('log_statement', 'none'),
		    ('log_min_error_statement', 'panic'),
		    ('log_min_messages', 'log'),
		    ('log_error_verbosity', 'terse'),
		    ('row_security', 'on'),
		    ('server_encoding', 'UTF8')) wanted (name, value)
		where current_setting(wanted.name) <> wanted.value
		union all
		select r.rolname || ' has too much power'
		from pg_roles r
		where r.rolname in ('crm_owner', 'crm_officer', 'crm_channel',
		    'crm_public', 'crm_jobs', 'crm_vault')
		and (r.rolsuper or r.rolbypassrls or r.rolcreaterole
		    or r.rolreplication)
	) found
$$;
comment on function crm.settings_problems() is
    'What is wrong with the server''s settings for the login that asks; empty is good.';
grant execute on function crm.settings_problems()
    to crm_officer, crm_channel;

-- crm/viewer_account.sql
-- The viewer is set by api.session_enter or api.channel_enter for one
-- transaction; outside of it all of these are null and policies deny.
--

create function crm.viewer_account() returns uuid
language plpgsql stable security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
	return nullif(current_setting('crm.account', true), '')::uuid;
end
$$;
comment on function crm.viewer_account() is 'Account of the viewer, or null.';
grant execute on function crm.viewer_account() to crm_officer, crm_channel;

-- crm/viewer_role.sql
create function crm.viewer_role() returns text
language plpgsql stable security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
	return nullif(current_setting('crm.role', true), '');
end
$$;
comment on function crm.viewer_role() is 'Role of the viewer, or null.';
grant execute on function crm.viewer_role() to crm_officer, crm_channel;

-- crm/viewer_unit.sql
create function crm.viewer_unit() returns uuid
language plpgsql stable security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
	return nullif(current_setting('crm.unit', true), '')::uuid;
end
$$;
comment on function crm.viewer_unit() is 'Unit of the viewer, or null.';
grant execute on function crm.viewer_unit() to crm_officer, crm_channel;

-- crm/viewer_units.sql
create function crm.viewer_units() returns uuid[]
language plpgsql stable security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
	return case when current_setting('crm.role', true)
	    in ('officer', 'supervisor')
	    then nullif(current_setting('crm.units', true), '')::uuid[] end;
end
$$;
comment on function crm.viewer_units() is
    'Units whose reports an officer or supervisor sees; null for others.';
grant execute on function crm.viewer_units() to crm_officer;

-- crm/viewer_channel.sql
create function crm.viewer_channel() returns uuid
language plpgsql stable security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
	return nullif(current_setting('crm.channel', true), '')::uuid;
end
$$;
comment on function crm.viewer_channel() is 'Channel of the viewer, or null.';
grant execute on function crm.viewer_channel() to crm_officer, crm_channel;

-- crm/viewer_readers.sql
create function crm.viewer_readers() returns uuid[]
language plpgsql stable security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
	return case
	    when nullif(current_setting('crm.channel', true), '') is not null
		then array[current_setting('crm.channel')::uuid]
	    when current_setting('crm.role', true) in ('officer', 'supervisor')
		then nullif(current_setting('crm.units', true), '')::uuid[]
	    when current_setting('crm.role', true) in ('triage', 'validator')
		then array['00000000-0000-0000-0000-000000000000'::uuid]
	    end;
end
$$;
comment on function crm.viewer_readers() is
    'Circles of crm.inbox that the viewer belongs to, or null.';
grant execute on function crm.viewer_readers() to crm_officer, crm_channel;

-- schema/area.sql
-- Kota, kecamatan and kelurahan with their official codes.
--

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
    to crm_officer, crm_channel using (true);
grant select on crm.area to crm_officer, crm_channel;

-- crm/area_outline.sql
create function crm.area_outline(shape ext.geometry) returns text
language sql immutable security invoker
set search_path = pg_catalog, pg_temp
as $$
	-- 20 m are 0.00018 degrees at the equator.
	select string_agg(ext.st_asencodedpolyline(
	    ext.st_exteriorring(ring.geom), 5), ' ' order by part.path, ring.path)
	from ext.st_dump(ext.st_simplifypreservetopology(shape, 0.00018)) part
	cross join lateral ext.st_dumprings(part.geom) ring
$$;
comment on function crm.area_outline(ext.geometry) is
    'Rings of a shape for a map, within 20 m, as encoded polylines of five digits with spaces between.';

-- schema/area_shape.sql
-- The shape of each area. Apart from crm.area, so that only the owner's
-- functions need PostGIS.
--

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

-- crm/area_at.sql
create function crm.area_at(lat float8, lng float8) returns text
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
	-- 150 m are less than this many degrees anywhere near the equator.
	reach constant float8 := 0.0015;
	point ext.geometry;
	found_code text;
begin
	if lat is null or lng is null or lat not between -90 and 90
	    or lng not between -180 and 180 then
		return null;
	end if;
	point := ext.st_setsrid(ext.st_makepoint(lng, lat), 4326);
	-- Simplified shapes may overlap: the smaller one, then the code, so that
	-- the same point always goes the same way.
	select s.area_code into found_code
	from crm.area_shape s
	where s.level = 'kelurahan' and s.shape operator(ext.&&) point
	and ext.st_covers(s.shape, point)
	order by ext.st_area(s.shape), s.area_code
	limit 1;
	if found then
		return found_code;
	end if;
	select near.area_code into found_code
	from (
		select s.area_code, ext.st_distance(s.shape::ext.geography,
		    point::ext.geography) as metres
		from crm.area_shape s
		where s.level = 'kelurahan'
		and s.shape operator(ext.&&) ext.st_expand(point, reach)
	) near
	where near.metres <= 150
	order by near.metres, near.area_code
	limit 1;
	return found_code;
end
$$;
comment on function crm.area_at(float8, float8) is
    'Kelurahan of a point: the one that covers it, else the nearest within 150 m, else null. Security definer so that no login needs the extension or the shapes.';
grant execute on function crm.area_at(float8, float8)
    to crm_officer, crm_channel;

-- crm/area_union.sql
create function crm.area_union(above text) returns int
language sql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
	with joined as (
		select a.parent_code, bool_and(s.is_official) as is_official,
		    ext.st_multi(ext.st_collectionextract(
			ext.st_union(s.shape), 3)) as shape
		from crm.area a
		join crm.area_shape s on s.area_code = a.code
		join crm.area p on p.code = a.parent_code
		where p.level = above
		group by a.parent_code
	), stored as (
		insert into crm.area_shape as old
		    (area_code, level, is_official, shape)
		select j.parent_code, above, j.is_official, j.shape from joined j
		on conflict (area_code) do update
		set is_official = excluded.is_official, shape = excluded.shape
		returning 1
	)
	select count(*)::int from stored
$$;
comment on function crm.area_union(text) is
    'Makes the shapes of kecamatan or kota from those of the areas below.';

-- crm/area_import.sql
create function crm.area_import(collection text)
returns table (kelurahan int, kecamatan int, kota int, unchanged int)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	-- Jakarta with its islands lies well inside.
	bounds constant ext.geometry :=
	    ext.st_makeenvelope(106.0, -6.8, 107.4, -4.9, 4326);
	document jsonb := collection::jsonb;
	wrong text;
begin
	if document ->> 'type' is distinct from 'FeatureCollection'
	    or jsonb_typeof(document -> 'features') is distinct from 'array'
	    or jsonb_array_length(document -> 'features') = 0 then
		raise exception 'not a collection of features'
		    using errcode = 'CR422', column = '/', constraint = 'type';
	end if;
	create temporary table area_import on commit drop as
	select f.place - 1 as place, f.feature #>> '{properties,code}' as code,
	    ext.st_multi(ext.st_collectionextract(ext.st_makevalid(
		ext.st_setsrid(ext.st_force2d(ext.st_geomfromgeojson(
		    f.feature -> 'geometry')), 4326)), 3)) as shape
	from jsonb_array_elements(document -> 'features')
	    with ordinality f (feature, place);
	select '/features/' || i.place into wrong
	from pg_temp.area_import i
	left join crm.area a on a.code = i.code and a.level = 'kelurahan'
	where a.code is null
	or 1 < (select count(*) from pg_temp.area_import j where j.code = i.code)
	order by i.place limit 1;
	if found then
		raise exception 'a code is unknown or comes twice'
		    using errcode = 'CR422', constraint = 'code',
		    column = wrong || '/properties/code';
	end if;
	select '/features/' || i.place into wrong
	from pg_temp.area_import i
	where i.shape is null or ext.st_isempty(i.shape)
	or not ext.st_coveredby(i.shape, bounds)
	order by i.place limit 1;
	if found then
		raise exception 'a shape is no area in or near Jakarta'
		    using errcode = 'CR422', constraint = 'geometry',
		    column = wrong || '/geometry';
	end if;
	insert into crm.area_shape as old (area_code, level, is_official, shape)
	select i.code, 'kelurahan', true, i.shape from pg_temp.area_import i
	on conflict (area_code) do update
	set is_official = true, shape = excluded.shape;
	get diagnostics kelurahan = row_count;
	drop table pg_temp.area_import;
	kecamatan := crm.area_union('kecamatan');
	kota := crm.area_union('kota');
	unchanged := (select count(*) from crm.area_shape s
	    where s.level = 'kelurahan' and not s.is_official);
	return next;
end
$$;
comment on function crm.area_import(text) is
    'Replaces shapes of kelurahan by the polygons of a GeoJSON collection whose features carry properties.code; all or nothing.';

-- schema/unit.sql
-- The agency tree.
--

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
	    'kecamatan', 'kelurahan')),
	constraint unit_duty_known
	    check (duty in ('triage', 'validation', 'privacy')),
	constraint unit_only_the_province_is_top
	    check ((parent_id is null) = (kind = 'province'))
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
    to crm_officer, crm_channel using (true);
grant select on crm.unit to crm_officer, crm_channel;

-- crm/unit_below_follow.sql
create function crm.unit_below_follow() returns trigger
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	with recursive below (unit_id, id) as (
		select u.id, u.id from crm.unit u
		union
		select b.unit_id, u.id from below b
		join crm.unit u on u.parent_id = b.id
	), fresh as (
		select b.unit_id, array_agg(b.id order by b.id) as unit_ids
		from below b group by b.unit_id
	)
	insert into crm.unit_below as kept (unit_id, unit_ids)
	select f.unit_id, f.unit_ids from fresh f
	on conflict (unit_id) do update set unit_ids = excluded.unit_ids
	where kept.unit_ids <> excluded.unit_ids;
	return null;
end
$$;
comment on function crm.unit_below_follow() is
    'Trigger on crm.unit: keeps crm.unit_below.';

-- schema/unit_below.sql
-- For each unit, itself and all units below: what its supervisor sees. Kept by
-- a trigger on crm.unit, so that a request reads one row and no tree.
--

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

-- schema/category.sql
-- What a report can be about.
--

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
    to crm_officer, crm_channel using (true);
grant select on crm.category to crm_officer, crm_channel;

-- schema/reason.sql
-- Why a report can be rejected: the reporter is told the name.
--

create table crm.reason (
	code text not null,
	name_id text not null,
	name_en text not null,
	place int not null,
	is_choosable boolean not null default true,
	constraint reason_pkey primary key (code),
	constraint reason_place_key unique (place),
	constraint reason_code_is_plain
	    check (code ~ '^[a-z][a-z0-9_]{1,39}$')
);
comment on table crm.reason is 'Reasons for a rejection.';
comment on column crm.reason.code is 'plain: short code used on the wire';
comment on column crm.reason.name_id is 'plain: what the reporter reads, Indonesian';
comment on column crm.reason.name_en is 'plain: the same in English';
comment on column crm.reason.place is 'plain: order in the list';
comment on column crm.reason.is_choosable is
    'plain: an officer may choose it; false for what the system alone writes';

alter table crm.reason enable row level security;
alter table crm.reason force row level security;
create policy reason_owner on crm.reason to crm_owner
    using (true) with check (true);
create policy reason_read on crm.reason for select
    to crm_officer, crm_channel using (true);
grant select on crm.reason to crm_officer, crm_channel;

-- schema/channel.sql
-- Ways by which reports come in.
--

create table crm.channel (
	id uuid not null,
	name text not null,
	title text not null,
	is_geotagged boolean not null,
	is_active boolean not null default true,
	constraint channel_pkey primary key (id),
	constraint channel_name_key unique (name),
	constraint channel_name_is_plain check (name ~ '^[a-z][a-z0-9_]{1,39}$')
);
comment on table crm.channel is 'Official channels.';
comment on column crm.channel.id is 'plain: random-looking, the same on every machine';
comment on column crm.channel.name is 'plain: short lower-case name';
comment on column crm.channel.title is 'plain: what people call it';
comment on column crm.channel.is_geotagged is 'plain: its reports carry a point';
comment on column crm.channel.is_active is 'plain: may send reports';

alter table crm.channel enable row level security;
alter table crm.channel force row level security;
create policy channel_owner on crm.channel to crm_owner
    using (true) with check (true);
create policy channel_read on crm.channel for select
    to crm_channel using (true);
create policy channel_desk on crm.channel for select to crm_officer
    using ((select crm.viewer_role()) in ('triage', 'admin'));
grant select on crm.channel to crm_officer, crm_channel;

-- schema/channel_key.sql
-- Public keys that channels sign their tokens with; two may be active at once,
-- so that a channel can change keys without a gap.
--

create table crm.channel_key (
	kid text not null,
	channel_id uuid not null,
	slot smallint not null,
	alg text not null,
	public_key text not null,
	issuer text not null,
	audience text not null,
	added_at timestamptz not null,
	retired_at timestamptz,
	constraint channel_key_pkey primary key (kid),
	constraint channel_key_channel_fkey foreign key (channel_id)
	    references crm.channel (id),
	constraint channel_key_slot_known check (slot in (1, 2)),
	constraint channel_key_alg_known check (alg in ('ES256', 'RS256')),
	constraint channel_key_kid_is_plain
	    check (kid ~ '^[A-Za-z0-9._-]{1,64}$'),
	constraint channel_key_is_public
	    check (public_key like '-----BEGIN PUBLIC KEY-----%')
);
-- At most two active keys: an index holds even when two adds race.
create unique index channel_key_active_key
    on crm.channel_key (channel_id, slot) where retired_at is null;
comment on table crm.channel_key is 'Public keys of channels.';
comment on column crm.channel_key.kid is 'plain: key id in the token header';
comment on column crm.channel_key.channel_id is 'plain: whose key';
comment on column crm.channel_key.slot is 'plain: 1 or 2, of the active keys';
comment on column crm.channel_key.alg is 'plain: the only algorithm accepted';
comment on column crm.channel_key.public_key is 'plain: PEM, the public half';
comment on column crm.channel_key.issuer is 'plain: iss a token must carry';
comment on column crm.channel_key.audience is 'plain: aud a token must carry';
comment on column crm.channel_key.added_at is 'plain: when it was registered';
comment on column crm.channel_key.retired_at is
    'plain: from when on it is refused';

alter table crm.channel_key enable row level security;
alter table crm.channel_key force row level security;
create policy channel_key_owner on crm.channel_key to crm_owner
    using (true) with check (true);
create policy channel_key_read on crm.channel_key for select
    to crm_channel using (retired_at is null);
grant select on crm.channel_key to crm_channel;

-- crm/channel_add.sql
create function crm.channel_add(name text, title text, is_geotagged boolean)
returns uuid
language sql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
	insert into crm.channel (id, name, title, is_geotagged)
	values (gen_random_uuid(), name, title, is_geotagged)
	returning id
$$;
comment on function crm.channel_add(text, text, boolean) is 'Adds a channel.';

-- crm/channel_key_add.sql
create function crm.channel_key_add(channel_name text, kid text, alg text,
    public_key text, issuer text, audience text)
returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
	channel uuid;
	free smallint;
begin
	-- The lock makes two adds take turns.
	select c.id into channel from crm.channel c where c.name = channel_name
	for update;
	if not found then
		raise exception 'no such channel'
		    using errcode = 'CR422', column = '/channel',
		    constraint = 'unknown';
	end if;
	select slot into free
	from (values (1::smallint), (2::smallint)) s (slot)
	where not exists (select from crm.channel_key k
	    where k.channel_id = channel and k.slot = s.slot
	    and k.retired_at is null)
	order by slot limit 1;
	if not found then
		raise exception 'the channel has two active keys'
		    using errcode = 'CR409', constraint = 'two_active_keys';
	end if;
	insert into crm.channel_key (kid, channel_id, slot, alg, public_key,
	    issuer, audience, added_at)
	values (kid, channel, free, alg, public_key, issuer, audience,
	    crm.now());
end
$$;
comment on function crm.channel_key_add(text, text, text, text, text, text) is
    'Registers a public key of a channel; at most two are active.';

-- crm/channel_key_retire.sql
create function crm.channel_key_retire(kid text) returns boolean
language sql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
	with retired as (
		update crm.channel_key k set retired_at = crm.now()
		where k.kid = channel_key_retire.kid and k.retired_at is null
		returning 1
	)
	select exists (select from retired)
$$;
comment on function crm.channel_key_retire(text) is
    'Refuses a key from now on; false if there is no such active key.';

-- schema/account.sql
-- Officers who sign in.
--

create table crm.account (
	id uuid not null default pg_catalog.gen_random_uuid(),
	username text not null,
	name text not null,
	role text not null,
	unit_id uuid not null,
	is_active boolean not null default true,
	constraint account_pkey primary key (id),
	constraint account_username_key unique (username),
	constraint account_username_is_plain
	    check (username ~ '^[a-z0-9][a-z0-9._-]{1,63}$'),
	constraint account_unit_fkey foreign key (unit_id)
	    references crm.unit (id),
	constraint account_role_known check (role in ('officer', 'supervisor',
	    'triage', 'validator', 'privacy', 'admin'))
);
comment on table crm.account is 'Officers.';
comment on column crm.account.id is 'officer: random id';
comment on column crm.account.username is 'officer: name to sign in with';
comment on column crm.account.name is 'officer: the person''s name';
comment on column crm.account.role is 'officer: what the account may do';
comment on column crm.account.unit_id is 'officer: where the person works';
comment on column crm.account.is_active is
    'officer: false ends every session at once';

alter table crm.account enable row level security;
alter table crm.account force row level security;
create policy account_owner on crm.account to crm_owner
    using (true) with check (true);
-- Names: of one's own unit; of all for those who check other units' work.
create policy account_read on crm.account for select to crm_officer
    using (unit_id = (select crm.viewer_unit())
    or (select crm.viewer_role()) in ('supervisor', 'validator'));
grant select on crm.account to crm_officer;

-- schema/account_secret.sql
-- What proves an account. Apart from crm.account: no login reads it, only the
-- functions of sign-in.
--

create table crm.account_secret (
	account_id uuid not null,
	password text not null,
	totp bytea,
	totp_last_step bigint,
	constraint account_secret_pkey primary key (account_id),
	constraint account_secret_account_fkey foreign key (account_id)
	    references crm.account (id) on delete cascade
);
comment on table crm.account_secret is 'Passwords and second factors.';
comment on column crm.account_secret.account_id is 'officer: whose';
comment on column crm.account_secret.password is 'secret: scrypt string, peppered';
comment on column crm.account_secret.totp is 'secret: sealed TOTP secret';
comment on column crm.account_secret.totp_last_step is
    'secret: newest step used; a code works once';

alter table crm.account_secret enable row level security;
alter table crm.account_secret force row level security;
create policy account_secret_owner on crm.account_secret to crm_owner
    using (true) with check (true);

-- schema/view.sql
-- Views of the inbox that people keep under a name.
--

create table crm.view (
	id uuid not null default pg_catalog.gen_random_uuid(),
	account_id uuid not null,
	name text not null,
	query text not null,
	constraint view_pkey primary key (id),
	constraint view_account_name_key unique (account_id, name),
	constraint view_account_fkey foreign key (account_id)
	    references crm.account (id) on delete cascade,
	constraint view_name_short
	    check (pg_catalog.length(name) between 1 and 60),
	constraint view_query_short check (pg_catalog.length(query) <= 500),
	constraint view_query_holds_no_words
	    check (query !~ '(^|&)(q|cursor|limit)=')
);
comment on table crm.view is 'Saved views of the inbox.';
comment on column crm.view.id is 'plain: random id';
comment on column crm.view.account_id is 'officer: whose it is';
comment on column crm.view.name is 'officer: how its owner calls it';
comment on column crm.view.query is
    'officer: parameters of the list; never words that were searched for';

alter table crm.view enable row level security;
alter table crm.view force row level security;
create policy view_owner on crm.view to crm_owner
    using (true) with check (true);
create policy view_own on crm.view to crm_officer
    using (account_id = (select crm.viewer_account()))
    with check (account_id = (select crm.viewer_account()));
grant select, insert (account_id, name, query), update (query), delete
    on crm.view to crm_officer;

-- schema/template.sql
-- Texts that officers start from. Places in braces are filled in by the client
-- from the report at hand; nothing else may stand in braces.
--

create table crm.template (
	id uuid not null default pg_catalog.gen_random_uuid(),
	unit_id uuid,
	step text not null,
	title text not null,
	text text not null,
	constraint template_pkey primary key (id),
	constraint template_title_key
	    unique nulls not distinct (unit_id, step, title),
	constraint template_unit_fkey foreign key (unit_id)
	    references crm.unit (id),
	constraint template_step_known check (step in ('reply', 'follow_up',
	    'ask', 'reject', 'schedule')),
	constraint template_title_short
	    check (pg_catalog.length(title) between 1 and 80),
	constraint template_text_short
	    check (pg_catalog.length(text) between 1 and 2000),
	constraint template_places_known check (pg_catalog.regexp_replace(text,
	    '\{(ticket|category|unit|due)\}', '', 'g') !~ '[{}]')
);
comment on table crm.template is 'Texts to start from, per step of work.';
comment on column crm.template.id is 'plain: random id';
comment on column crm.template.unit_id is
    'plain: the unit that keeps it for itself; null for all';
comment on column crm.template.step is 'plain: step of work it is for';
comment on column crm.template.title is 'plain: what it is chosen by';
comment on column crm.template.text is
    'plain: the text, with {ticket} {category} {unit} {due}';

alter table crm.template enable row level security;
alter table crm.template force row level security;
create policy template_owner on crm.template to crm_owner
    using (true) with check (true);
create policy template_read on crm.template for select to crm_officer
    using (unit_id is null or unit_id = (select crm.viewer_unit()));
create policy template_add on crm.template for insert to crm_officer
    with check (case (select crm.viewer_role())
	when 'admin' then unit_id is null
	when 'supervisor' then unit_id = (select crm.viewer_unit())
	else false end);
create policy template_change on crm.template for update to crm_officer
    using (case (select crm.viewer_role())
	when 'admin' then unit_id is null
	when 'supervisor' then unit_id = (select crm.viewer_unit())
	else false end);
create policy template_delete on crm.template for delete to crm_officer
    using (case (select crm.viewer_role())
	when 'admin' then unit_id is null
	when 'supervisor' then unit_id = (select crm.viewer_unit())
	else false end);
grant select, insert (unit_id, step, title, text), update (text), delete
    on crm.template to crm_officer;

-- schema/session.sql
-- Signed-in browsers.
--

create table crm.session (
	token_hash bytea not null,
	account_id uuid not null,
	source_hash bytea not null,
	opened_at timestamptz not null,
	last_seen_at timestamptz not null,
	idle_seconds int not null,
	expires_at timestamptz not null,
	constraint session_pkey primary key (token_hash),
	constraint session_account_fkey foreign key (account_id)
	    references crm.account (id) on delete cascade,
	constraint session_token_hash_is_whole
	    check (pg_catalog.octet_length(token_hash) between 16 and 64),
	constraint session_idle_is_short check (idle_seconds between 60 and 3600)
);
create index session_account_idx on crm.session (account_id);
create index session_expires_idx on crm.session (expires_at);
comment on table crm.session is 'Live sessions; a row gone is a session ended.';
comment on column crm.session.token_hash is 'secret: digest, never the token';
comment on column crm.session.account_id is 'officer: who signed in';
comment on column crm.session.source_hash is
    'officer: keyed digest of the network it came from';
comment on column crm.session.opened_at is 'officer: when it began';
comment on column crm.session.last_seen_at is 'officer: last use, to the minute';
comment on column crm.session.idle_seconds is 'plain: how long it may be unused';
comment on column crm.session.expires_at is 'plain: when it ends in any case';

alter table crm.session enable row level security;
alter table crm.session force row level security;
create policy session_owner on crm.session to crm_owner
    using (true) with check (true);

-- schema/signin_throttle.sql
-- How often sign-in was tried lately: per source, per account name from one
-- source, and per account name from all. A bucket fills by one per try and
-- drains with time; nobody is locked out for good by someone else's tries.
--

create table crm.signin_throttle (
	bucket bytea not null,
	fill float8 not null,
	tried_at timestamptz not null,
	constraint signin_throttle_pkey primary key (bucket)
);
create index signin_throttle_tried_idx on crm.signin_throttle (tried_at);
comment on table crm.signin_throttle is 'Recent tries to sign in.';
comment on column crm.signin_throttle.bucket is
    'officer: digest of the account name, of the source or of both';
comment on column crm.signin_throttle.fill is 'plain: tries not yet drained';
comment on column crm.signin_throttle.tried_at is 'plain: last try';

alter table crm.signin_throttle enable row level security;
alter table crm.signin_throttle force row level security;
create policy signin_throttle_owner on crm.signin_throttle to crm_owner
    using (true) with check (true);

-- crm/account_add.sql
create function crm.account_add(username text, name text, role text,
    unit_name text, password text, totp bytea default null)
returns uuid
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
	account uuid;
	unit uuid;
begin
	select u.id into unit from crm.unit u where u.name = unit_name;
	if not found then
		raise exception 'no such unit'
		    using errcode = 'CR422', column = '/unit',
		    constraint = 'unknown';
	end if;
	insert into crm.account as a (username, name, role, unit_id)
	values (username, name, role, unit)
	returning a.id into account;
	insert into crm.account_secret (account_id, password, totp)
	values (account, password, totp);
	return account;
end
$$;
comment on function crm.account_add(text, text, text, text, text, bytea) is
    'Adds an officer with a hashed password and, if given, a sealed TOTP secret.';

-- crm/account_close.sql
create function crm.account_close(username text) returns boolean
language sql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
	with closed as (
		update crm.account a set is_active = false
		where a.username = account_close.username
		returning a.id
	), ended as (
		delete from crm.session s using closed c
		where s.account_id = c.id
	)
	select exists (select from closed)
$$;
comment on function crm.account_close(text) is
    'Disables an account and ends its sessions; false if there is none.';

-- crm/throttle_key.sql
create function crm.throttle_key(kind text, value bytea) returns bytea
language sql immutable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select sha256(convert_to(kind || ':', 'UTF8') || value)
$$;
comment on function crm.throttle_key(text, bytea) is
    'Bucket of crm.signin_throttle for an account name or a source.';

-- crm/throttle_key_pair.sql
create function crm.throttle_key_pair(username text, source_hash bytea)
returns bytea
language sql immutable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select crm.throttle_key('pair', sha256(convert_to(username, 'UTF8'))
	    || source_hash)
$$;
comment on function crm.throttle_key_pair(text, bytea) is
    'Bucket of crm.signin_throttle for an account name tried from one source.';

-- crm/throttle_try.sql
create function crm.throttle_try(which bytea, burst int, drain_seconds int)
returns int
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	at constant timestamptz := crm.now();
	level float8;
	last_try timestamptz;
	wait float8;
begin
	insert into crm.signin_throttle (bucket, fill, tried_at)
	values (which, 0, at) on conflict (bucket) do nothing;
	select greatest(0, t.fill
	    - extract(epoch from at - t.tried_at) / drain_seconds), t.tried_at
	into level, last_try
	from crm.signin_throttle t where t.bucket = which for update;
	-- Past the burst each try doubles the wait, up to a quarter of an hour.
	if level >= burst then
		wait := least(900, power(2, least(10, level - burst + 1)))
		    - extract(epoch from at - last_try);
		if wait > 0 then
			return ceil(wait);
		end if;
	end if;
	update crm.signin_throttle t set fill = level + 1, tried_at = at
	where t.bucket = which;
	return 0;
end
$$;
comment on function crm.throttle_try(bytea, int, int) is
    'Counts a try to sign in; seconds to wait instead when there were too many.';

-- crm/entry_refuse.sql
create function audit.entry_refuse() returns trigger
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	raise exception 'the audit log is append-only'
	    using errcode = 'insufficient_privilege';
end
$$;
comment on function audit.entry_refuse() is
    'Trigger on audit.entry: refuses, the owner too.';

-- schema/audit_entry.sql
-- Who did or opened what. Logins may only insert; nobody changes or deletes a
-- row, the owner included. Old months go as whole partitions.
--

create table audit.entry (
	id uuid not null default pg_catalog.gen_random_uuid(),
	at timestamptz not null default pg_catalog.clock_timestamp(),
	request_id text,
	account_id uuid,
	unit_id uuid,
	channel_id uuid,
	role text,
	action text not null,
	report_id uuid,
	object_id uuid,
	constraint entry_pkey primary key (id, at),
	constraint entry_request_short
	    check (pg_catalog.length(request_id) <= 64)
) partition by range (at);
create index entry_at_idx on audit.entry (at);
create index entry_report_idx on audit.entry (report_id, at);
comment on table audit.entry is 'Audit log; never says who reported.';
comment on column audit.entry.id is 'plain: random id';
comment on column audit.entry.at is 'plain: by the machine''s clock';
comment on column audit.entry.request_id is 'plain: request it was part of';
comment on column audit.entry.account_id is 'officer: who';
comment on column audit.entry.unit_id is 'officer: that person''s unit then';
comment on column audit.entry.channel_id is 'plain: channel that did it';
comment on column audit.entry.role is 'officer: that person''s role then';
comment on column audit.entry.action is 'plain: what was done';
comment on column audit.entry.report_id is 'plain: to which report';
comment on column audit.entry.object_id is 'plain: event or photo';

alter table audit.entry enable row level security;
alter table audit.entry force row level security;
create policy entry_owner_read on audit.entry for select
    to crm_owner using (true);
create policy entry_owner_add on audit.entry for insert
    to crm_owner with check (true);
create policy entry_add on audit.entry for insert
    to crm_officer, crm_channel
    with check (account_id is not distinct from (select crm.viewer_account())
    and channel_id is not distinct from (select crm.viewer_channel()));
grant insert (request_id, account_id, unit_id, channel_id, role, action,
    report_id, object_id)
    on audit.entry to crm_officer, crm_channel;

create trigger entry_stays before update or delete on audit.entry
    for each row execute function audit.entry_refuse();
create trigger entry_stays_whole before truncate on audit.entry
    for each statement execute function audit.entry_refuse();

-- crm/audit_add.sql
create function crm.audit_add(what text, about uuid, object uuid default null)
returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	insert into audit.entry (request_id, account_id, unit_id, channel_id,
	    role, action, report_id, object_id)
	values (nullif(current_setting('crm.request', true), ''),
	    nullif(current_setting('crm.account', true), '')::uuid,
	    nullif(current_setting('crm.unit', true), '')::uuid,
	    nullif(current_setting('crm.channel', true), '')::uuid,
	    nullif(current_setting('crm.role', true), ''),
	    what, about, object);
end
$$;
comment on function crm.audit_add(text, uuid, uuid) is
    'Writes what the viewer does into the audit log, in its transaction.';
grant execute on function crm.audit_add(text, uuid, uuid)
    to crm_officer, crm_channel;

-- schema/holiday.sql
-- Days on which no deadline runs: national holidays and collective leave, as
-- the joint ministerial decree of each year names them.
--

create table crm.holiday (
	id uuid not null default pg_catalog.gen_random_uuid(),
	day date not null,
	name text not null,
	kind text not null,
	constraint holiday_pkey primary key (id),
	constraint holiday_day_key unique (day),
	constraint holiday_day_is_real
	    check (day between '2000-01-01' and '2199-12-31'),
	constraint holiday_name_short
	    check (pg_catalog.length(name) between 1 and 100),
	constraint holiday_kind_known check (kind in ('public', 'collective'))
);
comment on table crm.holiday is 'Days off, from midnight to midnight in Jakarta.';
comment on column crm.holiday.id is 'plain: id';
comment on column crm.holiday.day is 'plain: the day in Jakarta';
comment on column crm.holiday.name is 'plain: name, in Indonesian';
comment on column crm.holiday.kind is
    'plain: public: holiday by decree; collective: leave around one';

alter table crm.holiday enable row level security;
alter table crm.holiday force row level security;
create policy holiday_owner on crm.holiday to crm_owner
    using (true) with check (true);
create policy holiday_read on crm.holiday for select
    to crm_officer, crm_channel using (true);
create policy holiday_add on crm.holiday for insert to crm_officer
    with check ((select crm.viewer_role()) = 'admin');
create policy holiday_delete on crm.holiday for delete to crm_officer
    using ((select crm.viewer_role()) = 'admin');
grant select on crm.holiday to crm_officer, crm_channel;
grant insert (id, day, name, kind), delete on crm.holiday to crm_officer;

-- crm/clock_off.sql
create function crm.clock_off(since timestamptz, until timestamptz)
returns table (start timestamptz, finish timestamptz)
language plpgsql stable security invoker
rows 4
set search_path = pg_catalog, pg_temp
as $$
begin
	return query
	select h.day::timestamp at time zone 'Asia/Jakarta',
	    (h.day + 1)::timestamp at time zone 'Asia/Jakarta'
	from crm.holiday h
	where h.day between (since at time zone 'Asia/Jakarta')::date
	and (until at time zone 'Asia/Jakarta')::date
	order by h.day;
end
$$;
comment on function crm.clock_off(timestamptz, timestamptz) is
    'The days off that a time between the two may lie in, in order.';
grant execute on function crm.clock_off(timestamptz, timestamptz)
    to crm_officer, crm_channel;

-- crm/clock_between.sql
create function crm.clock_between(a timestamptz, b timestamptz)
returns bigint
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	since constant timestamptz := least(a, b);
	until constant timestamptz := greatest(a, b);
	counted interval;
begin
	if a is null or b is null then
		return null;
	end if;
	select until - since - coalesce(sum(
	    least(o.finish, until) - greatest(o.start, since)), interval '0')
	into counted from crm.clock_off(since, until) o;
	return trunc(extract(epoch from counted))
	    * case when a <= b then 1 else -1 end;
end
$$;
comment on function crm.clock_between(timestamptz, timestamptz) is
    'Whole counted seconds from a to b, negative when b comes first. Days off do not count, weekends do.';
grant execute on function crm.clock_between(timestamptz, timestamptz)
    to crm_officer, crm_channel;

-- crm/clock_add.sql
-- The inverse of crm.clock_between: clock_between(a, clock_add(a, n)) = n.
--

create function crm.clock_add(since timestamptz, seconds bigint)
returns timestamptz
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	zone constant text := 'Asia/Jakarta';
	own_day constant date := (since at time zone zone)::date;
	result timestamptz := since + seconds * interval '1 second';
	off record;
begin
	-- A span that ends at a midnight ends before the day off, not after it.
	if seconds > 0 then
		for off in
			select h.day::timestamp at time zone zone as start,
			    (h.day + 1)::timestamp at time zone zone as finish
			from crm.holiday h where h.day >= own_day
			order by h.day
		loop
			exit when off.start >= result;
			result := result + (off.finish
			    - greatest(off.start, since));
		end loop;
	elsif seconds < 0 then
		for off in
			select h.day::timestamp at time zone zone as start,
			    (h.day + 1)::timestamp at time zone zone as finish
			from crm.holiday h where h.day <= own_day
			order by h.day desc
		loop
			exit when off.finish <= result;
			result := result - (least(off.finish, since)
			    - off.start);
		end loop;
	end if;
	return result;
end
$$;
comment on function crm.clock_add(timestamptz, bigint) is
    'The time so many counted seconds later, or earlier when negative; the nearest one. Days off do not count, weekends do.';
grant execute on function crm.clock_add(timestamptz, bigint)
    to crm_officer, crm_channel;

-- schema/target.sql
-- How long a report may stay in a status.
--

create table crm.target (
	status text not null,
	unit_kind text not null,
	category_code text not null default 'any',
	seconds int not null,
	remind_seconds int not null,
	constraint target_pkey primary key (status, unit_kind, category_code),
	constraint target_is_positive check (seconds > 0),
	constraint target_reminds_in_time
	    check (remind_seconds between 1 and seconds)
);
comment on table crm.target is 'Time allowed per status; a status without a row has no clock.';
comment on column crm.target.status is 'plain: status of the report';
comment on column crm.target.unit_kind is
    'plain: kind of the unit that holds it, or any';
comment on column crm.target.category_code is
    'plain: category of the report, or any';
comment on column crm.target.seconds is 'plain: time allowed, counted';
comment on column crm.target.remind_seconds is
    'plain: counted time before the deadline when the unit is reminded';

alter table crm.target enable row level security;
alter table crm.target force row level security;
create policy target_owner on crm.target to crm_owner
    using (true) with check (true);
create policy target_read on crm.target for select
    to crm_officer, crm_channel using (true);
grant select on crm.target to crm_officer, crm_channel;

-- crm/target_find.sql
create function crm.target_find(in_status text, holder uuid, category text)
returns crm.target
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	found_row crm.target;
begin
	select t.* into found_row from crm.target t
	where t.status = in_status
	and t.category_code in ('any', category)
	and t.unit_kind in ('any',
	    (select u.kind from crm.unit u where u.id = holder))
	order by t.category_code = 'any', t.unit_kind = 'any'
	limit 1;
	return found_row;
end
$$;
comment on function crm.target_find(text, uuid, text) is
    'The target of a status at a unit: that of the category comes before that of the kind of unit; null without one.';
grant execute on function crm.target_find(text, uuid, text)
    to crm_officer, crm_channel;

-- crm/due_at.sql
create function crm.due_at(in_status text, holder uuid, category text,
    since timestamptz)
returns timestamptz
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	return crm.clock_add(since,
	    (crm.target_find(in_status, holder, category)).seconds);
end
$$;
comment on function crm.due_at(text, uuid, text, timestamptz) is
    'Deadline of a status that begins then at that unit; null without a clock.';
grant execute on function crm.due_at(text, uuid, text, timestamptz)
    to crm_officer, crm_channel;

-- crm/remind_at.sql
create function crm.remind_at(in_status text, holder uuid, category text,
    due timestamptz)
returns timestamptz
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	-- A date that was approved has no target: a day before is soon enough.
	return crm.clock_add(due, -coalesce((crm.target_find(in_status, holder,
	    category)).remind_seconds, 86400));
end
$$;
comment on function crm.remind_at(text, uuid, text, timestamptz) is
    'When the unit is reminded of that deadline.';

-- crm/status_list.sql
create function crm.status_list() returns text[]
language sql immutable security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
	select array['incoming', 'waiting', 'coordination', 'disposition',
	    'in_progress', 'scheduled', 'awaiting_validation',
	    'followup_rejected', 'completed', 'rejected', 'merged']
$$;
comment on function crm.status_list() is
    'Every status, as in the labels of the API.';
grant execute on function crm.status_list() to crm_officer, crm_channel;

-- schema/setting.sql
-- Numbers that the city sets.
--

create table crm.setting (
	name text not null,
	value numeric not null,
	constraint setting_pkey primary key (name),
	constraint setting_second_share_range
	    check (name <> 'second_share' or value between 0 and 1)
);
comment on table crm.setting is 'Numbers that the city sets.';
comment on column crm.setting.name is
    'plain: second_share: part of the accepted work that is validated again';
comment on column crm.setting.value is 'plain: the number';

alter table crm.setting enable row level security;
alter table crm.setting force row level security;
create policy setting_owner on crm.setting to crm_owner
    using (true) with check (true);
create policy setting_read on crm.setting for select to crm_officer
    using (true);
grant select on crm.setting to crm_officer;

-- crm/second_draw.sql
create function crm.second_draw(event uuid) returns boolean
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select coalesce((select (get_byte(d.digest, 0) * 65536
	    + get_byte(d.digest, 1) * 256 + get_byte(d.digest, 2))
	    < s.value * 16777216
	from crm.setting s,
	    sha256(convert_to(event::text, 'UTF8')) d (digest)
	where s.name = 'second_share'), false)
$$;
comment on function crm.second_draw(uuid) is
    'Whether the work that this event accepts is validated a second time: by a digest of the event''s id, which is drawn after the validator has decided.';
grant execute on function crm.second_draw(uuid) to crm_officer;

-- schema/event_type.sql
-- The types of events: who may cause one beside officers, and whether the
-- channel hears of it. What officers do among themselves is not told.
--

create table crm.event_type (
	type text not null,
	is_told boolean not null,
	by_channel boolean not null,
	by_system boolean not null,
	constraint event_type_pkey primary key (type),
	constraint event_type_has_one_doer check (not (by_channel and by_system))
);
comment on table crm.event_type is 'Types of events.';
comment on column crm.event_type.type is 'plain: type';
comment on column crm.event_type.is_told is
    'plain: in the timeline that a channel reads';
comment on column crm.event_type.by_channel is 'plain: a channel does it';
comment on column crm.event_type.by_system is 'plain: nobody does it';

alter table crm.event_type enable row level security;
alter table crm.event_type force row level security;
create policy event_type_owner on crm.event_type to crm_owner
    using (true) with check (true);
create policy event_type_read on crm.event_type for select
    to crm_officer, crm_channel using (true);
grant select on crm.event_type to crm_officer, crm_channel;

-- schema/event_rule.sql
-- The life of a report as data: one row per type of event, role and status.
-- What has no row cannot happen.
--

create table crm.event_rule (
	type text not null,
	role text not null,
	from_status text not null,
	to_status text not null,
	who text not null,
	must text[] not null,
	may text[] not null,
	photo_min int not null,
	photo_max int not null,
	clock text not null,
	hears text[] not null,
	can_undo boolean not null,
	constraint event_rule_pkey primary key (type, role, from_status),
	constraint event_rule_type_fkey foreign key (type)
	    references crm.event_type (type),
	constraint event_rule_who_known check (who in ('holder', 'agency',
	    'chain', 'checker', 'second', 'above', 'any', 'own', 'doer')),
	constraint event_rule_member_known check (must || may <@ array['text',
	    'note', 'reason', 'captured_at', 'location', 'unit', 'category',
	    'into', 'officer', 'until', 'stars', 'description']),
	constraint event_rule_must_is_not_may check (not must && may),
	constraint event_rule_photo_range
	    check (0 <= photo_min and photo_min <= photo_max and photo_max <= 5),
	constraint event_rule_clock_known check (clock in ('keep', 'start',
	    'pause', 'resume', 'until', 'stop', 'kept', 'before')),
	constraint event_rule_hears_known check (hears <@ array['reporter',
	    'holder', 'sender', 'officer', 'supervisor', 'validator', 'triage'])
);
comment on table crm.event_rule is 'Which step is open to whom, from which status, with what.';
comment on column crm.event_rule.type is 'plain: type of event';
comment on column crm.event_rule.role is 'plain: role of the account, or channel';
comment on column crm.event_rule.from_status is 'plain: status before';
comment on column crm.event_rule.to_status is
    'plain: status after; before: the one that is restored';
comment on column crm.event_rule.who is
    'plain: holder: the unit that holds the report; agency: the same, when it is a dinas, badan or satpol; chain, any, own: all of the role that see it; checker: neither the doer nor of the doer''s unit; second: a checker of another unit than the first, while a second check is open; above: over the unit that holds it, never who asked; doer: who took the last step';
comment on column crm.event_rule.must is 'plain: members of the body it needs';
comment on column crm.event_rule.may is 'plain: members it may have besides';
comment on column crm.event_rule.photo_min is 'plain: fewest photos';
comment on column crm.event_rule.photo_max is 'plain: most photos';
comment on column crm.event_rule.clock is
    'plain: keep: the deadline stays; start: that of the status after, from now; pause and resume: while the reporter is asked; until: the approved date; stop: none; kept: what was left when the work was handed in; before: what is restored';
comment on column crm.event_rule.hears is 'plain: who gets a notice';
comment on column crm.event_rule.can_undo is
    'plain: its doer may take it back for some seconds';

alter table crm.event_rule enable row level security;
alter table crm.event_rule force row level security;
create policy event_rule_owner on crm.event_rule to crm_owner
    using (true) with check (true);
create policy event_rule_read on crm.event_rule for select
    to crm_officer, crm_channel using (true);
grant select on crm.event_rule to crm_officer, crm_channel;

-- schema/ticket_day.sql
-- Where the numbers of a day begin. Ticket numbers come from one sequence that
-- never waits; the first report of a day notes where the day began.
--

create sequence crm.ticket_number;
comment on sequence crm.ticket_number is 'Drawn once per report, gaps are fine.';

create table crm.ticket_day (
	day date not null,
	base bigint not null,
	constraint ticket_day_pkey primary key (day)
);
comment on table crm.ticket_day is 'Number before the first of each day.';
comment on column crm.ticket_day.day is 'plain: day in Jakarta';
comment on column crm.ticket_day.base is 'plain: taken off the sequence''s number';

alter table crm.ticket_day enable row level security;
alter table crm.ticket_day force row level security;
create policy ticket_day_owner on crm.ticket_day to crm_owner
    using (true) with check (true);
create policy ticket_day_read on crm.ticket_day for select
    to crm_officer, crm_channel using (true);
create policy ticket_day_add on crm.ticket_day for insert
    to crm_channel with check (true);
create policy ticket_day_desk on crm.ticket_day for insert
    to crm_officer with check ((select crm.viewer_role()) = 'triage');
grant select, insert (day, base) on crm.ticket_day to crm_officer, crm_channel;
grant usage on sequence crm.ticket_number to crm_officer, crm_channel;

-- crm/ticket_next.sql
create function crm.ticket_next(received timestamptz) returns text
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	today constant date := (received at time zone 'Asia/Jakarta')::date;
	start_number bigint;
	number bigint;
begin
	select d.base into start_number from crm.ticket_day d
	where d.day = today;
	if not found then
		-- Once a day; a rival waits here for whoever came first. Every
		-- number is drawn after the day's base, so it is greater.
		insert into crm.ticket_day (day, base)
		values (today, nextval('crm.ticket_number'))
		on conflict (day) do nothing;
		select d.base into strict start_number from crm.ticket_day d
		where d.day = today;
	end if;
	number := nextval('crm.ticket_number') - start_number;
	return 'JK' || to_char(today, 'YYMMDD')
	    || lpad(number::text, greatest(4, length(number::text)), '0');
end
$$;
comment on function crm.ticket_next(timestamptz) is
    'The next ticket number of the day in Jakarta; numbers may have gaps.';
grant execute on function crm.ticket_next(timestamptz)
    to crm_officer, crm_channel;

-- crm/text_plain.sql
create function crm.text_plain(typed text) returns text
language plpgsql immutable strict security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
	plain text := typed;
	entity text;
	code bigint;
begin
	-- "&amp;" first, and twice: much is escaped twice.
	if position('&' in plain) > 0 then
		plain := replace(replace(plain, '&amp;', '&'), '&amp;', '&');
		plain := replace(replace(replace(replace(plain,
		    '&nbsp;', ' '), '&quot;', '"'), '&lt;', '<'), '&gt;', '>');
		for entity in
			select distinct m[1] from regexp_matches(plain,
			    '&#(x[0-9a-f]{1,5}|[0-9]{1,6});', 'gi') m
		loop
			code := case when lower(left(entity, 1)) = 'x'
			    then ('x' || lpad(substr(entity, 2), 8, '0'))::bit(32)::bigint
			    else entity::bigint end;
			if code between 32 and 55295
			    or code between 57344 and 1114111 then
				plain := replace(plain, '&#' || entity || ';',
				    chr(code::int));
			end if;
		end loop;
	end if;
	plain := lower(normalize(plain, nfkc));
	-- What is written inside a word and not read: apostrophes, marks on top
	-- of letters, signs without width.
	plain := regexp_replace(plain,
	    '[''`\u2018\u2019\u00ad\u0300-\u036f\u200b-\u200f\u2060\ufe0f\ufeff]',
	    '', 'g');
	plain := regexp_replace(plain, '([[:alpha:]])\1{2,}', '\1', 'g');
	return btrim(regexp_replace(plain, '[^[:alnum:]]+', ' ', 'g'));
end
$$;
comment on function crm.text_plain(text) is
    'The words of a text: HTML entities undone, fancy capitals and signs made plain, lower case, tooooo long letters short, one space between words.';
grant execute on function crm.text_plain(text) to crm_officer, crm_channel;

-- crm/text_bare.sql
create function crm.text_bare(plain text) returns text
language plpgsql immutable strict security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
	return regexp_replace(translate(btrim(regexp_replace(plain,
	    '(^| )[0-9]+(?= |$)', '', 'g')), '013457', 'oieast'),
	    '([[:alpha:]])\1+', '\1', 'g');
end
$$;
comment on function crm.text_bare(text) is
    'Plain words as words of the filter are compared: no numbers, digits inside words read as the letters they stand for, no doubled letters.';
grant execute on function crm.text_bare(text) to crm_officer, crm_channel;

-- crm/text_happening.sql
create function crm.text_happening(plain text) returns text
language plpgsql immutable strict security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
	return regexp_replace(plain,
	    '\m(rawan|potensi|berpotensi|mencegah|pencegahan|jangan sampai'
	    '|antisipasi|(takut|takutnya|khawatir|kuatir|kawatir|bisa|dapat'
	    '|tidak|sebelum|pernah|akan|kalau|kalo|jika|bila) (ada|terjadi'
	    '|menyebabkan|mengakibatkan|menimbulkan|sampai|menimpa))'
	    '( [[:alnum:]]+){1,4}', '-', 'g');
end
$$;
comment on function crm.text_happening(text) is
    'Plain words without what is only feared or was: "takut ada ...", "rawan ...", and four words on.';
grant execute on function crm.text_happening(text) to crm_officer, crm_channel;

-- schema/filter_word.sql
-- Words for which a report is looked at by a person before any unit sees it.
-- None of them deletes or refuses anything.
--

create table crm.filter_word (
	id uuid not null,
	kind text not null,
	word text not null,
	bare text not null,
	constraint filter_word_pkey primary key (id),
	constraint filter_word_bare_key unique (bare),
	constraint filter_word_kind_known check (kind in ('abuse', 'emergency')),
	constraint filter_word_is_short
	    check (pg_catalog.length(word) between 2 and 60),
	constraint filter_word_is_bare check (bare ~ '^[[:alnum:] ]{2,60}$')
);
comment on table crm.filter_word is
    'Words and phrases that hold a report for triage.';
comment on column crm.filter_word.id is 'plain: random id';
comment on column crm.filter_word.kind is 'plain: abuse or emergency';
comment on column crm.filter_word.word is 'plain: as people read it';
comment on column crm.filter_word.bare is
    'plain: as it is compared, see crm.text_bare';

alter table crm.filter_word enable row level security;
alter table crm.filter_word force row level security;
create policy filter_word_owner on crm.filter_word to crm_owner
    using (true) with check (true);
create policy filter_word_intake on crm.filter_word for select
    to crm_channel using (true);
create policy filter_word_read on crm.filter_word for select to crm_officer
    using ((select crm.viewer_role()) in ('triage', 'admin'));
create policy filter_word_add on crm.filter_word for insert to crm_officer
    with check ((select crm.viewer_role()) = 'admin');
create policy filter_word_remove on crm.filter_word for delete to crm_officer
    using ((select crm.viewer_role()) = 'admin');
grant select on crm.filter_word to crm_channel;
grant select, insert (id, kind, word, bare), delete
    on crm.filter_word to crm_officer;

-- schema/slang.sql
-- How people write what a dictionary writes otherwise. For comparing texts
-- only; what a reporter wrote is kept and shown as it is.
--

create table crm.slang (
	word text not null,
	plain text not null,
	constraint slang_pkey primary key (word),
	constraint slang_is_plain check (word ~ '^[[:alnum:]]+$'
	    and plain ~ '^([[:alnum:]]+( [[:alnum:]]+)*)?$')
);
comment on table crm.slang is
    'Slang and short forms, and words that tell nothing.';
comment on column crm.slang.word is 'plain: as people write it';
comment on column crm.slang.plain is
    'plain: as it is compared; empty for words that tell nothing';

alter table crm.slang enable row level security;
alter table crm.slang force row level security;
create policy slang_owner on crm.slang to crm_owner
    using (true) with check (true);
create policy slang_read on crm.slang for select
    to crm_officer, crm_channel using (true);
grant select on crm.slang to crm_officer, crm_channel;

-- crm/match_text.sql
create function crm.match_text(description text) returns text
language plpgsql stable strict security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
	-- What the app offers its users to begin or to end with.
	words constant text[] := regexp_split_to_array(regexp_replace(
	    crm.text_plain(description),
	    '\m(ada pelanggaran( berupa)?|(mohon |tolong )?(untuk )?(dapat )?'
	    'segera (di ?)?tindak ?lanjuti( masalah( ini)?)?'
	    '|(butuh|perlu|mohon) (untuk )?(segera )?(di ?)?tindak ?lanjut(i|nya)?'
	    '( karena)?|terima ?kasih( banyak)?)\M', ' ', 'g'), ' +');
begin
	return (
		select coalesce(string_agg(coalesce(s.plain, w.word), ' '
		    order by w.place), '')
		from unnest(words) with ordinality w (word, place)
		left join crm.slang s on s.word = w.word
		where w.word <> '' and coalesce(s.plain, w.word) <> '');
end
$$;
comment on function crm.match_text(text) is
    'A description as reports are compared: plain words without the app''s stock phrases, slang made plain, words that tell nothing left out.';
grant execute on function crm.match_text(text) to crm_officer, crm_channel;

-- crm/word_count.sql
create function crm.word_count(match text) returns int
language plpgsql immutable strict security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
	return coalesce(cardinality(
	    string_to_array(nullif(match, ''), ' ')), 0);
end
$$;
comment on function crm.word_count(text) is
    'Words in a text of crm.match_text.';
grant execute on function crm.word_count(text) to crm_officer, crm_channel;

-- crm/quoted.sql
create function crm.quoted(description text) returns text[]
language plpgsql immutable strict security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
	return array(
		select distinct m[1] from regexp_matches(
		    upper(normalize(description, nfkc)),
		    '\m(JK[0-9]{10,12})\M', 'g') m
		limit 10);
end
$$;
comment on function crm.quoted(text) is
    'Up to ten ticket numbers that stand in a text.';
grant execute on function crm.quoted(text) to crm_officer, crm_channel;

-- crm/cell.sql
create function crm.cell(lat float8, lng float8) returns bigint
language plpgsql immutable strict security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
	return floor(lat * 1000)::bigint * 1000000
	    + floor(lng * 1000)::bigint;
end
$$;
comment on function crm.cell(float8, float8) is
    'Number of the square of a thousandth of a degree (111 m) a point lies in; null without a point.';
grant execute on function crm.cell(float8, float8)
    to crm_officer, crm_channel;

-- crm/cells_around.sql
create function crm.cells_around(lat float8, lng float8) returns bigint[]
language sql immutable strict security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
	-- 50 m are less than this many degrees anywhere near the equator, and
	-- less than half a square: one to four squares.
	select array_agg(distinct crm.cell(lat + y.d, lng + x.d))
	from (values (-0.00047), (0.00047)) y (d)
	cross join (values (-0.00047), (0.00047)) x (d)
$$;
comment on function crm.cells_around(float8, float8) is
    'The squares of crm.cell within 50 m of a point.';

-- schema/inbox.sql
-- What every reader finds in a list: one row per report and circle of readers
-- (a unit that holds or held it, the channel it came by, and the circle of
-- those who see all). Any list, in any order, is then a short walk along one
-- index. A trigger on crm.report keeps it; nobody else writes here.
--

create table crm.inbox (
	reader_id uuid not null,
	report_id uuid not null,
	received_at timestamptz not null,
	due_at timestamptz not null,
	status text not null,
	visibility text not null,
	category_code text,
	kelurahan_code text,
	unit_id uuid not null,
	lat float8,
	lng float8,
	cell bigint generated always as (crm.cell(lat, lng)) stored,
	officer_id uuid,
	held_for text[] not null default '{}',
	is_returned boolean not null default false,
	constraint inbox_pkey primary key (report_id, reader_id)
);
create index inbox_due_idx
    on crm.inbox (reader_id, status, due_at, report_id);
create index inbox_received_idx
    on crm.inbox (reader_id, status, received_at, report_id);
create index inbox_officer_idx on crm.inbox (officer_id, reader_id)
    where officer_id is not null;
-- For like reports nearby, whoever reads them: here and not on crm.report,
-- because the planner takes no order from below partitions, and a column and
-- no expression, because it takes none of that below row-level security.
create index inbox_cell_idx on crm.inbox (cell, received_at)
    where reader_id = '00000000-0000-0000-0000-000000000000';
create index inbox_done_idx on crm.inbox (cell, received_at)
    where reader_id = '00000000-0000-0000-0000-000000000000'
    and status = 'completed';
comment on table crm.inbox is 'Lists of reports, per circle of readers.';
comment on column crm.inbox.reader_id is
    'plain: a unit, a channel, or the zero id: triage and validators';
comment on column crm.inbox.report_id is 'plain: the report';
comment on column crm.inbox.received_at is 'plain: when it was stored';
comment on column crm.inbox.due_at is 'plain: deadline; infinity when none';
comment on column crm.inbox.status is 'plain: status';
comment on column crm.inbox.visibility is 'plain: private or public';
comment on column crm.inbox.category_code is 'plain: category';
comment on column crm.inbox.kelurahan_code is 'plain: kelurahan';
comment on column crm.inbox.unit_id is 'plain: unit that holds it';
comment on column crm.inbox.lat is 'place: latitude';
comment on column crm.inbox.lng is 'place: longitude';
comment on column crm.inbox.cell is 'place: square of the point';
comment on column crm.inbox.officer_id is
    'plain: account that works on it; null in the row of a channel';
comment on column crm.inbox.held_for is
    'plain: what triage holds it for, and second for a second validation; none in the row of a channel';
comment on column crm.inbox.is_returned is
    'plain: a unit sent it back; false in the row of a channel';

alter table crm.inbox enable row level security;
alter table crm.inbox force row level security;
create policy inbox_owner on crm.inbox to crm_owner
    using (true) with check (true);
-- "is true" keeps this out of the index, where each circle of a supervisor's
-- would be looked up once for every circle the query asks for.
create policy inbox_read on crm.inbox for select to crm_officer
    using ((reader_id = any ((select crm.viewer_readers())::uuid[])) is true
    and (status <> 'incoming' or is_returned
    or (select crm.viewer_role()) = 'triage'));
create policy inbox_own on crm.inbox for select to crm_channel
    using (reader_id = (select crm.viewer_channel()));
grant select on crm.inbox to crm_officer, crm_channel;

-- schema/inbox_filter.sql
-- What a list may be narrowed by; null means any. A value, not a table.
--

create type crm.inbox_filter as (
	statuses text[],
	category text,
	unit uuid,
	kelurahan text,
	is_overdue boolean,
	visible text,
	bbox float8[],
	at timestamptz,
	held text,
	is_free boolean,
	officer uuid
);
comment on type crm.inbox_filter is
    'Filters of a list: bbox is west, south, east, north; at is the time now; is_free: nobody is assigned.';

-- schema/inbox_found.sql
-- A page of a list before its reports are read: three arrays in the order of
-- the list, and the months to look into. One value, because rows handed from
-- function to function are stored and read anew each time.
--

create type crm.inbox_found as (
	report_ids uuid[],
	times timestamptz[],
	keys timestamptz[],
	oldest timestamptz,
	newest timestamptz
);
comment on type crm.inbox_found is
    'A page of a list: reports, when each was received, what each is sorted by; then the first and the last time of them.';

-- crm/inbox_follow.sql
create function crm.inbox_follow() returns trigger
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
declare
	all_readers constant uuid := '00000000-0000-0000-0000-000000000000';
	held text[];
begin
	if tg_op = 'DELETE' then
		delete from crm.inbox where report_id = old.id;
		return null;
	end if;
	held := case when new.second_open then new.held_for || 'second'::text
	    else new.held_for end;
	if tg_op = 'UPDATE' then
		update crm.inbox i
		set due_at = coalesce(new.due_at, 'infinity'),
		    status = new.status, visibility = new.visibility,
		    category_code = new.category_code,
		    kelurahan_code = new.kelurahan_code, unit_id = new.unit_id,
		    lat = new.lat, lng = new.lng,
		    officer_id = case when i.reader_id <> new.channel_id
			then new.officer_id end,
		    held_for = case when i.reader_id <> new.channel_id
			then held else '{}' end,
		    is_returned = i.reader_id = any (new.unit_ids)
			and new.returns > 0
		where i.report_id = new.id;
		if new.unit_ids = old.unit_ids then
			return null;
		end if;
		delete from crm.inbox i
		where i.report_id = new.id
		and i.reader_id = any (old.unit_ids)
		and i.reader_id <> all (new.unit_ids);
	end if;
	insert into crm.inbox (reader_id, report_id, received_at, due_at,
	    status, visibility, category_code, kelurahan_code, unit_id, lat,
	    lng, officer_id, held_for, is_returned)
	select reader.id, new.id, new.received_at,
	    coalesce(new.due_at, 'infinity'), new.status, new.visibility,
	    new.category_code, new.kelurahan_code, new.unit_id, new.lat,
	    new.lng,
	    case when reader.id <> new.channel_id then new.officer_id end,
	    case when reader.id <> new.channel_id then held else '{}' end,
	    reader.id = any (new.unit_ids) and new.returns > 0
	from unnest(new.unit_ids || new.channel_id || all_readers) reader (id)
	on conflict do nothing;
	return null;
end
$$;
comment on function crm.inbox_follow() is
    'Trigger on crm.report: keeps crm.inbox. Security definer because a step changes the lists of readers whom its doer must not see.';

-- schema/report_key.sql
-- From an id or a ticket number to the month a report lies in.
--

create table crm.report_key (
	id uuid not null,
	ticket text collate "C" not null,
	received_at timestamptz not null,
	constraint report_key_pkey primary key (id) include (received_at),
	constraint report_key_ticket_key unique (ticket) include (id, received_at),
	constraint report_key_ticket_form check (ticket ~ '^JK\d{10,}$')
);
comment on table crm.report_key is 'Ids and ticket numbers, each once over all months.';
comment on column crm.report_key.id is 'plain: the report';
comment on column crm.report_key.ticket is 'plain: its ticket number';
comment on column crm.report_key.received_at is 'plain: says which partition';

alter table crm.report_key enable row level security;
alter table crm.report_key force row level security;
create policy report_key_owner on crm.report_key to crm_owner
    using (true) with check (true);
-- The inbox shows a reader its own rows only.
create policy report_key_read on crm.report_key for select
    to crm_officer, crm_channel
    using (exists (select from crm.inbox i where i.report_id = report_key.id));
create policy report_key_add on crm.report_key for insert
    to crm_channel with check (true);
-- At the counter, and when a report is split.
create policy report_key_desk on crm.report_key for insert
    to crm_officer with check ((select crm.viewer_role()) = 'triage');
grant select, insert (id, ticket, received_at)
    on crm.report_key to crm_officer, crm_channel;

-- crm/hint_follow.sql
create function crm.hint_follow() returns trigger
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
begin
	delete from crm.duplicate_hint h
	where h.report_id = new.id and h.relation <> 'split';
	insert into crm.duplicate_hint (report_id, other_id, relation,
	    similarity, distance_m, found_at)
	select new.id, f.other_id, f.relation, f.similarity, f.distance_m,
	    crm.now()
	from crm.duplicate_find(new.id, new.category_code, new.match_text,
	    new.lat, new.lng, new.received_at) f
	on conflict do nothing;
	return null;
end
$$;
comment on function crm.hint_follow() is
    'Trigger on crm.report: looks for like reports anew when the place or the category is set. Security definer because it looks at reports that the doer of a step must not see.';

-- crm/merged_follow.sql
create function crm.merged_follow() returns trigger
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
begin
	update crm.report r set merged = r.merged - 1
	from crm.report_key k
	where k.id = old.main_id and r.id = k.id
	and r.received_at = k.received_at;
	update crm.report r set merged = r.merged + 1
	from crm.report_key k
	where k.id = new.main_id and r.id = k.id
	and r.received_at = k.received_at;
	return null;
end
$$;
comment on function crm.merged_follow() is
    'Trigger on crm.report: keeps the number of reports merged into the main one, whichever step changes it. Security definer because undoing a merge must not depend on what its doer sees of the main report.';

-- schema/work.sql
-- The last work that was handed in for a report, until it is counted: whose it
-- was, whether it came in time, and the day it was found good.
--

create table crm.work (
	report_id uuid not null,
	unit_id uuid not null,
	was_on_time boolean not null,
	day date,
	constraint work_pkey primary key (report_id),
	constraint work_report_fkey foreign key (report_id)
	    references crm.report_key (id) on delete cascade,
	constraint work_unit_fkey foreign key (unit_id)
	    references crm.unit (id)
);
comment on table crm.work is 'The last work handed in, per report.';
comment on column crm.work.report_id is 'plain: the report';
comment on column crm.work.unit_id is 'plain: unit that handed it in';
comment on column crm.work.was_on_time is 'plain: before the deadline';
comment on column crm.work.day is
    'plain: day in Jakarta on which it was found good; null until then';

alter table crm.work enable row level security;
alter table crm.work force row level security;
create policy work_owner on crm.work to crm_owner
    using (true) with check (true);

-- schema/work_day.sql
-- What each unit got done on each day: sums, so that a ranking over a year
-- reads no report. A trigger on crm.report keeps them.
--

create table crm.work_day (
	unit_id uuid not null,
	day date not null,
	validated int not null default 0,
	on_time int not null default 0,
	reopened int not null default 0,
	constraint work_day_pkey primary key (unit_id, day),
	constraint work_day_unit_fkey foreign key (unit_id)
	    references crm.unit (id),
	constraint work_day_adds_up
	    check (0 <= on_time and on_time <= validated and reopened >= 0)
);
create index work_day_day_idx on crm.work_day (day);
comment on table crm.work_day is 'Work found good, per unit and day.';
comment on column crm.work_day.unit_id is 'plain: unit that did it';
comment on column crm.work_day.day is 'plain: day in Jakarta it was found good';
comment on column crm.work_day.validated is
    'plain: work found good and not reopened since';
comment on column crm.work_day.on_time is
    'plain: how much of that was handed in before its deadline';
comment on column crm.work_day.reopened is
    'plain: work found good that its reporter reopened';

alter table crm.work_day enable row level security;
alter table crm.work_day force row level security;
create policy work_day_owner on crm.work_day to crm_owner
    using (true) with check (true);

-- crm/share_round.sql
create function crm.share_round(part bigint, whole bigint) returns float8
language sql immutable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select round(round(part::numeric / whole / s.step) * s.step, 2)::float8
	from (select case when whole >= 100 then 0.05
	    when whole >= 50 then 0.1
	    when whole >= 20 then 0.25
	    else 0.5 end as step) s
$$;
comment on function crm.share_round(bigint, bigint) is
    'A share in steps that stand for five cases or more each, so that it tells of no single one. For a whole of ten and more.';

-- crm/work_follow.sql
create function crm.work_follow() returns trigger
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
declare
	done crm.work;
begin
	if new.status = 'awaiting_validation' then
		insert into crm.work (report_id, unit_id, was_on_time)
		values (new.id, new.unit_id,
		    new.changed_at <= coalesce(old.due_at, 'infinity'))
		on conflict (report_id) do update
		set unit_id = excluded.unit_id,
		    was_on_time = excluded.was_on_time, day = null;
	elsif old.status = 'awaiting_validation' and new.status = 'completed' then
		update crm.work w
		set day = (new.changed_at at time zone 'Asia/Jakarta')::date
		where w.report_id = new.id
		returning w.* into done;
		if found then
			insert into crm.work_day as d
			    (unit_id, day, validated, on_time)
			values (done.unit_id, done.day, 1, done.was_on_time::int)
			on conflict (unit_id, day) do update
			set validated = d.validated + 1,
			    on_time = d.on_time + excluded.on_time;
		end if;
	elsif old.status = 'completed' then
		-- Reopened by the reporter, or the second validator found fault.
		delete from crm.work w
		where w.report_id = new.id and w.day is not null
		returning w.* into done;
		if found then
			update crm.work_day d
			set validated = d.validated - 1,
			    on_time = d.on_time - done.was_on_time::int,
			    reopened = d.reopened
				+ (new.status = 'waiting')::int
			where d.unit_id = done.unit_id and d.day = done.day;
		end if;
	end if;
	return null;
end
$$;
comment on function crm.work_follow() is
    'Trigger on crm.report: keeps crm.work and crm.work_day. Security definer because no login may change what it is ranked by.';

-- schema/report.sql
-- Reports, by month of receipt. Who sent one is not here: see identity.sealed
-- and crm.report_origin.
--

create table crm.report (
	id uuid not null,
	received_at timestamptz not null,
	ticket text not null,
	channel_id uuid not null,
	visibility text not null,
	status text not null,
	version int not null default 1,
	category_code text,
	description text not null,
	description_public text not null,
	lat float8,
	lng float8,
	accuracy_m float8,
	address text,
	kelurahan_code text,
	unit_id uuid not null,
	unit_ids uuid[] not null,
	occurred_at timestamptz,
	changed_at timestamptz not null,
	due_at timestamptz,
	officer_id uuid,
	held_for text[] not null default '{}',
	asked_at timestamptz,
	left_seconds bigint,
	schedule_until timestamptz,
	schedule_account_id uuid,
	returns int not null default 0,
	reopened int not null default 0,
	me_too int not null default 0,
	stars smallint,
	completed_at timestamptz,
	reason_code text,
	main_id uuid,
	merged int not null default 0,
	match_text text,
	second_open boolean not null default false,
	search_text text not null generated always as
	    (pg_catalog.lower(pg_catalog.normalize(description, 'NFKC'))) stored,
	search_words tsvector not null generated always as
	    (pg_catalog.to_tsvector('pg_catalog.indonesian',
	    pg_catalog.lower(pg_catalog.normalize(description, 'NFKC')))) stored,
	constraint report_pkey primary key (id, received_at),
	constraint report_channel_fkey foreign key (channel_id)
	    references crm.channel (id),
	constraint report_category_fkey foreign key (category_code)
	    references crm.category (code),
	constraint report_kelurahan_fkey foreign key (kelurahan_code)
	    references crm.area (code),
	constraint report_unit_fkey foreign key (unit_id)
	    references crm.unit (id),
	constraint report_officer_fkey foreign key (officer_id)
	    references crm.account (id),
	constraint report_schedule_account_fkey foreign key (schedule_account_id)
	    references crm.account (id),
	constraint report_main_fkey foreign key (main_id)
	    references crm.report_key (id),
	constraint report_visibility_known
	    check (visibility in ('private', 'public')),
	constraint report_status_known check (status in ('incoming', 'waiting',
	    'coordination', 'disposition', 'in_progress', 'scheduled',
	    'awaiting_validation', 'followup_rejected', 'completed', 'rejected',
	    'merged')),
	constraint report_version_counts check (version > 0),
	constraint report_holder_is_in_chain check (unit_id = any (unit_ids)),
	constraint report_point_is_whole
	    check ((lat is null) = (lng is null)),
	constraint report_lat_on_earth check (lat between -90 and 90),
	constraint report_lng_on_earth check (lng between -180 and 180),
	constraint report_accuracy_is_positive check (accuracy_m >= 0),
	constraint report_description_short
	    check (pg_catalog.length(description) <= 8000),
	constraint report_stars_range check (stars between 1 and 5),
	constraint report_with_main_is_merged
	    check (main_id is null or status = 'merged'),
	constraint report_is_not_its_own_main check (main_id <> id),
	constraint report_counts_go_up check (returns >= 0 and reopened >= 0
	    and me_too >= 0 and merged >= 0)
) partition by range (received_at);
-- The same text from one channel.
create index report_same_idx on crm.report
    (channel_id, pg_catalog.hashtextextended(match_text, 0), received_at);
create index report_received_idx on crm.report (received_at);
create index report_words_idx on crm.report
    using gin (search_words);
create index report_trigram_idx on crm.report
    using gin (search_text ext.gin_trgm_ops);
create index report_main_idx on crm.report (main_id)
    where main_id is not null;
comment on table crm.report is 'Reports without their reporters.';
comment on column crm.report.id is 'plain: random id';
comment on column crm.report.received_at is 'plain: when it was stored';
comment on column crm.report.ticket is 'plain: ticket number';
comment on column crm.report.channel_id is 'plain: channel it came by';
comment on column crm.report.visibility is 'plain: private or public';
comment on column crm.report.status is 'plain: status';
comment on column crm.report.version is 'plain: goes up with each event';
comment on column crm.report.category_code is 'plain: category';
comment on column crm.report.description is
    'narrative: what happened; NIK, phone and e-mail masked';
comment on column crm.report.description_public is
    'narrative: the same with plates and names masked as well';
comment on column crm.report.lat is 'place: latitude';
comment on column crm.report.lng is 'place: longitude';
comment on column crm.report.accuracy_m is 'place: radius of the point in metres';
comment on column crm.report.address is 'place: address as the reporter gave it';
comment on column crm.report.kelurahan_code is 'plain: kelurahan of the point';
comment on column crm.report.unit_id is 'plain: unit that holds it';
comment on column crm.report.unit_ids is 'plain: units that hold or held it';
comment on column crm.report.occurred_at is 'plain: when it happened';
comment on column crm.report.changed_at is 'plain: last event';
comment on column crm.report.due_at is 'plain: deadline of the status';
comment on column crm.report.officer_id is 'officer: who works on it';
comment on column crm.report.held_for is
    'internal: why the filter holds it for triage';
comment on column crm.report.asked_at is
    'plain: when the reporter was asked; null once answered';
comment on column crm.report.left_seconds is
    'plain: what is left of a clock that stands still';
comment on column crm.report.schedule_until is
    'plain: date wished for or, once scheduled, approved';
comment on column crm.report.schedule_account_id is
    'officer: who wished for that date';
comment on column crm.report.returns is 'internal: how often it was sent back';
comment on column crm.report.reopened is 'plain: how often it was reopened';
comment on column crm.report.me_too is 'plain: how many said the same; no names';
comment on column crm.report.stars is 'plain: the reporter''s rating';
comment on column crm.report.completed_at is 'plain: when it was last completed';
comment on column crm.report.reason_code is
    'plain: why it was rejected, as the reporter is told';
comment on column crm.report.main_id is 'plain: report it is merged into';
comment on column crm.report.merged is 'plain: how many are merged into it';
comment on column crm.report.match_text is
    'narrative: masked text without stock phrases, to find duplicates by';
comment on column crm.report.second_open is
    'internal: a second validation is open';
comment on column crm.report.search_text is
    'narrative: description as searched, from masked text only';
comment on column crm.report.search_words is 'narrative: its words';

alter table crm.report enable row level security;
alter table crm.report force row level security;
create policy report_owner on crm.report to crm_owner
    using (true) with check (true);
-- What triage filters no unit sees, unless it held it and sent it back.
create policy report_read on crm.report for select to crm_officer
    using (((status <> 'incoming' or returns > 0)
    and unit_ids && (select crm.viewer_units()))
    or (select crm.viewer_role()) = 'triage'
    or (status <> 'incoming' and (select crm.viewer_role()) = 'validator'));
-- A step begins and ends with a report that its doer may see.
create policy report_step on crm.report for update to crm_officer
    using (exists (select from crm.inbox i where i.report_id = report.id))
    with check (((status <> 'incoming' or returns > 0)
    and unit_ids && (select crm.viewer_units()))
    or (select crm.viewer_role()) = 'triage'
    or (status <> 'incoming' and (select crm.viewer_role()) = 'validator'));
create policy report_own on crm.report for select to crm_channel
    using (channel_id = (select crm.viewer_channel()));
create policy report_answer on crm.report for update to crm_channel
    using (channel_id = (select crm.viewer_channel()))
    with check (channel_id = (select crm.viewer_channel()));
create policy report_add on crm.report for insert to crm_channel
    with check (channel_id = (select crm.viewer_channel())
    and version = 1 and status in ('incoming', 'waiting'));
-- Keyed in at the counter, or split off another one.
create policy report_desk on crm.report for insert to crm_officer
    with check ((select crm.viewer_role()) = 'triage'
    and version = 1 and status in ('incoming', 'waiting'));
grant select,
    insert (id, received_at, ticket, channel_id, visibility, status,
    version, category_code, description, description_public, lat, lng,
    accuracy_m, address, kelurahan_code, unit_id, unit_ids, occurred_at,
    changed_at, due_at, held_for, match_text),
    update (status, version, category_code, lat, lng, accuracy_m, address,
	kelurahan_code, unit_id, unit_ids, changed_at, due_at, officer_id,
	held_for, asked_at, left_seconds, schedule_until, schedule_account_id,
	returns, completed_at, reason_code, main_id, second_open)
    on crm.report to crm_officer;
-- Not what stays inside the city: who works on it, what it is held for.
grant select (id, received_at, ticket, channel_id, visibility, status,
    version, category_code, description, description_public, lat, lng,
    accuracy_m, address, kelurahan_code, unit_id, unit_ids, occurred_at,
    changed_at, due_at, asked_at, left_seconds, schedule_until, reopened,
    me_too, stars, completed_at, reason_code, main_id, merged, search_text,
    search_words),
    insert (id, received_at, ticket, channel_id, visibility, status,
    version, category_code, description, description_public, lat, lng,
    accuracy_m, address, kelurahan_code, unit_id, unit_ids, occurred_at,
    changed_at, due_at, held_for, match_text),
    update (visibility, status, version, unit_id, unit_ids, changed_at,
    due_at, officer_id, held_for, asked_at, left_seconds, reopened, me_too, stars,
    completed_at, reason_code)
    on crm.report to crm_channel;

create trigger inbox_follow
    after insert or delete or update of visibility, status, category_code,
	unit_id, unit_ids, kelurahan_code, due_at, lat, lng, officer_id,
	held_for, returns, second_open
    on crm.report for each row execute function crm.inbox_follow();

-- A step stores all columns; only a place or category that is another one
-- changes what is nearby.
create trigger hint_follow
    after update of category_code, lat, lng on crm.report
    for each row when (old.category_code is distinct from new.category_code
    or old.lat is distinct from new.lat or old.lng is distinct from new.lng)
    execute function crm.hint_follow();
create trigger merged_follow
    after update of main_id on crm.report
    for each row when (old.main_id is distinct from new.main_id)
    execute function crm.merged_follow();
create trigger work_follow
    after update of status on crm.report for each row
    when (old.status <> new.status and (old.status = 'completed'
	or new.status in ('awaiting_validation', 'completed')))
    execute function crm.work_follow();

-- schema/report_origin.sql
-- The channel's own reference of a report. Apart from crm.report: only the
-- channel that gave it may read it.
--

create table crm.report_origin (
	report_id uuid not null,
	channel_id uuid not null,
	channel_ref text not null,
	constraint report_origin_pkey primary key (report_id),
	constraint report_origin_report_fkey foreign key (report_id)
	    references crm.report_key (id) on delete cascade,
	constraint report_origin_channel_fkey foreign key (channel_id)
	    references crm.channel (id)
);
create index report_origin_ref_idx
    on crm.report_origin (channel_id, channel_ref);
comment on table crm.report_origin is 'References that channels gave.';
comment on column crm.report_origin.report_id is 'plain: the report';
comment on column crm.report_origin.channel_id is 'plain: whose reference';
comment on column crm.report_origin.channel_ref is
    'identity: may lead to the reporter inside the channel';

alter table crm.report_origin enable row level security;
alter table crm.report_origin force row level security;
create policy report_origin_owner on crm.report_origin to crm_owner
    using (true) with check (true);
create policy report_origin_own on crm.report_origin for select
    to crm_channel using (channel_id = (select crm.viewer_channel()));
create policy report_origin_add on crm.report_origin for insert
    to crm_channel with check (channel_id = (select crm.viewer_channel()));
create policy report_origin_desk on crm.report_origin for insert
    to crm_officer with check ((select crm.viewer_role()) = 'triage');
grant select, insert (report_id, channel_id, channel_ref)
    on crm.report_origin to crm_channel;
grant insert (report_id, channel_id, channel_ref)
    on crm.report_origin to crm_officer;

-- schema/event.sql
-- What happened to a report, by month. Nothing here is changed later.
--

create table crm.event (
	id uuid not null default pg_catalog.gen_random_uuid(),
	at timestamptz not null,
	report_id uuid not null,
	type text not null,
	version int not null,
	by_unit_id uuid,
	by_channel_id uuid,
	text text,
	from_status text,
	to_status text not null,
	captured_at timestamptz,
	lat float8,
	lng float8,
	accuracy_m float8,
	distance_m float8,
	to_unit_id uuid,
	reason_code text,
	until timestamptz,
	stars smallint,
	step text,
	into_id uuid,
	constraint event_pkey primary key (id, at),
	constraint event_report_fkey foreign key (report_id)
	    references crm.report_key (id) on delete cascade,
	constraint event_unit_fkey foreign key (by_unit_id)
	    references crm.unit (id),
	constraint event_channel_fkey foreign key (by_channel_id)
	    references crm.channel (id),
	constraint event_to_unit_fkey foreign key (to_unit_id)
	    references crm.unit (id),
	constraint event_into_fkey foreign key (into_id)
	    references crm.report_key (id) on delete set null,
	constraint event_type_fkey foreign key (type)
	    references crm.event_type (type),
	constraint event_step_fkey foreign key (step)
	    references crm.event_type (type),
	constraint event_has_one_doer check (case
	    when type in ('main_step', 'remind', 'escalate')
	    then by_unit_id is null and by_channel_id is null
	    else (by_unit_id is null) <> (by_channel_id is null) end),
	constraint event_stars_range check (stars between 1 and 5),
	constraint event_point_is_whole check ((lat is null) = (lng is null)),
	constraint event_lat_on_earth check (lat between -90 and 90),
	constraint event_lng_on_earth check (lng between -180 and 180),
	constraint event_text_short check (pg_catalog.length(text) <= 8000)
) partition by range (at);
create index event_into_idx on crm.event (into_id) where into_id is not null;
create index event_report_idx on crm.event (report_id, at desc, id desc);
comment on table crm.event is 'Steps of work and what the reporter was told.';
comment on column crm.event.id is 'plain: random id';
comment on column crm.event.at is 'plain: when';
comment on column crm.event.report_id is 'plain: the report';
comment on column crm.event.type is 'plain: type';
comment on column crm.event.version is 'plain: version of the report after it';
comment on column crm.event.by_unit_id is 'plain: unit of who did it';
comment on column crm.event.by_channel_id is 'plain: channel that did it';
comment on column crm.event.text is 'narrative: text to the reporter';
comment on column crm.event.from_status is 'plain: status before';
comment on column crm.event.to_status is 'plain: status after';
comment on column crm.event.captured_at is 'plain: when the proof was taken';
comment on column crm.event.lat is 'place: latitude of the proof';
comment on column crm.event.lng is 'place: longitude of the proof';
comment on column crm.event.accuracy_m is 'place: radius of that point in metres';
comment on column crm.event.distance_m is 'place: metres from the report''s point';
comment on column crm.event.to_unit_id is 'plain: unit it went to';
comment on column crm.event.reason_code is
    'plain: why it was rejected, as the reporter is told';
comment on column crm.event.until is 'plain: date wished for or approved';
comment on column crm.event.stars is 'plain: the reporter''s rating';
comment on column crm.event.step is
    'plain: what happened to the main report';
comment on column crm.event.into_id is
    'plain: the main report, or the new one of a split';

alter table crm.event enable row level security;
alter table crm.event force row level security;
create policy event_owner on crm.event to crm_owner
    using (true) with check (true);
create policy event_read on crm.event for select to crm_officer, crm_channel
    using (exists (select from crm.inbox i where i.report_id = event.report_id));
create policy event_step on crm.event for insert to crm_officer
    with check (by_unit_id = (select crm.viewer_unit())
    and exists (select from crm.inbox i where i.report_id = event.report_id)
    and not exists (select from crm.event_type t
	where t.type = event.type and (t.by_channel or t.by_system)));
create policy event_desk on crm.event for insert to crm_officer
    with check (by_unit_id = (select crm.viewer_unit())
    and type = 'received' and version = 1
    and (select crm.viewer_role()) = 'triage');
create policy event_add on crm.event for insert to crm_channel
    with check (by_channel_id = (select crm.viewer_channel())
    and exists (select from crm.inbox i where i.report_id = event.report_id)
    and exists (select from crm.event_type t
	where t.type = event.type and t.by_channel));
grant select, insert (id, at, report_id, type, version, by_unit_id,
    text, from_status, to_status, captured_at, lat, lng, accuracy_m,
    distance_m, to_unit_id, reason_code, until, into_id)
    on crm.event to crm_officer;
grant select, insert (id, at, report_id, type, version, by_channel_id,
    text, from_status, to_status, reason_code, stars)
    on crm.event to crm_channel;

-- schema/event_internal.sql
-- Who took a step, with notes and reasons. Apart from crm.event: channels have
-- no grant.
--

create table crm.event_internal (
	event_id uuid not null,
	report_id uuid not null,
	by_account_id uuid not null,
	note text,
	reason text,
	officer_id uuid,
	constraint event_internal_pkey primary key (event_id),
	constraint event_internal_report_fkey foreign key (report_id)
	    references crm.report_key (id) on delete cascade,
	constraint event_internal_account_fkey foreign key (by_account_id)
	    references crm.account (id),
	constraint event_internal_officer_fkey foreign key (officer_id)
	    references crm.account (id),
	constraint event_internal_note_short
	    check (pg_catalog.length(note) <= 8000),
	constraint event_internal_reason_short
	    check (pg_catalog.length(reason) <= 8000)
);
create index event_internal_report_idx on crm.event_internal (report_id);
comment on table crm.event_internal is 'What stays inside the city.';
comment on column crm.event_internal.event_id is 'plain: the event';
comment on column crm.event_internal.report_id is 'plain: the report';
comment on column crm.event_internal.by_account_id is 'officer: who did it';
comment on column crm.event_internal.note is 'internal: note';
comment on column crm.event_internal.reason is 'internal: reason';
comment on column crm.event_internal.officer_id is 'officer: who is to do it';

alter table crm.event_internal enable row level security;
alter table crm.event_internal force row level security;
create policy event_internal_owner on crm.event_internal to crm_owner
    using (true) with check (true);
create policy event_internal_read on crm.event_internal for select
    to crm_officer using (exists (
	select from crm.inbox i where i.report_id = event_internal.report_id));
create policy event_internal_step on crm.event_internal for insert
    to crm_officer with check (by_account_id = (select crm.viewer_account())
    and exists (
	select from crm.inbox i where i.report_id = event_internal.report_id));
grant select, insert (event_id, report_id, by_account_id, note, reason,
    officer_id)
    on crm.event_internal to crm_officer;

-- schema/hand_over.sql
-- Each time a report goes from one unit to another: who sent it where, and
-- when it went on. Reason and note lie with the event.
--

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

-- schema/report_before.sql
-- What a report was before a step that can be taken back: undo and unmerge
-- restore it.
--

create table crm.report_before (
	report_id uuid not null,
	version int not null,
	status text not null,
	category_code text,
	lat float8,
	lng float8,
	accuracy_m float8,
	address text,
	kelurahan_code text,
	unit_id uuid not null,
	unit_ids uuid[] not null,
	due_at timestamptz,
	officer_id uuid,
	held_for text[] not null,
	asked_at timestamptz,
	left_seconds bigint,
	schedule_until timestamptz,
	schedule_account_id uuid,
	returns int not null,
	completed_at timestamptz,
	reason_code text,
	main_id uuid,
	second_open boolean not null,
	constraint report_before_pkey primary key (report_id, version),
	constraint report_before_report_fkey foreign key (report_id)
	    references crm.report_key (id) on delete cascade
);
comment on table crm.report_before is 'Reports before steps that can be undone.';
comment on column crm.report_before.report_id is 'plain: the report';
comment on column crm.report_before.version is 'plain: its version then';
comment on column crm.report_before.status is 'plain: status';
comment on column crm.report_before.category_code is 'plain: category';
comment on column crm.report_before.lat is 'place: latitude';
comment on column crm.report_before.lng is 'place: longitude';
comment on column crm.report_before.accuracy_m is 'place: radius in metres';
comment on column crm.report_before.address is 'place: address';
comment on column crm.report_before.kelurahan_code is 'plain: kelurahan';
comment on column crm.report_before.unit_id is 'plain: unit that held it';
comment on column crm.report_before.unit_ids is 'plain: units that had held it';
comment on column crm.report_before.due_at is 'plain: deadline';
comment on column crm.report_before.officer_id is 'officer: who worked on it';
comment on column crm.report_before.held_for is 'internal: why it was held';
comment on column crm.report_before.asked_at is 'plain: when the reporter was asked';
comment on column crm.report_before.left_seconds is 'plain: left of the clock';
comment on column crm.report_before.schedule_until is 'plain: date wished for';
comment on column crm.report_before.schedule_account_id is
    'officer: who wished for it';
comment on column crm.report_before.returns is 'internal: how often sent back';
comment on column crm.report_before.completed_at is 'plain: when completed';
comment on column crm.report_before.reason_code is 'plain: why it was rejected';
comment on column crm.report_before.main_id is 'plain: report it was merged into';
comment on column crm.report_before.second_open is
    'internal: a second validation was open';

alter table crm.report_before enable row level security;
alter table crm.report_before force row level security;
create policy report_before_owner on crm.report_before to crm_owner
    using (true) with check (true);
create policy report_before_read on crm.report_before for select
    to crm_officer using (exists (
	select from crm.inbox i where i.report_id = report_before.report_id));
create policy report_before_step on crm.report_before for insert
    to crm_officer with check (exists (
	select from crm.inbox i where i.report_id = report_before.report_id));
grant select, insert (report_id, version, status, category_code, lat, lng,
    accuracy_m, address, kelurahan_code, unit_id, unit_ids, due_at,
    officer_id, held_for, asked_at, left_seconds, schedule_until,
    schedule_account_id, returns, completed_at, reason_code, main_id,
    second_open)
    on crm.report_before to crm_officer;

-- crm/alarm_follow.sql
create function crm.alarm_follow() returns trigger
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
declare
	rings_at timestamptz;
	stage text;
	rung bigint;
begin
	if tg_op = 'UPDATE' and (new.due_at, new.asked_at)
	    is not distinct from (old.due_at, old.asked_at) then
		return null;
	end if;
	if new.due_at <= crm.now() then
		-- A deadline that was restored may have rung before.
		select count(*) into rung from crm.event e
		where e.report_id = new.id and e.type = 'escalate'
		and e.at >= new.due_at;
		stage := (array['escalate', 'again'])[rung + 1];
		rings_at := crm.clock_add(new.due_at, rung * 86400);
	elsif new.due_at is not null then
		rings_at := crm.remind_at(new.status, new.unit_id,
		    new.category_code, new.due_at);
		stage := 'remind';
		-- Too late to remind: whoever set the deadline knows it.
		if rings_at <= crm.now() then
			stage := 'escalate';
			rings_at := new.due_at;
		end if;
	elsif new.asked_at is not null then
		stage := 'ask';
		rings_at := crm.clock_add(new.asked_at, 3 * 86400);
	end if;
	if stage is null then
		delete from crm.alarm a where a.report_id = new.id;
		return null;
	end if;
	insert into crm.alarm (report_id, at, stage)
	values (new.id, rings_at, stage)
	on conflict (report_id) do update
	set at = excluded.at, stage = excluded.stage;
	return null;
end
$$;
comment on function crm.alarm_follow() is
    'Trigger on crm.report: keeps crm.alarm. Security definer because no login writes alarms.';

-- schema/alarm.sql
-- The next time the clock of a report rings: a reminder before the deadline,
-- an escalation at it, another one a day later, or a question that was never
-- answered. A trigger on crm.report keeps it; api.job_alarm rings.
--

create table crm.alarm (
	report_id uuid not null,
	at timestamptz not null,
	stage text not null,
	constraint alarm_pkey primary key (report_id),
	constraint alarm_report_fkey foreign key (report_id)
	    references crm.report_key (id) on delete cascade,
	constraint alarm_stage_known
	    check (stage in ('remind', 'escalate', 'again', 'ask'))
);
create index alarm_at_idx on crm.alarm (at);
comment on table crm.alarm is 'What rings next; one row per report whose clock runs.';
comment on column crm.alarm.report_id is 'plain: the report';
comment on column crm.alarm.at is 'plain: when';
comment on column crm.alarm.stage is
    'plain: remind: before the deadline; escalate: at it; again: to the unit above; ask: the reporter was asked and is silent';

alter table crm.alarm enable row level security;
alter table crm.alarm force row level security;
create policy alarm_owner on crm.alarm to crm_owner
    using (true) with check (true);

create trigger alarm_follow
    after insert or update of due_at, asked_at on crm.report
    for each row execute function crm.alarm_follow();

-- schema/notice.sql
-- What each circle of readers has to hear of, for 90 days. Holds nothing of
-- the event but that it was: who may not open the report learns nothing.
--

create table crm.notice (
	id uuid not null default pg_catalog.gen_random_uuid(),
	at timestamptz not null,
	report_id uuid not null,
	event_id uuid not null,
	type text not null,
	reader text not null,
	reader_id uuid not null,
	constraint notice_pkey primary key (id),
	constraint notice_once_key
	    unique (event_id, report_id, reader, reader_id),
	constraint notice_report_fkey foreign key (report_id)
	    references crm.report_key (id) on delete cascade,
	constraint notice_reader_known check (reader in ('unit', 'supervisor',
	    'account', 'triage', 'validator', 'channel'))
);
create index notice_reader_idx
    on crm.notice (reader, reader_id, at desc, id desc);
create index notice_at_idx on crm.notice (at);
create index notice_report_idx on crm.notice (report_id);
comment on table crm.notice is 'Who hears of what.';
comment on column crm.notice.id is 'plain: random id';
comment on column crm.notice.at is 'plain: when it happened';
comment on column crm.notice.report_id is 'plain: the report';
comment on column crm.notice.event_id is 'plain: what happened';
comment on column crm.notice.type is 'plain: type of event';
comment on column crm.notice.reader is
    'plain: unit: its officers and supervisors; supervisor: those of the unit alone; account: one person; triage and validator: all of the role; channel: for the reporter';
comment on column crm.notice.reader_id is
    'plain: that unit, account or channel, or the zero id';

alter table crm.notice enable row level security;
alter table crm.notice force row level security;
create policy notice_owner on crm.notice to crm_owner
    using (true) with check (true);
create policy notice_read on crm.notice for select to crm_officer
    using (case reader
	when 'unit' then reader_id = (select crm.viewer_unit())
	    and (select crm.viewer_role()) in ('officer', 'supervisor')
	when 'supervisor' then reader_id = (select crm.viewer_unit())
	    and (select crm.viewer_role()) = 'supervisor'
	when 'account' then reader_id = (select crm.viewer_account())
	else reader = (select crm.viewer_role()) end
    and exists (select from crm.inbox i where i.report_id = notice.report_id));
grant select on crm.notice to crm_officer;

-- schema/notice_seen.sql
-- Until when each account has looked at its notices.
--

create table crm.notice_seen (
	account_id uuid not null,
	until timestamptz not null,
	constraint notice_seen_pkey primary key (account_id),
	constraint notice_seen_account_fkey foreign key (account_id)
	    references crm.account (id) on delete cascade
);
comment on table crm.notice_seen is 'Where new notices begin.';
comment on column crm.notice_seen.account_id is 'officer: whose';
comment on column crm.notice_seen.until is 'officer: what is later is new';

alter table crm.notice_seen enable row level security;
alter table crm.notice_seen force row level security;
create policy notice_seen_owner on crm.notice_seen to crm_owner
    using (true) with check (true);
create policy notice_seen_own on crm.notice_seen to crm_officer
    using (account_id = (select crm.viewer_account()))
    with check (account_id = (select crm.viewer_account()));
grant select, insert (account_id, until), update (until)
    on crm.notice_seen to crm_officer;

-- schema/duplicate_hint.sql
-- Reports that may be about the same thing: found at intake, shown in triage
-- and on both reports. A hint decides nothing.
--

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

-- crm/choice_follow.sql
create function crm.choice_follow() returns trigger
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
declare
	report record;
	step text;
	unit uuid;
	more int := -1;
begin
	select r.category_code, r.kelurahan_code into report
	from crm.report_key k
	join crm.report r on r.id = k.id and r.received_at = k.received_at
	where k.id = new.report_id;
	if new.type in ('route', 'hand_over', 'dispose') then
		step := new.type;
		unit := new.to_unit_id;
		more := 1;
	elsif new.type = 'return' then
		-- It was the wrong one.
		select case h.kind when 'disposition' then 'dispose'
		    else 'hand_over' end, h.to_unit_id into step, unit
		from crm.hand_over h
		where h.report_id = new.report_id and h.to_unit_id = new.by_unit_id
		order by h.at desc limit 1;
	else
		select e.type, e.to_unit_id into step, unit
		from crm.event e
		where e.report_id = new.report_id and e.version = new.version - 1
		and e.type in ('route', 'hand_over', 'dispose')
		order by e.at desc limit 1;
	end if;
	if unit is not null then
		perform crm.choice_add(
		    case step when 'dispose' then 'dispose' else 'hand_over' end,
		    report.category_code, report.kelurahan_code, unit, more);
	end if;
	return null;
end
$$;
comment on function crm.choice_follow() is
    'Trigger on crm.event: counts which unit was chosen, and takes back what was sent back or undone. Security definer because no login touches the counts.';

-- crm/hand_over_suggest.sql
create function crm.hand_over_suggest() returns trigger
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	select s.unit_id into new.suggested_unit_id
	from crm.suggestion(new.category_code, new.kelurahan_code,
	    new.from_unit_id) with ordinality s (unit_id, level, count, total, place)
	order by s.place limit 1;
	return new;
end
$$;
comment on function crm.hand_over_suggest() is
    'Trigger on crm.hand_over: notes the unit that was suggested first.';

-- schema/choice.sql
-- What people chose: how many reports of a category from a kelurahan went to
-- which unit, older choices counting less. No report is named here.
--

create table crm.choice (
	step text not null,
	category_code text not null,
	kelurahan_code text,
	unit_id uuid not null,
	count float8 not null,
	counted_at timestamptz not null,
	constraint choice_key unique nulls not distinct
	    (category_code, kelurahan_code, step, unit_id),
	constraint choice_category_fkey foreign key (category_code)
	    references crm.category (code),
	constraint choice_kelurahan_fkey foreign key (kelurahan_code)
	    references crm.area (code),
	constraint choice_unit_fkey foreign key (unit_id)
	    references crm.unit (id),
	constraint choice_step_known check (step in ('hand_over', 'dispose')),
	constraint choice_counts check (count >= 0)
);
comment on table crm.choice is 'Choices of a unit, counted.';
comment on column crm.choice.step is
    'plain: hand_over, from triage as well, or dispose';
comment on column crm.choice.category_code is 'plain: category of the report';
comment on column crm.choice.kelurahan_code is 'plain: its kelurahan';
comment on column crm.choice.unit_id is 'plain: the unit that was chosen';
comment on column crm.choice.count is
    'plain: how often, halved every 90 days, less what was sent back';
comment on column crm.choice.counted_at is 'plain: when the count was right';

alter table crm.choice enable row level security;
alter table crm.choice force row level security;
create policy choice_owner on crm.choice to crm_owner
    using (true) with check (true);

create trigger choice_follow
    after insert on crm.event
    for each row when (new.type in ('route', 'hand_over', 'dispose', 'return',
    'undo'))
    execute function crm.choice_follow();
create trigger hand_over_suggest
    before insert on crm.hand_over
    for each row execute function crm.hand_over_suggest();

-- schema/category_unit.sql
-- The agency that usually looks after a category, where nothing is known yet
-- of what people choose.
--

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

-- schema/photo.sql
-- Photos of reports and of proof. The files lie outside the database; their
-- names are our own and tell nothing.
--

create table crm.photo (
	id uuid not null,
	report_id uuid not null,
	event_id uuid,
	kind text not null,
	place smallint not null,
	file_full text not null,
	file_thumb text not null,
	width int not null,
	height int not null,
	is_sealed boolean not null,
	constraint photo_pkey primary key (id),
	constraint photo_report_fkey foreign key (report_id)
	    references crm.report_key (id) on delete cascade,
	constraint photo_kind_known check (kind in ('report', 'proof', 'site')),
	constraint photo_of_work_has_event
	    check ((kind <> 'report') = (event_id is not null)),
	constraint photo_size_is_positive check (width > 0 and height > 0)
);
create index photo_report_idx on crm.photo (report_id, place);
create index photo_file_full_idx on crm.photo (file_full);
create index photo_file_thumb_idx on crm.photo (file_thumb);
comment on table crm.photo is 'Photos, files apart.';
comment on column crm.photo.id is 'photo: random id';
comment on column crm.photo.report_id is 'plain: the report';
comment on column crm.photo.event_id is 'plain: the event it came with';
comment on column crm.photo.kind is 'plain: report, proof, or site: taken by an officer, not told';
comment on column crm.photo.place is 'plain: order as sent';
comment on column crm.photo.file_full is 'photo: name of the large file';
comment on column crm.photo.file_thumb is 'photo: name of the small file';
comment on column crm.photo.width is 'photo: width of the large file';
comment on column crm.photo.height is 'photo: height of the large file';
comment on column crm.photo.is_sealed is 'plain: files are encrypted';

alter table crm.photo enable row level security;
alter table crm.photo force row level security;
create policy photo_owner on crm.photo to crm_owner
    using (true) with check (true);
-- Judged by what the report is now; what was sealed stays locked for good.
create policy photo_read on crm.photo for select to crm_officer
    using (exists (
	select from crm.inbox i
	where i.report_id = photo.report_id
	and (photo.kind in ('proof', 'site')
	or (i.visibility = 'public' and not photo.is_sealed))));
-- A channel keeps its own pictures; it gets the proof of the work.
create policy photo_own on crm.photo for select to crm_channel
    using (kind = 'proof' and exists (
	select from crm.inbox i where i.report_id = photo.report_id));
create policy photo_step on crm.photo for insert to crm_officer
    with check (kind in ('proof', 'site') and exists (
	select from crm.inbox i where i.report_id = photo.report_id));
create policy photo_add on crm.photo for insert to crm_channel
    with check (kind = 'report' and exists (
	select from crm.inbox i where i.report_id = photo.report_id));
create policy photo_desk on crm.photo for insert to crm_officer
    with check (kind = 'report' and (select crm.viewer_role()) = 'triage'
    and exists (
	select from crm.inbox i where i.report_id = photo.report_id));
grant select, insert (id, report_id, event_id, kind, place, file_full,
    file_thumb, width, height, is_sealed)
    on crm.photo to crm_officer, crm_channel;

-- schema/photo_hash.sql
-- What photos look like (api/media/phash.h), to find copies by. No login may
-- read it: a hash is a small picture of a picture, and tells of private photos.
--

create table crm.photo_hash (
	photo_id uuid not null,
	report_id uuid not null,
	is_proof boolean not null,
	whole bigint not null,
	quarters bigint[] not null,
	constraint photo_hash_pkey primary key (photo_id),
	constraint photo_hash_photo_fkey foreign key (photo_id)
	    references crm.photo (id) on delete cascade,
	constraint photo_hash_has_quarters check (cardinality(quarters) = 4)
);
-- One for each band of crm.photo_near, which meets few rows in one of them.
create index photo_hash_low_idx on crm.photo_hash
    (((whole & 2097151)::int)) include (whole) where is_proof;
create index photo_hash_middle_idx on crm.photo_hash
    (((whole >> 21 & 2097151)::int)) include (whole) where is_proof;
create index photo_hash_high_idx on crm.photo_hash
    (((whole >> 42 & 4194303)::int)) include (whole) where is_proof;
create index photo_hash_report_idx on crm.photo_hash (report_id);
comment on table crm.photo_hash is 'What photos look like.';
comment on column crm.photo_hash.photo_id is 'photo: the photo';
comment on column crm.photo_hash.report_id is 'plain: its report';
comment on column crm.photo_hash.is_proof is 'plain: proof, not of the reporter';
comment on column crm.photo_hash.whole is 'secret: hash of its middle';
comment on column crm.photo_hash.quarters is
    'secret: hashes of the quarters of that; 0 where there is nothing to see';

alter table crm.photo_hash enable row level security;
alter table crm.photo_hash force row level security;
create policy photo_hash_owner on crm.photo_hash to crm_owner
    using (true) with check (true);

-- schema/proof_check.sql
-- What the checks of a proof found: facts, no verdict. Made by crm.proof_keep
-- when the proof comes in, and never changed.
--

create table crm.proof_check (
	id uuid not null default pg_catalog.gen_random_uuid(),
	report_id uuid not null,
	event_id uuid not null,
	at timestamptz not null,
	kind text not null,
	photo_id uuid,
	is_mirrored boolean,
	bits int,
	seconds bigint,
	meters float8,
	constraint proof_check_pkey primary key (id),
	constraint proof_check_report_fkey foreign key (report_id)
	    references crm.report_key (id) on delete cascade,
	constraint proof_check_photo_fkey foreign key (photo_id)
	    references crm.photo (id) on delete cascade,
	constraint proof_check_kind_known check (kind in ('earlier_proof',
	    'own_photo', 'arrival', 'distance', 'before_received',
	    'before_taken'))
);
create index proof_check_report_idx on crm.proof_check (report_id);
create index proof_check_photo_idx on crm.proof_check (photo_id);
comment on table crm.proof_check is 'Facts about proofs.';
comment on column crm.proof_check.id is 'plain: random id';
comment on column crm.proof_check.report_id is 'plain: the report';
comment on column crm.proof_check.event_id is 'plain: the event with the proof';
comment on column crm.proof_check.at is 'plain: when it came in';
comment on column crm.proof_check.kind is
    'plain: earlier_proof, own_photo: the same picture; arrival, before_received, before_taken: times of capture; distance: from the site';
comment on column crm.proof_check.photo_id is 'photo: photo of the proof';
comment on column crm.proof_check.is_mirrored is 'plain: one mirrors the other';
comment on column crm.proof_check.bits is
    'plain: how many of 320 bits of the two hashes differ';
comment on column crm.proof_check.seconds is
    'plain: from capture until it came in, or from capture until the report did';
comment on column crm.proof_check.meters is 'place: from the report''s point';

alter table crm.proof_check enable row level security;
alter table crm.proof_check force row level security;
create policy proof_check_owner on crm.proof_check to crm_owner
    using (true) with check (true);
create policy proof_check_read on crm.proof_check for select to crm_officer
    using (exists (select from crm.inbox i
	where i.report_id = proof_check.report_id));
grant select on crm.proof_check to crm_officer;

-- schema/proof_pair.sql
-- The other picture of a check, apart: only who may open that photo learns
-- which it is. A private report's own photos thus are told to nobody.
--

create table crm.proof_pair (
	check_id uuid not null,
	photo_id uuid not null,
	report_id uuid not null,
	constraint proof_pair_pkey primary key (check_id),
	constraint proof_pair_check_fkey foreign key (check_id)
	    references crm.proof_check (id) on delete cascade,
	constraint proof_pair_photo_fkey foreign key (photo_id)
	    references crm.photo (id) on delete cascade
);
create index proof_pair_photo_idx on crm.proof_pair (photo_id);
comment on table crm.proof_pair is 'Pictures that proofs look like.';
comment on column crm.proof_pair.check_id is 'plain: the check';
comment on column crm.proof_pair.photo_id is 'photo: the other photo';
comment on column crm.proof_pair.report_id is 'plain: the report of that';

alter table crm.proof_pair enable row level security;
alter table crm.proof_pair force row level security;
create policy proof_pair_owner on crm.proof_pair to crm_owner
    using (true) with check (true);
-- The photo's own policies answer.
create policy proof_pair_read on crm.proof_pair for select to crm_officer
    using (exists (select from crm.photo p where p.id = proof_pair.photo_id));
grant select on crm.proof_pair to crm_officer;

-- schema/identity_sealed.sql
-- Who reported, encrypted before it came here. Intake may only insert; the
-- vault may only read; nobody else knows the schema.
--

create table identity.sealed (
	report_id uuid not null,
	epoch text not null,
	wrapped_key bytea not null,
	sealed bytea not null,
	constraint sealed_pkey primary key (report_id),
	constraint sealed_report_fkey foreign key (report_id)
	    references crm.report_key (id) on delete cascade
);
comment on table identity.sealed is 'Sealed identities of reporters.';
comment on column identity.sealed.report_id is 'plain: the report';
comment on column identity.sealed.epoch is 'plain: which vault key it needs';
comment on column identity.sealed.wrapped_key is
    'identity: the report''s key, sealed to the vault';
comment on column identity.sealed.sealed is
    'identity: name, phone, e-mail, NIK, account and device, encrypted';

alter table identity.sealed enable row level security;
alter table identity.sealed force row level security;
create policy sealed_owner on identity.sealed to crm_owner
    using (true) with check (true);
create policy sealed_add on identity.sealed for insert
    to crm_channel with check (true);
create policy sealed_read on identity.sealed for select
    to crm_vault using (true);
grant insert (report_id, epoch, wrapped_key, sealed)
    on identity.sealed to crm_channel;
grant select on identity.sealed to crm_vault;

-- schema/idempotency.sql
-- First answers to writes, so that a retry gets the same one. Kept as JSON, so
-- that the shape of an answer may change while old ones are kept.
--

create table crm.idempotency (
	owner_id uuid not null,
	key_hash bytea not null,
	request_hash bytea not null,
	report_id uuid not null,
	event_id uuid,
	event_at timestamptz,
	report jsonb not null,
	added_at timestamptz not null,
	constraint idempotency_pkey primary key (owner_id, key_hash),
	constraint idempotency_report_fkey foreign key (report_id)
	    references crm.report_key (id) on delete cascade
);
create index idempotency_added_idx on crm.idempotency (added_at);
create index idempotency_report_idx on crm.idempotency (report_id);
comment on table crm.idempotency is 'Answers kept for 30 days.';
comment on column crm.idempotency.owner_id is 'plain: channel or account';
comment on column crm.idempotency.key_hash is 'plain: digest of the key';
comment on column crm.idempotency.request_hash is 'plain: keyed digest of the request';
comment on column crm.idempotency.report_id is 'plain: the report';
comment on column crm.idempotency.event_id is 'plain: the event';
comment on column crm.idempotency.event_at is 'plain: partition of the event';
comment on column crm.idempotency.report is
    'narrative: the report as first answered, masked text';
comment on column crm.idempotency.added_at is 'plain: when';

alter table crm.idempotency enable row level security;
alter table crm.idempotency force row level security;
create policy idempotency_owner on crm.idempotency to crm_owner
    using (true) with check (true);
create policy idempotency_officer on crm.idempotency to crm_officer
    using (owner_id = (select crm.viewer_account()))
    with check (owner_id = (select crm.viewer_account()));
create policy idempotency_channel on crm.idempotency to crm_channel
    using (owner_id = (select crm.viewer_channel()))
    with check (owner_id = (select crm.viewer_channel()));
grant select, insert (owner_id, key_hash, request_hash, report_id, event_id,
    event_at, report, added_at)
    on crm.idempotency to crm_officer, crm_channel;

-- schema/report_row.sql
-- A report as the server reads it. Order and names are the contract with
-- api/db.
--

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
	photo_height int[],
	by_own_unit boolean,
	held_for text[],
	officer_id uuid,
	officer_name text,
	paused boolean,
	schedule_until timestamptz,
	schedule_approved boolean,
	returns int,
	reopened int,
	me_too int,
	stars int,
	completed_at timestamptz,
	reason_code text,
	main_id uuid,
	main_ticket text,
	main_status text,
	merged int,
	second_open boolean,
	link_id uuid[],
	link_ticket text[],
	steps text[]
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
    null::text[] as link_ticket, null::text[] as steps
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
grant select on crm.report_shown to crm_officer;

-- schema/report_told.sql
-- A report as a channel reads it: without what stays inside the city, and
-- without its photos, which the channel keeps itself.
--

create view crm.report_told with (security_invoker = true) as
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
    '{}'::uuid[] as photo_id, '{}'::int[] as photo_width,
    '{}'::int[] as photo_height,
    false as by_own_unit, null::text[] as held_for, null::uuid as officer_id,
    null::text as officer_name,
    r.asked_at is not null and r.due_at is null as paused,
    case when r.status = 'scheduled' then r.schedule_until end
	as schedule_until,
    case when r.status = 'scheduled' then true end as schedule_approved,
    null::int as returns, r.reopened, r.me_too, r.stars::int as stars,
    r.completed_at, r.reason_code,
    (select k.id from crm.report_key k where k.id = r.main_id) as main_id,
    (select k.ticket from crm.report_key k where k.id = r.main_id)
	as main_ticket,
    (select i.status from crm.inbox i where i.report_id = r.main_id limit 1)
	as main_status,
    r.merged, null::boolean as second_open, null::uuid[] as link_id,
    null::text[] as link_ticket, null::text[] as steps
from crm.report r;
comment on view crm.report_told is 'Reports as api.report_row, for channels.';
comment on column crm.report_told.id is 'plain: random id';
comment on column crm.report_told.ticket is 'plain: ticket number';
comment on column crm.report_told.visibility is 'plain: private or public';
comment on column crm.report_told.status is 'plain: status';
comment on column crm.report_told.version is 'plain: goes up with each event';
comment on column crm.report_told.category_code is 'plain: category';
comment on column crm.report_told.category_name is 'plain: its name';
comment on column crm.report_told.description is 'narrative: masked text';
comment on column crm.report_told.lat is 'place: latitude';
comment on column crm.report_told.lng is 'place: longitude';
comment on column crm.report_told.accuracy_m is 'place: radius in metres';
comment on column crm.report_told.address is 'place: address';
comment on column crm.report_told.kelurahan_code is 'plain: kelurahan';
comment on column crm.report_told.kelurahan_name is 'plain: its name';
comment on column crm.report_told.unit_id is 'plain: unit that holds it';
comment on column crm.report_told.unit_name is 'plain: its name';
comment on column crm.report_told.received_at is 'plain: when it was stored';
comment on column crm.report_told.occurred_at is 'plain: when it happened';
comment on column crm.report_told.due_at is 'plain: deadline';
comment on column crm.report_told.overdue is 'plain: deadline has passed';
comment on column crm.report_told.photo_id is 'plain: always empty';
comment on column crm.report_told.photo_width is 'plain: always empty';
comment on column crm.report_told.photo_height is 'plain: always empty';
comment on column crm.report_told.by_own_unit is 'plain: always false';
comment on column crm.report_told.held_for is 'plain: always null';
comment on column crm.report_told.officer_id is 'plain: always null';
comment on column crm.report_told.officer_name is 'plain: always null';
comment on column crm.report_told.paused is
    'plain: the clock stands still until the reporter answers';
comment on column crm.report_told.schedule_until is 'plain: approved date';
comment on column crm.report_told.schedule_approved is
    'plain: a supervisor approved the date';
comment on column crm.report_told.returns is 'plain: always null';
comment on column crm.report_told.reopened is
    'plain: how often it was reopened';
comment on column crm.report_told.me_too is 'plain: how many said the same';
comment on column crm.report_told.stars is 'plain: the reporter''s rating';
comment on column crm.report_told.completed_at is
    'plain: when it was last completed';
comment on column crm.report_told.reason_code is 'plain: why it was rejected';
comment on column crm.report_told.main_id is
    'plain: report it is merged into, if the viewer sees that';
comment on column crm.report_told.main_ticket is 'plain: its ticket number';
comment on column crm.report_told.main_status is 'plain: its status';
comment on column crm.report_told.merged is
    'plain: how many are merged into it';
comment on column crm.report_told.second_open is 'plain: always null';
comment on column crm.report_told.link_id is 'plain: filled by crm.report_get';
comment on column crm.report_told.link_ticket is
    'plain: filled by crm.report_get';
comment on column crm.report_told.steps is 'plain: filled by crm.report_get';
grant select on crm.report_told to crm_channel;

-- schema/event_row.sql
-- An event as the server reads it. Order and names are the contract with
-- api/db. One view for officers and one for channels, who have no grant on
-- notes, reasons and names.
--

create type api.event_row as (
	id uuid,
	type text,
	at timestamptz,
	by_unit_id uuid,
	by_unit_name text,
	by_name text,
	by_own_unit boolean,
	text text,
	note text,
	reason text,
	from_status text,
	to_status text,
	captured_at timestamptz,
	lat float8,
	lng float8,
	distance_m float8,
	photo_id uuid[],
	photo_width int[],
	photo_height int[],
	to_unit_id uuid,
	to_unit_name text,
	officer_name text,
	reason_code text,
	until timestamptz,
	stars int,
	step text,
	into_id uuid,
	into_ticket text
);
comment on type api.event_row is 'An event as a reader may see it.';

create view crm.event_shown with (security_invoker = true) as
select e.id, e.type, e.at, e.by_unit_id,
    (select u.name from crm.unit u where u.id = e.by_unit_id) as by_unit_name,
    (select a.name from crm.account a where a.id = i.by_account_id) as by_name,
    coalesce(e.by_unit_id = (select crm.viewer_unit()), false) as by_own_unit,
    e.text, i.note, i.reason, e.from_status, e.to_status, e.captured_at,
    e.lat, e.lng, e.distance_m,
    coalesce(p.id, '{}') as photo_id,
    coalesce(p.width, '{}') as photo_width,
    coalesce(p.height, '{}') as photo_height,
    e.to_unit_id,
    (select u.name from crm.unit u where u.id = e.to_unit_id) as to_unit_name,
    (select a.name from crm.account a where a.id = i.officer_id) as officer_name,
    e.reason_code, e.until, e.stars::int as stars, e.step,
    (select k.id from crm.report_key k where k.id = e.into_id) as into_id,
    (select k.ticket from crm.report_key k where k.id = e.into_id)
	as into_ticket,
    e.report_id
from crm.event e
left join crm.event_internal i on i.event_id = e.id
left join lateral (
	select pg_catalog.array_agg(p.id order by p.place) as id,
	    pg_catalog.array_agg(p.width order by p.place) as width,
	    pg_catalog.array_agg(p.height order by p.place) as height
	from crm.photo p
	where e.type in ('follow_up', 'progress', 'note')
	and p.report_id = e.report_id and p.event_id = e.id
) p on true;
comment on view crm.event_shown is
    'Events as api.event_row, for officers, with their report.';
comment on column crm.event_shown.id is 'plain: random id';
comment on column crm.event_shown.type is 'plain: type';
comment on column crm.event_shown.at is 'plain: when';
comment on column crm.event_shown.by_unit_id is 'plain: unit of who did it';
comment on column crm.event_shown.by_unit_name is 'plain: its name';
comment on column crm.event_shown.by_name is 'officer: name of who did it';
comment on column crm.event_shown.by_own_unit is 'plain: the viewer''s unit did it';
comment on column crm.event_shown.text is 'narrative: text to the reporter';
comment on column crm.event_shown.note is 'internal: note';
comment on column crm.event_shown.reason is 'internal: reason';
comment on column crm.event_shown.from_status is 'plain: status before';
comment on column crm.event_shown.to_status is 'plain: status after';
comment on column crm.event_shown.captured_at is 'plain: when the proof was taken';
comment on column crm.event_shown.lat is 'place: latitude of the proof';
comment on column crm.event_shown.lng is 'place: longitude of the proof';
comment on column crm.event_shown.distance_m is 'place: metres from the report''s point';
comment on column crm.event_shown.photo_id is 'photo: proof and views of the site';
comment on column crm.event_shown.photo_width is 'photo: their widths';
comment on column crm.event_shown.photo_height is 'photo: their heights';
comment on column crm.event_shown.to_unit_id is 'plain: unit it went to';
comment on column crm.event_shown.to_unit_name is 'plain: its name';
comment on column crm.event_shown.officer_name is 'officer: who is to do it';
comment on column crm.event_shown.reason_code is 'plain: why it was rejected';
comment on column crm.event_shown.until is 'plain: date wished for or approved';
comment on column crm.event_shown.stars is 'plain: the reporter''s rating';
comment on column crm.event_shown.step is
    'plain: what happened to the main report';
comment on column crm.event_shown.into_id is
    'plain: the other report, if the viewer sees it';
comment on column crm.event_shown.into_ticket is 'plain: its ticket number';
comment on column crm.event_shown.report_id is 'plain: the report';
grant select on crm.event_shown to crm_officer;

create view crm.event_told with (security_invoker = true) as
select e.id, e.type, e.at, e.by_unit_id,
    (select u.name from crm.unit u where u.id = e.by_unit_id) as by_unit_name,
    null::text as by_name, false as by_own_unit,
    e.text, null::text as note, null::text as reason, e.from_status,
    e.to_status, e.captured_at, e.lat, e.lng, e.distance_m,
    coalesce(p.id, '{}') as photo_id,
    coalesce(p.width, '{}') as photo_width,
    coalesce(p.height, '{}') as photo_height,
    e.to_unit_id,
    (select u.name from crm.unit u where u.id = e.to_unit_id) as to_unit_name,
    null::text as officer_name,
    e.reason_code, e.until, e.stars::int as stars, e.step,
    (select k.id from crm.report_key k where k.id = e.into_id) as into_id,
    (select k.ticket from crm.report_key k where k.id = e.into_id)
	as into_ticket,
    e.report_id
from crm.event e
join crm.event_type t on t.type = e.type and t.is_told
left join lateral (
	select pg_catalog.array_agg(p.id order by p.place) as id,
	    pg_catalog.array_agg(p.width order by p.place) as width,
	    pg_catalog.array_agg(p.height order by p.place) as height
	from crm.photo p
	where e.type in ('follow_up', 'progress') and p.kind = 'proof'
	and p.report_id = e.report_id and p.event_id = e.id
) p on true
-- What was undone within seconds was never told.
where not exists (select from crm.event u where u.report_id = e.report_id
    and u.type = 'undo' and u.version = e.version + 1);
comment on view crm.event_told is
    'Events as api.event_row, for channels, with their report.';
comment on column crm.event_told.id is 'plain: random id';
comment on column crm.event_told.type is 'plain: type';
comment on column crm.event_told.at is 'plain: when';
comment on column crm.event_told.by_unit_id is 'plain: unit of who did it';
comment on column crm.event_told.by_unit_name is 'plain: its name';
comment on column crm.event_told.by_name is 'plain: always null';
comment on column crm.event_told.by_own_unit is 'plain: the viewer''s unit did it';
comment on column crm.event_told.text is 'narrative: text to the reporter';
comment on column crm.event_told.note is 'plain: always null';
comment on column crm.event_told.reason is 'plain: always null';
comment on column crm.event_told.from_status is 'plain: status before';
comment on column crm.event_told.to_status is 'plain: status after';
comment on column crm.event_told.captured_at is 'plain: when the proof was taken';
comment on column crm.event_told.lat is 'place: latitude of the proof';
comment on column crm.event_told.lng is 'place: longitude of the proof';
comment on column crm.event_told.distance_m is 'place: metres from the report''s point';
comment on column crm.event_told.photo_id is 'photo: proof';
comment on column crm.event_told.photo_width is 'photo: their widths';
comment on column crm.event_told.photo_height is 'photo: their heights';
comment on column crm.event_told.to_unit_id is 'plain: unit it went to';
comment on column crm.event_told.to_unit_name is 'plain: its name';
comment on column crm.event_told.officer_name is 'plain: always null';
comment on column crm.event_told.reason_code is 'plain: why it was rejected';
comment on column crm.event_told.until is 'plain: approved date';
comment on column crm.event_told.stars is 'plain: the reporter''s rating';
comment on column crm.event_told.step is
    'plain: what happened to the main report';
comment on column crm.event_told.into_id is
    'plain: the other report, if the viewer sees it';
comment on column crm.event_told.into_ticket is 'plain: its ticket number';
comment on column crm.event_told.report_id is 'plain: the report';
grant select on crm.event_told to crm_channel;

-- crm/partition_close.sql
create function crm.partition_close(space text, child text) returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	-- Without a policy of its own a partition is open through its parent
	-- only. Names come from crm.partition_add.
	execute format('alter table %I.%I enable row level security', space,
	    child);
	execute format('alter table %I.%I force row level security', space,
	    child);
	if space = 'audit' then
		execute format('create trigger entry_stays_whole before truncate'
		    ' on %I.%I for each statement'
		    ' execute function audit.entry_refuse()', space, child);
	end if;
end
$$;
comment on function crm.partition_close(text, text) is
    'Closes a partition to everything that does not come through its parent.';

-- crm/partition_add.sql
create function crm.partition_add(first_month date, last_month date)
returns int
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	parent record;
	month date;
	child text;
	start text;
	finish text;
	is_used boolean;
	made int := 0;
begin
	for parent in
		select * from (values ('crm', 'report', 'received_at'),
		    ('crm', 'event', 'at'), ('audit', 'entry', 'at'))
		    p (space, name, key)
	loop
		for month in
			select generate_series(date_trunc('month', first_month),
			    date_trunc('month', last_month), '1 month')::date
		loop
			-- Names come from the list above and a date.
			child := parent.name || to_char(month, '_YYYY_MM');
			start := month || ' 00:00+00';
			finish := (month + interval '1 month')::date || ' 00:00+00';
			continue when to_regclass(
			    format('%I.%I', parent.space, child)) is not null;
			-- What came before its month had a partition lies in the
			-- default one, and so does the rest of that month.
			execute format('select exists (select from %I.%I'
			    ' where %I >= %L and %I < %L)', parent.space,
			    parent.name, parent.key, start, parent.key, finish)
			into is_used;
			continue when is_used;
			execute format('create table %I.%I partition of %I.%I'
			    ' for values from (%L) to (%L)', parent.space, child,
			    parent.space, parent.name, start, finish);
			perform crm.partition_close(parent.space, child);
			made := made + 1;
		end loop;
	end loop;
	return made;
end
$$;
comment on function crm.partition_add(date, date) is
    'Makes the missing monthly partitions of reports, events and audit.';

-- crm/distance_m.sql
create function crm.distance_m(lat_a float8, lng_a float8, lat_b float8,
    lng_b float8)
returns float8
language sql immutable strict security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
	select 12742017.6 * asin(least(1, sqrt(
	    power(sind((lat_b - lat_a) / 2), 2) + cosd(lat_a) * cosd(lat_b)
	    * power(sind((lng_b - lng_a) / 2), 2))))
$$;
comment on function crm.distance_m(float8, float8, float8, float8) is
    'Metres between two points on a sphere of the earth''s mean radius.';
grant execute on function crm.distance_m(float8, float8, float8, float8)
    to crm_officer;

-- crm/report_find.sql
create function crm.report_find(reference text)
returns table (id uuid, received_at timestamptz)
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	if reference ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' then
		return query select k.id, k.received_at
		from crm.report_key k where k.id = reference::uuid;
	elsif reference ~ '^JK\d{10,15}$' then
		return query select k.id, k.received_at
		from crm.report_key k where k.ticket = reference;
	end if;
end
$$;
comment on function crm.report_find(text) is
    'Key of the report with this id or ticket number, if the viewer may see it.';
grant execute on function crm.report_find(text) to crm_officer, crm_channel;

-- crm/report_check.sql
create function crm.report_check(category text, lat float8, lng float8)
returns void
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	if category is not null and not exists (
		select from crm.category c
		where c.code = category and c.is_active) then
		raise exception 'no such category'
		    using errcode = 'CR422', column = '/category',
		    constraint = 'unknown';
	end if;
	if lat not between -90 and 90 then
		raise exception 'not on earth'
		    using errcode = 'CR422', column = '/location/lat',
		    constraint = 'range';
	end if;
	if lng not between -180 and 180 then
		raise exception 'not on earth'
		    using errcode = 'CR422', column = '/location/lng',
		    constraint = 'range';
	end if;
	if (lat is null) <> (lng is null) then
		raise exception 'half a point'
		    using errcode = 'CR422', column = '/location',
		    constraint = 'required';
	end if;
end
$$;
comment on function crm.report_check(text, float8, float8) is
    'Refuses an unknown category and an impossible point with CR422.';
grant execute on function crm.report_check(text, float8, float8)
    to crm_officer, crm_channel;

-- crm/happened_check.sql
create function crm.happened_check(occurred_at timestamptz) returns void
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	-- Clocks differ by minutes.
	if occurred_at > crm.now() + interval '5 minutes' then
		raise exception 'not yet'
		    using errcode = 'CR422', column = '/occurred_at',
		    constraint = 'future';
	end if;
	if occurred_at < '2000-01-01 00:00:00+07' then
		raise exception 'too long ago'
		    using errcode = 'CR422', column = '/occurred_at',
		    constraint = 'range';
	end if;
end
$$;
comment on function crm.happened_check(timestamptz) is
    'Refuses what is said to have happened in the future, or before 2000, with CR422.';
grant execute on function crm.happened_check(timestamptz)
    to crm_officer, crm_channel;

-- crm/channel_find.sql
create function crm.channel_find(wanted text) returns uuid
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	channel uuid := crm.viewer_channel();
begin
	if channel is not null then
		return channel;
	end if;
	if wanted is null then
		raise exception 'no channel'
		    using errcode = 'CR422', column = '/channel',
		    constraint = 'required';
	end if;
	-- The app hands in its reports itself.
	select c.id into channel from crm.channel c
	where c.name = wanted and c.is_active and c.name <> 'jaki';
	if not found then
		raise exception 'no such channel'
		    using errcode = 'CR422', column = '/channel',
		    constraint = 'unknown';
	end if;
	return channel;
end
$$;
comment on function crm.channel_find(text) is
    'The channel that hands in a report, or the one a desk officer names; CR422 for none or one that nobody keys in for.';
grant execute on function crm.channel_find(text) to crm_officer, crm_channel;

-- crm/filter_text.sql
create function crm.filter_text(description text) returns text[]
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	plain constant text := crm.text_plain(description);
	bare constant text := ' ' || crm.text_bare(plain) || ' ';
	happening constant text := ' '
	    || crm.text_bare(crm.text_happening(plain)) || ' ';
begin
	if plain = '' then
		return array['empty'];
	end if;
	return array(
		select k.code
		from (values ('abuse', 'abusive', bare),
		    ('emergency', 'emergency', happening)) k (kind, code, text)
		where exists (select from crm.filter_word w
		    where w.kind = k.kind
		    and position(' ' || w.bare || ' ' in k.text) > 0)
		order by k.code);
end
$$;
comment on function crm.filter_text(text) is
    'What a text is held for: empty, abusive, emergency.';
grant execute on function crm.filter_text(text) to crm_officer, crm_channel;

-- crm/filter_place.sql
create function crm.filter_place(lat float8, kelurahan text) returns text[]
language sql immutable security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
	select case when lat is null then array['no_point']
	    when kelurahan is null then array['outside']
	    else array[]::text[] end
$$;
comment on function crm.filter_place(float8, text) is
    'What a place is held for: no point, or a point in no kelurahan of the city.';
grant execute on function crm.filter_place(float8, text)
    to crm_officer, crm_channel;

-- crm/duplicate_find.sql
-- Walks the newest reports of the one to four squares around a point, so many
-- of each and no more: a place with thousands of reports costs no more than
-- any other. Without bitmaps, because the planner thinks that few lie in each
-- square and would rather fetch and sort them all.
--

create function crm.duplicate_find(report uuid, category text, words text,
    lat float8, lng float8, at timestamptz)
returns table (other_id uuid, relation text, similarity real, distance_m real,
    is_open boolean, word_count int)
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
as $$
#variable_conflict use_column
declare
	cells constant bigint[] := crm.cells_around(lat, lng);
	east constant float8 := cosd(lat);
	own_family constant text := (select c.family from crm.category c
	    where c.code = category);
	ids uuid[];
	times timestamptz[];
	relations text[];
	families text[];
	distances float8[];
	oldest timestamptz;
	newest timestamptz;
begin
	select array_agg(n.id), array_agg(n.received_at),
	    array_agg(n.relation), array_agg(n.family),
	    array_agg(n.distance_m), min(n.received_at), max(n.received_at)
	into ids, times, relations, families, distances, oldest, newest
	from (
		select near.*, c.family, d.distance_m
		from unnest(cells) cell (number)
		cross join lateral (
			(select 'duplicate' as relation, i.report_id as id,
			    i.received_at, i.category_code, i.status, i.lat,
			    i.lng
			from crm.inbox i
			where i.reader_id = '00000000-0000-0000-0000-000000000000'
			and i.cell = cell.number
			and i.received_at > at - interval '7 days'
			and i.received_at <= at
			order by i.received_at desc limit 50)
			union all
			(select 'recurrence', i.report_id, i.received_at,
			    i.category_code, i.status, i.lat, i.lng
			from crm.inbox i
			where i.reader_id = '00000000-0000-0000-0000-000000000000'
			and i.status = 'completed'
			and i.cell = cell.number
			and i.received_at > at - interval '400 days'
			and i.received_at <= at
			order by i.received_at desc limit 50)
		) near
		left join crm.category c on c.code = near.category_code
		cross join lateral (
			-- So near the earth is flat.
			select 111195 * sqrt(power(near.lat - duplicate_find.lat, 2)
			    + power((near.lng - duplicate_find.lng) * east, 2))
			    as distance_m
		) d
		where near.id <> report and d.distance_m <= 50
		and (own_family is null or c.family is null
		    or c.family = own_family)
		and (near.relation = 'recurrence' or near.status
		    not in ('completed', 'rejected', 'merged'))
		order by near.received_at desc limit 30
	) n;
	if ids is null then
		return;
	end if;
	return query
	select n.id, n.relation, r.similarity, n.distance_m::real,
	    n.relation = 'duplicate', crm.word_count(r.match_text)
	from unnest(ids, times, relations, families, distances)
	    n (id, received_at, relation, family, distance_m)
	cross join lateral (
		-- Oldest and newest say which months are opened at all.
		select r.match_text, r.completed_at,
		    ext.similarity(r.match_text, words) as similarity
		from crm.report r
		where r.id = n.id and r.received_at = n.received_at
		and r.received_at between oldest and newest limit 1
	) r
	-- Without a category only like words say that it is the same thing.
	where case n.relation when 'duplicate' then r.similarity >= 0.3
	    else r.completed_at > at - interval '30 days'
	    and (r.similarity >= 0.3
	    or own_family is not null and n.family is not null) end
	order by r.similarity desc, n.id
	limit 10;
end
$$;
comment on function crm.duplicate_find(uuid, text, text, float8, float8,
    timestamptz) is
    'Up to ten reports within 50 m of the same family of categories: open ones of the last 7 days with like words, and what was completed in the last 30 days.';

-- crm/filter_same.sql
create function crm.filter_same(report uuid, channel uuid, category text,
    words text, lat float8, lng float8, at timestamptz)
returns text[]
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
declare
	has_words constant boolean := crm.word_count(words) >= 6;
	codes text[] := '{}';
	found record;
begin
	for found in
		select f.* from crm.duplicate_find(report, category, words, lat,
		    lng, at) f
	loop
		insert into crm.duplicate_hint (report_id, other_id, relation,
		    similarity, distance_m, found_at)
		values (report, found.other_id, found.relation,
		    found.similarity, found.distance_m, at)
		on conflict do nothing;
		if found.is_open and found.similarity >= 0.6 and has_words
		    and found.word_count >= 6 and codes = '{}' then
			codes := array['duplicate'];
		end if;
	end loop;
	if has_words and (select count(*) from (
	    select from crm.report r
	    where r.channel_id = channel
	    and hashtextextended(r.match_text, 0) = hashtextextended(words, 0)
	    and r.match_text = words
	    and r.received_at > at - interval '1 hour' and r.received_at <= at
	    limit 20) same) >= 20 then
		codes := codes || 'flood'::text;
	end if;
	return codes;
end
$$;
comment on function crm.filter_same(uuid, uuid, text, text, float8, float8,
    timestamptz) is
    'Keeps hints at like reports nearby and tells whether to hold the new one: duplicate, flood. Security definer because it looks at reports that whoever hands one in must not see; all that comes back is the code.';
grant execute on function crm.filter_same(uuid, uuid, text, text, float8,
    float8, timestamptz) to crm_officer, crm_channel;

-- crm/report_route.sql
create function crm.report_route(report uuid, channel uuid, category text,
    description text, words text, lat float8, lng float8, at timestamptz)
returns table (kelurahan_code text, unit_id uuid, status text, held_for text[])
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
	kelurahan_code := crm.area_at(lat, lng);
	held_for := crm.filter_text(description)
	    || crm.filter_place(lat, kelurahan_code)
	    || crm.filter_same(report, channel, category, words, lat, lng, at);
	if held_for = '{}' then
		status := 'waiting';
		select u.id into unit_id from crm.unit u
		where u.kind = 'kelurahan' and u.area_code = kelurahan_code
		and u.is_active;
	end if;
	-- A kelurahan without a unit of its own is for triage, too.
	if unit_id is null then
		status := 'incoming';
		select u.id into strict unit_id from crm.unit u
		where u.duty = 'triage';
	end if;
	return next;
end
$$;
comment on function crm.report_route(uuid, uuid, text, text, text, float8,
    float8, timestamptz) is
    'The automatic filter: straight to the kelurahan of the point, or to triage with the codes of what it is held for.';
grant execute on function crm.report_route(uuid, uuid, text, text, text,
    float8, float8, timestamptz) to crm_officer, crm_channel;

-- crm/report_again.sql
create function crm.report_again(kept crm.idempotency)
returns api.report_row
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	again api.report_row;
begin
	again := jsonb_populate_record(null::api.report_row, kept.report);
	-- The first answer, but never more than the report allows by now.
	if not exists (select from crm.report r where r.id = again.id
	    and r.received_at = again.received_at
	    and r.visibility = 'public') then
		again.visibility := 'private';
		again.photo_id := '{}';
		again.photo_width := '{}';
		again.photo_height := '{}';
	end if;
	return again;
end
$$;
comment on function crm.report_again(crm.idempotency) is
    'The report as it was first answered.';
grant execute on function crm.report_again(crm.idempotency)
    to crm_officer, crm_channel;

-- crm/like_part.sql
create function crm.like_part(part text) returns text
language sql immutable strict security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
	select '%' || regexp_replace(part, '([\\%_])', '\\\1', 'g') || '%'
$$;
comment on function crm.like_part(text) is
    'Pattern for texts that hold this part, whatever signs are in it.';

-- crm/match_all.sql
create function crm.match_all(words text, is_similar boolean) returns uuid[]
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_custom_plan
as $$
declare
	part constant text := crm.like_part(words);
	channel constant uuid := crm.viewer_channel();
begin
	return array(
		select r.id from crm.report r
		where (not is_similar and (r.search_words
			@@ websearch_to_tsquery('pg_catalog.indonesian', words)
			or r.search_text like part)
		    or is_similar and words operator(ext.<%) r.search_text)
		and (channel is null or r.channel_id = channel)
		order by r.received_at desc limit 2000);
end
$$;
comment on function crm.match_all(text, boolean) is
    'The newest matches among all reports or those of the viewer''s channel; planned for the words at hand.';

-- crm/match_circles.sql
create function crm.match_circles(words text, is_similar boolean,
    readers uuid[])
returns uuid[]
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_custom_plan
as $$
declare
	part constant text := crm.like_part(words);
begin
	return array(
		select r.id from crm.inbox i
		join crm.report r
		on r.id = i.report_id and r.received_at = i.received_at
		where i.reader_id = any (readers)
		and (not is_similar and (r.search_words
			@@ websearch_to_tsquery('pg_catalog.indonesian', words)
			or r.search_text like part)
		    or is_similar and words operator(ext.<%) r.search_text)
		order by r.received_at desc limit 2000);
end
$$;
comment on function crm.match_circles(text, boolean, uuid[]) is
    'The newest matches among the reports of these circles; planned for the words and circles at hand.';

-- crm/report_match.sql
create function crm.report_match(q text, readers uuid[]) returns uuid[]
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	words constant text := lower(normalize(btrim(q), nfkc));
	beginning constant text := upper(words);
	is_all constant boolean := crm.viewer_channel() is not null
	    or crm.viewer_role() in ('triage', 'validator');
	found uuid[];
begin
	if beginning ~ '^JK\d*$' then
		return array(
			select k.id from crm.report_key k
			where k.ticket >= beginning and k.ticket < beginning || '~'
			and exists (select from crm.inbox i
			    where i.report_id = k.id
			    and i.reader_id = any (readers))
			order by k.received_at desc limit 2000);
	end if;
	found := case when is_all then crm.match_all(words, false)
	    else crm.match_circles(words, false, readers) end;
	-- Only plain words that are not there are looked for as spelt otherwise.
	if cardinality(found) = 0 and words ~ '^[[:alnum:][:space:]]+$' then
		found := case when is_all then crm.match_all(words, true)
		    else crm.match_circles(words, true, readers) end;
	end if;
	return found;
end
$$;
comment on function crm.report_match(text, uuid[]) is
    'Newest reports whose masked text has the words or the part, or else something much like it, or whose ticket number begins so. The caller still has to keep to the circles.';

-- crm/identity_keep.sql
create function crm.identity_keep(report uuid, epoch text, wrapped_key bytea,
    sealed bytea)
returns void
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
begin
	if crm.viewer_role() is distinct from 'triage' then
		raise exception 'not for this role' using errcode = 'CR403';
	end if;
	insert into identity.sealed (report_id, epoch, wrapped_key, sealed)
	values (report, epoch, wrapped_key, sealed);
end
$$;
comment on function crm.identity_keep(uuid, text, bytea, bytea) is
    'Keeps the sealed identity of a report that a desk officer keyed in. Security definer so that the officers'' login has no grant in schema identity at all.';
grant execute on function crm.identity_keep(uuid, text, bytea, bytea)
    to crm_officer;

-- crm/photo_add.sql
create function crm.photo_add(report uuid, event uuid, ids uuid[],
    full_names text[], thumb_names text[], widths int[],
    heights int[], sealed boolean)
returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	insert into crm.photo (id, report_id, event_id, kind, place, file_full,
	    file_thumb, width, height, is_sealed)
	select p.id, report, event,
	    case when event is null then 'report' when exists (
		select from crm.event e where e.report_id = report
		and e.id = photo_add.event and e.type = 'note')
		then 'site' else 'proof' end,
	    p.place::smallint, p.full_name, p.thumb_name, p.width, p.height,
	    sealed
	from unnest(ids, full_names, thumb_names, widths, heights)
	    with ordinality p (id, full_name, thumb_name, width, height, place);
end
$$;
comment on function crm.photo_add(uuid, uuid, uuid[], text[], text[],
    int[], int[], boolean) is
    'Stores the photos of a report or, with an event, its proof.';
grant execute on function crm.photo_add(uuid, uuid, uuid[], text[], text[],
    int[], int[], boolean) to crm_officer, crm_channel;

-- crm/hash_windows.sql
create function crm.hash_windows(hashes bigint[])
returns table (is_mirrored boolean, whole bigint, weakest bigint,
    quarters bigint[])
language sql immutable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select false, hashes[n + 1], hashes[n + 2], hashes[n + 3:n + 6]
	from generate_series(0, cardinality(hashes) - 6, 6) n
	where hashes[n + 1] <> 0
	union all
	select true, hashes[n + 1] # x.odd, hashes[n + 2], array[
	    case hashes[n + 4] when 0 then 0 else hashes[n + 4] # x.odd end,
	    case hashes[n + 3] when 0 then 0 else hashes[n + 3] # x.odd end,
	    case hashes[n + 6] when 0 then 0 else hashes[n + 6] # x.odd end,
	    case hashes[n + 5] when 0 then 0 else hashes[n + 5] # x.odd end]
	from generate_series(0, cardinality(hashes) - 6, 6) n
	-- The signs of odd waves turn over: PHASH_MIRROR.
	cross join (values (6148914691236517205)) x (odd)
	where hashes[n + 1] <> 0
$$;
comment on function crm.hash_windows(bigint[]) is
    'The windows of a photo as api/media/phash.h orders their words, each as it is and as it would be mirrored.';

-- crm/photo_near.sql
create function crm.photo_near(hashes bigint[])
returns table (whole bigint)
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
begin
	return query
	with asked as materialized (
		select w.whole, w.whole # f.flip as key
		from crm.hash_windows(hashes) w
		cross join lateral (values (0), (w.weakest)) f (flip)
	)
	select h.whole from asked a
	cross join lateral (select h.whole from crm.photo_hash h
		where h.is_proof
		and (h.whole & 2097151)::int = (a.key & 2097151)::int
		and bit_count((h.whole # a.whole)::bit(64)) <= 10
		limit 50) h
	union
	select h.whole from asked a
	cross join lateral (select h.whole from crm.photo_hash h
		where h.is_proof
		and (h.whole >> 21 & 2097151)::int
		    = (a.key >> 21 & 2097151)::int
		and bit_count((h.whole # a.whole)::bit(64)) <= 10
		limit 50) h
	union
	select h.whole from asked a
	cross join lateral (select h.whole from crm.photo_hash h
		where h.is_proof
		and (h.whole >> 42 & 4194303)::int
		    = (a.key >> 42 & 4194303)::int
		and bit_count((h.whole # a.whole)::bit(64)) <= 10
		limit 50) h;
end
$$;
comment on function crm.photo_near(bigint[]) is
    'Hashes of proofs in crm.photo_hash that are near one of these windows: at most 10 bits apart, with one band the same but for its least certain bit.';

-- crm/photo_same.sql
create function crm.photo_same(hashes bigint[], report uuid)
returns table (photo_id uuid, report_id uuid, is_proof boolean,
    is_mirrored boolean, bits int)
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
begin
	return query
	with kept as materialized (
		select h.* from crm.photo_near(hashes) n
		cross join lateral (select * from crm.photo_hash h
			where h.is_proof and h.whole = n.whole
			and (h.whole & 2097151)::int = (n.whole & 2097151)::int
			limit 50) h
		union all
		select h.* from crm.photo_hash h
		where h.report_id = report and not h.is_proof
	), pair as (
		select k.photo_id, k.report_id, k.is_proof, w.is_mirrored,
		    bit_count((k.whole # w.whole)::bit(64))
		    + (select sum(bit_count((q.one # q.other)::bit(64)))
			from unnest(k.quarters, w.quarters) q (one, other)) as bits
		from kept k
		join crm.hash_windows(hashes) w
		on bit_count((k.whole # w.whole)::bit(64)) <= 10
	)
	select distinct on (p.photo_id) p.photo_id, p.report_id, p.is_proof,
	    p.is_mirrored, p.bits::int
	from pair p
	where p.bits <= 48
	order by p.photo_id, p.bits, p.is_mirrored;
end
$$;
comment on function crm.photo_same(bigint[], uuid) is
    'Earlier proofs, and photos of this report, that show the same picture: of five words at most 48 of 320 bits differ, of the first 10. docs/proof.md tells why.';

-- crm/proof_facts.sql
create function crm.proof_facts(report uuid, event uuid) returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
begin
	insert into crm.proof_check (report_id, event_id, at, kind, seconds,
	    meters)
	select report, event, e.at, f.kind,
	    extract(epoch from f.span)::bigint, f.meters
	from crm.event e
	cross join lateral (
		select k.received_at, (select max(t.at) from crm.event t
			where t.report_id = report and t.type = 'take') as taken_at
		from crm.report_key k where k.id = report
	) r
	cross join lateral (values
	    ('arrival', e.at - e.captured_at, null::float8),
	    ('before_received', case when e.captured_at < r.received_at
		then r.received_at - e.captured_at end, null),
	    ('before_taken', case when e.captured_at < r.taken_at
		then r.taken_at - e.captured_at end, null),
	    ('distance', null, e.distance_m)
	) f (kind, span, meters)
	where e.report_id = report and e.id = event
	and (f.span is not null or f.meters is not null);
end
$$;
comment on function crm.proof_facts(uuid, uuid) is
    'Notes when and where a proof was taken, as facts.';

-- crm/proof_keep.sql
create function crm.proof_keep(report uuid, event uuid, photos uuid[],
    hashes bigint[])
returns void
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
declare
	len constant int := coalesce(cardinality(hashes)
	    / nullif(cardinality(photos), 0), 0);
	proof record;
	photo record;
	same record;
	fact uuid;
begin
	select e.id, e.at into proof from crm.event e
	where e.report_id = report and e.id = event
	and e.type in ('follow_up', 'progress');
	if event is not null and not found then
		return;
	end if;
	for photo in
		select p.id, hashes[(s.place - 1) * len + 1:s.place * len] as words
		from unnest(photos) with ordinality s (id, place)
		join crm.photo p on p.id = s.id and p.report_id = report
		and p.event_id is not distinct from event
		where len >= 6
		order by s.place
	loop
		continue when photo.words[1] = 0;
		for same in
			select f.* from crm.photo_same(photo.words, report) f
			where event is not null
			-- The report's own photos come first: one proof sent
			-- many times must not push them out.
			order by f.is_proof, f.bits, f.photo_id limit 10
		loop
			insert into crm.proof_check (report_id, event_id, at, kind,
			    photo_id, is_mirrored, bits)
			values (report, event, proof.at, case when same.is_proof
			    then 'earlier_proof' else 'own_photo' end,
			    photo.id, same.is_mirrored, same.bits)
			returning id into fact;
			insert into crm.proof_pair (check_id, photo_id, report_id)
			values (fact, same.photo_id, same.report_id);
		end loop;
	end loop;
	if len >= 6 then
		insert into crm.photo_hash (photo_id, report_id, is_proof, whole,
		    quarters)
		select p.id, report, event is not null,
		    hashes[(s.place - 1) * len + 1],
		    hashes[(s.place - 1) * len + 3:(s.place - 1) * len + 6]
		from unnest(photos) with ordinality s (id, place)
		join crm.photo p on p.id = s.id and p.report_id = report
		and p.event_id is not distinct from event
		where hashes[(s.place - 1) * len + 1] <> 0
		on conflict do nothing;
	end if;
	perform crm.proof_facts(report, event);
end
$$;
comment on function crm.proof_keep(uuid, uuid, uuid[], bigint[]) is
    'Keeps what new photos look like and, when they are proof, the facts about them. Security definer because no login may read or write hashes, or see which photos of which reports are the same.';
grant execute on function crm.proof_keep(uuid, uuid, uuid[], bigint[])
    to crm_officer, crm_channel;

-- crm/idempotency_find.sql
create function crm.idempotency_find(owner uuid, key bytea, request bytea)
returns crm.idempotency
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	kept crm.idempotency;
begin
	-- Whoever holds the same key finishes first; then its row is seen here.
	perform pg_advisory_xact_lock(
	    hashtextextended(owner::text || encode(key, 'hex'), 0));
	select i.* into kept from crm.idempotency i
	where i.owner_id = owner and i.key_hash = key;
	if found and kept.request_hash <> request then
		raise exception 'the key was used for another request'
		    using errcode = 'CR422', column = '/',
		    constraint = 'idempotency_key_reused';
	end if;
	return kept;
end
$$;
comment on function crm.idempotency_find(uuid, bytea, bytea) is
    'The first answer to this key, or null; holds the key until the end of the transaction.';
grant execute on function crm.idempotency_find(uuid, bytea, bytea)
    to crm_officer, crm_channel;

-- crm/inbox_due.sql
-- Walks one index per circle of readers and status, so that the cost is that
-- of a page and not of all that the viewer may see. Other plans are off: they
-- read all before they sort, and look cheap as long as a table is small. The
-- arrays are in the order of the query below them.
--

create function crm.inbox_due(wanted crm.inbox_filter, after_key timestamptz,
    after_id uuid, row_limit int)
returns crm.inbox_found
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
set enable_bitmapscan = off
set enable_seqscan = off
as $$
declare
	page crm.inbox_found;
	-- Not coalesce() in the query: row-level security would take it for leaky
	-- and keep the comparison out of the index.
	from_key constant timestamptz := coalesce(after_key, '-infinity');
	from_id constant uuid := coalesce(after_id,
	    '00000000-0000-0000-0000-000000000000');
begin
	select array_agg(w.id), array_agg(w.received), array_agg(w.key),
	    min(w.received), max(w.received)
	into page
	from (
		select distinct on (p.key, p.id) p.key, p.id, p.received
		from unnest(crm.viewer_readers()) reader (id)
		cross join unnest(wanted.statuses) s (status)
		cross join lateral (
			select i.due_at as key, i.report_id as id,
			    i.received_at as received
			from crm.inbox i
			where i.reader_id = reader.id and i.status = s.status
			and (i.due_at, i.report_id) > (from_key, from_id)
			and (wanted.category is null
			    or i.category_code = wanted.category)
			and (wanted.unit is null or i.unit_id = wanted.unit)
			and (wanted.kelurahan is null
			    or i.kelurahan_code = wanted.kelurahan)
			and (wanted.visible is null or i.visibility = wanted.visible)
			and (wanted.is_overdue is null
			    or (i.due_at < wanted.at) = wanted.is_overdue)
			and (wanted.bbox is null
			    or i.lat between wanted.bbox[2] and wanted.bbox[4]
			    and i.lng between wanted.bbox[1] and wanted.bbox[3])
			and (wanted.held is null
			    or wanted.held = any (i.held_for))
			and (wanted.is_free is null or i.officer_id is null)
			order by i.due_at, i.report_id
			limit row_limit
		) p
		order by p.key, p.id
		limit row_limit
	) w;
	return page;
end
$$;
comment on function crm.inbox_due(crm.inbox_filter, timestamptz, uuid, int) is
    'A page of the viewer''s list, nearest deadline first.';
grant execute on function
    crm.inbox_due(crm.inbox_filter, timestamptz, uuid, int)
    to crm_officer, crm_channel;

-- crm/inbox_oldest.sql
-- Walks one index per circle of readers and status, so that the cost is that
-- of a page and not of all that the viewer may see. Other plans are off: they
-- read all before they sort, and look cheap as long as a table is small. The
-- arrays are in the order of the query below them.
--

create function crm.inbox_oldest(wanted crm.inbox_filter, after_key timestamptz,
    after_id uuid, row_limit int)
returns crm.inbox_found
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
set enable_bitmapscan = off
set enable_seqscan = off
as $$
declare
	page crm.inbox_found;
	-- Not coalesce() in the query: row-level security would take it for leaky
	-- and keep the comparison out of the index.
	from_key constant timestamptz := coalesce(after_key, '-infinity');
	from_id constant uuid := coalesce(after_id,
	    '00000000-0000-0000-0000-000000000000');
begin
	select array_agg(w.id), array_agg(w.received), array_agg(w.key),
	    min(w.received), max(w.received)
	into page
	from (
		select distinct on (p.key, p.id) p.key, p.id, p.received
		from unnest(crm.viewer_readers()) reader (id)
		cross join unnest(wanted.statuses) s (status)
		cross join lateral (
			select i.received_at as key, i.report_id as id,
			    i.received_at as received
			from crm.inbox i
			where i.reader_id = reader.id and i.status = s.status
			and (i.received_at, i.report_id) > (from_key, from_id)
			and (wanted.category is null
			    or i.category_code = wanted.category)
			and (wanted.unit is null or i.unit_id = wanted.unit)
			and (wanted.kelurahan is null
			    or i.kelurahan_code = wanted.kelurahan)
			and (wanted.visible is null or i.visibility = wanted.visible)
			and (wanted.is_overdue is null
			    or (i.due_at < wanted.at) = wanted.is_overdue)
			and (wanted.bbox is null
			    or i.lat between wanted.bbox[2] and wanted.bbox[4]
			    and i.lng between wanted.bbox[1] and wanted.bbox[3])
			and (wanted.held is null
			    or wanted.held = any (i.held_for))
			and (wanted.is_free is null or i.officer_id is null)
			order by i.received_at, i.report_id
			limit row_limit
		) p
		order by p.key, p.id
		limit row_limit
	) w;
	return page;
end
$$;
comment on function crm.inbox_oldest(crm.inbox_filter, timestamptz, uuid, int) is
    'A page of the viewer''s list, oldest first.';
grant execute on function
    crm.inbox_oldest(crm.inbox_filter, timestamptz, uuid, int)
    to crm_officer, crm_channel;

-- crm/inbox_newest.sql
-- Walks one index per circle of readers and status, so that the cost is that
-- of a page and not of all that the viewer may see. Other plans are off: they
-- read all before they sort, and look cheap as long as a table is small. The
-- arrays are in the order of the query below them.
--

create function crm.inbox_newest(wanted crm.inbox_filter, after_key timestamptz,
    after_id uuid, row_limit int)
returns crm.inbox_found
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
set enable_bitmapscan = off
set enable_seqscan = off
as $$
declare
	page crm.inbox_found;
	-- Not coalesce() in the query: row-level security would take it for leaky
	-- and keep the comparison out of the index.
	from_key constant timestamptz := coalesce(after_key, 'infinity');
	from_id constant uuid := coalesce(after_id,
	    'ffffffff-ffff-ffff-ffff-ffffffffffff');
begin
	select array_agg(w.id), array_agg(w.received), array_agg(w.key),
	    min(w.received), max(w.received)
	into page
	from (
		select distinct on (p.key, p.id) p.key, p.id, p.received
		from unnest(crm.viewer_readers()) reader (id)
		cross join unnest(wanted.statuses) s (status)
		cross join lateral (
			select i.received_at as key, i.report_id as id,
			    i.received_at as received
			from crm.inbox i
			where i.reader_id = reader.id and i.status = s.status
			and (i.received_at, i.report_id) < (from_key, from_id)
			and (wanted.category is null
			    or i.category_code = wanted.category)
			and (wanted.unit is null or i.unit_id = wanted.unit)
			and (wanted.kelurahan is null
			    or i.kelurahan_code = wanted.kelurahan)
			and (wanted.visible is null or i.visibility = wanted.visible)
			and (wanted.is_overdue is null
			    or (i.due_at < wanted.at) = wanted.is_overdue)
			and (wanted.bbox is null
			    or i.lat between wanted.bbox[2] and wanted.bbox[4]
			    and i.lng between wanted.bbox[1] and wanted.bbox[3])
			and (wanted.held is null
			    or wanted.held = any (i.held_for))
			and (wanted.is_free is null or i.officer_id is null)
			order by i.received_at desc, i.report_id desc
			limit row_limit
		) p
		order by p.key desc, p.id desc
		limit row_limit
	) w;
	return page;
end
$$;
comment on function crm.inbox_newest(crm.inbox_filter, timestamptz, uuid, int) is
    'A page of the viewer''s list, newest first.';
grant execute on function
    crm.inbox_newest(crm.inbox_filter, timestamptz, uuid, int)
    to crm_officer, crm_channel;

-- crm/inbox_search.sql
create function crm.inbox_search(wanted crm.inbox_filter, q text, sort text,
    after_key timestamptz, after_id uuid, row_limit int)
returns crm.inbox_found
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_custom_plan
set enable_seqscan = on
as $$
declare
	readers constant uuid[] := crm.viewer_readers();
	is_triage constant boolean := coalesce(crm.viewer_role() = 'triage'
	    or crm.viewer_channel() is not null, false);
	is_back constant boolean := coalesce(sort = '-received_at', false);
	found uuid[];
	page crm.inbox_found;
begin
	found := crm.report_match(q, readers);
	select array_agg(w.id), array_agg(w.received), array_agg(w.key),
	    min(w.received), max(w.received)
	into page
	from (
		select p.key, p.id, p.received
		from (
			select distinct on (i.report_id) i.report_id as id,
			    i.received_at as received,
			    case when sort in ('received_at', '-received_at')
			    then i.received_at else i.due_at end as key
			from crm.inbox i
			where i.report_id = any (found)
			and i.reader_id = any (readers)
			and i.status = any (wanted.statuses)
			and (is_triage or i.status <> 'incoming' or i.is_returned)
			and (wanted.category is null or i.category_code = wanted.category)
			and (wanted.unit is null or i.unit_id = wanted.unit)
			and (wanted.kelurahan is null
			    or i.kelurahan_code = wanted.kelurahan)
			and (wanted.visible is null or i.visibility = wanted.visible)
			and (wanted.is_overdue is null
			    or (i.due_at < wanted.at) = wanted.is_overdue)
			and (wanted.bbox is null
			    or i.lat between wanted.bbox[2] and wanted.bbox[4]
			    and i.lng between wanted.bbox[1] and wanted.bbox[3])
			and (wanted.held is null
			    or wanted.held = any (i.held_for))
			and (wanted.is_free is null or i.officer_id is null)
			and (wanted.officer is null
			    or i.officer_id = wanted.officer)
		) p
		where case when is_back
		    then (p.key, p.id) < (coalesce(after_key, 'infinity'),
			coalesce(after_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
		    else (p.key, p.id) > (coalesce(after_key, '-infinity'),
			coalesce(after_id, '00000000-0000-0000-0000-000000000000'))
		    end
		order by case when not is_back then p.key end,
		    case when not is_back then p.id end,
		    p.key desc, p.id desc
		limit row_limit
	) w;
	return page;
end
$$;
comment on function crm.inbox_search(crm.inbox_filter, text, text,
    timestamptz, uuid, int) is
    'A page of what the viewer finds by words. Security definer because the indexes on text cannot be used below row-level security; it asks for the viewer''s own circles only.';
grant execute on function crm.inbox_search(crm.inbox_filter, text, text,
    timestamptz, uuid, int) to crm_officer, crm_channel;

-- crm/inbox_assigned.sql
-- What one officer works on is little, also over years: it is read as a whole
-- along an index of its own and then sorted.
--

create function crm.inbox_assigned(wanted crm.inbox_filter, sort text,
    after_key timestamptz, after_id uuid, row_limit int)
returns crm.inbox_found
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
declare
	readers constant uuid[] := crm.viewer_readers();
	is_back constant boolean := coalesce(sort = '-received_at', false);
	page crm.inbox_found;
begin
	select array_agg(w.id), array_agg(w.received), array_agg(w.key),
	    min(w.received), max(w.received)
	into page
	from (
		select p.key, p.id, p.received
		from (
			select distinct on (i.report_id) i.report_id as id,
			    i.received_at as received,
			    case when sort in ('received_at', '-received_at')
			    then i.received_at else i.due_at end as key
			from crm.inbox i
			where i.officer_id = wanted.officer
			and i.reader_id = any (readers)
			and i.status = any (wanted.statuses)
			and (wanted.category is null
			    or i.category_code = wanted.category)
			and (wanted.unit is null or i.unit_id = wanted.unit)
			and (wanted.kelurahan is null
			    or i.kelurahan_code = wanted.kelurahan)
			and (wanted.visible is null
			    or i.visibility = wanted.visible)
			and (wanted.is_overdue is null
			    or (i.due_at < wanted.at) = wanted.is_overdue)
			and (wanted.bbox is null
			    or i.lat between wanted.bbox[2] and wanted.bbox[4]
			    and i.lng between wanted.bbox[1] and wanted.bbox[3])
			and (wanted.held is null
			    or wanted.held = any (i.held_for))
		) p
		where case when is_back
		    then (p.key, p.id) < (coalesce(after_key, 'infinity'),
			coalesce(after_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
		    else (p.key, p.id) > (coalesce(after_key, '-infinity'),
			coalesce(after_id, '00000000-0000-0000-0000-000000000000'))
		    end
		order by case when not is_back then p.key end,
		    case when not is_back then p.id end,
		    p.key desc, p.id desc
		limit row_limit
	) w;
	return page;
end
$$;
comment on function crm.inbox_assigned(crm.inbox_filter, text, timestamptz,
    uuid, int) is
    'A page of what one officer works on, of what the viewer may see.';
grant execute on function crm.inbox_assigned(crm.inbox_filter, text,
    timestamptz, uuid, int) to crm_officer, crm_channel;

-- crm/inbox_wanted.sql
create function crm.inbox_wanted(statuses text[], category text, unit uuid,
    kelurahan text, is_overdue boolean, visible text, bbox float8[],
    held text, assigned text)
returns crm.inbox_filter
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	wanted crm.inbox_filter := row(statuses, category, unit, kelurahan,
	    is_overdue, visible, bbox,
	    case when is_overdue is not null then crm.now() end, held,
	    case when assigned = 'none' then true end,
	    case assigned when 'me' then crm.viewer_account()
	    when 'none' then null else assigned::uuid end);
begin
	-- Who works on what is known in the own unit and to those who check: what
	-- may not be seen may not be asked for either.
	if assigned <> 'me' and crm.viewer_role() in ('officer', 'triage') then
		wanted.unit := crm.viewer_unit();
		if unit <> wanted.unit then
			wanted.statuses := '{}';
		end if;
	end if;
	-- Triage holds what comes in, a second validation what is completed, and
	-- who is missing is asked of open work: the long lists of what is over are
	-- not read through for it.
	wanted.statuses := coalesce(wanted.statuses,
	    case when held = 'second' then array['completed']
	    when held is not null then array['incoming']
	    when wanted.is_free then array['incoming', 'waiting',
		'coordination', 'disposition', 'in_progress', 'scheduled',
		'awaiting_validation', 'followup_rejected'] end,
	    crm.status_list());
	return wanted;
end
$$;
comment on function crm.inbox_wanted(text[], text, uuid, text, boolean, text,
    float8[], text, text) is
    'What a list is asked for, as far as the viewer may ask.';
grant execute on function crm.inbox_wanted(text[], text, uuid, text, boolean,
    text, float8[], text, text) to crm_officer, crm_channel;

-- crm/inbox_page.sql
create function crm.inbox_page(wanted crm.inbox_filter, q text, sort text,
    after_key timestamptz, after_id uuid, row_limit int)
returns crm.inbox_found
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	if q is not null then
		return crm.inbox_search(wanted, q, sort,
		    after_key, after_id, row_limit);
	elsif wanted.officer is not null then
		return crm.inbox_assigned(wanted, sort,
		    after_key, after_id, row_limit);
	elsif sort = 'received_at' then
		return crm.inbox_oldest(wanted, after_key,
		    after_id, row_limit);
	elsif sort = '-received_at' then
		return crm.inbox_newest(wanted, after_key,
		    after_id, row_limit);
	else
		return crm.inbox_due(wanted, after_key,
		    after_id, row_limit);
	end if;
end
$$;
comment on function crm.inbox_page(crm.inbox_filter, text, text,
    timestamptz, uuid, int) is
    'Which reports are on a page of the viewer''s list, and in what order.';
grant execute on function crm.inbox_page(crm.inbox_filter, text, text,
    timestamptz, uuid, int) to crm_officer, crm_channel;

-- crm/report_now.sql
create function crm.report_now(report uuid, received timestamptz)
returns crm.report
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
	found crm.report;
begin
	if crm.viewer_channel() is null then
		select r.* into found from crm.report r
		where r.id = report and r.received_at = received;
		return found;
	end if;
	select r.id, r.received_at, r.ticket, r.channel_id, r.visibility,
	    r.status, r.version, r.category_code, r.lat, r.lng,
	    r.kelurahan_code, r.unit_id, r.unit_ids, r.due_at, r.asked_at,
	    r.left_seconds, r.reopened, r.me_too, r.stars, r.completed_at,
	    r.reason_code, r.main_id, r.merged
	into found.id, found.received_at, found.ticket, found.channel_id,
	    found.visibility, found.status, found.version, found.category_code,
	    found.lat, found.lng, found.kelurahan_code, found.unit_id,
	    found.unit_ids, found.due_at, found.asked_at, found.left_seconds,
	    found.reopened, found.me_too, found.stars, found.completed_at,
	    found.reason_code, found.main_id, found.merged
	from crm.report r
	where r.id = report and r.received_at = received;
	return found;
end
$$;
comment on function crm.report_now(uuid, timestamptz) is
    'The report, null when there is none. A channel gets no more of it than it may read.';
grant execute on function crm.report_now(uuid, timestamptz)
    to crm_officer, crm_channel;

-- crm/report_lock.sql
create function crm.report_lock(report uuid, received timestamptz)
returns crm.report
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
begin
	perform from crm.report r
	where r.id = report and r.received_at = received for update;
	return crm.report_now(report, received);
end
$$;
comment on function crm.report_lock(uuid, timestamptz) is
    'The report, held until the end of the transaction; null when there is none.';
grant execute on function crm.report_lock(uuid, timestamptz)
    to crm_officer, crm_channel;

-- crm/merge_lock.sql
create function crm.merge_lock(step text, report uuid, reference text)
returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	key record;
begin
	if step not in ('merge', 'unmerge', 'undo')
	    or crm.viewer_role() is distinct from 'triage' then
		return;
	end if;
	-- A step of a main report holds that one and then those merged into it;
	-- so must whoever takes one in or out. Two that are merged into each other
	-- are held in the order of their ids.
	for key in
		select k.id, k.received_at from crm.report_find(reference) k
		where step = 'merge'
		union all
		select k.id, k.received_at from crm.report_key k
		where k.id = report and step = 'merge'
		union all
		select m.id, m.received_at from crm.report r
		join crm.report_key k
		on k.id = r.id and k.received_at = r.received_at
		join crm.report_key m on m.id = r.main_id
		where k.id = report and step <> 'merge'
		order by id
	loop
		perform crm.report_lock(key.id, key.received_at);
	end loop;
end
$$;
comment on function crm.merge_lock(text, uuid, text) is
    'Holds the main report before the one that is taken into it or out of it.';
grant execute on function crm.merge_lock(text, uuid, text) to crm_officer, crm_channel;

-- crm/step_merge.sql
create function crm.step_merge(was crm.report, body jsonb) returns crm.report
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	main crm.report;
	key record;
	code text;
	after crm.report := was;
begin
	select k.id, k.received_at into key
	from crm.report_find(body ->> 'into') k;
	if found then
		main := crm.report_lock(key.id, key.received_at);
	end if;
	code := case when main.id is null then 'unknown'
	    when main.id = was.id then 'itself'
	    when main.status = 'merged' then 'is_merged'
	    when main.status = 'rejected' then 'is_rejected'
	    when was.merged > 0 then 'has_merged' end;
	if code is not null then
		raise exception 'cannot be merged into that'
		    using errcode = 'CR422', column = '/into',
		    constraint = code;
	end if;
	after.main_id := main.id;
	return after;
end
$$;
comment on function crm.step_merge(crm.report, jsonb) is
    'The report merged into another one, which is held until the end; CR422 when that one cannot take it.';
grant execute on function crm.step_merge(crm.report, jsonb) to crm_officer;

-- crm/split_id.sql
create function crm.split_id(event uuid) returns uuid
language sql immutable strict security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
	select md5('split ' || event::text)::uuid
$$;
comment on function crm.split_id(uuid) is
    'Id of the report that a split makes.';
grant execute on function crm.split_id(uuid) to crm_officer, crm_channel;

-- crm/split_note.sql
create function crm.split_note(report uuid, origin uuid, at timestamptz)
returns void
language sql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
	insert into crm.duplicate_hint (report_id, other_id, relation,
	    distance_m, found_at)
	values (report, origin, 'split', 0, at)
$$;
comment on function crm.split_note(uuid, uuid, timestamptz) is
    'Notes which report was split off which. Security definer because no login writes hints.';
grant execute on function crm.split_note(uuid, uuid, timestamptz)
    to crm_officer;

-- crm/step_split.sql
create function crm.step_split(event uuid, at timestamptz, was crm.report,
    body jsonb)
returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
	report constant uuid := crm.split_id(event);
	category constant text := coalesce(body ->> 'category',
	    was.category_code);
	words constant text := crm.match_text(body ->> 'description');
	unit uuid;
	status text := 'waiting';
	received constant uuid := gen_random_uuid();
	ticket text;
begin
	perform crm.report_check(category, null, null);
	if body ->> 'unit' is not null then
		unit := crm.step_unit(body, null);
	else
		select u.id into unit from crm.unit u
		where u.kind = 'kelurahan' and u.area_code = was.kelurahan_code
		and u.is_active;
	end if;
	if unit is null then
		unit := crm.viewer_unit();
		status := 'incoming';
	end if;
	ticket := crm.ticket_next(at);
	insert into crm.report_key (id, ticket, received_at)
	values (report, ticket, at);
	insert into crm.report (id, received_at, ticket, channel_id, visibility,
	    status, version, category_code, description, description_public,
	    lat, lng, accuracy_m, address, kelurahan_code, unit_id, unit_ids,
	    occurred_at, changed_at, due_at, held_for, match_text)
	values (report, at, ticket, was.channel_id, was.visibility, status, 1,
	    category, body ->> 'description',
	    coalesce(body ->> 'description_public', ''), was.lat, was.lng,
	    was.accuracy_m, was.address, was.kelurahan_code, unit, array[unit],
	    was.occurred_at, at, crm.due_at(status, unit, category, at),
	    case status when 'incoming' then was.held_for else '{}' end, words);
	insert into crm.event (id, at, report_id, type, version, by_unit_id,
	    to_status)
	values (received, at, report, 'received', 1, crm.viewer_unit(), status);
	insert into crm.event_internal (event_id, report_id, by_account_id)
	values (received, report, crm.viewer_account());
	perform crm.split_note(report, was.id, at);
	perform crm.audit_add('report_add', report);
end
$$;
comment on function crm.step_split(uuid, timestamptz, crm.report, jsonb) is
    'Makes a report of its own of what this one says besides: of the same channel and place, without identity and photos.';
grant execute on function crm.step_split(uuid, timestamptz, crm.report, jsonb)
    to crm_officer;

-- crm/main_step.sql
create function crm.main_step(main uuid, event uuid) returns void
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
declare
	at constant timestamptz := crm.now();
	step record;
	own crm.report;
	is_over boolean;
	one crm.report;
	after crm.report;
	told uuid;
begin
	-- Only of what this transaction does itself.
	select e.type, e.text, t.is_told and not t.by_channel as is_told
	into step
	from crm.event e join crm.event_type t on t.type = e.type
	where e.id = event and e.at = at and e.report_id = main;
	if not found then
		raise exception 'no such event' using errcode = 'CR404';
	end if;
	select r.* into own from crm.report_key k
	join crm.report r on r.id = k.id and r.received_at = k.received_at
	where k.id = main;
	is_over := own.status = 'rejected';
	if not step.is_told and not is_over then
		return;
	end if;
	for one in
		select r.* from crm.report r
		where r.main_id = main and r.status = 'merged'
		order by r.id for update
	loop
		after := one;
		if is_over then
			after := crm.step_tidy(crm.step_unmerge(one));
		end if;
		after.version := one.version + 1;
		after.changed_at := at;
		perform crm.report_store(one, after);
		told := gen_random_uuid();
		insert into crm.event (id, at, report_id, type, version, text,
		    from_status, to_status, step)
		values (told, at, one.id, 'main_step', after.version,
		    case when step.type = 'follow_up'
			and own.visibility = 'public' then step.text end,
		    case when is_over then 'merged' end,
		    case when is_over then after.status
			else own.status end,
		    case when is_over then 'unmerge'
			else step.type end);
		perform crm.notice_add(one.id, told, 'main_step',
		    case when is_over
			then array['reporter', 'holder', 'officer']
			else array['reporter'] end, one.unit_id);
	end loop;
end
$$;
comment on function crm.main_step(uuid, uuid) is
    'Tells the reports merged into this one of a step of it: what happened and the status, in words only what was said of a public report at follow-up. Once the main report is rejected or withdrawn they are what they were before they were merged. Security definer because a step reaches reports that its doer must not see.';
grant execute on function crm.main_step(uuid, uuid)
    to crm_officer, crm_channel;

-- crm/choice_count.sql
create function crm.choice_count(count float8, counted_at timestamptz,
    at timestamptz)
returns float8
language sql immutable security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
	select count * power(0.5, greatest(0,
	    extract(epoch from at - counted_at)::float8) / 7776000)
$$;
comment on function crm.choice_count(float8, timestamptz, timestamptz) is
    'What a count of crm.choice is worth later: half after 90 days.';

-- crm/choice_add.sql
create function crm.choice_add(step text, category text, kelurahan text,
    unit uuid, more int)
returns void
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
declare
	at constant timestamptz := crm.now();
begin
	if category is null then
		return;
	end if;
	insert into crm.choice as c (step, category_code, kelurahan_code,
	    unit_id, count, counted_at)
	values (step, category, kelurahan, unit, greatest(more, 0), at)
	on conflict on constraint choice_key do update
	set count = greatest(0, more
		+ crm.choice_count(c.count, c.counted_at, at)),
	    counted_at = at;
end
$$;
comment on function crm.choice_add(text, text, text, uuid, int) is
    'Counts one more choice, or one less that was sent back. Security definer because no login touches the counts.';
grant execute on function crm.choice_add(text, text, text, uuid, int)
    to crm_officer;

-- crm/choice_rank.sql
create function crm.choice_rank(step text, category text, kelurahan text)
returns table (unit_id uuid, level text, count int, total int)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
	at constant timestamptz := crm.now();
begin
	return query
	select u.unit_id, u.level, round(u.count)::int, round(u.total)::int
	from (
		select l.level, l.width, c.unit_id, sum(v.count) as count,
		    sum(sum(v.count)) over (partition by l.level) as total
		from (values ('kelurahan', 13), ('kecamatan', 8), ('kota', 5),
		    ('city', 0)) l (level, width)
		join crm.choice c on c.step = choice_rank.step
		and c.category_code = category
		and (l.width = 0 or left(c.kelurahan_code, l.width)
		    = left(kelurahan, l.width))
		cross join lateral (select crm.choice_count(c.count,
		    c.counted_at, at) as count) v
		group by l.level, l.width, c.unit_id
	) u
	where round(u.total) >= 10 and round(u.count) >= 1
	order by u.width desc, u.count desc, u.unit_id;
end
$$;
comment on function crm.choice_rank(text, text, text) is
    'Units that were chosen for a category, nearest places first, each level only where at least ten choices hide the single report. Security definer because no login reads the counts themselves.';
grant execute on function crm.choice_rank(text, text, text) to crm_officer;

-- crm/suggestion.sql
create function crm.suggestion(category text, kelurahan text, holder uuid)
returns table (unit_id uuid, level text, count int, total int)
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
	own constant crm.unit := (select u from crm.unit u where u.id = holder);
	is_agency constant boolean := own.kind in ('dinas', 'badan', 'satpol');
begin
	return query
	with offered as (
		-- An agency's own office in the kota, and whom it chose below it.
		select r.unit_id, r.level, r.count, r.total, 0 as step, r.place
		from crm.choice_rank('dispose', category, kelurahan)
		    with ordinality r (unit_id, level, count, total, place)
		join crm.unit u on u.id = r.unit_id
		where is_agency and u.parent_id = holder
		and (u.area_code is null or u.area_code = left(kelurahan, 5))
		union all
		select u.id, 'below', 0, 0, 1, 0 from crm.unit u
		where is_agency and u.parent_id = holder
		and u.area_code = left(kelurahan, 5)
		union all
		select r.unit_id, r.level, r.count, r.total, 2, r.place
		from crm.choice_rank('hand_over', category, kelurahan)
		    with ordinality r (unit_id, level, count, total, place)
		union all
		select u.id, 'usual', 0, 0, 3, 0
		from crm.category_unit c join crm.unit u on case
		    when c.unit_id is null then u.kind = 'kelurahan'
			and u.area_code = kelurahan
		    else u.id = c.unit_id end
		where c.category_code = category
	), once as (
		select distinct on (o.unit_id) o.*
		from offered o join crm.unit u on u.id = o.unit_id
		where o.unit_id is distinct from holder and u.is_active
		and u.duty is null and u.kind <> 'province'
		order by o.unit_id, o.step, o.place
	)
	select o.unit_id, o.level, o.count, o.total from once o
	order by o.step, o.place, o.unit_id limit 5;
end
$$;
comment on function crm.suggestion(text, text, uuid) is
    'Up to five units to hand a report of this category and place to, best first: what was chosen before near there, then the usual agency; for an agency its own office in the kota first.';
grant execute on function crm.suggestion(text, text, uuid) to crm_officer;

-- crm/suggestion_why.sql
create function crm.suggestion_why(lang text, level text, count int, total int,
    category text, place text)
returns text
language plpgsql immutable security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
	if lang = 'id' then
		return case level
		    when 'below' then 'Kantor unit ini di kota yang sama.'
		    when 'usual' then
			'Unit ini biasanya menangani kategori ini.'
		    else format('%s dari %s laporan serupa%s di %s diserahkan'
			' ke unit ini.', count, total,
			coalesce(' (' || category || ')', ''), place) end;
	end if;
	return case level
	    when 'below' then 'The office of this unit in the same kota.'
	    when 'usual' then 'This unit usually handles this category.'
	    else format('%s of %s reports like this%s in %s went to this unit.',
		count, total, coalesce(' (' || category || ')', ''), place) end;
end
$$;
comment on function crm.suggestion_why(text, text, int, int, text, text) is
    'One sentence that says why a unit is suggested.';
grant execute on function crm.suggestion_why(text, text, int, int, text, text)
    to crm_officer;

-- crm/evidence_problems.sql
create function crm.evidence_problems(must text[], may text[], body jsonb)
returns table (place int, pointer text, code text)
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
	known constant text[] := array['text', 'note', 'reason', 'captured_at',
	    'location', 'unit', 'category', 'into', 'officer', 'until', 'stars',
	    'description'];
	has jsonb := jsonb_strip_nulls(coalesce(body, '{}'));
	spot constant jsonb := has -> 'location';
begin
	return query
	select m.place::int, '/' || m.name, case
	    when m.name = any (must) and coalesce(has ->> m.name, '') !~ '\S'
		then 'required'
	    when has ? m.name and m.name <> all (must || may)
		then 'not_allowed'
	    when has ->> m.name !~ '\S' then 'empty' end
	from unnest(known) with ordinality m (name, place)
	where m.name = any (must) or has ? m.name;
	if (spot -> 'lat' is null or spot -> 'lng' is null)
	    and spot is not null then
		return query values (5, '/location', 'required');
	end if;
	return query
	select v.place, v.pointer, v.code
	from (values
	    (20, '/captured_at', case when (has ->> 'captured_at')::timestamptz
		> crm.now() + interval '5 minutes' then 'future'
		when (has ->> 'captured_at')::timestamptz
		< crm.now() - interval '30 days' then 'range' end),
	    (21, '/location/lat', case when (spot ->> 'lat')::float8
		not between -90 and 90 then 'range' end),
	    (22, '/location/lng', case when (spot ->> 'lng')::float8
		not between -180 and 180 then 'range' end),
	    (23, '/location/accuracy_m', case when
		(spot ->> 'accuracy_m')::float8 < 0 then 'range' end),
	    (24, '/stars', case when (has ->> 'stars')::numeric
		not in (1, 2, 3, 4, 5) then 'range' end)
	) v (place, pointer, code)
	where v.code is not null;
end
$$;
comment on function crm.evidence_problems(text[], text[], jsonb) is
    'What is wrong with the members of a step: missing, empty, not allowed, out of range.';
grant execute on function crm.evidence_problems(text[], text[], jsonb)
    to crm_officer, crm_channel;

-- crm/event_check.sql
create function crm.event_check(rule crm.event_rule, body jsonb, photos int)
returns void
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	wrong record;
begin
	-- All places that lack the same, so that the doer hears of them at once.
	select string_agg(w.pointer, ',' order by w.place) as pointers, w.code
	into wrong
	from (
		select e.place, e.pointer, e.code
		from crm.evidence_problems(rule.must, rule.may, body) e
		union all
		select 100, '/photos', case
		    when coalesce(photos, 0) < rule.photo_min then 'required'
		    when coalesce(photos, 0) <= rule.photo_max then null
		    when rule.photo_max = 0 then 'not_allowed'
		    else 'too_many' end
	) w
	where w.code is not null
	group by w.code
	order by min(w.place)
	limit 1;
	if found then
		raise exception 'evidence is missing or does not belong here'
		    using errcode = 'CR422', column = wrong.pointers,
		    constraint = wrong.code;
	end if;
end
$$;
comment on function crm.event_check(crm.event_rule, jsonb, int) is
    'Refuses a step without the evidence its rule asks for, or with what it does not allow, with CR422.';
grant execute on function crm.event_check(crm.event_rule, jsonb, int)
    to crm_officer, crm_channel;

-- crm/viewer_did.sql
create function crm.viewer_did(report uuid) returns boolean
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
begin
	return exists (
		select from crm.event e
		join crm.event_internal i on i.event_id = e.id
		where e.report_id = report and e.type = 'follow_up'
		and (i.by_account_id = crm.viewer_account()
		or e.by_unit_id = crm.viewer_unit()));
end
$$;
comment on function crm.viewer_did(uuid) is
    'Whether the viewer or someone of the same unit followed this report up.';
grant execute on function crm.viewer_did(uuid) to crm_officer;

-- crm/viewer_is.sql
create function crm.viewer_is(who text, report crm.report) returns boolean
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
	unit constant uuid := crm.viewer_unit();
	account constant uuid := crm.viewer_account();
begin
	case who
	when 'holder' then
		return report.unit_id = unit;
	when 'agency' then
		return report.unit_id = unit and exists (
			select from crm.unit u where u.id = unit
			and u.kind in ('dinas', 'badan', 'satpol'));
	when 'checker' then
		return not crm.viewer_did(report.id);
	when 'second' then
		return report.second_open and not crm.viewer_did(report.id)
		    and unit is distinct from (
			select e.by_unit_id from crm.event e
			where e.report_id = report.id
			and e.type = 'accept_work'
			order by e.at desc limit 1);
	when 'above' then
		return report.unit_id = any (crm.viewer_units())
		    and report.schedule_account_id is distinct from account;
	when 'doer' then
		return exists (
			select from crm.event e
			join crm.event_internal i on i.event_id = e.id
			where e.report_id = report.id
			and e.version = report.version
			and i.by_account_id = account);
	else
		return true;
	end case;
end
$$;
comment on function crm.viewer_is(text, crm.report) is
    'Whether the viewer is to this report what crm.event_rule asks for. That the viewer sees it is known by then.';
grant execute on function crm.viewer_is(text, crm.report)
    to crm_officer, crm_channel;

-- crm/steps_shut.sql
-- One call for all steps of a report: each report that is opened asks for them.
--

create function crm.steps_shut(report crm.report) returns text[]
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
	at constant timestamptz := crm.now();
	since constant timestamptz := at - interval '15 seconds';
	shut text[] := array[
	    case when report.asked_at is null then 'answer' end,
	    case when report.reason_code = 'withdrawn' then 'appeal' end,
	    case when (report.completed_at >= at - interval '30 days')
		is not true then 'reopen' end,
	    case when report.schedule_until is null
		then 'approve_schedule' end,
	    case when report.schedule_until is null
		then 'refuse_schedule' end];
begin
	-- Nearly always it is too late to undo. Two questions, since the second
	-- costs a look at every month even where the first has answered.
	if report.changed_at < since then
		shut := shut || 'undo'::text;
	elsif not exists (
		select from crm.event e
		join crm.event_rule r on r.type = e.type
		    and r.role = crm.viewer_role()
		    and r.from_status = e.from_status
		where e.report_id = report.id and e.version = report.version
		and e.by_unit_id is not null and e.at >= since
		and r.can_undo) then
		shut := shut || 'undo'::text;
	end if;
	return array_remove(shut, null);
end
$$;
comment on function crm.steps_shut(crm.report) is
    'The steps that are not possible now although the status allows them: no question is open, no date is wished for, it is too late. Ten seconds are given to undo, and five to arrive.';
grant execute on function crm.steps_shut(crm.report)
    to crm_officer, crm_channel;

-- crm/steps_of.sql
create function crm.steps_of(report crm.report) returns text[]
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
	shut constant text[] := crm.steps_shut(report);
begin
	return array(
		select r.type
		from crm.event_rule r
		where r.role = crm.viewer_role()
		and r.from_status = report.status
		and r.type <> all (shut)
		and crm.viewer_is(r.who, report)
		order by r.type);
end
$$;
comment on function crm.steps_of(crm.report) is
    'The steps that the viewer may take now.';
grant execute on function crm.steps_of(crm.report)
    to crm_officer, crm_channel;

-- crm/links_of.sql
create function crm.links_of(report uuid, description text)
returns table (ids uuid[], tickets text[])
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
begin
	if description !~* '\mJK\d{10}' then
		ids := '{}';
		tickets := '{}';
		return next;
		return;
	end if;
	return query
	select coalesce(array_agg(k.id order by k.ticket), '{}'),
	    coalesce(array_agg(k.ticket order by k.ticket), '{}')
	from crm.report_key k
	where k.id <> report and k.ticket in (
		select m[1] from regexp_matches(upper(description),
		    '\m(JK\d{10,11})\M', 'g') m);
end
$$;
comment on function crm.links_of(uuid, text) is
    'The reports whose ticket numbers the text quotes, as far as the viewer may open them.';
grant execute on function crm.links_of(uuid, text) to crm_officer, crm_channel;

-- crm/report_get.sql
create function crm.report_get(report uuid, received timestamptz)
returns setof api.report_row
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
	shown api.report_row;
begin
	if crm.viewer_channel() is not null then
		select r.* into shown from crm.report_told r
		where r.id = report and r.received_at = received;
	else
		select r.* into shown from crm.report_shown r
		where r.id = report and r.received_at = received;
	end if;
	if not found then
		return;
	end if;
	select l.ids, l.tickets into shown.link_id, shown.link_ticket
	from crm.links_of(report, shown.description) l;
	shown.steps := crm.steps_of(crm.report_now(report, received));
	return next shown;
end
$$;
comment on function crm.report_get(uuid, timestamptz) is
    'One report as the viewer may see it, with links and steps, or no row.';
grant execute on function crm.report_get(uuid, timestamptz)
    to crm_officer, crm_channel;

-- crm/event_rule_find.sql
create function crm.event_rule_find(step text, was crm.report, if_version int)
returns crm.event_rule
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	rule crm.event_rule;
	viewer_role constant text := crm.viewer_role();
begin
	if not exists (select from crm.event_rule e where e.type = step) then
		raise exception 'no such type'
		    using errcode = 'CR422', column = '/type',
		    constraint = 'unknown';
	end if;
	if not exists (select from crm.event_rule e
	    where e.type = step and e.role = viewer_role) then
		raise exception 'not for this role' using errcode = 'CR403';
	end if;
	if if_version is null then
		raise exception 'no version' using errcode = 'CR428';
	end if;
	if if_version <> was.version then
		raise exception 'changed meanwhile' using errcode = 'CR412';
	end if;
	select e.* into rule from crm.event_rule e
	where e.type = step and e.role = viewer_role
	and e.from_status = was.status;
	if not found or step = any (crm.steps_shut(was)) then
		raise exception 'not in this status'
		    using errcode = 'CR409', constraint = was.status;
	end if;
	if crm.viewer_is(rule.who, was) is not true then
		raise exception 'not for this unit' using errcode = 'CR403';
	end if;
	return rule;
end
$$;
comment on function crm.event_rule_find(text, crm.report, int) is
    'The rule by which the viewer may take this step now, else CR403, CR409, CR412, CR422 or CR428.';
grant execute on function crm.event_rule_find(text, crm.report, int)
    to crm_officer, crm_channel;

-- crm/event_get.sql
create function crm.event_get(event uuid, report uuid)
returns api.event_row
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
	shown api.event_row;
begin
	if crm.viewer_channel() is not null then
		select e.id, e.type, e.at, e.by_unit_id, e.by_unit_name,
		    e.by_name, e.by_own_unit, e.text, e.note, e.reason,
		    e.from_status, e.to_status, e.captured_at, e.lat, e.lng,
		    e.distance_m, e.photo_id, e.photo_width, e.photo_height,
		    e.to_unit_id, e.to_unit_name, e.officer_name, e.reason_code,
		    e.until, e.stars, e.step, e.into_id, e.into_ticket
		into shown
		from crm.event_told e
		where e.report_id = report and e.id = event;
	else
		select e.id, e.type, e.at, e.by_unit_id, e.by_unit_name,
		    e.by_name, e.by_own_unit, e.text, e.note, e.reason,
		    e.from_status, e.to_status, e.captured_at, e.lat, e.lng,
		    e.distance_m, e.photo_id, e.photo_width, e.photo_height,
		    e.to_unit_id, e.to_unit_name, e.officer_name, e.reason_code,
		    e.until, e.stars, e.step, e.into_id, e.into_ticket
		into shown
		from crm.event_shown e
		where e.report_id = report and e.id = event;
	end if;
	return shown;
end
$$;
comment on function crm.event_get(uuid, uuid) is
    'An event as the viewer may see it.';
grant execute on function crm.event_get(uuid, uuid)
    to crm_officer, crm_channel;

-- crm/id_read.sql
create function crm.id_read(text text) returns uuid
language plpgsql immutable security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
	return case when text ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'
	    then text::uuid end;
end
$$;
comment on function crm.id_read(text) is
    'An id from outside; null when it cannot be one.';
grant execute on function crm.id_read(text) to crm_officer, crm_channel;

-- crm/step_refuse.sql
create function crm.step_refuse(member text, code text) returns void
language plpgsql immutable security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	raise exception 'evidence does not fit'
	    using errcode = 'CR422', column = '/' || member, constraint = code;
end
$$;
comment on function crm.step_refuse(text, text) is
    'Refuses a step for what a member of its body says, with CR422.';
grant execute on function crm.step_refuse(text, text)
    to crm_officer, crm_channel;

-- crm/step_unit.sql
create function crm.step_unit(body jsonb, holder uuid) returns uuid
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	wanted crm.unit;
begin
	select u.* into wanted from crm.unit u
	where u.id = crm.id_read(body ->> 'unit') and u.is_active;
	if not found then
		perform crm.step_refuse('unit', 'unknown');
	elsif wanted.id = holder then
		perform crm.step_refuse('unit', 'own_unit');
	elsif wanted.duty is not null or wanted.kind = 'province' then
		perform crm.step_refuse('unit', 'not_a_doer');
	end if;
	return wanted.id;
end
$$;
comment on function crm.step_unit(jsonb, uuid) is
    'The unit a step sends a report to, else CR422: there is none, it holds the report, or it does no work.';
grant execute on function crm.step_unit(jsonb, uuid) to crm_officer;

-- crm/step_move.sql
create function crm.step_move(after crm.report, unit uuid)
returns crm.report
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	after.unit_id := unit;
	if unit <> all (after.unit_ids) then
		after.unit_ids := after.unit_ids || unit;
	end if;
	after.officer_id := null;
	-- The date that the one before wished for is not its own.
	after.schedule_until := null;
	after.schedule_account_id := null;
	return after;
end
$$;
comment on function crm.step_move(crm.report, uuid) is
    'The report at another unit; those that held it still see it.';
grant execute on function crm.step_move(crm.report, uuid)
    to crm_officer, crm_channel;

-- crm/unit_is_below.sql
create function crm.unit_is_below(unit uuid, top uuid) returns boolean
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	above uuid := unit;
begin
	loop
		select u.parent_id into above from crm.unit u where u.id = above;
		if above is null or above = top then
			return coalesce(above = top, false);
		end if;
	end loop;
end
$$;
comment on function crm.unit_is_below(uuid, uuid) is
    'Whether a unit is strictly below another one.';
grant execute on function crm.unit_is_below(uuid, uuid) to crm_officer;

-- crm/step_route.sql
create function crm.step_route(at timestamptz, after crm.report,
    body jsonb)
returns crm.report
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	spot constant jsonb := body -> 'location';
begin
	after := crm.step_move(after, crm.step_unit(body, null));
	if body ->> 'category' is not null then
		perform crm.report_check(body ->> 'category', null, null);
		after.category_code := body ->> 'category';
	end if;
	if spot ->> 'lat' is not null then
		after.lat := spot ->> 'lat';
		after.lng := spot ->> 'lng';
		after.accuracy_m := spot ->> 'accuracy_m';
		after.kelurahan_code := crm.area_at(after.lat, after.lng);
	end if;
	after.held_for := '{}';
	-- What units sent each other before is over.
	update crm.hand_over h set ended_at = step_route.at
	where h.report_id = after.id and h.ended_at is null;
	return after;
end
$$;
comment on function crm.step_route(timestamptz, crm.report, jsonb) is
    'Out of the filter to a unit; category and place as triage sets them, and the kelurahan follows the place.';
grant execute on function crm.step_route(timestamptz, crm.report, jsonb)
    to crm_officer;

-- crm/step_reject.sql
create function crm.step_reject(after crm.report, body jsonb)
returns crm.report
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	if not exists (select from crm.reason r
	    where r.code = body ->> 'reason' and r.is_choosable) then
		perform crm.step_refuse('reason', 'unknown');
	end if;
	after.reason_code := body ->> 'reason';
	after.held_for := '{}';
	return after;
end
$$;
comment on function crm.step_reject(crm.report, jsonb) is
    'Rejected for a reason that the reporter is told.';
grant execute on function crm.step_reject(crm.report, jsonb) to crm_officer;

-- crm/step_appeal.sql
create function crm.step_appeal(after crm.report) returns crm.report
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	after := crm.step_move(after, (select u.id from crm.unit u
	    where u.duty = 'triage'));
	after.held_for := '{appeal}';
	after.reason_code := null;
	return after;
end
$$;
comment on function crm.step_appeal(crm.report) is
    'Back to triage, held for the reporter''s appeal.';
grant execute on function crm.step_appeal(crm.report) to crm_channel;

-- crm/step_hand_over.sql
create function crm.step_hand_over(event uuid, at timestamptz, kind text,
    was crm.report, body jsonb)
returns crm.report
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
declare
	unit constant uuid := crm.step_unit(body, was.unit_id);
begin
	if kind = 'disposition'
	    and not crm.unit_is_below(unit, was.unit_id) then
		perform crm.step_refuse('unit', 'not_below');
	end if;
	update crm.hand_over h set ended_at = at
	where h.report_id = was.id and h.ended_at is null;
	insert into crm.hand_over (report_id, kind, from_unit_id, to_unit_id,
	    from_status, category_code, kelurahan_code, at, event_id)
	values (was.id, kind, was.unit_id, unit, was.status,
	    was.category_code, was.kelurahan_code, at, event);
	return crm.step_move(was, unit);
end
$$;
comment on function crm.step_hand_over(uuid, timestamptz, text, crm.report,
    jsonb) is
    'From the unit that holds the report to another one; the one before stops to hold the clock.';
grant execute on function crm.step_hand_over(uuid, timestamptz, text,
    crm.report, jsonb) to crm_officer;

-- crm/step_return.sql
create function crm.step_return(at timestamptz, was crm.report)
returns crm.report
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
declare
	sent crm.hand_over;
	after crm.report := was;
begin
	update crm.hand_over h set ended_at = at, returned = true
	where h.report_id = was.id and h.ended_at is null
	and h.to_unit_id = was.unit_id
	returning h.* into sent;
	if found then
		-- Whoever sent it to the sender is the next to get it back.
		update crm.hand_over h set ended_at = null
		where h.report_id = was.id and h.to_unit_id = sent.from_unit_id
		and h.ended_at = sent.at and not h.returned;
		-- A date that was approved there no longer holds.
		after.status := case sent.from_status when 'scheduled'
		    then 'in_progress' else sent.from_status end;
		after := crm.step_move(after, sent.from_unit_id);
	else
		after.status := 'incoming';
		after := crm.step_move(after, (select u.id from crm.unit u
		    where u.duty = 'triage'));
	end if;
	after.returns := was.returns + 1;
	return after;
end
$$;
comment on function crm.step_return(timestamptz, crm.report) is
    'Back to the unit that handed it over and to the status there; to triage when no unit did.';
grant execute on function crm.step_return(timestamptz, crm.report)
    to crm_officer;

-- crm/step_assign.sql
create function crm.step_assign(after crm.report, body jsonb)
returns crm.report
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	officer constant uuid := crm.id_read(body ->> 'officer');
begin
	if not exists (select from crm.account a
	    where a.id = officer and a.unit_id = after.unit_id
	    and a.role = 'officer' and a.is_active) then
		perform crm.step_refuse('officer', 'unknown');
	end if;
	after.officer_id := officer;
	return after;
end
$$;
comment on function crm.step_assign(crm.report, jsonb) is
    'Given to an officer of the unit that holds it.';
grant execute on function crm.step_assign(crm.report, jsonb) to crm_officer;

-- crm/step_schedule.sql
create function crm.step_schedule(after crm.report, at timestamptz, body jsonb)
returns crm.report
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	wish constant timestamptz := body ->> 'until';
begin
	if wish not between at + interval '1 day' and at + interval '365 days' then
		perform crm.step_refuse('until', 'range');
	end if;
	after.schedule_until := coalesce(wish, after.schedule_until);
	-- A wish that waited too long for its approval.
	if after.schedule_until <= at then
		perform crm.step_refuse('until', 'range');
	end if;
	return after;
end
$$;
comment on function crm.step_schedule(crm.report, timestamptz, jsonb) is
    'With the date that is wished for or approved: a day to a year ahead.';
grant execute on function crm.step_schedule(crm.report, timestamptz, jsonb)
    to crm_officer;

-- crm/report_keep.sql
create function crm.report_keep(was crm.report) returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
begin
	insert into crm.report_before (report_id, version,
	    status, category_code, lat, lng, accuracy_m, address,
	    kelurahan_code, unit_id, unit_ids, due_at, officer_id, held_for,
	    asked_at, left_seconds, schedule_until, schedule_account_id,
	    returns, completed_at, reason_code, main_id, second_open)
	values (was.id, was.version,
	    was.status, was.category_code, was.lat, was.lng, was.accuracy_m,
	    was.address, was.kelurahan_code, was.unit_id, was.unit_ids,
	    was.due_at, was.officer_id, was.held_for, was.asked_at,
	    was.left_seconds, was.schedule_until, was.schedule_account_id,
	    was.returns, was.completed_at, was.reason_code, was.main_id,
	    was.second_open);
end
$$;
comment on function crm.report_keep(crm.report) is
    'Keeps a report as it is before a step that can be taken back.';
grant execute on function crm.report_keep(crm.report) to crm_officer;

-- crm/report_restore.sql
create function crm.report_restore(after crm.report, version int)
returns crm.report
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
declare
	before crm.report_before;
begin
	select b.* into strict before from crm.report_before b
	where b.report_id = after.id and b.version = version;
	after.status := before.status;
	after.category_code := before.category_code;
	after.lat := before.lat;
	after.lng := before.lng;
	after.accuracy_m := before.accuracy_m;
	after.address := before.address;
	after.kelurahan_code := before.kelurahan_code;
	after.unit_id := before.unit_id;
	after.unit_ids := before.unit_ids;
	after.due_at := before.due_at;
	after.officer_id := before.officer_id;
	after.held_for := before.held_for;
	after.asked_at := before.asked_at;
	after.left_seconds := before.left_seconds;
	after.schedule_until := before.schedule_until;
	after.schedule_account_id := before.schedule_account_id;
	after.returns := before.returns;
	after.completed_at := before.completed_at;
	after.reason_code := before.reason_code;
	after.main_id := before.main_id;
	after.second_open := before.second_open;
	return after;
end
$$;
comment on function crm.report_restore(crm.report, int) is
    'The report as it was kept at that version.';
grant execute on function crm.report_restore(crm.report, int) to crm_officer;

-- crm/step_unmerge.sql
create function crm.step_unmerge(was crm.report) returns crm.report
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
begin
	return crm.report_restore(was, (select e.version - 1 from crm.event e
	    where e.report_id = was.id and e.type = 'merge'
	    order by e.at desc limit 1));
end
$$;
comment on function crm.step_unmerge(crm.report) is
    'The report as it was before it was merged.';
grant execute on function crm.step_unmerge(crm.report) to crm_officer;

-- crm/step_undo.sql
create function crm.step_undo(was crm.report) returns crm.report
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
	undone record;
	sent crm.hand_over;
	after crm.report := was;
begin
	select e.id, e.at, e.type into undone from crm.event e
	where e.report_id = was.id and e.version = was.version
	and e.by_unit_id is not null;
	if undone.type in ('hand_over', 'dispose') then
		delete from crm.hand_over h where h.event_id = undone.id
		returning h.* into sent;
		update crm.hand_over h set ended_at = null
		where h.report_id = was.id and h.to_unit_id = sent.from_unit_id
		and h.ended_at = sent.at and not h.returned;
	elsif undone.type = 'route' then
		update crm.hand_over h set ended_at = null
		where h.report_id = was.id and h.ended_at = undone.at
		and not h.returned;
	elsif undone.type = 'return' then
		update crm.hand_over h set ended_at = null, returned = false
		where h.report_id = was.id and h.ended_at = undone.at and h.returned
		returning h.* into sent;
		update crm.hand_over h set ended_at = sent.at
		where h.report_id = was.id and h.to_unit_id = sent.from_unit_id
		and h.ended_at is null and h.id <> sent.id;
	end if;
	return crm.report_restore(was, was.version - 1);
end
$$;
comment on function crm.step_undo(crm.report) is
    'The report as it was before the last step, which is taken back.';
grant execute on function crm.step_undo(crm.report) to crm_officer;

-- crm/step_clock.sql
create function crm.step_clock(clock text, was crm.report, after crm.report,
    at timestamptz)
returns crm.report
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	remains constant bigint := crm.clock_between(at, was.due_at);
begin
	case clock
	when 'start' then
		after.left_seconds := case when after.status = 'awaiting_validation'
		    then coalesce(remains, was.left_seconds) end;
		after.due_at := crm.due_at(after.status, after.unit_id,
		    after.category_code, at);
	when 'stop' then
		after.due_at := null;
	when 'pause' then
		-- A deadline that has passed is not put off by a question.
		if remains > 0 then
			after.left_seconds := remains;
			after.due_at := null;
		end if;
	when 'resume', 'kept' then
		if was.due_at is null and was.left_seconds is not null then
			after.due_at := crm.clock_add(at,
			    greatest(was.left_seconds, 0));
		elsif clock = 'kept' then
			after.due_at := crm.due_at(after.status, after.unit_id,
			    after.category_code, at);
		end if;
		after.left_seconds := null;
	when 'until' then
		after.due_at := after.schedule_until;
		after.left_seconds := null;
	else
		null;
	end case;
	return after;
end
$$;
comment on function crm.step_clock(text, crm.report, crm.report, timestamptz) is
    'The report with its deadline after a step, as crm.event_rule.clock says.';
grant execute on function crm.step_clock(text, crm.report, crm.report,
    timestamptz) to crm_officer, crm_channel;

-- crm/step_tidy.sql
create function crm.step_tidy(after crm.report) returns crm.report
language plpgsql immutable security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	if after.status not in ('waiting', 'coordination', 'disposition',
	    'in_progress', 'scheduled', 'followup_rejected') then
		after.asked_at := null;
	end if;
	if after.status not in ('in_progress', 'scheduled') then
		after.schedule_until := null;
		after.schedule_account_id := null;
	end if;
	if after.status <> 'completed' then
		after.completed_at := null;
		after.second_open := false;
	end if;
	if after.status <> 'merged' then
		after.main_id := null;
	end if;
	if after.status <> 'rejected' then
		after.reason_code := null;
	end if;
	return after;
end
$$;
comment on function crm.step_tidy(crm.report) is
    'The report without what belongs to statuses it has left: question, wished date, completion, main report, reason.';
grant execute on function crm.step_tidy(crm.report)
    to crm_officer, crm_channel;

-- crm/step_told.sql
create function crm.step_told(after crm.report, type text, body jsonb)
returns crm.report
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	case type
	when 'appeal' then
		after := crm.step_appeal(after);
	when 'answer' then
		after.asked_at := null;
	when 'rate' then
		after.stars := (body ->> 'stars')::numeric;
	when 'reopen' then
		after.reopened := after.reopened + 1;
	when 'me_too' then
		after.me_too := after.me_too + 1;
	when 'make_private' then
		after.visibility := 'private';
	when 'make_public' then
		after.visibility := 'public';
	when 'withdraw' then
		after.reason_code := 'withdrawn';
	else
		null;
	end case;
	return after;
end
$$;
comment on function crm.step_told(crm.report, text, jsonb) is
    'The report after a step of its channel.';
grant execute on function crm.step_told(crm.report, text, jsonb) to crm_channel;

-- crm/step_work.sql
create function crm.step_work(event uuid, at timestamptz, rule crm.event_rule,
    was crm.report, after crm.report, body jsonb)
returns crm.report
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	case rule.type
	when 'route' then
		after := crm.step_route(at, after, body);
	when 'reject' then
		after := crm.step_reject(after, body);
	when 'merge' then
		after := crm.step_merge(after, body);
	when 'unmerge' then
		after := crm.step_unmerge(was);
	when 'split' then
		perform crm.step_split(event, at, was, body);
	when 'take' then
		after.officer_id := crm.viewer_account();
	when 'hand_over', 'dispose' then
		after := crm.step_hand_over(event, at, rule.to_status, was, body);
		after.status := rule.to_status;
	when 'return' then
		after := crm.step_return(at, was);
	when 'assign' then
		after := crm.step_assign(after, body);
	when 'schedule' then
		after := crm.step_schedule(after, at, body);
		after.schedule_account_id := crm.viewer_account();
	when 'approve_schedule' then
		after := crm.step_schedule(after, at, body);
	when 'refuse_schedule' then
		after.schedule_until := null;
		after.schedule_account_id := null;
	when 'ask' then
		after.asked_at := at;
	when 'accept_work' then
		after.completed_at := at;
		after.second_open := crm.second_draw(event);
	when 'second_accept' then
		after.second_open := false;
	when 'undo' then
		after := crm.step_undo(was);
	else
		null;
	end case;
	return after;
end
$$;
comment on function crm.step_work(uuid, timestamptz, crm.event_rule,
    crm.report, crm.report, jsonb) is
    'The report after a step of an officer, and what else the step makes.';
grant execute on function crm.step_work(uuid, timestamptz, crm.event_rule,
    crm.report, crm.report, jsonb) to crm_officer;

-- crm/step_do.sql
create function crm.step_do(event uuid, at timestamptz, rule crm.event_rule,
    was crm.report, body jsonb)
returns crm.report
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	after crm.report := was;
begin
	if rule.to_status <> 'before' then
		after.status := rule.to_status;
	end if;
	if rule.can_undo then
		perform crm.report_keep(was);
	end if;
	if rule.role = 'channel' then
		after := crm.step_told(after, rule.type, body);
	else
		after := crm.step_work(event, at, rule, was, after, body);
	end if;
	after := crm.step_clock(rule.clock, was, after, at);
	after := crm.step_tidy(after);
	after.version := was.version + 1;
	after.changed_at := at;
	return after;
end
$$;
comment on function crm.step_do(uuid, timestamptz, crm.event_rule, crm.report,
    jsonb) is
    'The report after a step; what else the step makes is made here.';
grant execute on function crm.step_do(uuid, timestamptz, crm.event_rule,
    crm.report, jsonb) to crm_officer, crm_channel;

-- crm/report_store.sql
create function crm.report_store(was crm.report, after crm.report)
returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
begin
	update crm.report r
	set status = after.status, version = after.version,
	    category_code = after.category_code, lat = after.lat,
	    lng = after.lng, accuracy_m = after.accuracy_m,
	    address = after.address, kelurahan_code = after.kelurahan_code,
	    unit_id = after.unit_id, unit_ids = after.unit_ids,
	    changed_at = after.changed_at, due_at = after.due_at,
	    officer_id = after.officer_id, held_for = after.held_for,
	    asked_at = after.asked_at, left_seconds = after.left_seconds,
	    schedule_until = after.schedule_until,
	    schedule_account_id = after.schedule_account_id,
	    returns = after.returns, completed_at = after.completed_at,
	    reason_code = after.reason_code, main_id = after.main_id,
	    second_open = after.second_open
	where r.id = was.id and r.received_at = was.received_at;
end
$$;
comment on function crm.report_store(crm.report, crm.report) is
    'Stores what a step of the city made of a report.';
grant execute on function crm.report_store(crm.report, crm.report)
    to crm_officer;

-- crm/report_step.sql
create function crm.report_step(was crm.report, after crm.report)
returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
begin
	if crm.viewer_channel() is not null then
		update crm.report r
		set visibility = after.visibility, status = after.status,
		    version = after.version, unit_id = after.unit_id,
		    unit_ids = after.unit_ids, changed_at = after.changed_at,
		    due_at = after.due_at, asked_at = after.asked_at,
		    left_seconds = after.left_seconds, reopened = after.reopened,
		    me_too = after.me_too, stars = after.stars,
		    completed_at = after.completed_at,
		    reason_code = after.reason_code
		where r.id = was.id and r.received_at = was.received_at;
		-- What a channel cannot read it can only set.
		if after.held_for is not null then
			update crm.report r
			set held_for = after.held_for, officer_id = null
			where r.id = was.id and r.received_at = was.received_at;
		end if;
		return;
	end if;
	perform crm.report_store(was, after);
end
$$;
comment on function crm.report_step(crm.report, crm.report) is
    'Stores what a step made of a report.';
grant execute on function crm.report_step(crm.report, crm.report)
    to crm_officer, crm_channel;

-- crm/event_step.sql
create function crm.event_step(event uuid, at timestamptz,
    rule crm.event_rule, was crm.report, after crm.report, body jsonb)
returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
	spot constant jsonb := body -> 'location';
	lat constant float8 := spot ->> 'lat';
	lng constant float8 := spot ->> 'lng';
	code constant text := case when after.status = 'rejected'
	    and was.status <> 'rejected' then after.reason_code end;
begin
	if crm.viewer_channel() is not null then
		insert into crm.event (id, at, report_id, type, version,
		    by_channel_id, text, from_status, to_status, reason_code,
		    stars)
		values (event, at, was.id, rule.type, after.version,
		    crm.viewer_channel(), body ->> 'text', was.status,
		    after.status, code, (body ->> 'stars')::numeric);
		return;
	end if;
	insert into crm.event (id, at, report_id, type, version, by_unit_id,
	    text, from_status, to_status, captured_at, lat, lng, accuracy_m,
	    distance_m, to_unit_id, reason_code, until, into_id)
	values (event, at, was.id, rule.type, after.version, crm.viewer_unit(),
	    body ->> 'text', was.status, after.status,
	    (body ->> 'captured_at')::timestamptz, lat, lng,
	    (spot ->> 'accuracy_m')::float8,
	    crm.distance_m(was.lat, was.lng, lat, lng),
	    case when rule.type in ('route', 'hand_over', 'dispose', 'return')
		then after.unit_id end,
	    code,
	    case when rule.type in ('schedule', 'approve_schedule')
		then after.schedule_until end,
	    case rule.type when 'merge' then after.main_id
		when 'unmerge' then was.main_id
		when 'split' then crm.split_id(event) end);
	insert into crm.event_internal (event_id, report_id, by_account_id, note,
	    reason, officer_id)
	values (event, was.id, crm.viewer_account(), body ->> 'note',
	    case when code is null then body ->> 'reason' end,
	    case when rule.type = 'assign' then after.officer_id end);
end
$$;
comment on function crm.event_step(uuid, timestamptz, crm.event_rule,
    crm.report, crm.report, jsonb) is
    'Stores the event of a step.';
grant execute on function crm.event_step(uuid, timestamptz, crm.event_rule,
    crm.report, crm.report, jsonb) to crm_officer, crm_channel;

-- crm/clock_unit.sql
create function crm.clock_unit(in_status text, holder uuid) returns uuid
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select case in_status
	    when 'incoming' then
		(select u.id from crm.unit u where u.duty = 'triage')
	    when 'awaiting_validation' then
		(select u.id from crm.unit u where u.duty = 'validation')
	    else holder end
$$;
comment on function crm.clock_unit(text, uuid) is
    'Whose clock runs: triage and validators work on what others hold.';

-- crm/notice_tell.sql
create function crm.notice_tell(report uuid, event uuid, at timestamptz,
    type text, reader text, reader_id uuid)
returns void
language sql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
	insert into crm.notice (at, report_id, event_id, type, reader, reader_id)
	select notice_tell.at, report, event, notice_tell.type,
	    case when notice_tell.reader = 'unit' and u.duty = 'triage'
		then 'triage'
	    when notice_tell.reader = 'unit' and u.duty = 'validation'
		then 'validator'
	    else notice_tell.reader end,
	    case when notice_tell.reader in ('triage', 'validator')
		or notice_tell.reader = 'unit'
		and u.duty in ('triage', 'validation')
		then '00000000-0000-0000-0000-000000000000'
	    else notice_tell.reader_id end
	from (select) one
	left join crm.unit u on u.id = notice_tell.reader_id
	where notice_tell.reader_id is not null
	or notice_tell.reader in ('triage', 'validator')
	on conflict do nothing
$$;
comment on function crm.notice_tell(uuid, uuid, timestamptz, text, text, uuid)
    is 'One notice for one circle of readers; the units of triage and of validation hear as the roles that they are.';

-- crm/notice_add.sql
create function crm.notice_add(report uuid, event uuid, type text,
    hears text[], was_unit uuid)
returns void
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
declare
	at constant timestamptz := crm.now();
	version int;
	after crm.report;
	sender uuid;
begin
	-- Only of what this transaction does itself.
	select e.version into version from crm.event e
	where e.id = event and e.at = at and e.report_id = report;
	if not found then
		raise exception 'no such event' using errcode = 'CR404';
	end if;
	if type = 'undo' then
		delete from crm.notice n using crm.event e
		where n.report_id = report and n.event_id = e.id
		and e.report_id = report and e.version = version - 1
		and e.type not in ('remind', 'escalate');
	end if;
	if cardinality(hears) = 0 then
		return;
	end if;
	select r.* into after from crm.report_key k
	join crm.report r on r.id = k.id and r.received_at = k.received_at
	where k.id = report;
	if was_unit <> after.unit_id then
		sender := was_unit;
	else
		select h.from_unit_id into sender from crm.hand_over h
		where h.report_id = report and h.ended_at is null
		order by h.at desc limit 1;
	end if;

	perform crm.notice_tell(report, event, at, type, t.reader, t.reader_id)
	from (values
	    ('holder', 'unit', after.unit_id),
	    ('sender', 'unit', sender),
	    ('supervisor', 'supervisor', case when 'holder' <> all (hears)
		then after.unit_id end),
	    ('validator', 'validator', null),
	    ('triage', 'triage', null),
	    ('reporter', 'channel', after.channel_id)) t (hearer, reader, reader_id)
	where t.hearer = any (hears);
	-- An officer of a unit that hears of it hears of it once.
	perform crm.notice_tell(report, event, at, type, 'account', a.id)
	from crm.account a
	where 'officer' = any (hears) and a.id = after.officer_id
	and not exists (select from crm.notice n where n.event_id = event
	    and n.reader = 'unit' and n.reader_id = a.unit_id);
end
$$;
comment on function crm.notice_add(uuid, uuid, text, text[], uuid) is
    'Notices of a step for those who hear of it, once report and event are stored; an undone step is no longer told. Reporters of merged reports hear by crm.main_step. Security definer because a step tells readers whom its doer must not see.';
grant execute on function crm.notice_add(uuid, uuid, text, text[], uuid)
    to crm_officer, crm_channel;

-- crm/alarm_ring.sql
create function crm.alarm_ring(alarm crm.alarm, report crm.report)
returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
	at constant timestamptz := crm.now();
	event constant uuid := gen_random_uuid();
	unit uuid := crm.clock_unit(report.status, report.unit_id);
	type constant text := case when alarm.stage in ('remind', 'ask')
	    then 'remind' else 'escalate' end;
begin
	if alarm.stage = 'remind' and report.due_at <= at then
		-- Nobody rang in time: the deadline itself comes next.
		return;
	end if;
	if alarm.stage = 'again' then
		select u.parent_id into unit from crm.unit u where u.id = unit;
	end if;
	if unit is null then
		return;
	end if;
	insert into crm.event (id, at, report_id, type, version, from_status,
	    to_status, to_unit_id)
	values (event, at, report.id, type, report.version, report.status,
	    report.status, unit);
	if type = 'remind' then
		perform crm.notice_tell(report.id, event, at, type, 'unit', unit);
		perform crm.notice_tell(report.id, event, at, type, 'account',
		    a.id)
		from crm.account a
		where a.id = report.officer_id and a.unit_id <> unit
		and unit = report.unit_id;
	else
		perform crm.notice_tell(report.id, event, at, type,
		    'supervisor', unit);
		-- Supervisors of these do not see the reports, the roles do.
		perform crm.notice_tell(report.id, event, at, type, u.duty,
		    null)
		from (values ('incoming', 'triage'),
		    ('awaiting_validation', 'validator')) u (status, duty)
		where u.status = report.status and alarm.stage = 'escalate';
	end if;
end
$$;
comment on function crm.alarm_ring(crm.alarm, crm.report) is
    'Writes what rings into the timeline and tells the unit whose clock it is, its supervisor or the one above. Changes nothing of the report.';

-- crm/alarm_next.sql
create function crm.alarm_next(alarm crm.alarm, report crm.report)
returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	if alarm.stage = 'remind' then
		update crm.alarm a set stage = 'escalate', at = report.due_at
		where a.report_id = alarm.report_id;
	elsif alarm.stage = 'escalate' then
		update crm.alarm a set stage = 'again',
		    at = crm.clock_add(report.due_at, 86400)
		where a.report_id = alarm.report_id;
	else
		delete from crm.alarm a where a.report_id = alarm.report_id;
	end if;
end
$$;
comment on function crm.alarm_next(crm.alarm, crm.report) is
    'What rings after an alarm: the deadline, a counted day after it, or nothing.';

-- api/ready.sql
create function api.ready() returns boolean
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select exists (select from crm.migration)
	    and crm.settings_problems() = '{}'
$$;
comment on function api.ready() is
    'Whether the database is migrated and set up as it must be.';
grant execute on function api.ready() to crm_officer, crm_channel;

-- api/channel_enter.sql
create function api.channel_enter(kid text, request_id text)
returns table (channel_id uuid, name text)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
	select c.id, c.name into channel_id, name
	from crm.channel_key k
	join crm.channel c on c.id = k.channel_id
	where k.kid = channel_enter.kid and k.retired_at is null
	and c.is_active;
	if not found then
		raise exception 'no such key' using errcode = 'CR401';
	end if;
	perform set_config('crm.channel', channel_id::text, true),
	    set_config('crm.account', '', true),
	    set_config('crm.role', 'channel', true),
	    set_config('crm.unit', '', true),
	    set_config('crm.units', '', true),
	    set_config('crm.request', coalesce(request_id, ''), true);
	return next;
end
$$;
comment on function api.channel_enter(text, text) is
    'Makes the channel of an active key the viewer of this transaction, else CR401.';
grant execute on function api.channel_enter(text, text) to crm_channel;

-- api/channel_keys.sql
create function api.channel_keys()
returns table (kid text, alg text, public_key text, issuer text, audience text)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select k.kid, k.alg, k.public_key, k.issuer, k.audience
	from crm.channel_key k
	join crm.channel c on c.id = k.channel_id
	where k.retired_at is null and c.is_active
	order by k.kid
$$;
comment on function api.channel_keys() is
    'Public keys that tokens may be signed with.';
grant execute on function api.channel_keys() to crm_channel;

-- api/session_enter.sql
-- Reads the clock itself: crm.now() is then planned for the login only. A plan
-- that depends on row-level security is made anew each time its user changes.
--

create function api.session_enter(token_hash bytea, roles text[],
    request_id text)
returns table (account_id uuid, username text, name text, role text,
    unit_id uuid, unit_name text, expires_at timestamptz)
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
	at timestamptz;
	seen timestamptz;
	units uuid[];
begin
	select a.id, a.username, a.name, a.role, a.unit_id, u.name,
	    s.expires_at, s.last_seen_at, c.at,
	    case a.role when 'officer' then array[a.unit_id]
	    when 'supervisor' then b.unit_ids else '{}' end
	into account_id, username, name, role, unit_id, unit_name, expires_at,
	    seen, at, units
	from (
		select now() + coalesce((select c.ahead from crm.clock c),
		    interval '0') as at
	) c
	cross join crm.session s
	join crm.account a on a.id = s.account_id
	join crm.unit u on u.id = a.unit_id
	left join crm.unit_below b on b.unit_id = a.unit_id
	where s.token_hash = session_enter.token_hash and a.is_active
	and c.at < s.expires_at
	and c.at < s.last_seen_at + make_interval(secs => s.idle_seconds);
	if not found then
		raise exception 'no such session' using errcode = 'CR401';
	end if;
	if role <> all (roles) then
		raise exception 'not for this role' using errcode = 'CR403';
	end if;
	if at >= seen + interval '1 minute' then
		update crm.session s set last_seen_at = at
		where s.token_hash = session_enter.token_hash;
	end if;
	perform set_config('crm.account', account_id::text, true),
	    set_config('crm.role', role, true),
	    set_config('crm.unit', unit_id::text, true),
	    set_config('crm.units', units::text, true),
	    set_config('crm.channel', '', true),
	    set_config('crm.request', coalesce(request_id, ''), true);
	return next;
end
$$;
comment on function api.session_enter(bytea, text[], text) is
    'Makes the owner of a live session the viewer of this transaction. CR401 without one, CR403 in another role. Security definer because no login reads sessions.';
grant execute on function api.session_enter(bytea, text[], text)
    to crm_officer;

-- api/signin_begin.sql
create function api.signin_begin(username text, source_hash bytea,
    request_id text)
returns table (account_id uuid, password text, totp text, totp_step bigint,
    retry_after int)
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
	known constant text := lower(normalize(signin_begin.username, nfkc));
begin
	perform set_config('crm.request', coalesce(request_id, ''), true);
	-- Counted before the password is looked at, so that tries in parallel
	-- count as well. Unknown names are counted like known ones. Few tries a
	-- name from one network, many from all: whoever guesses from elsewhere
	-- does not keep the officer out, and still gets nowhere.
	retry_after := crm.throttle_try(
	    crm.throttle_key('source', source_hash), 60, 10);
	if retry_after = 0 then
		retry_after := crm.throttle_try(
		    crm.throttle_key_pair(known, source_hash), 5, 300);
	end if;
	if retry_after = 0 then
		retry_after := crm.throttle_try(crm.throttle_key('account',
		    convert_to(known, 'UTF8')), 50, 30);
	end if;
	if retry_after = 0 then
		select a.id, s.password, encode(s.totp, 'hex'), s.totp_last_step
		into account_id, password, totp, totp_step
		from crm.account a
		join crm.account_secret s on s.account_id = a.id
		where a.username = known and a.is_active;
	end if;
	return next;
end
$$;
comment on function api.signin_begin(text, bytea, text) is
    'What is needed to check a password: one row always, nulls for an unknown name, retry_after > 0 when tried too often. Security definer because no login reads secrets.';
grant execute on function api.signin_begin(text, bytea, text) to crm_officer;

-- api/signin_fail.sql
create function api.signin_fail(username text, source_hash bytea)
returns void
language sql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
	insert into audit.entry (account_id, unit_id, role, action)
	select a.id, a.unit_id, a.role, 'signin_refused'
	from (select) one
	left join crm.account a on a.username = lower(normalize(username, nfkc))
$$;
comment on function api.signin_fail(text, bytea) is
    'Audits a refused sign-in; the try itself was counted when it began. Security definer because the name may be of any unit.';
grant execute on function api.signin_fail(text, bytea) to crm_officer;

-- api/session_open.sql
create function api.session_open(account uuid, token_hash bytea,
    totp_step bigint, idle_seconds int, source_hash bytea, request_id text)
returns table (account_id uuid, username text, name text, role text,
    unit_id uuid, unit_name text, expires_at timestamptz)
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
	at constant timestamptz := crm.now();
begin
	-- A code works once, in two races as well: the row is locked.
	update crm.account_secret s
	set totp_last_step = coalesce(session_open.totp_step, s.totp_last_step)
	where s.account_id = account
	and (s.totp is null or session_open.totp_step is not null)
	and (session_open.totp_step is null or s.totp_last_step is null
	    or s.totp_last_step < session_open.totp_step);
	if not found then
		raise exception 'sign-in refused' using errcode = 'CR401';
	end if;
	select a.id, a.username, a.name, a.role, a.unit_id, u.name,
	    at + interval '12 hours'
	into account_id, username, name, role, unit_id, unit_name, expires_at
	from crm.account a join crm.unit u on u.id = a.unit_id
	where a.id = account and a.is_active;
	if not found then
		raise exception 'sign-in refused' using errcode = 'CR401';
	end if;
	insert into crm.session (token_hash, account_id, source_hash, opened_at,
	    last_seen_at, idle_seconds, expires_at)
	values (session_open.token_hash, account_id, session_open.source_hash, at,
	    at, session_open.idle_seconds, expires_at);
	delete from crm.signin_throttle t
	where t.bucket
	    = crm.throttle_key_pair(username, session_open.source_hash);
	update crm.signin_throttle t set fill = greatest(0, t.fill - 1)
	where t.bucket in (
	    crm.throttle_key('source', session_open.source_hash),
	    crm.throttle_key('account', convert_to(username, 'UTF8')));
	perform set_config('crm.account', account_id::text, true),
	    set_config('crm.role', role, true),
	    set_config('crm.unit', unit_id::text, true),
	    set_config('crm.request', coalesce(request_id, ''), true);
	perform crm.audit_add('session_open', null);
	return next;
end
$$;
comment on function api.session_open(uuid, bytea, bigint, int, bytea, text) is
    'Opens a session after the password was right. CR401 for a used or missing second factor or a disabled account. Security definer because no login writes sessions.';
grant execute on function
    api.session_open(uuid, bytea, bigint, int, bytea, text) to crm_officer;

-- api/session_close.sql
create function api.session_close(token_hash bytea)
returns table (closed boolean)
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
begin
	delete from crm.session s
	where s.token_hash = session_close.token_hash;
	closed := found;
	if closed then
		perform crm.audit_add('session_close', null);
	end if;
	return next;
end
$$;
comment on function api.session_close(bytea) is
    'Ends a session; false if there was none. Security definer because no login writes sessions.';
grant execute on function api.session_close(bytea) to crm_officer;

-- api/category_list.sql
create function api.category_list()
returns table (code text, name text)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select c.code, c.name from crm.category c
	where c.is_active order by c.name
$$;
comment on function api.category_list() is 'Categories that may be chosen.';
grant execute on function api.category_list() to crm_officer, crm_channel;

-- api/unit_list.sql
create function api.unit_list()
returns table (id uuid, name text, kind text, parent_id uuid)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select u.id, u.name, u.kind, u.parent_id from crm.unit u
	where u.is_active order by u.name
$$;
comment on function api.unit_list() is 'The agency tree.';
grant execute on function api.unit_list() to crm_officer;

-- api/holiday_list.sql
create function api.holiday_list()
returns table (id uuid, day date, name text, kind text)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select h.id, h.day, h.name, h.kind from crm.holiday h order by h.day
$$;
comment on function api.holiday_list() is 'Days on which no deadline runs.';
grant execute on function api.holiday_list() to crm_officer;

-- api/holiday_add.sql
create function api.holiday_add(new_day date, new_name text,
    new_kind text)
returns table (id uuid, day date, name text, kind text)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
	new_id constant uuid := gen_random_uuid();
begin
	insert into crm.holiday (id, day, name, kind)
	values (new_id, new_day, new_name, new_kind)
	on conflict (day) do nothing;
	if found then
		perform crm.audit_add('holiday_add', null, new_id);
	end if;
	return query
	select h.id, h.day, h.name, h.kind from crm.holiday h
	where h.day = new_day and h.name = new_name
	and h.kind = new_kind;
	if not found then
		raise exception 'the day is another holiday already'
		    using errcode = 'CR422', column = '/day',
		    constraint = 'duplicate';
	end if;
end
$$;
comment on function api.holiday_add(date, text, text) is
    'Adds a day off; deadlines that are set stay. The same once more changes nothing. CR422 when the day is another one already.';
grant execute on function api.holiday_add(date, text, text) to crm_officer;

-- api/holiday_delete.sql
create function api.holiday_delete(holiday uuid) returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	delete from crm.holiday h where h.id = holiday;
	if not found then
		raise exception 'no such day' using errcode = 'CR404';
	end if;
	perform crm.audit_add('holiday_delete', null, holiday);
end
$$;
comment on function api.holiday_delete(uuid) is
    'Makes a day count again; deadlines that are set stay. CR404.';
grant execute on function api.holiday_delete(uuid) to crm_officer;

-- api/reason_list.sql
create function api.reason_list(lang text)
returns table (code text, name text)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select r.code, case lang when 'id' then r.name_id else r.name_en end
	from crm.reason r where r.is_choosable order by r.place
$$;
comment on function api.reason_list(text) is
    'Reasons for a rejection that may be chosen, in the language asked for.';
grant execute on function api.reason_list(text) to crm_officer, crm_channel;

-- api/area_list.sql
create function api.area_list(in_level text, bbox float8[])
returns table (code text, name text, level text, outline text)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
	select a.code, a.name, a.level, s.outline
	from crm.area a
	join crm.area_shape s on s.area_code = a.code
	where (in_level is null or a.level = in_level)
	and (bbox is null or ext.st_intersects(s.shape,
	    ext.st_makeenvelope(bbox[1], bbox[2], bbox[3], bbox[4], 4326)))
	order by a.code
$$;
comment on function api.area_list(text, float8[]) is
    'Areas of a level that a box of west, south, east and north touches, with outlines for a map. Security definer so that no login needs the extension or the shapes.';
grant execute on function api.area_list(text, float8[]) to crm_officer;

-- api/view_list.sql
create function api.view_list()
returns table (id uuid, name text, query text)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select v.id, v.name, v.query from crm.view v order by v.name, v.id
$$;
comment on function api.view_list() is 'Saved views of the viewer, by name.';
grant execute on function api.view_list() to crm_officer;

-- api/view_add.sql
create function api.view_add(in_name text, in_query text)
returns table (id uuid, name text, query text)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
	most constant int := 30;
begin
	-- Two at once must not make one too many.
	perform pg_advisory_xact_lock(
	    hashtextextended('view ' || crm.viewer_account(), 0));
	insert into crm.view as v (account_id, name, query)
	values (crm.viewer_account(), in_name, in_query)
	on conflict on constraint view_account_name_key
	    do update set query = excluded.query
	returning v.id, v.name, v.query into id, name, query;
	if (select count(*) from crm.view) > most then
		raise exception 'too many views' using errcode = 'CR422',
		    column = '/name', constraint = 'too_many';
	end if;
	return next;
end
$$;
comment on function api.view_add(text, text) is
    'Saves a view of the viewer, in place of the one with that name. CR422 for one more than 30.';
grant execute on function api.view_add(text, text) to crm_officer;

-- api/view_delete.sql
create function api.view_delete(id uuid) returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	delete from crm.view v where v.id = view_delete.id;
	if not found then
		raise exception 'no such view' using errcode = 'CR404';
	end if;
end
$$;
comment on function api.view_delete(uuid) is
    'Forgets a saved view of the viewer, else CR404.';
grant execute on function api.view_delete(uuid) to crm_officer;

-- api/template_list.sql
create function api.template_list()
returns table (id uuid, step text, title text, text text, own boolean)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select t.id, t.step, t.title, t.text, t.unit_id is not null
	from crm.template t
	order by t.step, t.unit_id is null, t.title, t.id
$$;
comment on function api.template_list() is
    'General templates and those of the viewer''s unit, its own first.';
grant execute on function api.template_list() to crm_officer;

-- api/template_add.sql
create function api.template_add(in_step text, in_title text, in_text text)
returns table (id uuid, step text, title text, text text, own boolean)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
	most constant int := 200;
	keeper constant uuid := case crm.viewer_role()
	    when 'supervisor' then crm.viewer_unit() end;
begin
	if regexp_replace(in_text, '\{(ticket|category|unit|due)\}', '', 'g')
	    ~ '[{}]' then
		raise exception 'no such place' using errcode = 'CR422',
		    column = '/text', constraint = 'placeholder';
	end if;
	-- Two at once must not make one too many.
	perform pg_advisory_xact_lock(
	    hashtextextended('template ' || coalesce(keeper::text, ''), 0));
	insert into crm.template as t (unit_id, step, title, text)
	values (keeper, in_step, in_title, in_text)
	on conflict on constraint template_title_key
	    do update set text = excluded.text
	returning t.id, t.step, t.title, t.text, t.unit_id is not null
	into id, step, title, text, own;
	if (select count(*) from crm.template t
	    where t.unit_id is not distinct from keeper) > most then
		raise exception 'too many templates' using errcode = 'CR422',
		    column = '/title', constraint = 'too_many';
	end if;
	perform crm.audit_add('template_add', null, id);
	return next;
end
$$;
comment on function api.template_add(text, text, text) is
    'Keeps a template, in place of the one of that step and title: a supervisor''s for the own unit, an admin''s for all. CR422 for an unknown place in braces and for one more than 200.';
grant execute on function api.template_add(text, text, text) to crm_officer;

-- api/template_delete.sql
create function api.template_delete(id uuid) returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	delete from crm.template t where t.id = template_delete.id;
	if found then
		perform crm.audit_add('template_delete', null, id);
	elsif exists (select from crm.template t
	    where t.id = template_delete.id) then
		raise exception 'not yours' using errcode = 'CR403';
	else
		raise exception 'no such template' using errcode = 'CR404';
	end if;
end
$$;
comment on function api.template_delete(uuid) is
    'Deletes a template of the viewer''s unit, as an admin a general one. CR403 for one that may only be read, CR404 for one that is not there.';
grant execute on function api.template_delete(uuid) to crm_officer;

-- api/report_add.sql
create function api.report_add(key_hash bytea, request_hash bytea,
    report_id uuid, visibility text, category text, description text,
    description_public text, lat float8, lng float8, accuracy_m float8,
    address text, occurred_at timestamptz, channel_ref text, epoch text,
    wrapped_key bytea, sealed bytea, photo_ids uuid[], full_names text[],
    thumb_names text[], widths int[], heights int[], photos_sealed boolean,
    desk_channel text default null, hashes bigint[] default '{}')
returns table (replayed boolean, report api.report_row)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
declare
	at constant timestamptz := crm.now();
	received constant uuid := gen_random_uuid();
	words constant text := crm.match_text(description);
	doer constant uuid := coalesce(crm.viewer_account(),
	    crm.viewer_channel());
	channel uuid;
	kept crm.idempotency;
	ticket text;
	goes record;
begin
	if key_hash is not null then
		kept := crm.idempotency_find(doer, key_hash, request_hash);
		if kept.report_id is not null then
			replayed := true;
			report := crm.report_again(kept);
			return next;
			return;
		end if;
	end if;
	perform crm.report_check(category, lat, lng);
	perform crm.happened_check(occurred_at);
	channel := crm.channel_find(desk_channel);
	ticket := crm.ticket_next(at);
	insert into crm.report_key (id, ticket, received_at)
	values (report_id, ticket, at);
	select r.* into goes from crm.report_route(report_id, channel, category,
	    description, words, lat, lng, at) r;
	insert into crm.report (id, received_at, ticket, channel_id, visibility,
	    status, version, category_code, description, description_public, lat,
	    lng, accuracy_m, address, kelurahan_code, unit_id, unit_ids,
	    occurred_at, changed_at, due_at, held_for, match_text)
	values (report_id, at, ticket, channel, visibility, goes.status, 1,
	    category, description, description_public, lat, lng, accuracy_m,
	    address, goes.kelurahan_code, goes.unit_id, array[goes.unit_id],
	    occurred_at, at, crm.due_at(goes.status, goes.unit_id, category, at),
	    goes.held_for, words);
	if channel_ref is not null then
		insert into crm.report_origin (report_id, channel_id, channel_ref)
		values (report_id, channel, channel_ref);
	end if;
	if sealed is not null and channel = doer then
		insert into identity.sealed (report_id, epoch, wrapped_key, sealed)
		values (report_id, epoch, wrapped_key, sealed);
	elsif sealed is not null then
		perform crm.identity_keep(report_id, epoch, wrapped_key, sealed);
	end if;
	if cardinality(photo_ids) > 0 then
		perform crm.photo_add(report_id, null, photo_ids, full_names,
		    thumb_names, widths, heights, photos_sealed);
		perform crm.proof_keep(report_id, null, photo_ids, hashes);
	end if;
	if channel = doer then
		insert into crm.event (id, at, report_id, type, version,
		    by_channel_id, to_status)
		values (received, at, report_id, 'received', 1, channel,
		    goes.status);
	else
		insert into crm.event (id, at, report_id, type, version,
		    by_unit_id, to_status)
		values (received, at, report_id, 'received', 1,
		    crm.viewer_unit(), goes.status);
		insert into crm.event_internal (event_id, report_id, by_account_id)
		values (received, report_id, crm.viewer_account());
	end if;
	-- A unit hears of what comes straight to it; triage has its queue, but
	-- an emergency is for 112 at once.
	if goes.status = 'waiting' then
		perform crm.notice_add(report_id, received, 'received',
		    '{holder}', goes.unit_id);
	elsif 'emergency' = any (goes.held_for) then
		perform crm.notice_add(report_id, received, 'received',
		    '{triage}', goes.unit_id);
	end if;
	perform crm.audit_add('report_add', report_id);

	replayed := false;
	select r.* into report from crm.report_get(report_id, at) r;
	if key_hash is not null then
		insert into crm.idempotency (owner_id, key_hash, request_hash,
		    report_id, report, added_at)
		values (doer, key_hash, request_hash, report_id,
		    to_jsonb(report), at);
	end if;
	return next;
end
$$;
comment on function api.report_add(bytea, bytea, uuid, text, text, text, text,
    float8, float8, float8, text, timestamptz, text, text, bytea, bytea, uuid[],
    text[], text[], int[], int[], boolean, text, bigint[]) is
    'Takes in a report, of a channel or keyed in at the counter for one, in one transaction: filter, route, ticket, report, origin, identity, photos, event, audit, answer kept for retries.';
grant execute on function api.report_add(bytea, bytea, uuid, text, text, text, text,
    float8, float8, float8, text, timestamptz, text, text, bytea, bytea, uuid[],
    text[], text[], int[], int[], boolean, text, bigint[]) to crm_officer, crm_channel;

-- api/report_list.sql
-- The reports of a page are looked up one by one (hence limit 1): the planner
-- counts every month for each, though one is read, and would rather read all.
-- The months between the oldest and the newest of the page are known before
-- that, so that the others are not even opened.
--

create function api.report_list(statuses text[], category text, unit uuid,
    kelurahan text, is_overdue boolean, visible text, q text, bbox float8[],
    sort text, after_key text, after_id uuid, row_limit int,
    held text default null, assigned text default null)
returns table (id uuid, ticket text, visibility text, status text, version int,
    category_code text, category_name text, description text, lat float8,
    lng float8, accuracy_m float8, address text, kelurahan_code text,
    kelurahan_name text, unit_id uuid, unit_name text, received_at timestamptz,
    occurred_at timestamptz, due_at timestamptz, overdue boolean,
    photo_id uuid[], photo_width int[], photo_height int[],
    by_own_unit boolean, held_for text[], officer_id uuid, officer_name
    text, paused boolean, schedule_until timestamptz, schedule_approved
    boolean, returns int, reopened int, me_too int, stars int,
    completed_at timestamptz, reason_code text, main_id uuid, main_ticket
    text, main_status text, merged int, second_open boolean, link_id
    uuid[], link_ticket text[], steps text[], sort_key text)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
	wanted constant crm.inbox_filter := crm.inbox_wanted(statuses,
	    category, unit, kelurahan, is_overdue, visible, bbox, held,
	    assigned);
	page crm.inbox_found;
begin
	if q is not null then
		perform crm.audit_add('report_search', null);
	end if;
	page := crm.inbox_page(wanted, q, sort, after_key::timestamptz,
	    after_id, row_limit + 1);
	if crm.viewer_channel() is not null then
		return query
		select r.*, p.sort_key::text
		from unnest(page.report_ids, page.times, page.keys)
		    with ordinality p (report_id, received_at, sort_key, place)
		cross join lateral (
			select s.* from crm.report_told s
			where s.id = p.report_id and s.received_at = p.received_at
			and s.received_at between page.oldest and page.newest
			limit 1
		) r
		order by p.place;
	else
		return query
		select r.*, p.sort_key::text
		from unnest(page.report_ids, page.times, page.keys)
		    with ordinality p (report_id, received_at, sort_key, place)
		cross join lateral (
			select s.* from crm.report_shown s
			where s.id = p.report_id and s.received_at = p.received_at
			and s.received_at between page.oldest and page.newest
			limit 1
		) r
		order by p.place;
	end if;
end
$$;
comment on function api.report_list(text[], text, uuid, text, boolean, text,
    text, float8[], text, text, uuid, int, text, text) is
    'A page of the reports the viewer may see, one row more than asked when there is more. sort_key and id of the last row ask for the next page.';
grant execute on function api.report_list(text[], text, uuid, text, boolean,
    text, text, float8[], text, text, uuid, int, text, text) to crm_officer, crm_channel;

-- api/report_open.sql
create function api.report_open(reference text)
returns setof api.report_row
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
	key record;
begin
	select k.id, k.received_at into key from crm.report_find(reference) k;
	if not found then
		return;
	end if;
	return query select r.* from crm.report_get(key.id, key.received_at) r;
	if found then
		perform crm.audit_add('report_open', key.id);
	end if;
end
$$;
comment on function api.report_open(text) is
    'One report by id or ticket number, with its audit entry; no row when the viewer may not see it.';
grant execute on function api.report_open(text) to crm_officer, crm_channel;

-- api/report_level.sql
create function api.report_level(reference text)
returns text
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select r.visibility
	from crm.report_find(reference) k
	join crm.report r on r.id = k.id and r.received_at = k.received_at
$$;
comment on function api.report_level(text) is
    'Visibility of a report, for the label on its timeline; null when the viewer may not see it.';
grant execute on function api.report_level(text) to crm_officer, crm_channel;

-- api/report_related.sql
create function api.report_related(reference text)
returns table (id uuid, ticket text, status text, visibility text,
    category_code text, category_name text, description text, relation text,
    distance_m float8, similarity float8, received_at timestamptz)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
	key record;
	own crm.report;
begin
	select k.id, k.received_at into key from crm.report_find(reference) k;
	if not found then
		raise exception 'no such report' using errcode = 'CR404';
	end if;
	select r.* into own from crm.report r
	where r.id = key.id and r.received_at = key.received_at;
	perform crm.audit_add('report_related', key.id);
	return query
	select r.id, r.ticket, r.status, r.visibility, r.category_code,
	    (select c.name from crm.category c where c.code = r.category_code),
	    r.description, o.relation,
	    crm.distance_m(own.lat, own.lng, r.lat, r.lng),
	    o.similarity, r.received_at
	from (
		-- Each once, by what says most about it.
		select distinct on (a.id) a.*
		from (
			select own.main_id as id, 'merged' as relation,
			    null::float8 as similarity, 1 as rank
			union all
			select m.id, 'merged', null, 1 from crm.report m
			where m.main_id = own.id and own.merged > 0
			union all
			select case h.report_id when own.id then h.other_id
			    else h.report_id end, h.relation,
			    h.similarity::float8,
			    case h.relation when 'split' then 2 else 3 end
			from crm.duplicate_hint h
			where h.report_id = own.id or h.other_id = own.id
			union all
			select q.id, 'quoted', null, 4
			from unnest(crm.quoted(own.description)) t (ticket)
			cross join lateral crm.report_find(t.ticket) q
		) a
		where a.id <> own.id
		order by a.id, a.rank
	) o
	join crm.report_key k on k.id = o.id
	cross join lateral (
		select r.* from crm.report r
		where r.id = k.id and r.received_at = k.received_at limit 1
	) r
	order by o.rank, o.similarity desc nulls last, r.received_at desc, r.id
	limit 50;
end
$$;
comment on function api.report_related(text) is
    'Other reports that belong to this one: merged, split off, likely the same, come back, quoted; only those the viewer may open. CR404 when the viewer may not see this one.';
grant execute on function api.report_related(text) to crm_officer;

-- api/suggestion_list.sql
create function api.suggestion_list(reference text, lang text)
returns table (unit_id uuid, unit_name text, unit_kind text, share float8,
    count int, total int, why text)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
	key record;
	own record;
begin
	select k.id, k.received_at into key from crm.report_find(reference) k;
	if not found then
		raise exception 'no such report' using errcode = 'CR404';
	end if;
	select r.category_code, r.kelurahan_code, r.unit_id, c.name as category
	into own
	from crm.report r left join crm.category c on c.code = r.category_code
	where r.id = key.id and r.received_at = key.received_at;
	perform crm.audit_add('suggestion_list', key.id);
	return query
	select u.id, u.name, u.kind,
	    case when s.total > 0
		then round(s.count / s.total::numeric, 2)::float8 end,
	    s.count, s.total,
	    crm.suggestion_why(lang, s.level, s.count, s.total, own.category,
		coalesce((select initcap(a.level) || ' ' || a.name
		    from crm.area a where a.code = left(own.kelurahan_code,
		    case s.level when 'kelurahan' then 13
		    when 'kecamatan' then 8 when 'kota' then 5 end)), 'Jakarta'))
	from crm.suggestion(own.category_code, own.kelurahan_code, own.unit_id)
	    with ordinality s (unit_id, level, count, total, place)
	join crm.unit u on u.id = s.unit_id
	order by s.place;
end
$$;
comment on function api.suggestion_list(text, text) is
    'Units to hand this report to, best first, each with its reason in en or id. CR404 when the viewer may not see the report.';
grant execute on function api.suggestion_list(text, text) to crm_officer;

-- api/word_list.sql
create function api.word_list()
returns table (id uuid, word text, kind text)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select w.id, w.word, w.kind from crm.filter_word w
	order by w.kind, w.word
$$;
comment on function api.word_list() is 'Words of the filter.';
grant execute on function api.word_list() to crm_officer;

-- api/word_add.sql
create function api.word_add(typed text, of_kind text)
returns table (id uuid, word text, kind text)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
	plain constant text := crm.text_plain(typed);
	bare_word constant text := crm.text_bare(plain);
	kept crm.filter_word;
begin
	if length(bare_word) not between 2 and 60 then
		raise exception 'no word to look for'
		    using errcode = 'CR422', column = '/word',
		    constraint = 'format';
	end if;
	insert into crm.filter_word (id, kind, word, bare)
	values (gen_random_uuid(), of_kind, plain, bare_word)
	on conflict (bare) do nothing;
	select w.* into strict kept from crm.filter_word w
	where w.bare = bare_word;
	if kept.kind <> of_kind then
		raise exception 'a word of the other kind'
		    using errcode = 'CR422', column = '/word',
		    constraint = 'duplicate';
	end if;
	perform crm.audit_add('word_add', null, kept.id);
	return query select kept.id, kept.word, kept.kind;
end
$$;
comment on function api.word_add(text, text) is
    'Adds a word to the filter; the word that is there already when it is compared the same. CR422 for no word and for one of the other kind.';
grant execute on function api.word_add(text, text) to crm_officer;

-- api/word_delete.sql
create function api.word_delete(wanted uuid) returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	delete from crm.filter_word w where w.id = wanted;
	if not found then
		raise exception 'no such word' using errcode = 'CR404';
	end if;
	perform crm.audit_add('word_delete', null, wanted);
end
$$;
comment on function api.word_delete(uuid) is
    'Takes a word out of the filter; CR404 when there is none.';
grant execute on function api.word_delete(uuid) to crm_officer;

-- api/channel_list.sql
create function api.channel_list()
returns table (code text, name text)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select c.name, c.title from crm.channel c
	where c.is_active and c.name <> 'jaki' order by c.title
$$;
comment on function api.channel_list() is
    'Channels whose reports a desk officer keys in.';
grant execute on function api.channel_list() to crm_officer;

-- api/photo_open.sql
create function api.photo_open(photo uuid)
returns table (file_full text, file_thumb text, visibility text, kind text)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
	report uuid;
begin
	select p.file_full, p.file_thumb, i.visibility, p.kind, p.report_id
	into file_full, file_thumb, visibility, kind, report
	from crm.photo p
	join crm.inbox i on i.report_id = p.report_id
	where p.id = photo
	limit 1;
	if found then
		perform crm.audit_add('photo_open', report, photo);
		return next;
	end if;
end
$$;
comment on function api.photo_open(uuid) is
    'Files of a photo, with its audit entry; no row when the viewer may not see it.';
grant execute on function api.photo_open(uuid) to crm_officer, crm_channel;

-- api/check_list.sql
create function api.check_list(reference text)
returns table (id uuid, event_id uuid, kind text, photo_id uuid,
    other_photo_id uuid, other_report_id uuid, other_report_ticket text,
    is_mirrored boolean, bits int, seconds bigint, meters float8,
    visibility text)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
	report uuid;
	level text;
begin
	select k.id into report from crm.report_find(reference) k;
	if not found then
		raise exception 'no such report' using errcode = 'CR404';
	end if;
	select i.visibility into level from crm.inbox i
	where i.report_id = report limit 1;
	perform crm.audit_add('check_list', report);
	return query
	select c.id, c.event_id, c.kind, c.photo_id, p.photo_id,
	    case when c.kind = 'earlier_proof' then k.id end,
	    case when c.kind = 'earlier_proof' then k.ticket end,
	    c.is_mirrored, c.bits, c.seconds, round(c.meters::numeric, 1)::float8,
	    case when 'private' in (level, (select i.visibility
		from crm.inbox i where i.report_id = k.id limit 1))
		then 'private' else 'public' end
	from crm.proof_check c
	left join crm.proof_pair p on p.check_id = c.id
	left join crm.report_key k on k.id = p.report_id
	where c.report_id = report
	order by c.at desc, c.event_id, c.photo_id is null, c.photo_id, c.bits,
	    c.kind, c.id
	limit 200;
end
$$;
comment on function api.check_list(text) is
    'Facts about the proofs of a report, newest first, with its audit entry; the other picture and report only where the viewer may open them. CR404 when the viewer may not see the report.';
grant execute on function api.check_list(text) to crm_officer;

-- api/event_list.sql
create function api.event_list(reference text, after_at timestamptz,
    after_id uuid, row_limit int)
returns setof api.event_row
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
	report uuid;
begin
	select k.id into report from crm.report_find(reference) k;
	if not found then
		raise exception 'no such report' using errcode = 'CR404';
	end if;
	perform crm.audit_add('event_list', report);
	if crm.viewer_channel() is not null then
		return query
		select e.id, e.type, e.at, e.by_unit_id, e.by_unit_name, e.by_name,
		    e.by_own_unit, e.text, e.note, e.reason, e.from_status,
		    e.to_status, e.captured_at, e.lat, e.lng, e.distance_m,
		    e.photo_id, e.photo_width, e.photo_height, e.to_unit_id, e.to_unit_name,
		    e.officer_name, e.reason_code, e.until, e.stars, e.step, e.into_id,
		    e.into_ticket
		from crm.event_told e
		where e.report_id = report and (e.at, e.id)
		    < (coalesce(after_at, 'infinity'),
		    coalesce(after_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
		order by e.at desc, e.id desc
		limit row_limit + 1;
	else
		return query
		select e.id, e.type, e.at, e.by_unit_id, e.by_unit_name, e.by_name,
		    e.by_own_unit, e.text, e.note, e.reason, e.from_status,
		    e.to_status, e.captured_at, e.lat, e.lng, e.distance_m,
		    e.photo_id, e.photo_width, e.photo_height, e.to_unit_id, e.to_unit_name,
		    e.officer_name, e.reason_code, e.until, e.stars, e.step, e.into_id,
		    e.into_ticket
		from crm.event_shown e
		where e.report_id = report and (e.at, e.id)
		    < (coalesce(after_at, 'infinity'),
		    coalesce(after_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
		order by e.at desc, e.id desc
		limit row_limit + 1;
	end if;
end
$$;
comment on function api.event_list(text, timestamptz, uuid, int) is
    'Timeline of a report with its audit entry, newest first, one row more than asked when there is more. CR404 when the viewer may not see the report.';
grant execute on function api.event_list(text, timestamptz, uuid, int)
    to crm_officer, crm_channel;

-- api/hand_over_list.sql
create function api.hand_over_list(reference text, after_at timestamptz,
    after_id uuid, row_limit int)
returns table (id uuid, kind text, from_unit_id uuid, from_unit_name text,
    to_unit_id uuid, to_unit_name text, reason text, note text, at timestamptz,
    ended_at timestamptz, returned boolean)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
	report uuid;
begin
	select k.id into report from crm.report_find(reference) k;
	if not found then
		raise exception 'no such report' using errcode = 'CR404';
	end if;
	perform crm.audit_add('hand_over_list', report);
	return query
	select h.id, h.kind, h.from_unit_id, f.name, h.to_unit_id, t.name,
	    i.reason, i.note, h.at, h.ended_at, h.returned
	from crm.hand_over h
	join crm.unit f on f.id = h.from_unit_id
	join crm.unit t on t.id = h.to_unit_id
	left join crm.event_internal i on i.event_id = h.event_id
	where h.report_id = report and (h.at, h.id)
	    < (coalesce(after_at, 'infinity'),
	    coalesce(after_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
	order by h.at desc, h.id desc
	limit row_limit + 1;
end
$$;
comment on function api.hand_over_list(text, timestamptz, uuid, int) is
    'Hand-overs of a report with its audit entry, newest first, one row more than asked when there is more. CR404 when the viewer may not see the report.';
grant execute on function api.hand_over_list(text, timestamptz, uuid, int)
    to crm_officer;

-- api/officer_list.sql
-- The key to go on from is short enough for a cursor: the first letters of the
-- name, then the id.
--

create function api.officer_list(unit uuid, after_key text, after_id uuid,
    row_limit int)
returns table (id uuid, name text, by_own_unit boolean, unit_id uuid,
    unit_name text, open bigint, overdue bigint, sort_key text)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	with page as (
		select a.id, a.name, a.unit_id, left(a.name, 15) as sort_key
		from crm.account a
		where a.role = 'officer' and a.is_active
		and a.unit_id in (select v.id from unnest(crm.viewer_units()) v (id))
		and (unit is null or a.unit_id = unit)
		and (after_id is null
		or (left(a.name, 15), a.id) > (after_key, after_id))
		order by left(a.name, 15), a.id
		limit row_limit + 1
	)
	select p.id, p.name, p.unit_id = crm.viewer_unit(), p.unit_id, u.name,
	    load.open, load.overdue, p.sort_key
	from page p
	join crm.unit u on u.id = p.unit_id
	cross join lateral (
		select count(*) as open,
		    count(*) filter (where i.due_at < now.at) as overdue
		from (select crm.now() as at) now
		join crm.inbox i on i.officer_id = p.id
		and i.reader_id = p.unit_id and i.unit_id = p.unit_id
		and i.status in ('waiting', 'coordination', 'disposition',
		    'in_progress', 'scheduled', 'followup_rejected')
	) load
	order by p.sort_key, p.id
$$;
comment on function api.officer_list(uuid, text, uuid, int) is
    'Officers of the viewer''s units with the reports they still have to do, one row more than asked when there is more. sort_key and id of the last row ask for the next page.';
grant execute on function api.officer_list(uuid, text, uuid, int)
    to crm_officer;

-- api/ranking_list.sql
create function api.ranking_list(first_day date, last_day date, in_kind text)
returns table (unit_id uuid, unit_name text, validated bigint, reopened bigint,
    on_time float8, rank bigint)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
	with today (day) as (
		select (crm.now() at time zone 'Asia/Jakarta')::date
	), done as (
		select d.unit_id, sum(d.validated) as validated,
		    sum(d.on_time) as on_time, sum(d.reopened) as reopened
		from today t
		join crm.work_day d on d.day between
		    coalesce(first_day, coalesce(last_day, t.day) - 29)
		    and coalesce(last_day, t.day)
		group by d.unit_id
		having sum(d.validated) >= 10
	), told as (
		select u.id, u.name, d.validated / 5 * 5 as validated,
		    d.reopened / 5 * 5 as reopened,
		    crm.share_round(d.on_time, d.validated) as on_time
		from done d
		join crm.unit u on u.id = d.unit_id
		where in_kind is null or u.kind = in_kind
	)
	select t.id, t.name, t.validated, t.reopened, t.on_time,
	    rank() over (order by t.validated desc, t.on_time desc) as rank
	from told t order by rank, t.name
$$;
comment on function api.ranking_list(date, date, text) is
    'Units by work that was found good and not reopened, of a span of days; without one, of the last thirty. Units with less than ten are left out; numbers are rounded down to fives and shares to steps of five cases, so that nothing tells of a single report. Security definer because it counts reports that the viewer must not see.';
grant execute on function api.ranking_list(date, date, text) to crm_officer;

-- api/event_add.sql
create function api.event_add(key_hash bytea, request_hash bytea,
    reference text, if_version int, type text, body jsonb, photo_ids uuid[],
    full_names text[], thumb_names text[], widths int[], heights int[],
    hashes bigint[])
returns table (replayed boolean, event api.event_row, report api.report_row)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
declare
	at constant timestamptz := crm.now();
	step constant uuid := gen_random_uuid();
	doer constant uuid := coalesce(crm.viewer_account(),
	    crm.viewer_channel());
	key record;
	kept crm.idempotency;
	was crm.report;
	rule crm.event_rule;
	after crm.report;
begin
	select k.id, k.received_at into key from crm.report_find(reference) k;
	if not found then
		raise exception 'no such report' using errcode = 'CR404';
	end if;
	if key_hash is not null then
		kept := crm.idempotency_find(doer, key_hash, request_hash);
		if kept.report_id <> key.id then
			raise exception 'the key was used for another request'
			    using errcode = 'CR422', column = '/',
			    constraint = 'idempotency_key_reused';
		elsif kept.report_id is not null then
			replayed := true;
			event := crm.event_get(kept.event_id, kept.report_id);
			report := crm.report_again(kept);
			return next;
			return;
		end if;
	end if;

	-- One step at a time per report.
	perform crm.merge_lock(type, key.id, body ->> 'into');
	was := crm.report_lock(key.id, key.received_at);
	if was.id is null then
		raise exception 'no such report' using errcode = 'CR404';
	end if;
	rule := crm.event_rule_find(type, was, if_version);
	perform crm.event_check(rule, body, cardinality(photo_ids));
	after := crm.step_do(step, at, rule, was, body);
	perform crm.report_step(was, after);
	perform crm.event_step(step, at, rule, was, after, body);
	perform crm.notice_add(key.id, step, type, rule.hears, was.unit_id);
	if after.merged > 0 then
		perform crm.main_step(key.id, step);
	end if;
	if cardinality(photo_ids) > 0 then
		perform crm.photo_add(key.id, step, photo_ids, full_names,
		    thumb_names, widths, heights, false);
	end if;
	if rule.type in ('follow_up', 'progress') then
		perform crm.proof_keep(key.id, step, photo_ids, hashes);
	end if;
	perform crm.audit_add('event_' || type, key.id, step);

	replayed := false;
	event := crm.event_get(step, key.id);
	select r.* into report from crm.report_get(key.id, key.received_at) r;
	if key_hash is not null then
		insert into crm.idempotency (owner_id, key_hash, request_hash,
		    report_id, event_id, event_at, report, added_at)
		values (doer, key_hash, request_hash, key.id, step, at,
		    to_jsonb(report), at);
	end if;
	return next;
end
$$;
comment on function api.event_add(bytea, bytea, text, int, text, jsonb, uuid[],
    text[], text[], int[], int[], bigint[]) is
    'One step of work as crm.event_rule allows it. CR404 not visible, CR403 role or unit, CR428 and CR412 version, CR409 status, CR422 evidence.';
grant execute on function api.event_add(bytea, bytea, text, int, text, jsonb,
    uuid[], text[], text[], int[], int[], bigint[])
    to crm_officer, crm_channel;

-- api/job_partition_add.sql
create function api.job_partition_add() returns int
language sql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
	select crm.partition_add(crm.now()::date,
	    (crm.now() + interval '3 months')::date)
$$;
comment on function api.job_partition_add() is
    'Makes the partitions of the next three months; how many were missing. Security definer because only the owner makes tables.';
grant execute on function api.job_partition_add() to crm_jobs;

-- api/notice_list.sql
create function api.notice_list(after_at timestamptz, after_id uuid,
    row_limit int)
returns table (id uuid, type text, at timestamptz, new boolean,
    report_id uuid, ticket text, status text, visibility text)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
	me constant uuid := crm.viewer_account();
	role constant text := crm.viewer_role();
	everyone constant uuid := '00000000-0000-0000-0000-000000000000';
	-- Not coalesce() in the query: it would keep it out of the index.
	from_at constant timestamptz := coalesce(after_at, 'infinity');
	from_id constant uuid := coalesce(after_id,
	    'ffffffff-ffff-ffff-ffff-ffffffffffff');
	seen constant timestamptz := coalesce((select s.until
	    from crm.notice_seen s where s.account_id = me), '-infinity');
begin
	perform crm.audit_add('notice_list', null);
	return query
	select p.id, p.type, p.at, p.at > seen, p.report_id, k.ticket,
	    r.status, r.visibility
	from (
		select n.id, n.type, n.at, n.report_id
		-- Null for a circle that is not the viewer's: what others hear
		-- would be walked through and filtered out, row by row.
		from (values
		    ('unit', case when role in ('officer', 'supervisor')
			then crm.viewer_unit() end),
		    ('supervisor', case when role = 'supervisor'
			then crm.viewer_unit() end),
		    ('account', me),
		    (role, case when role in ('triage', 'validator')
			then everyone end)) circle (reader, reader_id)
		cross join lateral (
			select o.id, o.type, o.at, o.report_id
			from crm.notice o
			where o.reader = circle.reader
			and o.reader_id = circle.reader_id
			and (o.at, o.id) < (from_at, from_id)
			-- Nobody is told of what they did.
			and not exists (select from crm.event_internal i
			    where i.event_id = o.event_id
			    and i.by_account_id = me)
			order by o.at desc, o.id desc
			limit row_limit + 1
		) n
		order by n.at desc, n.id desc
		limit row_limit + 1
	) p
	join crm.report_key k on k.id = p.report_id
	cross join lateral (
		select i.status, i.visibility from crm.inbox i
		where i.report_id = p.report_id
		limit 1
	) r
	order by p.at desc, p.id desc;
end
$$;
comment on function api.notice_list(timestamptz, uuid, int) is
    'What the viewer has to hear of, newest first, one row more than asked when there is more; of reports the viewer may open only.';
grant execute on function api.notice_list(timestamptz, uuid, int)
    to crm_officer;

-- api/notice_see.sql
create function api.notice_see(until timestamptz) returns void
language sql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
	insert into crm.notice_seen as s (account_id, until)
	values (crm.viewer_account(), least(notice_see.until, crm.now()))
	on conflict (account_id) do update
	set until = greatest(s.until, excluded.until)
$$;
comment on function api.notice_see(timestamptz) is
    'The viewer has seen the notices until then; never later than now, never back.';
grant execute on function api.notice_see(timestamptz) to crm_officer;

-- api/job_alarm.sql
create function api.job_alarm(row_limit int default 100) returns int
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
	due constant timestamptz := crm.now();
	alarm crm.alarm;
	key crm.report_key;
	report crm.report;
	done int := 0;
begin
	for alarm in
		select a.* from crm.alarm a where a.at <= due
		order by a.at limit row_limit
		for update skip locked
	loop
		select k.* into key from crm.report_key k
		where k.id = alarm.report_id;
		-- What someone works on at this moment rings a little later.
		select r.* into report from crm.report r
		where r.id = key.id and r.received_at = key.received_at
		for update skip locked;
		continue when not found;
		perform crm.alarm_ring(alarm, report);
		perform crm.alarm_next(alarm, report);
		done := done + 1;
	end loop;
	return done;
end
$$;
comment on function api.job_alarm(int) is
    'Rings at most so many alarms that are due; how many. Run it until it is 0. Each rings once, however often and by whomever this is run, and no status changes. Security definer because crm_jobs reads no report.';
grant execute on function api.job_alarm(int) to crm_jobs;

-- api/job_prune.sql
create function api.job_prune(row_limit int default 10000)
returns table (sessions bigint, tries bigint, answers bigint,
    notices bigint)
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
begin
	delete from crm.session s where s.token_hash in (
		select o.token_hash from crm.session o
		where o.expires_at < crm.now()
		limit row_limit);
	get diagnostics sessions = row_count;
	delete from crm.signin_throttle t where t.bucket in (
		select o.bucket from crm.signin_throttle o
		where o.tried_at < crm.now() - interval '1 day'
		limit row_limit);
	get diagnostics tries = row_count;
	delete from crm.idempotency i
	where (i.owner_id, i.key_hash) in (
		select o.owner_id, o.key_hash from crm.idempotency o
		where o.added_at < crm.now() - interval '30 days'
		limit row_limit);
	get diagnostics answers = row_count;
	delete from crm.notice n where n.id in (
		select o.id from crm.notice o
		where o.at < crm.now() - interval '90 days'
		limit row_limit);
	get diagnostics notices = row_count;
	return next;
end
$$;
comment on function api.job_prune(int) is
    'Deletes ended sessions, old tries to sign in, answers older than 30 days and notices older than 90, at most so many each; run until all are 0. Security definer because crm_jobs reads none of them.';
grant execute on function api.job_prune(int) to crm_jobs;

-- api/job_photo_known.sql
create function api.job_photo_known(names text[])
returns setof text
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
	select n.name from unnest(names) n (name)
	where exists (select from crm.photo p where p.file_full = n.name)
	or exists (select from crm.photo p where p.file_thumb = n.name)
$$;
comment on function api.job_photo_known(text[]) is
    'Which of these files belong to a photo; the others may be swept. Security definer because crm_jobs reads no photos.';
grant execute on function api.job_photo_known(text[]) to crm_jobs;

-- seed/area.sql
-- Kota, kecamatan and kelurahan with the codes of the Ministry of Home Affairs
-- (Kepmendagri 300.2.2-2430/2025) and a centroid each.
--

insert into crm.area (code, level, name, parent_code, lat, lng) values
('31.01', 'kota', 'Kepulauan Seribu', null, -5.766207, 106.591097),
('31.71', 'kota', 'Jakarta Pusat', null, -6.177978, 106.837805),
('31.72', 'kota', 'Jakarta Utara', null, -6.128296, 106.878702),
('31.73', 'kota', 'Jakarta Barat', null, -6.165042, 106.776313),
('31.74', 'kota', 'Jakarta Selatan', null, -6.256746, 106.815729),
('31.75', 'kota', 'Jakarta Timur', null, -6.253367, 106.889769),
('31.01.01', 'kecamatan', 'Kepulauan Seribu Utara', '31.01', -5.637497, 106.565542),
('31.01.02', 'kecamatan', 'Kepulauan Seribu Selatan', '31.01', -5.894917, 106.616653),
('31.71.01', 'kecamatan', 'Gambir', '31.71', -6.169504, 106.815976),
('31.71.02', 'kecamatan', 'Sawah Besar', '31.71', -6.152908, 106.832656),
('31.71.03', 'kecamatan', 'Kemayoran', '31.71', -6.163580, 106.856004),
('31.71.04', 'kecamatan', 'Senen', '31.71', -6.183549, 106.845565),
('31.71.05', 'kecamatan', 'Cempaka Putih', '31.71', -6.182126, 106.867214),
('31.71.06', 'kecamatan', 'Menteng', '31.71', -6.194239, 106.836314),
('31.71.07', 'kecamatan', 'Tanah Abang', '31.71', -6.200196, 106.811772),
('31.71.08', 'kecamatan', 'Johar Baru', '31.71', -6.180150, 106.854307),
('31.72.01', 'kecamatan', 'Penjaringan', '31.72', -6.119686, 106.774588),
('31.72.02', 'kecamatan', 'Tanjung Priok', '31.72', -6.128465, 106.877455),
('31.72.03', 'kecamatan', 'Koja', '31.72', -6.121898, 106.904834),
('31.72.04', 'kecamatan', 'Cilincing', '31.72', -6.122701, 106.937601),
('31.72.05', 'kecamatan', 'Pademangan', '31.72', -6.133732, 106.839610),
('31.72.06', 'kecamatan', 'Kelapa Gading', '31.72', -6.162670, 106.904531),
('31.73.01', 'kecamatan', 'Cengkareng', '31.73', -6.151266, 106.737951),
('31.73.02', 'kecamatan', 'Grogol Petamburan', '31.73', -6.164153, 106.787367),
('31.73.03', 'kecamatan', 'Taman Sari', '31.73', -6.148847, 106.818179),
('31.73.04', 'kecamatan', 'Tambora', '31.73', -6.148722, 106.803863),
('31.73.05', 'kecamatan', 'Kebon Jeruk', '31.73', -6.194588, 106.769390),
('31.73.06', 'kecamatan', 'Kalideres', '31.73', -6.134245, 106.703907),
('31.73.07', 'kecamatan', 'Pal Merah', '31.73', -6.189102, 106.798807),
('31.73.08', 'kecamatan', 'Kembangan', '31.73', -6.198504, 106.741371),
('31.74.01', 'kecamatan', 'Tebet', '31.74', -6.226984, 106.852159),
('31.74.02', 'kecamatan', 'Setiabudi', '31.74', -6.216563, 106.830324),
('31.74.03', 'kecamatan', 'Mampang Prapatan', '31.74', -6.247857, 106.823097),
('31.74.04', 'kecamatan', 'Pasar Minggu', '31.74', -6.290154, 106.831276),
('31.74.05', 'kecamatan', 'Kebayoran Lama', '31.74', -6.243606, 106.779599),
('31.74.06', 'kecamatan', 'Cilandak', '31.74', -6.288926, 106.794239),
('31.74.07', 'kecamatan', 'Kebayoran Baru', '31.74', -6.243965, 106.802424),
('31.74.08', 'kecamatan', 'Pancoran', '31.74', -6.253156, 106.846336),
('31.74.09', 'kecamatan', 'Jagakarsa', '31.74', -6.332694, 106.823149),
('31.74.10', 'kecamatan', 'Pesanggrahan', '31.74', -6.247139, 106.758074),
('31.75.01', 'kecamatan', 'Matraman', '31.75', -6.204051, 106.863787),
('31.75.02', 'kecamatan', 'Pulogadung', '31.75', -6.195901, 106.890704),
('31.75.03', 'kecamatan', 'Jatinegara', '31.75', -6.225425, 106.873630),
('31.75.04', 'kecamatan', 'Kramatjati', '31.75', -6.276241, 106.865754),
('31.75.05', 'kecamatan', 'Pasar Rebo', '31.75', -6.325462, 106.856696),
('31.75.06', 'kecamatan', 'Cakung', '31.75', -6.189729, 106.939666),
('31.75.07', 'kecamatan', 'Duren Sawit', '31.75', -6.229177, 106.923209),
('31.75.08', 'kecamatan', 'Makasar', '31.75', -6.267727, 106.887783),
('31.75.09', 'kecamatan', 'Ciracas', '31.75', -6.328830, 106.877438),
('31.75.10', 'kecamatan', 'Cipayung', '31.75', -6.324215, 106.902291),
('31.01.01.1001', 'kelurahan', 'Pulau Panggang', '31.01.01', -5.733789, 106.590042),
('31.01.01.1002', 'kelurahan', 'Pulau Kelapa', '31.01.01', -5.644845, 106.562367),
('31.01.01.1003', 'kelurahan', 'Pulau Harapan', '31.01.01', -5.533857, 106.544218),
('31.01.02.1001', 'kelurahan', 'Pulau Untung Jawa', '31.01.02', -5.981779, 106.738644),
('31.01.02.1002', 'kelurahan', 'Pulau Tidung', '31.01.02', -5.804080, 106.513701),
('31.01.02.1003', 'kelurahan', 'Pulau Pari', '31.01.02', -5.898892, 106.597613),
('31.71.01.1001', 'kelurahan', 'Gambir', '31.71.01', -6.176384, 106.826707),
('31.71.01.1002', 'kelurahan', 'Cideng', '31.71.01', -6.172980, 106.808311),
('31.71.01.1003', 'kelurahan', 'Petojo Utara', '31.71.01', -6.165354, 106.815299),
('31.71.01.1004', 'kelurahan', 'Petojo Selatan', '31.71.01', -6.174771, 106.816408),
('31.71.01.1005', 'kelurahan', 'Kebon Kelapa', '31.71.01', -6.164151, 106.824550),
('31.71.01.1006', 'kelurahan', 'Duri Pulo', '31.71.01', -6.163381, 106.804582),
('31.71.02.1001', 'kelurahan', 'Pasar Baru', '31.71.02', -6.166029, 106.834484),
('31.71.02.1002', 'kelurahan', 'Karang Anyar', '31.71.02', -6.153975, 106.829135),
('31.71.02.1003', 'kelurahan', 'Kartini', '31.71.02', -6.153245, 106.833118),
('31.71.02.1004', 'kelurahan', 'Gunung Sahari Utara', '31.71.02', -6.149215, 106.838283),
('31.71.02.1005', 'kelurahan', 'Mangga Dua Selatan', '31.71.02', -6.142075, 106.828260),
('31.71.03.1001', 'kelurahan', 'Kemayoran', '31.71.03', -6.164721, 106.845384),
('31.71.03.1002', 'kelurahan', 'Kebon Kosong', '31.71.03', -6.158196, 106.853462),
('31.71.03.1003', 'kelurahan', 'Harapan Mulia', '31.71.03', -6.170513, 106.855867),
('31.71.03.1004', 'kelurahan', 'Serdang', '31.71.03', -6.158913, 106.861146),
('31.71.03.1005', 'kelurahan', 'Gunung Sahari Selatan', '31.71.03', -6.159342, 106.844018),
('31.71.03.1006', 'kelurahan', 'Cempaka Baru', '31.71.03', -6.168108, 106.862779),
('31.71.03.1007', 'kelurahan', 'Sumur Batu', '31.71.03', -6.163490, 106.871047),
('31.71.03.1008', 'kelurahan', 'Utan Panjang', '31.71.03', -6.165354, 106.854326),
('31.71.04.1001', 'kelurahan', 'Senen', '31.71.04', -6.176101, 106.839632),
('31.71.04.1002', 'kelurahan', 'Kenari', '31.71.04', -6.193560, 106.846683),
('31.71.04.1003', 'kelurahan', 'Paseban', '31.71.04', -6.193391, 106.852587),
('31.71.04.1004', 'kelurahan', 'Kramat', '31.71.04', -6.183486, 106.846320),
('31.71.04.1005', 'kelurahan', 'Kwitang', '31.71.04', -6.183184, 106.840194),
('31.71.04.1006', 'kelurahan', 'Bungur', '31.71.04', -6.171571, 106.847972),
('31.71.05.1001', 'kelurahan', 'Cempaka Putih Timur', '31.71.05', -6.176000, 106.871749),
('31.71.05.1002', 'kelurahan', 'Cempaka Putih Barat', '31.71.05', -6.179930, 106.863846),
('31.71.05.1003', 'kelurahan', 'Rawasari', '31.71.05', -6.190447, 106.866047),
('31.71.06.1001', 'kelurahan', 'Menteng', '31.71.06', -6.200897, 106.833921),
('31.71.06.1002', 'kelurahan', 'Pegangsaan', '31.71.06', -6.201965, 106.848072),
('31.71.06.1003', 'kelurahan', 'Cikini', '31.71.06', -6.191449, 106.839388),
('31.71.06.1004', 'kelurahan', 'Gondangdia', '31.71.06', -6.191796, 106.829436),
('31.71.06.1005', 'kelurahan', 'Kebon Sirih', '31.71.06', -6.185087, 106.830753),
('31.71.07.1001', 'kelurahan', 'Gelora', '31.71.07', -6.216259, 106.801505),
('31.71.07.1002', 'kelurahan', 'Bendungan Hilir', '31.71.07', -6.208631, 106.809042),
('31.71.07.1003', 'kelurahan', 'Karet Tengsin', '31.71.07', -6.207067, 106.816552),
('31.71.07.1004', 'kelurahan', 'Petamburan', '31.71.07', -6.196876, 106.806002),
('31.71.07.1005', 'kelurahan', 'Kebon Melati', '31.71.07', -6.197053, 106.815968),
('31.71.07.1006', 'kelurahan', 'Kebon Kacang', '31.71.07', -6.190299, 106.817202),
('31.71.07.1007', 'kelurahan', 'Kampung Bali', '31.71.07', -6.185188, 106.816135),
('31.71.08.1001', 'kelurahan', 'Johar Baru', '31.71.08', -6.185699, 106.857030),
('31.71.08.1002', 'kelurahan', 'Kampung Rawa', '31.71.08', -6.179504, 106.855513),
('31.71.08.1003', 'kelurahan', 'Galur', '31.71.08', -6.176171, 106.855436),
('31.71.08.1004', 'kelurahan', 'Tanah Tinggi', '31.71.08', -6.179226, 106.849249),
('31.72.01.1001', 'kelurahan', 'Penjaringan', '31.72.01', -6.122045, 106.800022),
('31.72.01.1002', 'kelurahan', 'Kamal Muara', '31.72.01', -6.104372, 106.738336),
('31.72.01.1003', 'kelurahan', 'Kapuk Muara', '31.72.01', -6.122125, 106.763285),
('31.72.01.1004', 'kelurahan', 'Pejagalan', '31.72.01', -6.135807, 106.784827),
('31.72.01.1005', 'kelurahan', 'Pluit', '31.72.01', -6.114080, 106.786468),
('31.72.02.1001', 'kelurahan', 'Tanjung Priok', '31.72.02', -6.108873, 106.879149),
('31.72.02.1002', 'kelurahan', 'Sunter Jaya', '31.72.02', -6.151354, 106.876813),
('31.72.02.1003', 'kelurahan', 'Papanggo', '31.72.02', -6.129006, 106.871109),
('31.72.02.1004', 'kelurahan', 'Sungai Bambu', '31.72.02', -6.130740, 106.886224),
('31.72.02.1005', 'kelurahan', 'Kebon Bawang', '31.72.02', -6.119372, 106.889019),
('31.72.02.1006', 'kelurahan', 'Sunter Agung', '31.72.02', -6.138082, 106.862089),
('31.72.02.1007', 'kelurahan', 'Warakas', '31.72.02', -6.121830, 106.877782),
('31.72.03.1001', 'kelurahan', 'Koja', '31.72.03', -6.105783, 106.899115),
('31.72.03.1002', 'kelurahan', 'Tugu Utara', '31.72.03', -6.124277, 106.912344),
('31.72.03.1003', 'kelurahan', 'Lagoa', '31.72.03', -6.113997, 106.910619),
('31.72.03.1004', 'kelurahan', 'Rawa Badak Utara', '31.72.03', -6.119613, 106.897893),
('31.72.03.1005', 'kelurahan', 'Tugu Selatan', '31.72.03', -6.135409, 106.910345),
('31.72.03.1006', 'kelurahan', 'Rawa Badak Selatan', '31.72.03', -6.132307, 106.898685),
('31.72.04.1001', 'kelurahan', 'Cilincing', '31.72.04', -6.110746, 106.945154),
('31.72.04.1002', 'kelurahan', 'Sukapura', '31.72.04', -6.147960, 106.927973),
('31.72.04.1003', 'kelurahan', 'Marunda', '31.72.04', -6.113375, 106.961325),
('31.72.04.1004', 'kelurahan', 'Kalibaru', '31.72.04', -6.094927, 106.915979),
('31.72.04.1005', 'kelurahan', 'Semper Timur', '31.72.04', -6.120612, 106.933252),
('31.72.04.1006', 'kelurahan', 'Rorotan', '31.72.04', -6.145322, 106.955265),
('31.72.04.1007', 'kelurahan', 'Semper Barat', '31.72.04', -6.125968, 106.924260),
('31.72.05.1001', 'kelurahan', 'Pademangan Timur', '31.72.05', -6.142328, 106.847807),
('31.72.05.1002', 'kelurahan', 'Pademangan Barat', '31.72.05', -6.134927, 106.836765),
('31.72.05.1003', 'kelurahan', 'Ancol', '31.72.05', -6.123942, 106.834259),
('31.72.06.1001', 'kelurahan', 'Kelapa Gading Timur', '31.72.06', -6.168399, 106.903607),
('31.72.06.1002', 'kelurahan', 'Pegangsaan Dua', '31.72.06', -6.164087, 106.914717),
('31.72.06.1003', 'kelurahan', 'Kelapa Gading Barat', '31.72.06', -6.155524, 106.895269),
('31.73.01.1001', 'kelurahan', 'Cengkareng Barat', '31.73.01', -6.138677, 106.723791),
('31.73.01.1002', 'kelurahan', 'Duri Kosambi', '31.73.01', -6.170011, 106.719238),
('31.73.01.1003', 'kelurahan', 'Rawa Buaya', '31.73.01', -6.162871, 106.736389),
('31.73.01.1004', 'kelurahan', 'Kedaung Kali Angke', '31.73.01', -6.152569, 106.758576),
('31.73.01.1005', 'kelurahan', 'Kapuk', '31.73.01', -6.142186, 106.754066),
('31.73.01.1006', 'kelurahan', 'Cengkareng Timur', '31.73.01', -6.141282, 106.735647),
('31.73.02.1001', 'kelurahan', 'Grogol', '31.73.02', -6.161847, 106.794325),
('31.73.02.1002', 'kelurahan', 'Tanjung Duren Utara', '31.73.02', -6.172819, 106.783272),
('31.73.02.1003', 'kelurahan', 'Tomang', '31.73.02', -6.171739, 106.796474),
('31.73.02.1004', 'kelurahan', 'Jelambar', '31.73.02', -6.159399, 106.785763),
('31.73.02.1005', 'kelurahan', 'Tanjung Duren Selatan', '31.73.02', -6.179352, 106.788596),
('31.73.02.1006', 'kelurahan', 'Jelambar Baru', '31.73.02', -6.149095, 106.787227),
('31.73.02.1007', 'kelurahan', 'Wijaya Kusuma', '31.73.02', -6.154821, 106.775909),
('31.73.03.1001', 'kelurahan', 'Taman Sari', '31.73.03', -6.153577, 106.824531),
('31.73.03.1002', 'kelurahan', 'Krukut', '31.73.03', -6.156958, 106.814994),
('31.73.03.1003', 'kelurahan', 'Maphar', '31.73.03', -6.156013, 106.821172),
('31.73.03.1004', 'kelurahan', 'Tangki', '31.73.03', -6.146197, 106.823137),
('31.73.03.1005', 'kelurahan', 'Mangga Besar', '31.73.03', -6.144800, 106.818306),
('31.73.03.1006', 'kelurahan', 'Keagungan', '31.73.03', -6.151171, 106.814278),
('31.73.03.1007', 'kelurahan', 'Glodok', '31.73.03', -6.144977, 106.813214),
('31.73.03.1008', 'kelurahan', 'Pinangsia', '31.73.03', -6.137082, 106.815804),
('31.73.04.1001', 'kelurahan', 'Tambora', '31.73.04', -6.144629, 106.808846),
('31.73.04.1002', 'kelurahan', 'Kali Anyar', '31.73.04', -6.157691, 106.799034),
('31.73.04.1003', 'kelurahan', 'Duri Utara', '31.73.04', -6.154310, 106.804942),
('31.73.04.1004', 'kelurahan', 'Tanah Sereal', '31.73.04', -6.154046, 106.809842),
('31.73.04.1005', 'kelurahan', 'Krendang', '31.73.04', -6.150215, 106.803984),
('31.73.04.1006', 'kelurahan', 'Jembatan Besi', '31.73.04', -6.151867, 106.797751),
('31.73.04.1007', 'kelurahan', 'Angke', '31.73.04', -6.145527, 106.795794),
('31.73.04.1008', 'kelurahan', 'Jembatan Lima', '31.73.04', -6.144905, 106.803793),
('31.73.04.1009', 'kelurahan', 'Pekojan', '31.73.04', -6.137345, 106.804029),
('31.73.04.1010', 'kelurahan', 'Roa Malaka', '31.73.04', -6.136374, 106.809469),
('31.73.04.1011', 'kelurahan', 'Duri Selatan', '31.73.04', -6.159028, 106.805013),
('31.73.05.1001', 'kelurahan', 'Kebon Jeruk', '31.73.05', -6.195004, 106.772135),
('31.73.05.1002', 'kelurahan', 'Sukabumi Utara', '31.73.05', -6.208836, 106.777635),
('31.73.05.1003', 'kelurahan', 'Sukabumi Selatan', '31.73.05', -6.221745, 106.771977),
('31.73.05.1004', 'kelurahan', 'Kelapa Dua', '31.73.05', -6.209352, 106.768726),
('31.73.05.1005', 'kelurahan', 'Duri Kepa', '31.73.05', -6.176072, 106.773852),
('31.73.05.1006', 'kelurahan', 'Kedoya Utara', '31.73.05', -6.168570, 106.760988),
('31.73.05.1007', 'kelurahan', 'Kedoya Selatan', '31.73.05', -6.182534, 106.760418),
('31.73.06.1001', 'kelurahan', 'Kalideres', '31.73.06', -6.149228, 106.698786),
('31.73.06.1002', 'kelurahan', 'Semanan', '31.73.06', -6.166179, 106.702423),
('31.73.06.1003', 'kelurahan', 'Tegal Alur', '31.73.06', -6.116498, 106.715919),
('31.73.06.1004', 'kelurahan', 'Kamal', '31.73.06', -6.106561, 106.700054),
('31.73.06.1005', 'kelurahan', 'Pegadungan', '31.73.06', -6.132757, 106.702354),
('31.73.07.1001', 'kelurahan', 'Palmerah', '31.73.07', -6.201039, 106.789489),
('31.73.07.1002', 'kelurahan', 'Slipi', '31.73.07', -6.193993, 106.801377),
('31.73.07.1003', 'kelurahan', 'Kota Bambu Utara', '31.73.07', -6.183565, 106.803418),
('31.73.07.1004', 'kelurahan', 'Jatipulo', '31.73.07', -6.178790, 106.803822),
('31.73.07.1005', 'kelurahan', 'Kemanggisan', '31.73.07', -6.189875, 106.791380),
('31.73.07.1006', 'kelurahan', 'Kota Bambu Selatan', '31.73.07', -6.187350, 106.803354),
('31.73.08.1001', 'kelurahan', 'Kembangan Utara', '31.73.08', -6.172324, 106.742512),
('31.73.08.1002', 'kelurahan', 'Meruya Utara', '31.73.08', -6.196635, 106.738768),
('31.73.08.1003', 'kelurahan', 'Meruya Selatan', '31.73.08', -6.209317, 106.734000),
('31.73.08.1004', 'kelurahan', 'Srengseng', '31.73.08', -6.207481, 106.755278),
('31.73.08.1005', 'kelurahan', 'Joglo', '31.73.08', -6.219111, 106.739080),
('31.73.08.1006', 'kelurahan', 'Kembangan Selatan', '31.73.08', -6.186158, 106.738585),
('31.74.01.1001', 'kelurahan', 'Tebet Timur', '31.74.01', -6.233819, 106.855523),
('31.74.01.1002', 'kelurahan', 'Tebet Barat', '31.74.01', -6.234941, 106.848980),
('31.74.01.1003', 'kelurahan', 'Menteng Dalam', '31.74.01', -6.231624, 106.841247),
('31.74.01.1004', 'kelurahan', 'Kebon Baru', '31.74.01', -6.233710, 106.861632),
('31.74.01.1005', 'kelurahan', 'Bukit Duri', '31.74.01', -6.221304, 106.858147),
('31.74.01.1006', 'kelurahan', 'Manggarai Selatan', '31.74.01', -6.219966, 106.848518),
('31.74.01.1007', 'kelurahan', 'Manggarai', '31.74.01', -6.213527, 106.851063),
('31.74.02.1001', 'kelurahan', 'Setia Budi', '31.74.02', -6.207420, 106.825838),
('31.74.02.1002', 'kelurahan', 'Karet Semanggi', '31.74.02', -6.222539, 106.817934),
('31.74.02.1003', 'kelurahan', 'Karet Kuningan', '31.74.02', -6.220604, 106.827970),
('31.74.02.1004', 'kelurahan', 'Karet', '31.74.02', -6.213800, 106.826965),
('31.74.02.1005', 'kelurahan', 'Menteng Atas', '31.74.02', -6.218170, 106.839537),
('31.74.02.1006', 'kelurahan', 'Pasar Manggis', '31.74.02', -6.210441, 106.841583),
('31.74.02.1007', 'kelurahan', 'Guntur', '31.74.02', -6.207947, 106.833249),
('31.74.02.1008', 'kelurahan', 'Kuningan Timur', '31.74.02', -6.231586, 106.829512),
('31.74.03.1001', 'kelurahan', 'Mampang Prapatan', '31.74.03', -6.242758, 106.828637),
('31.74.03.1002', 'kelurahan', 'Bangka', '31.74.03', -6.263217, 106.818322),
('31.74.03.1003', 'kelurahan', 'Pela Mampang', '31.74.03', -6.248539, 106.817149),
('31.74.03.1004', 'kelurahan', 'Tegal Parang', '31.74.03', -6.248815, 106.829231),
('31.74.03.1005', 'kelurahan', 'Kuningan Barat', '31.74.03', -6.235958, 106.822145),
('31.74.04.1001', 'kelurahan', 'Pasar Minggu', '31.74.04', -6.289919, 106.839363),
('31.74.04.1002', 'kelurahan', 'Jati Padang', '31.74.04', -6.288259, 106.831058),
('31.74.04.1003', 'kelurahan', 'Cilandak Timur', '31.74.04', -6.291247, 106.812764),
('31.74.04.1004', 'kelurahan', 'Ragunan', '31.74.04', -6.298761, 106.821239),
('31.74.04.1005', 'kelurahan', 'Pejaten Timur', '31.74.04', -6.280161, 106.848282),
('31.74.04.1006', 'kelurahan', 'Pejaten Barat', '31.74.04', -6.272993, 106.835283),
('31.74.04.1007', 'kelurahan', 'Kebagusan', '31.74.04', -6.309735, 106.830942),
('31.74.05.1001', 'kelurahan', 'Kebayoran Lama Utara', '31.74.05', -6.246144, 106.776849),
('31.74.05.1002', 'kelurahan', 'Pondok Pinang', '31.74.05', -6.276066, 106.778857),
('31.74.05.1003', 'kelurahan', 'Cipulir', '31.74.05', -6.237935, 106.773155),
('31.74.05.1004', 'kelurahan', 'Grogol Utara', '31.74.05', -6.217220, 106.787137),
('31.74.05.1005', 'kelurahan', 'Grogol Selatan', '31.74.05', -6.229704, 106.781449),
('31.74.05.1006', 'kelurahan', 'Kebayoran Lama Selatan', '31.74.05', -6.254568, 106.780148),
('31.74.06.1001', 'kelurahan', 'Cilandak Barat', '31.74.06', -6.290514, 106.797156),
('31.74.06.1002', 'kelurahan', 'Lebak Bulus', '31.74.06', -6.301123, 106.778942),
('31.74.06.1003', 'kelurahan', 'Pondok Labu', '31.74.06', -6.309275, 106.797029),
('31.74.06.1004', 'kelurahan', 'Gandaria Selatan', '31.74.06', -6.270944, 106.793010),
('31.74.06.1005', 'kelurahan', 'Cipete Selatan', '31.74.06', -6.272776, 106.805057),
('31.74.07.1001', 'kelurahan', 'Melawai', '31.74.07', -6.245593, 106.802247),
('31.74.07.1002', 'kelurahan', 'Gunung', '31.74.07', -6.235944, 106.792775),
('31.74.07.1003', 'kelurahan', 'Kramat Pela', '31.74.07', -6.244729, 106.792442),
('31.74.07.1004', 'kelurahan', 'Selong', '31.74.07', -6.234216, 106.804595),
('31.74.07.1005', 'kelurahan', 'Rawa Barat', '31.74.07', -6.236362, 106.813139),
('31.74.07.1006', 'kelurahan', 'Senayan', '31.74.07', -6.226786, 106.810395),
('31.74.07.1007', 'kelurahan', 'Pulo', '31.74.07', -6.253310, 106.802045),
('31.74.07.1008', 'kelurahan', 'Petogogan', '31.74.07', -6.243198, 106.811192),
('31.74.07.1009', 'kelurahan', 'Gandaria Utara', '31.74.07', -6.257780, 106.791041),
('31.74.07.1010', 'kelurahan', 'Cipete Utara', '31.74.07', -6.261730, 106.804364),
('31.74.08.1001', 'kelurahan', 'Pancoran', '31.74.08', -6.247443, 106.840708),
('31.74.08.1002', 'kelurahan', 'Kalibata', '31.74.08', -6.263331, 106.837658),
('31.74.08.1003', 'kelurahan', 'Rawajati', '31.74.08', -6.258096, 106.854652),
('31.74.08.1004', 'kelurahan', 'Duren Tiga', '31.74.08', -6.255836, 106.835291),
('31.74.08.1005', 'kelurahan', 'Pengadegan', '31.74.08', -6.249256, 106.855424),
('31.74.08.1006', 'kelurahan', 'Cikoko', '31.74.08', -6.244975, 106.854280),
('31.74.09.1001', 'kelurahan', 'Jagakarsa', '31.74.09', -6.325374, 106.819248),
('31.74.09.1002', 'kelurahan', 'Srengseng Sawah', '31.74.09', -6.348348, 106.824452),
('31.74.09.1003', 'kelurahan', 'Ciganjur', '31.74.09', -6.336356, 106.808670),
('31.74.09.1004', 'kelurahan', 'Lenteng Agung', '31.74.09', -6.325644, 106.836900),
('31.74.09.1005', 'kelurahan', 'Tanjung Barat', '31.74.09', -6.306758, 106.847497),
('31.74.09.1006', 'kelurahan', 'Cipedak', '31.74.09', -6.353684, 106.802125),
('31.74.10.1001', 'kelurahan', 'Pesanggrahan', '31.74.10', -6.256428, 106.758768),
('31.74.10.1002', 'kelurahan', 'Bintaro', '31.74.10', -6.270373, 106.763618),
('31.74.10.1003', 'kelurahan', 'Petukangan Utara', '31.74.10', -6.229288, 106.751011),
('31.74.10.1004', 'kelurahan', 'Petukangan Selatan', '31.74.10', -6.243316, 106.753792),
('31.74.10.1005', 'kelurahan', 'Ulujami', '31.74.10', -6.236288, 106.763183),
('31.75.01.1001', 'kelurahan', 'Pisangan Baru', '31.75.01', -6.211704, 106.868984),
('31.75.01.1002', 'kelurahan', 'Utan Kayu Utara', '31.75.01', -6.195507, 106.868269),
('31.75.01.1003', 'kelurahan', 'Kayu Manis', '31.75.01', -6.202704, 106.862214),
('31.75.01.1004', 'kelurahan', 'Palmeriam', '31.75.01', -6.203623, 106.858974),
('31.75.01.1005', 'kelurahan', 'Kebon Manggis', '31.75.01', -6.207275, 106.855346),
('31.75.01.1006', 'kelurahan', 'Utan Kayu Selatan', '31.75.01', -6.203496, 106.868934),
('31.75.02.1001', 'kelurahan', 'Pulo Gadung', '31.75.02', -6.182991, 106.898904),
('31.75.02.1002', 'kelurahan', 'Pisangan Timur', '31.75.02', -6.208576, 106.880135),
('31.75.02.1003', 'kelurahan', 'Cipinang', '31.75.02', -6.207556, 106.891261),
('31.75.02.1004', 'kelurahan', 'Jatinegara Kaum', '31.75.02', -6.202348, 106.901458),
('31.75.02.1005', 'kelurahan', 'Rawamangun', '31.75.02', -6.195909, 106.882448),
('31.75.02.1006', 'kelurahan', 'Kayu Putih', '31.75.02', -6.179400, 106.883693),
('31.75.02.1007', 'kelurahan', 'Jati', '31.75.02', -6.194526, 106.897029),
('31.75.03.1001', 'kelurahan', 'Kampung Melayu', '31.75.03', -6.217385, 106.861278),
('31.75.03.1002', 'kelurahan', 'Bidara Cina', '31.75.03', -6.235372, 106.866953),
('31.75.03.1003', 'kelurahan', 'Bali Mester', '31.75.03', -6.219545, 106.866365),
('31.75.03.1004', 'kelurahan', 'Rawa Bunga', '31.75.03', -6.219962, 106.871327),
('31.75.03.1005', 'kelurahan', 'Cipinang Cempedak', '31.75.03', -6.236615, 106.873472),
('31.75.03.1006', 'kelurahan', 'Cipinang Muara', '31.75.03', -6.226117, 106.889223),
('31.75.03.1007', 'kelurahan', 'Cipinang Besar Selatan', '31.75.03', -6.229768, 106.880835),
('31.75.03.1008', 'kelurahan', 'Cipinang Besar Utara', '31.75.03', -6.218635, 106.879587),
('31.75.04.1001', 'kelurahan', 'Kramatjati', '31.75.04', -6.274112, 106.870707),
('31.75.04.1002', 'kelurahan', 'Tengah', '31.75.04', -6.289620, 106.866631),
('31.75.04.1003', 'kelurahan', 'Dukuh', '31.75.04', -6.295890, 106.877784),
('31.75.04.1004', 'kelurahan', 'Batu Ampar', '31.75.04', -6.279101, 106.861053),
('31.75.04.1005', 'kelurahan', 'Balekambang', '31.75.04', -6.281595, 106.852770),
('31.75.04.1006', 'kelurahan', 'Cililitan', '31.75.04', -6.262491, 106.864435),
('31.75.04.1007', 'kelurahan', 'Cawang', '31.75.04', -6.250880, 106.866896),
('31.75.05.1001', 'kelurahan', 'Gedong', '31.75.05', -6.301478, 106.859965),
('31.75.05.1002', 'kelurahan', 'Baru', '31.75.05', -6.323930, 106.847210),
('31.75.05.1003', 'kelurahan', 'Cijantung', '31.75.05', -6.321571, 106.858876),
('31.75.05.1004', 'kelurahan', 'Kalisari', '31.75.05', -6.335378, 106.853038),
('31.75.05.1005', 'kelurahan', 'Pekayon', '31.75.05', -6.344954, 106.864390),
('31.75.06.1001', 'kelurahan', 'Jatinegara', '31.75.06', -6.203448, 106.916053),
('31.75.06.1002', 'kelurahan', 'Rawa Terate', '31.75.06', -6.184472, 106.920447),
('31.75.06.1003', 'kelurahan', 'Penggilingan', '31.75.06', -6.204842, 106.934844),
('31.75.06.1004', 'kelurahan', 'Cakung Timur', '31.75.06', -6.171004, 106.955332),
('31.75.06.1005', 'kelurahan', 'Pulo Gebang', '31.75.06', -6.205007, 106.952955),
('31.75.06.1006', 'kelurahan', 'Ujung Menteng', '31.75.06', -6.186276, 106.963345),
('31.75.06.1007', 'kelurahan', 'Cakung Barat', '31.75.06', -6.173051, 106.934687),
('31.75.07.1001', 'kelurahan', 'Duren Sawit', '31.75.07', -6.233284, 106.915721),
('31.75.07.1002', 'kelurahan', 'Pondok Bambu', '31.75.07', -6.234848, 106.900878),
('31.75.07.1003', 'kelurahan', 'Klender', '31.75.07', -6.218512, 106.908136),
('31.75.07.1004', 'kelurahan', 'Pondok Kelapa', '31.75.07', -6.243424, 106.931888),
('31.75.07.1005', 'kelurahan', 'Malaka Sari', '31.75.07', -6.223844, 106.928426),
('31.75.07.1006', 'kelurahan', 'Malaka Jaya', '31.75.07', -6.223365, 106.934862),
('31.75.07.1007', 'kelurahan', 'Pondok Kopi', '31.75.07', -6.226962, 106.942550),
('31.75.08.1001', 'kelurahan', 'Makasar', '31.75.08', -6.275772, 106.877034),
('31.75.08.1002', 'kelurahan', 'Pinangranti', '31.75.08', -6.291688, 106.884969),
('31.75.08.1003', 'kelurahan', 'Kebon Pala', '31.75.08', -6.255710, 106.877834),
('31.75.08.1004', 'kelurahan', 'Halim Perdana Kusuma', '31.75.08', -6.265908, 106.893248),
('31.75.08.1005', 'kelurahan', 'Cipinang Melayu', '31.75.08', -6.249556, 106.905831),
('31.75.09.1001', 'kelurahan', 'Ciracas', '31.75.09', -6.326063, 106.875317),
('31.75.09.1002', 'kelurahan', 'Cibubur', '31.75.09', -6.357375, 106.882315),
('31.75.09.1003', 'kelurahan', 'Kelapa Dua Wetan', '31.75.09', -6.341126, 106.882971),
('31.75.09.1004', 'kelurahan', 'Susukan', '31.75.09', -6.312481, 106.868841),
('31.75.09.1005', 'kelurahan', 'Rambutan', '31.75.09', -6.307104, 106.877748),
('31.75.10.1001', 'kelurahan', 'Cipayung', '31.75.10', -6.329055, 106.893897),
('31.75.10.1002', 'kelurahan', 'Cilangkap', '31.75.10', -6.333591, 106.908867),
('31.75.10.1003', 'kelurahan', 'Pondok Ranggon', '31.75.10', -6.355391, 106.906850),
('31.75.10.1004', 'kelurahan', 'Munjul', '31.75.10', -6.347809, 106.895678),
('31.75.10.1005', 'kelurahan', 'Setu', '31.75.10', -6.313036, 106.914810),
('31.75.10.1006', 'kelurahan', 'Bambu Apus', '31.75.10', -6.312424, 106.902306),
('31.75.10.1007', 'kelurahan', 'Lubang Buaya', '31.75.10', -6.293922, 106.903529),
('31.75.10.1008', 'kelurahan', 'Ceger', '31.75.10', -6.308492, 106.892394);

-- seed/area_shape.sql
-- Shapes to start with, so that a fresh machine needs no file: each kelurahan
-- gets the land nearest to its centroid. On the mainland the cells end a little
-- beyond the outline of the centroids, at sea 9 km from an island's centroid.
-- crm.area_import() replaces them by official polygons.
--

insert into crm.area_shape (area_code, level, is_official, shape)
with centre as (
	select a.code, left(a.code, 5) = '31.01' as is_island,
	    ext.st_setsrid(ext.st_makepoint(a.lng, a.lat), 4326) as point
	from crm.area a where a.level = 'kelurahan'
), cell as (
	select (ext.st_dump(ext.st_voronoipolygons(ext.st_collect(c.point), 0,
	    ext.st_makeenvelope(106.2, -6.7, 107.2, -5.1, 4326)))).geom as shape
	from centre c
), mainland as (
	select ext.st_buffer(ext.st_concavehull(ext.st_collect(c.point), 0.5),
	    0.013) as shape
	from centre c where not c.is_island
)
select c.code, 'kelurahan', false, ext.st_multi(ext.st_collectionextract(
    ext.st_snaptogrid(ext.st_intersection(cell.shape, case when c.is_island
	then ext.st_buffer(c.point, 0.08) else mainland.shape end), 0.000001), 3))
from centre c
join cell on ext.st_covers(cell.shape, c.point)
cross join mainland;

select crm.area_union('kecamatan'), crm.area_union('kota');

-- seed/unit.sql
-- The agency tree: the province, its agencies, their offices in each kota, and
-- the territorial line kota, kecamatan, kelurahan. An id is derived from the
-- name, so that every machine has the same ones.
--

insert into crm.unit (id, name, kind, parent_id)
select md5('unit ' || u.name)::uuid, u.name, u.kind,
    md5('unit ' || u.parent)::uuid
from (values
    ('Pemerintah Provinsi DKI Jakarta', 'province', null),
    ('Sekretariat Daerah', 'badan', 'Pemerintah Provinsi DKI Jakarta'),
    ('Sekretariat Dewan Perwakilan Rakyat Daerah', 'badan',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Inspektorat', 'badan', 'Pemerintah Provinsi DKI Jakarta'),
    ('Biro Pemerintahan', 'biro', 'Sekretariat Daerah'),
    ('Kantor Pelindungan Data Pribadi', 'biro', 'Sekretariat Daerah'),
    ('Satuan Polisi Pamong Praja', 'satpol',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Badan Kepegawaian Daerah', 'badan', 'Pemerintah Provinsi DKI Jakarta'),
    ('Badan Kesatuan Bangsa dan Politik', 'badan',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Badan Pelayanan Pengadaan Barang/Jasa', 'badan',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Badan Pembinaan Badan Usaha Milik Daerah', 'badan',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Badan Penanggulangan Bencana Daerah', 'badan',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Badan Pendapatan Daerah', 'badan', 'Pemerintah Provinsi DKI Jakarta'),
    ('Badan Pengelolaan Aset Daerah', 'badan',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Badan Pengelolaan Keuangan Daerah', 'badan',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Badan Pengembangan Sumber Daya Manusia', 'badan',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Badan Perencanaan Pembangunan Daerah', 'badan',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Bina Marga', 'dinas', 'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Cipta Karya, Tata Ruang dan Pertanahan', 'dinas',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Kebudayaan', 'dinas', 'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Kependudukan dan Pencatatan Sipil', 'dinas',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Kesehatan', 'dinas', 'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Ketahanan Pangan, Kelautan dan Pertanian', 'dinas',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Komunikasi, Informatika dan Statistik', 'dinas',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Lingkungan Hidup', 'dinas', 'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Pariwisata dan Ekonomi Kreatif', 'dinas',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Pemberdayaan, Perlindungan Anak dan Pengendalian Penduduk',
	'dinas', 'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Pemuda dan Olahraga', 'dinas', 'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu', 'dinas',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Penanggulangan Kebakaran dan Penyelamatan', 'dinas',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Pendidikan', 'dinas', 'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Perhubungan', 'dinas', 'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Perindustrian, Perdagangan, Koperasi, Usaha Kecil, dan Menengah',
	'dinas', 'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Perpustakaan dan Kearsipan', 'dinas',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Pertamanan dan Hutan Kota', 'dinas',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Perumahan Rakyat dan Kawasan Permukiman', 'dinas',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Sosial', 'dinas', 'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Sumber Daya Air', 'dinas', 'Pemerintah Provinsi DKI Jakarta'),
    ('Dinas Tenaga Kerja, Transmigrasi, dan Energi', 'dinas',
	'Pemerintah Provinsi DKI Jakarta'),
    ('Unit Peralatan dan Perbekalan Bina Marga', 'upt', 'Dinas Bina Marga'),
    ('Unit Pengelola Perparkiran', 'upt', 'Dinas Perhubungan'),
    ('Unit Pengelola Sistem Pengendalian Lalu Lintas', 'upt',
	'Dinas Perhubungan'),
    ('Unit Pengelola Sampah Terpadu', 'upt', 'Dinas Lingkungan Hidup'),
    ('Pusat Penyaringan CRM', 'upt', 'Biro Pemerintahan'),
    ('PD Pasar Jaya', 'bumd', 'Badan Pembinaan Badan Usaha Milik Daerah'),
    ('PAM Jaya', 'bumd', 'Badan Pembinaan Badan Usaha Milik Daerah'),
    ('PT Transportasi Jakarta', 'bumd',
	'Badan Pembinaan Badan Usaha Milik Daerah'),
    ('PT MRT Jakarta', 'bumd', 'Badan Pembinaan Badan Usaha Milik Daerah'),
    ('PT Jakarta Propertindo', 'bumd',
	'Badan Pembinaan Badan Usaha Milik Daerah'),
    -- Not the city's own: what they hold is on their clock all the same.
    ('PLN UID Jakarta Raya', 'utility', 'Pemerintah Provinsi DKI Jakarta'),
    ('Telkom Indonesia Jakarta', 'utility',
	'Pemerintah Provinsi DKI Jakarta'),
    ('PGN Jakarta', 'utility', 'Pemerintah Provinsi DKI Jakarta'),
    ('KAI Daop 1 Jakarta', 'utility',
	'Pemerintah Provinsi DKI Jakarta')) u (name, kind, parent);

update crm.unit set duty = 'triage' where name = 'Pusat Penyaringan CRM';
update crm.unit set duty = 'validation' where name = 'Biro Pemerintahan';
update crm.unit set duty = 'privacy'
where name = 'Kantor Pelindungan Data Pribadi';

-- The territorial line.
insert into crm.unit (id, name, kind, parent_id, area_code)
select md5('unit ' || n.name)::uuid, n.name, 'kota',
    md5('unit Pemerintah Provinsi DKI Jakarta')::uuid, a.code
from crm.area a
cross join lateral (select case a.code
    when '31.01' then 'Kabupaten Administrasi '
    else 'Kota Administrasi ' end || a.name as name) n
where a.level = 'kota';

insert into crm.unit (id, name, kind, parent_id, area_code)
select md5('unit Kecamatan ' || a.name)::uuid, 'Kecamatan ' || a.name,
    'kecamatan', u.id, a.code
from crm.area a join crm.unit u on u.area_code = a.parent_code
where a.level = 'kecamatan';

insert into crm.unit (id, name, kind, parent_id, area_code)
select md5('unit Kelurahan ' || a.name)::uuid, 'Kelurahan ' || a.name,
    'kelurahan', u.id, a.code
from crm.area a join crm.unit u on u.area_code = a.parent_code
where a.level = 'kelurahan';

-- Offices of the agencies in each kota.
insert into crm.unit (id, name, kind, parent_id, area_code)
select md5('unit ' || n.name)::uuid, n.name, 'sudin',
    md5('unit ' || o.parent)::uuid, a.code
from (values
    ('Suku Dinas Bina Marga', 'Dinas Bina Marga'),
    ('Suku Dinas Cipta Karya, Tata Ruang dan Pertanahan',
	'Dinas Cipta Karya, Tata Ruang dan Pertanahan'),
    ('Suku Dinas Kesehatan', 'Dinas Kesehatan'),
    ('Suku Dinas Lingkungan Hidup', 'Dinas Lingkungan Hidup'),
    ('Suku Dinas Pendidikan', 'Dinas Pendidikan'),
    ('Suku Dinas Perhubungan', 'Dinas Perhubungan'),
    ('Suku Dinas Pertamanan dan Hutan Kota',
	'Dinas Pertamanan dan Hutan Kota'),
    ('Suku Dinas Perumahan Rakyat dan Kawasan Permukiman',
	'Dinas Perumahan Rakyat dan Kawasan Permukiman'),
    ('Suku Dinas Sosial', 'Dinas Sosial'),
    ('Suku Dinas Sumber Daya Air', 'Dinas Sumber Daya Air'),
    ('Suku Dinas Penanggulangan Kebakaran dan Penyelamatan',
	'Dinas Penanggulangan Kebakaran dan Penyelamatan'),
    ('Suku Badan Kesatuan Bangsa dan Politik',
	'Badan Kesatuan Bangsa dan Politik'),
    ('Satuan Polisi Pamong Praja Kota Administrasi',
	'Satuan Polisi Pamong Praja')) o (name, parent)
cross join crm.area a
cross join lateral (select replace(o.name || ' ' || a.name,
    'Kota Administrasi Kepulauan', 'Kabupaten Administrasi Kepulauan')
    as name) n
where a.level = 'kota';

-- seed/category.sql
-- Categories seen in published reports. Families join those that reporters mix
-- up.
--

insert into crm.category (code, name, family) values
('jalan', 'Jalan', 'jalan'),
('trotoar', 'Trotoar', 'jalan'),
('galian', 'Keluhan Galian/Sisa Proyek', 'jalan'),
('penerangan_jalan', 'Penerangan Jalan Umum', 'listrik'),
('jaringan_listrik', 'Jaringan Listrik', 'listrik'),
('lalu_lintas', 'Arus Lalu Lintas', 'lalu_lintas'),
('parkir_liar', 'Parkir Liar', 'lalu_lintas'),
('perhubungan', 'Pelayanan Perhubungan', 'lalu_lintas'),
('transportasi', 'Transportasi Publik', 'lalu_lintas'),
('pohon', 'Pohon', 'pohon'),
('taman', 'Taman dan RTH', 'pohon'),
('sampah', 'Sampah', 'kebersihan'),
('pencemaran', 'Pencemaran Lingkungan', 'kebersihan'),
('ppsu', 'Pekerja Penanganan Prasarana dan Sarana Umum Kelurahan (PPSU)',
    'kebersihan'),
('saluran_air', 'Saluran Air, Kali/Sungai', 'air'),
('banjir', 'Penanganan Banjir', 'air'),
('air_bersih', 'Air Bersih', 'air'),
('pkl_liar', 'PKL Liar', 'ketertiban'),
('reklame', 'Reklame', 'reklame'),
('spanduk', 'Reklame/Spanduk', 'reklame'),
('ketertiban', 'Gangguan Ketenteraman dan Ketertiban', 'ketertiban'),
('kebisingan', 'Gangguan dan Kebisingan', 'ketertiban'),
('dilarang_merokok', 'Kawasan Dilarang Merokok', 'ketertiban'),
('pmks', 'PMKS (Penyandang Masalah Kesejahteraan Sosial)', 'sosial'),
('bantuan_sosial', 'Bantuan Sosial', 'sosial'),
('bpjs', 'BPJS', 'kesehatan'),
('kesehatan', 'Pelayanan Kesehatan', 'kesehatan'),
('olahraga', 'Fasilitas dan Layanan Olahraga', 'fasilitas'),
('rptra', 'RPTRA', 'fasilitas'),
('gedung_pemda', 'Keluhan Fasilitas Gedung Pemda (sekolah, kantor)',
    'fasilitas'),
('rusun', 'Rusun/Hunian Vertikal', 'fasilitas'),
('jak_wifi', 'Jak Wifi', 'fasilitas'),
('pelayanan', 'Keluhan Pelayanan', 'pelayanan'),
('kependudukan', 'Layanan Administrasi Kependudukan', 'pelayanan'),
('pungutan_liar', 'Pungutan Liar', 'pelayanan'),
('pajak', 'Pajak Bumi dan Bangunan (PBB)/BPHTB', 'pelayanan'),
('perizinan', 'Perizinan', 'perizinan'),
('perizinan_dagang', 'Perizinan Bidang Perdagangan', 'perizinan'),
('tata_ruang', 'Tata Ruang dan Bangunan', 'perizinan');

-- seed/category_unit.sql
-- Agencies that were seen to handle the categories in published reports of
-- 2023, and where none were published, the agency whose duty it is.
--

insert into crm.category_unit (category_code, unit_id)
select c.category, u.id
from (values
    ('jalan', 'Dinas Bina Marga'),
    ('trotoar', 'Dinas Bina Marga'),
    ('galian', 'Dinas Bina Marga'),
    ('penerangan_jalan', 'Dinas Bina Marga'),
    ('jaringan_listrik', 'Dinas Bina Marga'),
    ('lalu_lintas', 'Dinas Perhubungan'),
    ('parkir_liar', 'Dinas Perhubungan'),
    ('perhubungan', 'Dinas Perhubungan'),
    ('transportasi', 'PT Transportasi Jakarta'),
    ('pohon', 'Dinas Pertamanan dan Hutan Kota'),
    ('taman', 'Dinas Pertamanan dan Hutan Kota'),
    ('sampah', null),
    ('pencemaran', 'Dinas Lingkungan Hidup'),
    ('ppsu', null),
    ('saluran_air', 'Dinas Sumber Daya Air'),
    ('banjir', 'Dinas Sumber Daya Air'),
    ('air_bersih', 'PAM Jaya'),
    ('pkl_liar', 'Satuan Polisi Pamong Praja'),
    ('reklame', 'Badan Kesatuan Bangsa dan Politik'),
    ('spanduk', 'Badan Kesatuan Bangsa dan Politik'),
    ('ketertiban', 'Satuan Polisi Pamong Praja'),
    ('kebisingan', 'Satuan Polisi Pamong Praja'),
    ('dilarang_merokok', 'Satuan Polisi Pamong Praja'),
    ('pmks', 'Dinas Sosial'),
    ('bantuan_sosial', 'Dinas Sosial'),
    ('bpjs', 'Dinas Kesehatan'),
    ('kesehatan', 'Dinas Kesehatan'),
    ('olahraga', 'Dinas Pemuda dan Olahraga'),
    ('rptra',
	'Dinas Pemberdayaan, Perlindungan Anak dan Pengendalian Penduduk'),
    ('gedung_pemda', 'Satuan Polisi Pamong Praja'),
    ('rusun', 'Dinas Perumahan Rakyat dan Kawasan Permukiman'),
    ('jak_wifi', 'Dinas Komunikasi, Informatika dan Statistik'),
    ('pelayanan', 'Dinas Perhubungan'),
    ('kependudukan', 'Dinas Kependudukan dan Pencatatan Sipil'),
    ('pungutan_liar', 'Dinas Perhubungan'),
    ('pajak', 'Badan Pendapatan Daerah'),
    ('perizinan', 'Satuan Polisi Pamong Praja'),
    ('perizinan_dagang',
	'Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu'),
    ('tata_ruang', 'Dinas Cipta Karya, Tata Ruang dan Pertanahan'))
    c (category, name)
left join crm.unit u on u.name = c.name;

-- seed/reason.sql
-- Reasons for a rejection, in the words that reporters read.
--

insert into crm.reason (code, name_id, name_en, place, is_choosable) values
('not_city', 'Bukan kewenangan Pemerintah Provinsi DKI Jakarta',
    'Not a matter of the city of Jakarta', 1, true),
('no_place', 'Lokasi tidak jelas atau tidak dapat ditemukan',
    'The place is unclear or cannot be found', 2, true),
('empty', 'Laporan tidak memuat keterangan yang dapat ditindaklanjuti',
    'The report says nothing that can be followed up', 3, true),
('duplicate_closed', 'Masalah yang sama sudah selesai ditangani',
    'The same problem has already been solved', 4, true),
('private_matter', 'Urusan antarwarga di luar layanan kota',
    'A matter between citizens, outside the city''s services', 5, true),
('spam', 'Iklan, promosi, atau kiriman berulang',
    'Advertising or repeated messages', 6, true),
('abuse', 'Memuat penghinaan atau kata-kata kasar',
    'Holds insults or abusive words', 7, true),
('withdrawn', 'Ditarik kembali oleh pelapor',
    'Withdrawn by the reporter', 8, false);

-- seed/template.sql
-- Templates to start with, in the tone in which the city answers. An id is
-- derived from step and title.
--

insert into crm.template (id, step, title, text)
select md5('template ' || t.step || ' ' || t.title)::uuid, t.step, t.title,
    t.text
from (values
    ('reply', 'Laporan diterima',
	'Terima kasih atas laporan Anda dengan nomor {ticket}. Laporan mengenai {category} sudah kami terima di {unit} dan akan kami periksa di lokasi.'),
    ('reply', 'Petugas menuju lokasi',
	'Petugas {unit} sedang menuju lokasi laporan {ticket}. Perkembangannya kami sampaikan paling lambat {due}.'),
    ('reply', 'Menunggu alat atau bahan',
	'Laporan {ticket} sudah kami periksa. Pengerjaannya memerlukan alat atau bahan yang sedang kami siapkan. Target penyelesaian kami {due}. Mohon maaf atas ketidaknyamanannya.'),
    ('reply', 'Berkoordinasi dengan instansi lain',
	'Untuk laporan {ticket} kami sedang berkoordinasi dengan instansi yang berwenang. Anda tidak perlu membuat laporan baru, perkembangannya kami kabarkan di sini.'),
    ('reply', 'Mohon maaf atas keterlambatan',
	'Mohon maaf, penanganan laporan {ticket} memakan waktu lebih lama dari yang kami targetkan. {unit} tetap menindaklanjutinya dan mengupayakan selesai pada {due}.'),
    ('follow_up', 'Perbaikan selesai',
	'Laporan {ticket} mengenai {category} sudah selesai ditindaklanjuti oleh {unit}. Foto hasil pekerjaan kami lampirkan. Terima kasih sudah peduli pada lingkungan sekitar.'),
    ('follow_up', 'Pembersihan selesai',
	'Petugas {unit} sudah membersihkan lokasi pada laporan {ticket}. Foto sesudah pembersihan kami lampirkan.'),
    ('follow_up', 'Penertiban dilakukan',
	'Petugas {unit} sudah melakukan penertiban di lokasi laporan {ticket} dan memberi imbauan agar tidak terulang. Lokasi akan terus kami pantau.'),
    ('follow_up', 'Penanganan sementara',
	'{unit} sudah melakukan penanganan sementara agar lokasi laporan {ticket} aman dilalui. Perbaikan permanen masuk dalam rencana kerja berikutnya.'),
    ('ask', 'Minta patokan lokasi',
	'Mohon tambahkan patokan lokasi untuk laporan {ticket}, misalnya nama jalan, nomor rumah terdekat, atau bangunan di sekitarnya. Mohon tidak menuliskan nama atau nomor telepon Anda.'),
    ('ask', 'Minta waktu kejadian',
	'Pada hari dan jam berapa kejadian dalam laporan {ticket} biasanya berlangsung? Keterangan ini membantu petugas datang pada waktu yang tepat. Mohon tidak menuliskan nama atau nomor telepon Anda.'),
    ('ask', 'Tanya apakah masih terjadi',
	'Petugas {unit} sudah mendatangi lokasi laporan {ticket}, tetapi tidak menemukan masalah yang dimaksud. Apakah masalahnya masih terjadi?'),
    ('reject', 'Bukan kewenangan kota',
	'Terima kasih atas laporan {ticket}. Masalah yang Anda sampaikan berada di luar kewenangan Pemerintah Provinsi DKI Jakarta sehingga tidak dapat kami tindak lanjuti. Bila menurut Anda keputusan ini keliru, Anda dapat mengajukan keberatan.'),
    ('reject', 'Keterangan tidak cukup',
	'Terima kasih atas laporan {ticket}. Keterangan di dalamnya belum cukup untuk kami tindak lanjuti. Silakan ajukan keberatan dengan keterangan yang lebih lengkap atau buat laporan baru disertai foto dan lokasi.'),
    ('schedule', 'Pekerjaan berat dijadwalkan',
	'Laporan {ticket} memerlukan pekerjaan berat dan sudah {unit} masukkan ke dalam jadwal. Pekerjaan direncanakan selesai pada {due}.'),
    ('schedule', 'Menunggu anggaran',
	'Penanganan laporan {ticket} memerlukan anggaran yang sedang diusulkan oleh {unit}. Pekerjaan direncanakan selesai pada {due}, dan setiap perubahan akan kami kabarkan.')
    ) t (step, title, text);

-- seed/channel.sql
-- The official channels. Desk is our own: what an officer keys in at a counter
-- that has no channel of its own. An id is derived from the name.
--

insert into crm.channel (id, name, title, is_geotagged, is_active)
select md5('channel ' || c.name)::uuid, c.name, c.title, c.is_geotagged,
    c.is_active
from (values
    ('jaki', 'JAKI', true, true),
    ('desk', 'Meja layanan', false, true),
    ('twitter', 'Twitter/X @DKIJakarta', false, true),
    ('facebook', 'Facebook Pemprov DKI Jakarta', false, true),
    ('gub_socmed', 'Media sosial Gubernur dan Wakil Gubernur', false, true),
    ('email', 'dki@jakarta.go.id', false, true),
    ('sms_wa', 'SMS/WhatsApp 08111272206', false, true),
    ('lapor1708', 'LAPOR! 1708/SP4N', false, true),
    ('media', 'Aspirasi publik media massa', false, true),
    ('balai_warga', 'Balai Warga', false, true),
    ('pendopo', 'Pendopo Balai Kota', false, true),
    ('walikota', 'Kantor Wali Kota', false, true),
    ('inspektorat', 'Kantor Inspektorat', false, true),
    ('kecamatan', 'Kantor Kecamatan', false, true),
    ('kelurahan', 'Kantor Kelurahan', false, true),
    ('qlue', 'Qlue', true, false)) c (name, title, is_geotagged, is_active);

-- seed/holiday.sql
-- Days off. 2026: joint decree of three ministers no. 1497, 2 and 5 of 2025.
-- 2027: fixed dates and those of the Christian calendar are certain. Those that
-- follow the moon (Isra Mikraj, Imlek, Nyepi, Idul Fitri, Waisak, Idul Adha,
-- Muharam, Maulid) are computed and provisional, and so is all collective
-- leave: an admin compares them with the decree of the year. Isra Mikraj 1449
-- may fall on Christmas 2027 and then adds no day.
--

insert into crm.holiday (id, day, name, kind)
select md5('holiday ' || h.day)::uuid, h.day::date, h.name, h.kind
from (values
('2026-01-01', 'Tahun Baru 2026 Masehi', 'public'),
('2026-01-16', 'Isra Mikraj Nabi Muhammad SAW', 'public'),
('2026-02-16', 'Cuti bersama Tahun Baru Imlek', 'collective'),
('2026-02-17', 'Tahun Baru Imlek 2577 Kongzili', 'public'),
('2026-03-18', 'Cuti bersama Hari Suci Nyepi', 'collective'),
('2026-03-19', 'Hari Suci Nyepi (Tahun Baru Saka 1948)', 'public'),
('2026-03-20', 'Cuti bersama Idul Fitri', 'collective'),
('2026-03-21', 'Idul Fitri 1447 Hijriah', 'public'),
('2026-03-22', 'Idul Fitri 1447 Hijriah', 'public'),
('2026-03-23', 'Cuti bersama Idul Fitri', 'collective'),
('2026-03-24', 'Cuti bersama Idul Fitri', 'collective'),
('2026-04-03', 'Wafat Yesus Kristus', 'public'),
('2026-04-05', 'Kebangkitan Yesus Kristus (Paskah)', 'public'),
('2026-05-01', 'Hari Buruh Internasional', 'public'),
('2026-05-14', 'Kenaikan Yesus Kristus', 'public'),
('2026-05-15', 'Cuti bersama Kenaikan Yesus Kristus', 'collective'),
('2026-05-27', 'Idul Adha 1447 Hijriah', 'public'),
('2026-05-28', 'Cuti bersama Idul Adha', 'collective'),
('2026-05-31', 'Hari Raya Waisak 2570 BE', 'public'),
('2026-06-01', 'Hari Lahir Pancasila', 'public'),
('2026-06-16', '1 Muharam Tahun Baru Islam 1448 Hijriah', 'public'),
('2026-08-17', 'Proklamasi Kemerdekaan', 'public'),
('2026-08-25', 'Maulid Nabi Muhammad SAW', 'public'),
('2026-12-24', 'Cuti bersama Kelahiran Yesus Kristus', 'collective'),
('2026-12-25', 'Kelahiran Yesus Kristus', 'public'),
('2027-01-01', 'Tahun Baru 2027 Masehi', 'public'),
('2027-01-05', 'Isra Mikraj Nabi Muhammad SAW', 'public'),
('2027-02-06', 'Tahun Baru Imlek 2578 Kongzili', 'public'),
('2027-03-08', 'Hari Suci Nyepi (Tahun Baru Saka 1949)', 'public'),
('2027-03-09', 'Cuti bersama Idul Fitri', 'collective'),
('2027-03-10', 'Idul Fitri 1448 Hijriah', 'public'),
('2027-03-11', 'Idul Fitri 1448 Hijriah', 'public'),
('2027-03-12', 'Cuti bersama Idul Fitri', 'collective'),
('2027-03-26', 'Wafat Yesus Kristus', 'public'),
('2027-03-28', 'Kebangkitan Yesus Kristus (Paskah)', 'public'),
('2027-05-01', 'Hari Buruh Internasional', 'public'),
('2027-05-06', 'Kenaikan Yesus Kristus', 'public'),
('2027-05-07', 'Cuti bersama Kenaikan Yesus Kristus', 'collective'),
('2027-05-17', 'Idul Adha 1448 Hijriah', 'public'),
('2027-05-20', 'Hari Raya Waisak 2571 BE', 'public'),
('2027-06-01', 'Hari Lahir Pancasila', 'public'),
('2027-06-06', '1 Muharam Tahun Baru Islam 1449 Hijriah', 'public'),
('2027-08-15', 'Maulid Nabi Muhammad SAW', 'public'),
('2027-08-17', 'Proklamasi Kemerdekaan', 'public'),
('2027-12-24', 'Cuti bersama Kelahiran Yesus Kristus', 'collective'),
('2027-12-25', 'Kelahiran Yesus Kristus', 'public')) h (day, name, kind);

-- seed/target.sql
-- Time allowed per status, in counted seconds. The unit is reminded when a
-- quarter of it is left, but no later than an hour before the deadline.
--

insert into crm.target (status, unit_kind, category_code, seconds,
    remind_seconds)
select t.status, t.unit_kind, t.category, t.seconds,
    greatest(t.seconds / 4, 3600)
from (values
('incoming', 'any', 'any', 7200),
('waiting', 'any', 'any', 21600),
('coordination', 'any', 'any', 21600),
('disposition', 'any', 'any', 21600),
('in_progress', 'any', 'any', 604800),
('in_progress', 'kelurahan', 'any', 86400),
('awaiting_validation', 'any', 'any', 172800),
('followup_rejected', 'any', 'any', 604800),
-- A tree that fell and water that rises do not wait for a week.
('waiting', 'any', 'banjir', 7200),
('coordination', 'any', 'banjir', 7200),
('disposition', 'any', 'banjir', 7200),
('in_progress', 'any', 'banjir', 86400),
('in_progress', 'kelurahan', 'banjir', 43200),
('followup_rejected', 'any', 'banjir', 86400),
('in_progress', 'any', 'pohon', 259200),
('in_progress', 'kelurahan', 'pohon', 86400),
('followup_rejected', 'any', 'pohon', 259200))
    t (status, unit_kind, category, seconds);

-- seed/setting.sql
insert into crm.setting (name, value) values
    ('second_share', 0.05);

-- seed/event_type.sql
insert into crm.event_type (type, is_told, by_channel, by_system) values
('received', true, true, false),
('route', true, false, false),
('reject', true, false, false),
('appeal', true, true, false),
('merge', true, false, false),
('unmerge', true, false, false),
('split', false, false, false),
('take', true, false, false),
('hand_over', true, false, false),
('dispose', true, false, false),
('return', false, false, false),
('assign', false, false, false),
('schedule', false, false, false),
('approve_schedule', true, false, false),
('refuse_schedule', false, false, false),
('ask', true, false, false),
('answer', true, true, false),
('note', false, false, false),
('reply', true, false, false),
('progress', true, false, false),
('follow_up', true, false, false),
('accept_work', true, false, false),
('refuse_work', true, false, false),
('second_accept', false, false, false),
('second_refuse', false, false, false),
('rate', true, true, false),
('confirm', true, true, false),
('reopen', true, true, false),
('me_too', true, true, false),
('make_private', true, true, false),
('make_public', true, true, false),
('withdraw', true, true, false),
('undo', false, false, false),
('main_step', true, false, true),
('remind', false, false, true),
('escalate', false, false, true);

-- seed/event_rule.sql
-- The steps of work, one row per type, role and status before. docs/life.md is
-- printed from them.
--

insert into crm.event_rule (type, role, from_status, to_status, who, must, may,
    photo_min, photo_max, clock, hears, can_undo)
select s.type, r.role, f.status,
    case s.after when '=' then f.status else s.after end, s.who,
    string_to_array(s.must, ' '), string_to_array(s.may, ' '), s.photo_min,
    s.photo_max, s.clock, string_to_array(s.hears, ' '), s.can_undo
from (values
    -- Triage.
    ('route', 'triage', 'incoming', 'waiting', 'any', 'unit',
	'category location note', 0, 0, 'start', 'holder reporter', true),
    ('reject', 'triage', 'incoming waiting', 'rejected', 'any', 'reason text',
	'note', 0, 0, 'stop', 'reporter holder', true),
    ('merge', 'triage', 'incoming waiting coordination disposition '
	'in_progress scheduled followup_rejected', 'merged', 'any', 'into',
	'note', 0, 0, 'stop', 'reporter holder officer', true),
    ('unmerge', 'triage', 'merged', 'before', 'any', '',
	'note', 0, 0, 'before', 'reporter holder officer', false),
    ('split', 'triage', 'incoming waiting', '=', 'any', 'description',
	'category unit note', 0, 0, 'keep', '', false),
    -- The unit that holds the report.
    ('take', 'officer', 'waiting coordination disposition followup_rejected',
	'in_progress', 'holder', '', 'note', 0, 0, 'start', 'reporter', true),
    ('hand_over', 'officer', 'waiting coordination disposition in_progress '
	'scheduled followup_rejected', 'coordination', 'holder', 'unit reason',
	'note', 0, 0, 'start', 'holder reporter', true),
    ('dispose', 'officer', 'waiting coordination disposition in_progress '
	'scheduled followup_rejected', 'disposition', 'agency', 'unit reason',
	'note', 0, 0, 'start', 'holder reporter', true),
    ('return', 'officer', 'waiting coordination disposition in_progress '
	'followup_rejected', 'before', 'holder', 'reason',
	'note', 0, 0, 'start', 'holder', true),
    ('schedule', 'officer', 'in_progress', '=', 'holder', 'until reason',
	'text note', 0, 0, 'keep', 'supervisor', false),
    ('ask', 'officer', 'waiting coordination disposition in_progress '
	'scheduled followup_rejected', '=', 'holder', 'text',
	'note', 0, 0, 'pause', 'reporter', false),
    ('reply', 'officer', 'waiting coordination disposition in_progress '
	'scheduled awaiting_validation followup_rejected completed rejected '
	'merged', '=', 'holder', 'text', 'note', 0, 0, 'keep', 'reporter', false),
    ('progress', 'officer', 'in_progress scheduled', '=', 'holder', 'text',
	'note captured_at location', 0, 5, 'keep', 'reporter', false),
    ('follow_up', 'officer', 'in_progress scheduled', 'awaiting_validation',
	'holder', 'text captured_at location', 'note', 1, 5, 'start',
	'reporter validator', false),
    -- Who is over it.
    ('assign', 'supervisor', 'waiting coordination disposition in_progress '
	'scheduled awaiting_validation followup_rejected', '=', 'above',
	'officer', 'note', 0, 0, 'keep', 'officer', true),
    ('approve_schedule', 'supervisor', 'in_progress', 'scheduled', 'above',
	'', 'note until', 0, 0, 'until', 'reporter holder officer', false),
    ('refuse_schedule', 'supervisor', 'in_progress', '=', 'above', 'reason',
	'note', 0, 0, 'keep', 'holder officer', false),
    -- Validators.
    ('accept_work', 'validator', 'awaiting_validation', 'completed',
	'checker', '', 'note', 0, 0, 'stop', 'reporter holder officer', false),
    ('refuse_work', 'validator', 'awaiting_validation', 'followup_rejected',
	'checker', 'reason', 'note', 0, 0, 'start', 'holder officer', false),
    ('second_accept', 'validator', 'completed', '=', 'second', '', 'note',
	0, 0, 'keep', '', false),
    ('second_refuse', 'validator', 'completed', 'followup_rejected',
	'second', 'reason', 'note', 0, 0, 'start',
	'holder officer validator', false),
    -- All who work on it.
    ('note', 'officer', 'waiting coordination disposition in_progress '
	'scheduled awaiting_validation followup_rejected completed rejected '
	'merged', '=', 'chain', 'note', '', 0, 5, 'keep', '', false),
    ('note', 'supervisor triage validator', 'waiting coordination '
	'disposition in_progress scheduled awaiting_validation '
	'followup_rejected completed rejected merged',
	'=', 'chain', 'note', '', 0, 0, 'keep', '', false),
    ('note', 'triage', 'incoming',
	'=', 'chain', 'note', '', 0, 0, 'keep', '', false),
    ('undo', 'officer triage supervisor', 'incoming waiting coordination '
	'disposition in_progress scheduled awaiting_validation '
	'followup_rejected completed rejected merged', 'before', 'doer',
	'', '', 0, 0, 'before', 'holder sender', false),
    -- The reporter, through the channel.
    ('appeal', 'channel', 'rejected', 'incoming', 'own', 'text', '',
	0, 0, 'start', 'triage', false),
    ('answer', 'channel', 'waiting coordination disposition in_progress '
	'scheduled followup_rejected', '=', 'own', 'text', '', 0, 0, 'resume',
	'holder officer', false),
    ('rate', 'channel', 'completed', '=', 'own', 'stars', 'text',
	0, 0, 'keep', 'holder', false),
    ('confirm', 'channel', 'completed', '=', 'own', '', '',
	0, 0, 'keep', 'holder', false),
    ('reopen', 'channel', 'completed', 'waiting', 'own', 'text', '',
	0, 0, 'kept', 'holder officer supervisor validator', false),
    ('me_too', 'channel', 'incoming waiting coordination disposition '
	'in_progress scheduled awaiting_validation followup_rejected completed',
	'=', 'own', '', '', 0, 0, 'keep', '', false),
    ('make_private', 'channel', 'incoming waiting coordination disposition '
	'in_progress scheduled awaiting_validation followup_rejected completed '
	'rejected merged', '=', 'own', '', '', 0, 0, 'keep', 'holder officer',
	false),
    ('make_public', 'channel', 'incoming waiting coordination disposition '
	'in_progress scheduled awaiting_validation followup_rejected completed '
	'rejected', '=', 'own', '', '', 0, 0, 'keep', '', false),
    ('withdraw', 'channel', 'incoming waiting coordination disposition '
	'in_progress scheduled awaiting_validation followup_rejected',
	'rejected', 'own', '', 'text', 0, 0, 'stop', 'holder officer', false)
    ) s (type, roles, before, after, who, must, may, photo_min, photo_max,
	clock, hears, can_undo)
cross join unnest(string_to_array(s.roles, ' ')) r (role)
cross join unnest(string_to_array(s.before, ' ')) f (status);

-- seed/filter_word.sql
-- Words to start with; an admin adds and removes them. Abuse: insults of
-- people only. What is also an animal, a complaint or a crime to report
-- (anjing liar, pungli, korupsi) stands here in no form that means that.
-- Emergency: what is happening, not what is feared or broken.
--

insert into crm.filter_word (id, kind, word, bare)
select md5('word ' || b.bare)::uuid, w.kind, w.word, b.bare
from (
	select 'abuse' as kind, unnest(array[
	    'anjing kalian', 'anjing kau', 'anjing lo', 'anjing loe',
	    'anjing lu', 'anjing semua', 'asu kabeh', 'asu kowe', 'babi kalian',
	    'babi kau', 'babi lo', 'babi lu', 'bacot', 'bajingan', 'bangsat',
	    'bedebah', 'bego', 'begok', 'bloon', 'brengsek', 'cukimai',
	    'cukimay', 'dasar anjing', 'dasar asu', 'dasar babi', 'dasar kafir',
	    'dasar monyet', 'dasar setan', 'dungu', 'gblk', 'goblog', 'goblok',
	    'himar', 'idiot', 'jancok', 'jancuk', 'jembut',
	    'kampret', 'keparat', 'khinzir', 'kimak', 'kntl', 'kontol', 'laknat',
	    'lonte lu', 'mampus lo', 'mampus lu', 'matamu', 'memek', 'monyet lo',
	    'monyet lu', 'ndasmu', 'ngentot', 'ngntt', 'otak udang', 'pantek',
	    'peler', 'pepek', 'perek', 'pukimak', 'sampah masyarakat kalian',
	    'sundal', 'tai lo', 'tai lu', 'tolol']) as word
	union all
	select 'emergency', unnest(array[
	    'ada bom', 'ada ledakan', 'ada orang mau bunuh diri',
	    'ada orang pingsan', 'ada yang kesetrum', 'ada yang tenggelam',
	    'ada yang terjebak', 'ambulan segera', 'ambulans segera',
	    'anak hanyut', 'anak hilang', 'anak jatuh ke kali',
	    'anak jatuh ke sungai', 'anak kesetrum', 'anak tenggelam',
	    'ancaman bom', 'api membesar', 'api sudah membesar',
	    'bayi dibuang', 'butuh ambulan', 'butuh ambulance',
	    'butuh ambulans', 'butuh damkar', 'butuh pemadam', 'darurat 112',
	    'gas bocor', 'gudang terbakar', 'jembatan ambruk',
	    'kami terjebak', 'kebakaran besar', 'kebakaran hebat',
	    'kebakaran rumah', 'kebakaran sekarang', 'kebocoran gas',
	    'kecelakaan ada korban', 'kecelakaan maut', 'korban meninggal',
	    'korban tabrakan', 'korban tertimpa', 'lagi kebakaran',
	    'masih terjebak', 'mau bunuh diri', 'mobil jatuh ke kali',
	    'mobil terbakar', 'motor terbakar', 'orang bunuh diri',
	    'orang hanyut', 'orang jatuh ke kali', 'orang jatuh ke sungai',
	    'orang kesetrum', 'orang tenggelam', 'orang tersetrum',
	    'orang tertabrak', 'orang tertimpa', 'panggil ambulans',
	    'panggil damkar', 'panggil pemadam', 'pasar terbakar',
	    'penemuan mayat', 'penemuan jenazah', 'roboh menimpa',
	    'rumah kebakaran', 'rumah terbakar', 'sedang kebakaran',
	    'sedang tawuran', 'serangan jantung', 'tabrakan ada korban',
	    'tabrakan beruntun', 'tabrakan korban', 'tabung gas meledak',
	    'tawuran sekarang', 'terjadi kebakaran', 'terjadi ledakan',
	    'terjebak api', 'terjebak di lift', 'terjebak kebakaran',
	    'tersengat listrik', 'tertabrak kereta', 'tidak sadarkan diri',
	    'tolong ada kebakaran', 'tolong kebakaran', 'trafo meledak',
	    'warga hanyut', 'warga kesetrum', 'warga tenggelam'])
) w (kind, word)
cross join lateral (
	select crm.text_bare(crm.text_plain(w.word)) as bare) b
on conflict (bare) do nothing;

-- seed/slang.sql
-- Our own short list of how Jakarta writes. Words with an empty plain form
-- tell nothing about what is broken and where: they would make any two polite
-- reports alike.
--

insert into crm.slang (word, plain)
select w.word, w.plain
from (
	select split_part(pair, '=', 1) as word,
	    replace(split_part(pair, '=', 2), '_', ' ') as plain
	from unnest(string_to_array(
	    'ad=ada adlh=adalah agk=agak aja=saja ajah=saja akn=akan '
	    'amblas=ambles ancur=hancur asphal=aspal bbrp=beberapa belom=belum '
	    'berbahaya=bahaya berlobang=lubang berlubang=lubang '
	    'bersihin=bersih bersihkan=bersih bgt=banget bks=bekas '
	    'blkg=belakang blm=belum blom=belum bnyk=banyak bolong2=lubang '
	    'bolong=lubang brp=berapa bs=bisa bsa=bisa byk=banyak byr=bayar '
	    'cpet=cepat cpt=cepat dah=sudah diaspal=aspal diasphal=aspal '
	    'dibersihkan=bersih ditebang=tebang dket=dekat dkt=dekat dpn=depan '
	    'dpt=dapat dr=dari engga=tidak enggak=tidak ga=tidak gak=tidak '
	    'gede=besar gelap2an=gelap gg=gang gk=tidak got2=got hr=hari '
	    'hrs=harus idup=hidup ilang=hilang item=hitam jalanan=jalan '
	    'jgn=jangan jl=jalan jln=jalan jpo=jembatan_penyeberangan '
	    'kabel2=kabel kagak=tidak kalo=kalau kbl=kabel kcl=kecil '
	    'kec=kecamatan kel=kelurahan kira2=kira klo=kalau kmaren=kemarin '
	    'kmren=kemarin kmrn=kemarin krg=kurang kt=kita lalin=lalu_lintas '
	    'lampu2=lampu lampunya=lampu lbh=lebih lg=lagi lgi=lagi '
	    'lobang=lubang lokasinya=lokasi lubang2=lubang malem=malam '
	    'mampet=sumbat masi=masih matot=mati membahayakan=bahaya '
	    'mengganggu=ganggu menumpuk=tumpuk menyala=nyala mgkn=mungkin '
	    'mlm=malam mmg=memang mobil2=mobil motor2=motor msh=masih '
	    'nganggu=ganggu ngga=tidak nggak=tidak numpuk=tumpuk org=orang '
	    'orng=orang padem=padam parah2=parah parkiran=parkir pgr=pagar '
	    'pinggiran=pinggir pju=lampu_jalan pkl=pedagang plg=paling '
	    'pohon2=pohon ptgs=petugas puing2=puing rmh=rumah rsk=rusak '
	    'rusaknya=rusak saluran=got sampah2=sampah sampahnya=sampah '
	    'sampe=sampai sblh=sebelah sblm=belum sdh=sudah selokan=got '
	    'skrang=sekarang skrg=sekarang smpe=sampai srg=sering tak=tidak '
	    'tbg=tebang tdak=tidak tdk=tidak tersumbat=sumbat tiap2=tiap '
	    'tidka=tidak tlg=tolong tp=tapi tpi=tapi trs=terus trus=terus '
	    'tumpukan=tumpuk uda=sudah udah=sudah udh=sudah warga2=warga '
	    'yg=yang',
	    ' ')) pair
	union all
	select word, '' from unnest(string_to_array(
	    'ada adalah adanya admin agar akan aku amat anda antara apa apakah '
	    'apalagi assalamualaikum atas atau ato bagi bahwa banget bantu '
	    'bantuan bantuannya bapak bapa baru beberapa begini begitu belum '
	    'berapa bgmn biar bila bisa boleh bpk bu buat bukan banyak cuma '
	    'cuman cukup d dalam dan dapat dari daripada demikian dengan depan '
	    'dgn di dibantu diharap diharapkan diperbaiki dimana dimohon '
	    'dinas dong dr e hal halo hanya harap hari harus hormat ibu ini itu '
	    'iya jadi jangan jd jg juga ka kak kalau kami kan karena karna '
	    'kasih kawan ke kemarin kembali kenapa kepada kira kita kok kpd '
	    'krn ksh lagi laksanakan lah lalu langsung lapor laporan lebih '
	    'maaf makasih mana mas masih mau melapor melaporkan memang mengapa '
	    'menjadi mereka mhn min minta mohon mrk mungkin nah namun nih nya '
	    'o oh oleh pada pagi pak para pas perbaiki perihal perlu pernah '
	    'petugas pihak pula saat saja salam sama sangat saya sampai saudara '
	    'sdr sebagai sebelah secepatnya secara sedang segera sekali '
	    'sekarang sekian selalu selamat seluruh semoga semua seperti '
	    'sering serta setiap siang sini situ sore sudah supaya sy tapi '
	    'tadi telah tengah terima terimakasih terkait terlalu ternyata '
	    'tersebut terus tetap tetapi tiap tidak tindak tinggal tiga tl '
	    'tolong trims trimakasih trm tsb tu tuh tuhan u untuk utk wr wb '
	    'wib ya yaitu yang yth', ' ')) word
) w
where w.word ~ '^[[:alnum:]]+$'
on conflict (word) do nothing;

-- What is plain may itself tell nothing.
update crm.slang s set plain = ''
from crm.slang t where t.word = s.plain and t.plain = '';

-- seed/start.sql
-- The clock and the months to begin with.
--

insert into crm.clock (ahead) values (interval '0');

create table crm.report_other partition of crm.report default;
create table crm.event_other partition of crm.event default;
create table audit.entry_other partition of audit.entry default;
select crm.partition_close('crm', 'report_other'),
    crm.partition_close('crm', 'event_other'),
    crm.partition_close('audit', 'entry_other');
select crm.partition_add((now() at time zone 'UTC' - interval '1 year')::date,
    (now() at time zone 'UTC' + interval '3 months')::date);

-- SPDX-License-Identifier: ISC
