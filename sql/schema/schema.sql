-- The four schemas and what holds for everything in them.
--
-- SPDX-License-Identifier: ISC

-- A function is closed until its own file opens it.
alter default privileges for role crm_owner
    revoke execute on functions from public;
alter default privileges for role crm_owner
    revoke usage on types from public;

create schema crm;
comment on schema crm is 'Tables, and functions for the owner and for policies.';
create schema identity;
comment on schema identity is
    'Who reported: sealed to a key that no server process holds.';
create schema audit;
comment on schema audit is 'Who did what, append-only.';
create schema api;
comment on schema api is 'One function per operation; all the server calls.';

grant usage on schema crm to crm_officer, crm_channel, crm_public;
grant usage on schema identity to crm_channel, crm_vault;
grant usage on schema audit to crm_officer, crm_channel;
grant usage on schema api
    to crm_officer, crm_channel, crm_public, crm_jobs, crm_vault;
