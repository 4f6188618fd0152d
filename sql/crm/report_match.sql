-- SPDX-License-Identifier: ISC

create function crm.report_match(q text, readers uuid[]) returns uuid[]
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_custom_plan
as $$
declare
	-- The newest of that many; who wants older ones adds a word.
	most constant int := 2000;
	words constant text := lower(normalize(btrim(q), nfkc));
	part constant text := '%' || regexp_replace(words, '([\\%_])', '\\\1', 'g')
	    || '%';
	ticket constant text := upper(words);
begin
	if ticket ~ '^JK\d*$' then
		return array(
			select k.id from crm.report_key k
			where k.ticket >= ticket and k.ticket < ticket || '~'
			and exists (select from crm.inbox i
			    where i.report_id = k.id
			    and i.reader_id = any (readers))
			order by k.received_at desc limit most);
	end if;
	return array(
		select r.id from crm.report r
		where (to_tsvector('pg_catalog.indonesian', r.search_text)
			@@ websearch_to_tsquery('pg_catalog.indonesian', words)
		    or r.search_text like part
		    or words operator(ext.<%) r.search_text)
		and exists (select from crm.inbox i
		    where i.report_id = r.id
		    and i.reader_id = any (readers))
		order by r.received_at desc limit most);
end
$$;
comment on function crm.report_match(text, uuid[]) is
    'Newest reports of these circles whose masked text has the words, a part or something much like it, or whose ticket number begins so.';
