-- SPDX-License-Identifier: ISC

create function crm.channel_add(name text, title text, is_geotagged boolean,
    is_sandbox boolean default false)
returns uuid
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
	new_id constant uuid := gen_random_uuid();
begin
	insert into crm.channel (id, name, title, is_geotagged, is_sandbox)
	values (new_id, name, title, is_geotagged, is_sandbox)
	on conflict on constraint channel_name_key do nothing;
	if not found then
		raise exception 'there is a channel of this name'
		    using errcode = 'CR422', column = '/code',
		    constraint = 'duplicate';
	end if;
	perform crm.audit_add('channel_add', null, new_id);
	return new_id;
end
$$;
comment on function crm.channel_add(text, text, boolean, boolean) is
    'Adds a channel; whether it is a sandbox is said here and never changes.';
grant execute on function crm.channel_add(text, text, boolean, boolean)
    to crm_officer;
