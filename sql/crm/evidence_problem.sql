-- SPDX-License-Identifier: ISC

create function crm.evidence_problem(rule text, is_full boolean,
    is_there boolean)
returns text
language plpgsql immutable security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	return case
	    when rule = 'must' and not is_full then 'required'
	    when rule = 'never' and is_there then 'not_allowed'
	    when rule = 'may' and is_there and not is_full then 'empty' end;
end
$$;
comment on function crm.evidence_problem(text, boolean, boolean) is
    'What is wrong with a piece of evidence under must, may or never; null if nothing.';
grant execute on function crm.evidence_problem(text, boolean, boolean)
    to crm_officer;
