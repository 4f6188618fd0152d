-- SPDX-License-Identifier: ISC

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
    to crm_officer, crm_public;
