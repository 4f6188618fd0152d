-- Settings that durability and privacy rest on, and the closed lists.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
\set labels `cat api/core/labels.def`
begin;
set local search_path = tap, test, pg_catalog;
select no_plan();

select set_config('test.labels', :'labels', true) <> '' as has_labels \gset
create function pg_temp.labels(list text) returns setof text
language sql as $$
	select m[1] from regexp_matches(current_setting('test.labels'),
	    '\n' || list || '\(\w+,\s*"([a-z_]+)"', 'g') m
$$;
select set_eq($$select unnest(crm.status_list())$$,
    $$select pg_temp.labels('STATUS')$$, 'statuses are those of the API');
create function pg_temp.listed(rule text) returns setof text
language sql as $$
	select m[1] from pg_constraint c,
	    regexp_matches(pg_get_constraintdef(c.oid), '''([a-z_]+)''', 'g') m
	where c.conname = rule and c.conparentid = 0
$$;
select set_eq($$select pg_temp.listed('report_status_known')$$,
    $$select pg_temp.labels('STATUS')$$, 'a report''s as well');
select set_eq($$select pg_temp.listed('report_visibility_known')$$,
    $$select pg_temp.labels('CONFIDENTIALITY')$$, 'visibilities');
select set_eq($$select pg_temp.listed('account_role_known')$$,
    $$select m[1] from regexp_matches(current_setting('test.labels'),
	'\nREADER\(\w+,\s*"([a-z_]+)",\s*1\)', 'g') m$$,
    'roles are the readers that sign in');
select set_eq($$select type from crm.event_type$$,
    $$select pg_temp.labels('EVENT')$$, 'types of events');
select is_empty($$select status from crm.target
    where status <> all (crm.status_list())
    union all select from_status from crm.event_rule
    where from_status <> all (crm.status_list())
    union all select to_status from crm.event_rule
    where to_status <> all (crm.status_list() || 'before'::text)$$,
    'rules and targets know no other status');

select results_eq($$select status, unit_kind, seconds / 3600 from crm.target
    where category_code = 'any' order by 1, 2$$, $$values ('awaiting_validation', 'any', 48),
    ('coordination', 'any', 6), ('disposition', 'any', 6),
    ('followup_rejected', 'any', 168), ('in_progress', 'any', 168),
    ('in_progress', 'kelurahan', 24), ('incoming', 'any', 2),
    ('waiting', 'any', 6)$$, 'time allowed');

-- The settings hold for each login as it connects.
create temporary view pinned as
select r.rolname::text as login, split_part(s, '=', 1) as name,
    substr(s, strpos(s, '=') + 1) as value
from pg_db_role_setting d join pg_roles r on r.oid = d.setrole,
    unnest(d.setconfig) s;
select is_empty($$
	select l.login, w.name from unnest(array['crm_owner', 'crm_officer',
	    'crm_channel', 'crm_public', 'crm_jobs', 'crm_vault']) l (login)
	cross join (values ('log_parameter_max_length', '0'),
	    ('log_parameter_max_length_on_error', '0'),
	    ('log_statement', 'none'), ('log_min_error_statement', 'panic'),
	    ('log_error_verbosity', 'terse'), ('log_min_messages', 'log'),
	    ('synchronous_commit', 'on'),
	    ('TimeZone', 'UTC'), ('DateStyle', 'ISO, YMD')) w (name, value)
	where not exists (select from pinned p where p.login = l.login
	    and p.value = w.value and lower(p.name) = lower(w.name))
$$, 'every login is pinned to what keeps values out of logs');
select is_empty($$
	select l.login, t.name from unnest(array['crm_owner', 'crm_officer',
	    'crm_channel', 'crm_public', 'crm_jobs', 'crm_vault']) l (login)
	cross join unnest(array['statement_timeout', 'lock_timeout',
	    'idle_in_transaction_session_timeout']) t (name)
	where not exists (select from pinned p where p.login = l.login
	    and p.name = t.name and p.value ~ '^[1-9]')
$$, 'no login waits for ever');

select ok(crm.settings_problems() @> array[
    'log_parameter_max_length is not 0',
    'log_min_error_statement is not panic',
    'log_min_messages is not log'],
    'a login without them is told');
set local log_parameter_max_length = 0;
set local log_parameter_max_length_on_error = 0;
set local log_statement = 'none';
set local log_min_error_statement = 'panic';
set local log_error_verbosity = 'terse';
set local log_min_messages = 'log';
select is(crm.settings_problems(), '{}', 'all set, all good');
select ok(api.ready(), 'and ready');
set local synchronous_commit = off;
select is(crm.settings_problems(), array['synchronous_commit is not on'],
    'what is acknowledged must be durable');
select ok(not api.ready(), 'else not ready');
set local synchronous_commit = on;
delete from crm.migration;
select ok(not api.ready(), 'without migrations not ready');

select * from finish();
rollback;
