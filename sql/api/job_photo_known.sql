-- SPDX-License-Identifier: ISC

create function api.job_photo_known(names text[])
returns setof text
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
	select n.name from unnest(names) n (name)
	where exists (select from crm.photo p where p.file_full = n.name)
	or exists (select from crm.photo p where p.file_thumb = n.name)
$$;
comment on function api.job_photo_known(text[]) is
    'Which of these files belong to a photo; the others may be swept. Security definer because crm_jobs reads no photos.';
grant execute on function api.job_photo_known(text[]) to crm_jobs;
