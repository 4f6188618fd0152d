-- SPDX-License-Identifier: ISC

create function api.apikey_check(digest bytea, source_hash bytea,
    request_id text)
returns table (is_known boolean, retry_after int)
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
begin
	perform set_config('crm.request', coalesce(request_id, ''), true);
	is_known := exists (select from crm.channel_api_key_find(digest));
	retry_after := 0;
	-- A key cannot be guessed, so who has one is never made to wait for
	-- what others of its network try.
	if not is_known then
		retry_after := crm.throttle_try(
		    crm.throttle_key('apikey', source_hash), 20, 30);
	end if;
	return next;
end
$$;
comment on function api.apikey_check(bytea, bytea, text) is
    'Is this the digest of a key that may send? Wrong ones are counted by source: retry_after > 0 when there were too many. Security definer because no login reads secrets.';
grant execute on function api.apikey_check(bytea, bytea, text)
    to crm_channel;
