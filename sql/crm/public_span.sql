-- SPDX-License-Identifier: ISC

create function crm.public_span(first timestamptz, last timestamptz,
    is_needed boolean, name text, out since timestamptz,
    out before timestamptz)
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	most constant interval := '90 days';
	until timestamptz;
begin
	if first is null and last is null and not is_needed then
		return;
	end if;
	until := coalesce(last, least(first + most, crm.now()));
	since := date_trunc('second', coalesce(first, until - most));
	until := date_trunc('second', until);
	if until - since > most then
		raise exception 'more than 90 days' using errcode = 'CR422',
		    column = '?' || name, constraint = 'span';
	end if;
	before := until + interval '1 second';
end
$$;
comment on function crm.public_span(timestamptz, timestamptz, boolean, text) is
    'The seconds a list is asked for: of the latest 90 days where only one end, or none though it is needed, is given. CR422 for more.';
grant execute on function
    crm.public_span(timestamptz, timestamptz, boolean, text) to crm_public;
