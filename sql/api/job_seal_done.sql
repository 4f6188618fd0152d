-- SPDX-License-Identifier: ISC

create function api.job_seal_done(photo uuid, was_full text, was_thumb text,
    full_name text, thumb_name text, epoch text, wrapped_key bytea)
returns boolean
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
	level text;
begin
	select r.visibility into level
	from crm.photo p
	join crm.report_key k on k.id = p.report_id
	join crm.report r on r.id = k.id and r.received_at = k.received_at
	where p.id = photo and p.kind = 'report' and not p.is_sealed
	and p.file_full = was_full and p.file_thumb = was_thumb
	for update of p for share of r;
	if level is distinct from 'private' then
		return false;
	end if;
	update crm.photo p
	set file_full = full_name, file_thumb = thumb_name, is_sealed = true
	where p.id = photo;
	insert into identity.photo_key (photo_id, epoch, wrapped_key)
	values (photo, epoch, wrapped_key);
	return true;
end
$$;
comment on function api.job_seal_done(uuid, text, text, text, text, text,
    bytea) is
    'Gives a photo its sealed files and keeps their key; false when its report is public again or it is gone. Security definer because crm_jobs may touch neither photos nor keys.';
grant execute on function api.job_seal_done(uuid, text, text, text, text, text,
    bytea) to crm_jobs;
