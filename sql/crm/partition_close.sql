-- SPDX-License-Identifier: ISC

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
