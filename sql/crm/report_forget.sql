-- SPDX-License-Identifier: ISC

create function crm.report_forget(report uuid) returns void
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
begin
	if not exists (select from crm.report_key k
	    join crm.report r on r.id = k.id and r.received_at = k.received_at
	    where k.id = report and r.channel_id = crm.viewer_channel()) then
		raise exception 'no such report' using errcode = 'CR404';
	end if;
	-- With its keys a seal is noise, in every backup that follows.
	delete from identity.sealed s where s.report_id = report;
	delete from identity.photo_key k using crm.photo p
	where p.id = k.photo_id and p.report_id = report;
	delete from crm.report_origin o where o.report_id = report;
end
$$;
comment on function crm.report_forget(uuid) is
    'Destroys who reported: the sealed identity with its key, the keys of sealed photos, the channel''s reference. Security definer because a channel may add those, and read or delete none.';
grant execute on function crm.report_forget(uuid) to crm_channel;
