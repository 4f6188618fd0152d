-- SPDX-License-Identifier: ISC

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
