-- Run once per cluster by its superuser: logins, database, extensions.
-- Safe to run again. Everything below the database is crm_owner's and comes
-- from sql/migrations (or sql/load.sql).
--
--   psql -X -d postgres [-v database=crm] -f sql/bootstrap.sql
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
\if :{?database}
\else
\set database crm
\endif
set client_min_messages = warning;

select format('create role %I', wanted.name)
from (values ('crm_owner'), ('crm_officer'), ('crm_channel'), ('crm_public'),
    ('crm_jobs'), ('crm_vault')) wanted (name)
where not exists (select from pg_catalog.pg_roles where rolname = wanted.name)
\gexec

-- Every setting a login depends on is pinned to the login: values never reach
-- the server's log, nothing waits for ever, and times read the same anywhere.
select format('alter role %I with login nosuperuser nobypassrls nocreatedb'
    ' nocreaterole noreplication noinherit', login)
from unnest(array['crm_owner', 'crm_officer', 'crm_channel', 'crm_public',
    'crm_jobs', 'crm_vault']) login
union all
select format('alter role %I set %s = %L', login, setting.name, setting.value)
from unnest(array['crm_owner', 'crm_officer', 'crm_channel', 'crm_public',
    'crm_jobs', 'crm_vault']) login,
    (values
	('log_parameter_max_length', '0'),
	('log_parameter_max_length_on_error', '0'),
	('log_statement', 'none'),
	('log_min_error_statement', 'panic'),
	-- Messages of errors hold values; logs of slow statements do not.
	('log_min_messages', 'log'),
	('log_error_verbosity', 'terse'),
	('log_min_duration_sample', '-1'),
	('log_duration', 'off'),
	('synchronous_commit', 'on'),
	('default_transaction_isolation', 'read committed'),
	('timezone', 'UTC'),
	('datestyle', 'ISO, YMD'),
	('client_encoding', 'UTF8'),
	('jit', 'off')) setting (name, value)
union all
select format('alter role %I set %s = %L', limits.login, limits.name,
    limits.value)
from (values
	('crm_owner', 'statement_timeout', '10min'),
	('crm_owner', 'lock_timeout', '10s'),
	('crm_owner', 'idle_in_transaction_session_timeout', '60s'),
	('crm_officer', 'statement_timeout', '4s'),
	('crm_officer', 'lock_timeout', '2s'),
	('crm_officer', 'idle_in_transaction_session_timeout', '5s'),
	('crm_channel', 'statement_timeout', '4s'),
	('crm_channel', 'lock_timeout', '2s'),
	('crm_channel', 'idle_in_transaction_session_timeout', '5s'),
	('crm_public', 'statement_timeout', '4s'),
	('crm_public', 'lock_timeout', '2s'),
	('crm_public', 'idle_in_transaction_session_timeout', '5s'),
	('crm_jobs', 'statement_timeout', '60s'),
	('crm_jobs', 'lock_timeout', '5s'),
	('crm_jobs', 'idle_in_transaction_session_timeout', '60s'),
	('crm_vault', 'statement_timeout', '4s'),
	('crm_vault', 'lock_timeout', '2s'),
	('crm_vault', 'idle_in_transaction_session_timeout', '5s'))
    limits (login, name, value)
\gexec

select format('create database %I owner crm_owner encoding %L locale %L'
    ' template template0', :'database', 'UTF8', 'C.UTF-8')
where not exists (
    select from pg_catalog.pg_database where datname = :'database')
\gexec

revoke all on database :"database" from public;
grant connect on database :"database"
    to crm_officer, crm_channel, crm_public, crm_jobs, crm_vault;

\connect :"database"
set client_min_messages = warning;

revoke all on schema public from public;
create schema if not exists ext;
revoke all on schema ext from public;
grant usage on schema ext to crm_owner;
create extension if not exists postgis with schema ext;
create extension if not exists pg_trgm with schema ext;
-- Only the owner's own functions use the extensions; logins reach neither.
revoke all on all tables in schema ext from public;
revoke all on all functions in schema ext from public;
grant execute on all functions in schema ext to crm_owner;
grant select on ext.spatial_ref_sys to crm_owner;
