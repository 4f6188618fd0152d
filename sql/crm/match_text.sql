-- SPDX-License-Identifier: ISC

create function crm.match_text(description text) returns text
language plpgsql stable strict security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
	-- What the app offers its users to begin or to end with.
	words constant text[] := regexp_split_to_array(regexp_replace(
	    crm.text_plain(description),
	    '\m(ada pelanggaran( berupa)?|(mohon |tolong )?(untuk )?(dapat )?'
	    'segera (di ?)?tindak ?lanjuti( masalah( ini)?)?'
	    '|(butuh|perlu|mohon) (untuk )?(segera )?(di ?)?tindak ?lanjut(i|nya)?'
	    '( karena)?|terima ?kasih( banyak)?)\M', ' ', 'g'), ' +');
begin
	return (
		select coalesce(string_agg(coalesce(s.plain, w.word), ' '
		    order by w.place), '')
		from unnest(words) with ordinality w (word, place)
		left join crm.slang s on s.word = w.word
		where w.word <> '' and coalesce(s.plain, w.word) <> '');
end
$$;
comment on function crm.match_text(text) is
    'A description as reports are compared: plain words without the app''s stock phrases, slang made plain, words that tell nothing left out.';
grant execute on function crm.match_text(text) to crm_officer, crm_channel;
