-- Of what changed before the horizon nothing is still on its way. Whoever
-- changes a report locks its second and only then reads the clock; so a change
-- stamped before our clock has its lock, or is over and visible to the next
-- statement. The clock is read before the locks are looked at.
--
-- SPDX-License-Identifier: ISC

create function crm.change_horizon() returns timestamptz
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	moment constant timestamptz := crm.moment();
	second bigint;
begin
	-- What this transaction changed itself it sees.
	select min(l.objid::bigint) into second
	from pg_locks l
	where l.locktype = 'advisory' and l.objsubid = 2
	and l.classid = 'crm.change'::regclass::oid
	and l.database = (select d.oid from pg_database d
	    where d.datname = current_database())
	and l.pid <> pg_backend_pid();
	return least(moment, timestamptz '2000-01-01 00:00:00+00'
	    + make_interval(secs => second));
end
$$;
comment on function crm.change_horizon() is
    'Up to when the next statement sees every change. To be called by a volatile function that reads in another statement.';
grant execute on function crm.change_horizon() to crm_channel;
