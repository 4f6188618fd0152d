-- The second is locked before the clock is read, and until the transaction is
-- over: whoever reads sees, in crm.change_horizon(), from when on a change may
-- still be on its way. The order of the two is the whole guarantee.
--
-- SPDX-License-Identifier: ISC

create function crm.change_stamp() returns trigger
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	perform pg_advisory_xact_lock_shared('crm.change'::regclass::oid::int,
	    crm.change_second(crm.moment()));
	new.updated_at := crm.moment();
	if tg_op = 'UPDATE' then
		-- A clock that was put back hides no change.
		new.updated_at := greatest(new.updated_at,
		    old.updated_at + interval '1 microsecond');
	end if;
	return new;
end
$$;
comment on function crm.change_stamp() is
    'Trigger on crm.report: says when it changed, and that it is changing.';
