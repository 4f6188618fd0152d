-- SPDX-License-Identifier: ISC

create function api.apikey_check(digest bytea, source_hash bytea,
    request_id text)
returns table (is_known boolean, retry_after int, channel_id uuid,
    writes_per_minute int)
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
begin
	perform set_config('crm.request', coalesce(request_id, ''), true);
	select c.id, c.writes_per_minute into channel_id, writes_per_minute
	from crm.channel_api_key_find(digest) k
	join crm.channel c on c.id = k.id;
	is_known := found;
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
    'Is this the digest of a key that may send, of which channel, and how often may that write? Wrong ones are counted by source: retry_after > 0 when there were too many. Security definer because no login reads secrets.';
grant execute on function api.apikey_check(bytea, bytea, text)
    to crm_channel;
