-- SPDX-License-Identifier: ISC

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
