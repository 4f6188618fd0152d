-- SPDX-License-Identifier: ISC

create function crm.report_match(q text, readers uuid[]) returns uuid[]
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	words constant text := lower(normalize(btrim(q), nfkc));
	beginning constant text := upper(words);
	is_all constant boolean := crm.viewer_channel() is not null
	    or crm.viewer_role() in ('triage', 'validator')
	    and not crm.viewer_in_sandbox();
	found uuid[];
begin
	if beginning ~ '^JK\d*$' then
		return array(
			select k.id from crm.report_key k
			where k.ticket >= beginning and k.ticket < beginning || '~'
			and exists (select from crm.inbox i
			    where i.report_id = k.id
			    and i.reader_id = any (readers))
			order by k.received_at desc limit 2000);
	end if;
	found := case when is_all then crm.match_all(words, false)
	    else crm.match_circles(words, false, readers) end;
	-- Only plain words that are not there are looked for as spelt otherwise.
	if cardinality(found) = 0 and words ~ '^[[:alnum:][:space:]]+$' then
		found := case when is_all then crm.match_all(words, true)
		    else crm.match_circles(words, true, readers) end;
	end if;
	return found;
end
$$;
comment on function crm.report_match(text, uuid[]) is
    'Newest reports whose masked text has the words or the part, or else something much like it, or whose ticket number begins so. The caller still has to keep to the circles.';
