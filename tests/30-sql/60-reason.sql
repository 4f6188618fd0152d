-- Reasons for a rejection.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
begin;
set local search_path = tap, test, pg_catalog;
select no_plan();

create function pg_temp.codes(who text) returns text[]
language plpgsql as $$
begin
	perform test.as(who);
	return array(select r.code from api.reason_list('id') r);
end
$$;
select is(pg_temp.codes(who), array['not_city', 'no_place', 'empty',
    'duplicate_closed', 'private_matter', 'spam', 'abuse'],
    format('%s: those that may be chosen, in their order', who))
from unnest(array['budi', 'sari', 'admin', 'priv', 'jaki']) who;

select test.as('sari');
select results_eq($$
	select name from api.reason_list('id') where code = 'abuse'
$$, array['Memuat penghinaan atau kata-kata kasar'], 'in Indonesian');
select results_eq($$
	select name from api.reason_list('en') where code = 'abuse'
$$, array['Holds insults or abusive words'], 'in English');
select is((select is_choosable from crm.reason where code = 'withdrawn'),
    false, 'what the system writes is not offered, but has a name');
select is(outcome($$
	insert into crm.reason (code, name_id, name_en, place)
	values ('x', 'x', 'x', 99)
$$), '42501', 'nobody adds one through the server');

select * from finish();
rollback;
