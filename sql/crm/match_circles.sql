-- SPDX-License-Identifier: ISC

create function crm.match_circles(words text, is_similar boolean,
    readers uuid[])
returns uuid[]
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_custom_plan
as $$
declare
	part constant text := crm.like_part(words);
begin
	return array(
		select r.id from crm.inbox i
		join crm.report r
		on r.id = i.report_id and r.received_at = i.received_at
		where i.reader_id = any (readers)
		and (not is_similar and (r.search_words
			@@ websearch_to_tsquery('pg_catalog.indonesian', words)
			or r.search_text like part)
		    or is_similar and words operator(ext.<%) r.search_text)
		order by r.received_at desc limit 2000);
end
$$;
comment on function crm.match_circles(text, boolean, uuid[]) is
    'The newest matches among the reports of these circles; planned for the words and circles at hand.';
