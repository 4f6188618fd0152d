-- SPDX-License-Identifier: ISC

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
