-- SPDX-License-Identifier: ISC

create function crm.identity_keep(report uuid, epoch text, wrapped_key bytea,
    sealed bytea, members text[])
returns void
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
begin
	if crm.viewer_role() is distinct from 'triage' then
		raise exception 'not for this role' using errcode = 'CR403';
	end if;
	insert into identity.sealed (report_id, epoch, wrapped_key, sealed,
	    members)
	values (report, epoch, wrapped_key, sealed, members);
end
$$;
comment on function crm.identity_keep(uuid, text, bytea, bytea, text[]) is
    'Keeps the sealed identity of a report that a desk officer keyed in. Security definer so that the officers'' login has no grant in schema identity at all.';
grant execute on function crm.identity_keep(uuid, text, bytea, bytea, text[])
    to crm_officer;
