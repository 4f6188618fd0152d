-- Saved views: each account's own, thirty at most.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
begin;
set local search_path = tap, test, pg_catalog;
select no_plan();

select test.as('budi');
select results_eq($$select name, query from api.view_add('Telat', 'overdue=true')$$,
    $$values ('Telat', 'overdue=true')$$, 'a view is kept');
select api.view_add('Jalan', 'category=jalan');
select results_eq('select name from api.view_list()',
    array['Jalan', 'Telat'], 'the list is by name');
create temporary table kept as
select id from api.view_list() where name = 'Telat';
grant select on kept to public;
select is((select v.id from api.view_add('Telat', 'overdue=true&sort=due_at') v),
    (select id from kept), 'the same name again keeps the view');
select results_eq($$select query from api.view_list() where name = 'Telat'$$,
    array['overdue=true&sort=due_at'], 'with the new query');

select test.as('bude');
select is_empty('select id from api.view_list()',
    'a colleague of the same unit sees none of it');
select is(outcome(format('select api.view_delete(%L)', id)), 'CR404',
    'and cannot remove it') from kept;
select is(outcome($$insert into crm.view (account_id, name, query)
    select a.id, 'x', '' from crm.account a where a.username = 'budi'$$),
    '42501', 'nor write one for someone else');
select is((select count(v.id)::int from generate_series(1, 30) n
    cross join api.view_add('Tampilan ' || n, 'status=waiting') v), 30, 'thirty are kept');
select is(outcome($$select api.view_add('Satu lagi', '')$$),
    'CR422 /name too_many', 'one more is refused');
select is(outcome($$select api.view_add('Tampilan 7', 'status=rejected')$$),
    'ok', 'one of the thirty may still be changed');
select is((select count(*)::int from api.view_list()), 30, 'thirty it stays');

select is(outcome($$select api.view_add('Tampilan 7', 'q=budi')$$), '23514 view_query_holds_no_words',
    'the table itself refuses words that were searched for');
select is(outcome($$select api.view_add('Tampilan 7', 'sort=due_at&q=budi')$$),
    '23514 view_query_holds_no_words', 'wherever they stand');

select test.as('budi');
select is((select v.outcome from kept, test.outcome(
    format('select api.view_delete(%L)', id)) v (outcome)), 'ok',
    'the owner removes it');
select is(outcome(format('select api.view_delete(%L)', id)), 'CR404',
    'once') from kept;
select results_eq('select name from api.view_list()', array['Jalan'],
    'the others stay');
select test.as('jaki');
select is(outcome('select from crm.view'), '42501', 'channels have none');

select * from finish();
rollback;
