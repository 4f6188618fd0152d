-- SPDX-License-Identifier: ISC

create function crm.filter_same(report uuid, channel uuid, category text,
    words text, lat float8, lng float8, at timestamptz)
returns text[]
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
declare
	has_words constant boolean := crm.word_count(words) >= 6;
	codes text[] := '{}';
	found record;
begin
	for found in
		select f.* from crm.duplicate_find(report, category, words, lat,
		    lng, at) f
	loop
		insert into crm.duplicate_hint (report_id, other_id, relation,
		    similarity, distance_m, found_at)
		values (report, found.other_id, found.relation,
		    found.similarity, found.distance_m, at)
		on conflict do nothing;
		if found.is_open and found.similarity >= 0.6 and has_words
		    and found.word_count >= 6 and codes = '{}' then
			codes := array['duplicate'];
		end if;
	end loop;
	if has_words and (select count(*) from (
	    select from crm.report r
	    where r.channel_id = channel
	    and hashtextextended(r.match_text, 0) = hashtextextended(words, 0)
	    and r.match_text = words
	    and r.received_at > at - interval '1 hour' and r.received_at <= at
	    limit 20) same) >= 20 then
		codes := codes || 'flood'::text;
	end if;
	return codes;
end
$$;
comment on function crm.filter_same(uuid, uuid, text, text, float8, float8,
    timestamptz) is
    'Keeps hints at like reports nearby and tells whether to hold the new one: duplicate, flood. Security definer because it looks at reports that whoever hands one in must not see; all that comes back is the code.';
grant execute on function crm.filter_same(uuid, uuid, text, text, float8,
    float8, timestamptz) to crm_officer, crm_channel;
