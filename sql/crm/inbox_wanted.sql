-- SPDX-License-Identifier: ISC

create function crm.inbox_wanted(statuses text[], category text, unit uuid,
    kelurahan text, is_overdue boolean, visible text, bbox float8[],
    held text, assigned text)
returns crm.inbox_filter
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	wanted crm.inbox_filter := row(statuses, category, unit, kelurahan,
	    is_overdue, visible, bbox,
	    case when is_overdue is not null then crm.now() end, held,
	    case when assigned = 'none' then true end,
	    case assigned when 'me' then crm.viewer_account()
	    when 'none' then null else assigned::uuid end);
begin
	-- Who works on what is known in the own unit and to those who check: what
	-- may not be seen may not be asked for either.
	if assigned <> 'me' and crm.viewer_role() in ('officer', 'triage') then
		wanted.unit := crm.viewer_unit();
		if unit <> wanted.unit then
			wanted.statuses := '{}';
		end if;
	end if;
	-- Triage holds what comes in, a second validation what is completed, and
	-- who is missing is asked of open work: the long lists of what is over are
	-- not read through for it.
	wanted.statuses := coalesce(wanted.statuses,
	    case when held = 'second' then array['completed']
	    when held is not null then array['incoming']
	    when wanted.is_free then array['incoming', 'waiting',
		'coordination', 'disposition', 'in_progress', 'scheduled',
		'awaiting_validation', 'followup_rejected'] end,
	    crm.status_list());
	return wanted;
end
$$;
comment on function crm.inbox_wanted(text[], text, uuid, text, boolean, text,
    float8[], text, text) is
    'What a list is asked for, as far as the viewer may ask.';
grant execute on function crm.inbox_wanted(text[], text, uuid, text, boolean,
    text, float8[], text, text) to crm_officer, crm_channel;
