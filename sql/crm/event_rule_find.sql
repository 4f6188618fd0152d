-- SPDX-License-Identifier: ISC

create function crm.event_rule_find(step text, was crm.report, if_version int)
returns crm.event_rule
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	rule crm.event_rule;
	viewer_role constant text := crm.viewer_role();
begin
	if not exists (select from crm.event_rule e where e.type = step) then
		raise exception 'no such type'
		    using errcode = 'CR422', column = '/type',
		    constraint = 'unknown';
	end if;
	if not exists (select from crm.event_rule e
	    where e.type = step and e.role = viewer_role) then
		raise exception 'not for this role' using errcode = 'CR403';
	end if;
	if if_version is null then
		raise exception 'no version' using errcode = 'CR428';
	end if;
	-- That another one says the same takes nothing from what an officer saw.
	if if_version > was.version or if_version < was.version
	    and (viewer_role = 'channel' or (select count(*) from crm.event e
	    where e.report_id = was.id and e.version > if_version
	    and e.type = 'me_too') < was.version - if_version) then
		raise exception 'changed meanwhile' using errcode = 'CR412';
	end if;
	select e.* into rule from crm.event_rule e
	where e.type = step and e.role = viewer_role
	and e.from_status = was.status;
	if not found or step = any (crm.steps_shut(was)) then
		raise exception 'not in this status'
		    using errcode = 'CR409', constraint = was.status;
	end if;
	if crm.viewer_is(rule.who, was) is not true then
		raise exception 'not for this unit' using errcode = 'CR403';
	end if;
	return rule;
end
$$;
comment on function crm.event_rule_find(text, crm.report, int) is
    'The rule by which the viewer may take this step now, else CR403, CR409, CR412, CR422 or CR428.';
grant execute on function crm.event_rule_find(text, crm.report, int)
    to crm_officer, crm_channel;
