-- Rules that hold for everything in the catalogue, whatever is added later.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
begin;
set local search_path = tap, test, pg_catalog;
select no_plan();

create temporary view ours as
select c.oid, n.nspname, c.relname, c.relkind, c.relispartition,
    c.relrowsecurity, c.relforcerowsecurity, c.relacl, c.reloptions, c.relowner
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname in ('crm', 'identity', 'audit', 'api');

create temporary view our_functions as
select p.*, p.oid::regprocedure::text as signature
from pg_proc p join pg_namespace n on n.oid = p.pronamespace
where n.nspname in ('crm', 'identity', 'audit', 'api');

select is_empty($$
	select relname from ours where relkind in ('r', 'p')
	and not (relrowsecurity and relforcerowsecurity)
$$, 'row-level security is forced on every table and partition');

select is_empty($$
	select relname from ours o where relkind in ('r', 'p')
	and not relispartition
	and not exists (select from pg_policy p where p.polrelid = o.oid)
$$, 'every table has a policy');

select is_empty($$
	select relname from ours o where relispartition and (relacl is not null
	or exists (select from pg_policy p where p.polrelid = o.oid))
$$, 'partitions are open through their parents only');

select is_empty($$
	select relname from ours where relkind = 'v'
	and not coalesce('security_invoker=true' = any (reloptions), false)
$$, 'every view asks as whoever asks');

select is_empty($$ select relname from ours where relkind = 'm' $$,
    'there is no materialised view');

select is_empty($$
	select relname from ours
	where relowner <> 'crm_owner'::regrole
	union all select signature from our_functions
	where proowner <> 'crm_owner'::regrole
$$, 'crm_owner owns everything');

select is_empty($$
	select relname from ours, lateral aclexplode(relacl) a
	where a.grantee = 0
$$, 'nothing is granted to public');

select is_empty($$
	select signature from our_functions p,
	    lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
	where a.grantee = 0
$$, 'public may execute none of our functions');

select is_empty($$
	select p.oid::regprocedure from pg_proc p,
	    lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
	where p.pronamespace = 'ext'::regnamespace and a.grantee = 0
	union all
	select c.oid::regclass::text::regprocedure from pg_class c,
	    lateral aclexplode(c.relacl) a
	where c.relnamespace = 'ext'::regnamespace and a.grantee = 0
$$, 'public may use nothing of the extensions');

select is_empty($$
	select signature from our_functions
	where not coalesce(
	    'search_path=pg_catalog, pg_temp' = any (proconfig), false)
$$, 'every function fixes its search path');

select is_empty($$
	select signature from our_functions p
	where prosecdef and coalesce(obj_description(p.oid, 'pg_proc'), '')
	    !~ 'Security definer (because|so that) '
$$, 'every security definer says why');

select is_empty($$
	select signature from our_functions where prosrc ~* '\mexecute\M'
	and proname not in ('partition_add', 'partition_close')
$$, 'there is no dynamic SQL but for partitions');

select is_empty($$
	select signature from our_functions p
	where obj_description(p.oid, 'pg_proc') is null
	union all
	select relname from ours o where relkind in ('r', 'p', 'v', 'S')
	and not relispartition and obj_description(o.oid, 'pg_class') is null
	union all
	select relname from ours o where relkind = 'c'
	and obj_description((select reltype from pg_class c where c.oid = o.oid),
	    'pg_type') is null
	union all
	select nspname from pg_namespace n
	where nspname in ('crm', 'identity', 'audit', 'api')
	and obj_description(n.oid, 'pg_namespace') is null
$$, 'every schema, table, view, type and function is commented');

create temporary view our_columns as
select o.nspname, o.relname, a.attname,
    split_part(col_description(o.oid, a.attnum), ':', 1) as kind
from ours o join pg_attribute a on a.attrelid = o.oid
where o.relkind in ('r', 'p', 'v') and not o.relispartition
and a.attnum > 0 and not a.attisdropped;

select is_empty($$
	select relname || '.' || attname from our_columns
	where kind is null or kind not in ('identity', 'secret', 'photo',
	    'place', 'narrative', 'internal', 'officer', 'plain')
$$, 'every column is commented and classified');

select is_empty($$
	select c.relname || '.' || c.attname from our_columns c
	cross join (values ('crm_officer'), ('crm_public'), ('crm_jobs')) l (login)
	where c.kind in ('identity', 'secret') and has_column_privilege(l.login,
	    format('%I.%I', c.nspname, c.relname), c.attname, 'select')
$$, 'no officer''s login reads a column of identity or secrets');

select is_empty($$
	select c.relname || '.' || c.attname from our_columns c
	cross join (values ('crm_channel'), ('crm_public'), ('crm_jobs')) l (login)
	where c.kind in ('internal', 'officer') and has_column_privilege(l.login,
	    format('%I.%I', c.nspname, c.relname), c.attname, 'select')
$$, 'no channel reads a column of internal talk or of officers');

select is_empty($$
	select conname::text from pg_constraint c
	join ours o on o.oid = c.conrelid
	where not relispartition and conname ~ '\d+$'
	union all
	select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid
	join ours o on o.oid = i.indrelid
	where not o.relispartition and c.relname !~ '_(pkey|key|idx)$'
$$, 'constraints and indexes are named');

select is_empty($$
	select r.rolname::text from pg_roles r where r.rolname ~ '^crm_'
	and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb
	or rolreplication)
$$, 'no login has power over the cluster');

select is_empty($$
	select n.nspname::text from pg_namespace n,
	    lateral aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
	where a.grantee = 0 and n.nspname in ('public', 'crm', 'identity',
	    'audit', 'api', 'ext')
$$, 'public enters none of the schemas');

select is_empty($$
	select d.datname::text from pg_database d,
	    lateral aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
	where a.grantee = 0 and d.datname = current_database()
$$, 'public may not connect');

select is_empty($$
	select signature from our_functions p
	cross join (values ('crm_officer'), ('crm_channel'), ('crm_public'),
	    ('crm_jobs'), ('crm_vault')) l (login)
	where p.prosecdef and has_function_privilege(l.login, p.oid, 'execute')
	and p.proname not in ('filter_same', 'identity_keep', 'split_note',
	    'choice_add', 'choice_rank', 'main_step', 'opened', 'area_at', 'area_list', 'ranking_list',
	    'inbox_search', 'session_enter', 'apikey_check', 'apikey_enter',
	    'signin_begin', 'signin_fail', 'session_open', 'session_close',
	    'job_partition_add', 'job_prune', 'job_photo_known', 'job_seal_due',
	    'job_seal_done',
	    'job_alarm', 'notice_add', 'proof_keep', 'photo_add_later',
	    'main_hold', 'report_held', 'report_forget', 'report_erase', 'erase_splits',
	    'job_webhook_due',
	    'job_webhook_done', 'job_webhook_late', 'job_webhook_prune')
$$, 'the functions that run as the owner are the known ones');

select is_empty($$
	select oprname || ' of ' || p.oid::regprocedure from pg_operator o
	join pg_proc p on p.oid = o.oprcode
	where p.proleakproof and p.pronamespace = 'ext'::regnamespace
	union all
	select signature from our_functions where proleakproof
$$, 'nothing of ours or of the extensions claims to be leakproof');

select * from finish();
rollback;
