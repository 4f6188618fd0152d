-- SPDX-License-Identifier: ISC

create function crm.match_all(words text, is_similar boolean) returns uuid[]
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_custom_plan
as $$
declare
	part constant text := crm.like_part(words);
	channel constant uuid := crm.viewer_channel();
begin
	return array(
		select r.id from crm.report r
		where (not is_similar and (r.search_words
			@@ websearch_to_tsquery('pg_catalog.indonesian', words)
			or r.search_text like part)
		    or is_similar and words operator(ext.<%) r.search_text)
		and (channel is null or r.channel_id = channel)
		order by r.received_at desc limit 2000);
end
$$;
comment on function crm.match_all(text, boolean) is
    'The newest matches among all reports or those of the viewer''s channel; planned for the words at hand.';
