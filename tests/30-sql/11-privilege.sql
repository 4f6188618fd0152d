-- Exactly what each login may do with each table, function and schema.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
begin;
set local search_path = tap, test, pg_catalog;
select no_plan();

create temporary view table_grants as
select c.relname::text as relation, g.rolname::text as login,
    string_agg(g.privilege, ' ' order by g.privilege) as privileges
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
cross join lateral (
	select r.rolname, lower(a.privilege_type) as privilege
	from aclexplode(c.relacl) a join pg_roles r on r.oid = a.grantee
	union all
	select r.rolname, lower(a.privilege_type) || '('
	    || string_agg(t.attname, ',' order by t.attnum) || ')'
	from pg_attribute t, lateral aclexplode(t.attacl) a
	join pg_roles r on r.oid = a.grantee
	where t.attrelid = c.oid
	group by r.rolname, a.privilege_type) g
where n.nspname in ('crm', 'identity', 'audit', 'api')
and g.rolname <> 'crm_owner'
group by 1, 2;

prepare expected as
select * from (values
    ('account', 'crm_officer', 'select'),
    ('area', 'crm_channel', 'select'),
    ('area', 'crm_officer', 'select'),
    ('area', 'crm_public', 'select'),
    ('category', 'crm_channel', 'select'),
    ('category', 'crm_officer', 'select'),
    ('category', 'crm_public', 'select'),
    ('service_attribute', 'crm_channel', 'select'),
    ('service_attribute', 'crm_public', 'select'),
    ('service_value', 'crm_channel', 'select'),
    ('service_value', 'crm_public', 'select'),
    ('category_unit', 'crm_officer', 'select'),
    ('change', 'crm_channel', 'select'),
    ('channel', 'crm_channel', 'select'),
    ('channel', 'crm_officer', 'insert(id,name,title,is_geotagged,is_sandbox,reads_per_minute,writes_per_minute) select update(title,is_active,reads_per_minute,writes_per_minute)'),
    ('channel_key', 'crm_channel', 'select'),
    ('channel_key', 'crm_officer', 'insert(kid,channel_id,slot,alg,public_key,issuer,audience,added_at,id) select update(retired_at)'),
    ('clock', 'crm_channel', 'select'),
    ('clock', 'crm_officer', 'select'),
    ('clock', 'crm_public', 'select'),
    ('entry', 'crm_channel', 'insert(request_id,account_id,unit_id,channel_id,role,action,report_id,object_id)'),
    ('entry', 'crm_officer', 'insert(request_id,account_id,unit_id,channel_id,role,action,report_id,object_id)'),
    ('duplicate_hint', 'crm_officer', 'select'),
    ('filter_word', 'crm_channel', 'select'),
    ('filter_word', 'crm_officer', 'delete insert(id,kind,word,bare) select'),
    ('slang', 'crm_channel', 'select'),
    ('slang', 'crm_officer', 'select'),
    ('event', 'crm_channel', 'insert(id,at,report_id,type,version,by_channel_id,text,from_status,to_status,reason_code,stars) select'),
    ('event', 'crm_officer', 'insert(id,at,report_id,type,version,by_unit_id,text,from_status,to_status,captured_at,lat,lng,accuracy_m,distance_m,to_unit_id,reason_code,until,into_id) select'),
    ('event_internal', 'crm_officer', 'insert(event_id,report_id,by_account_id,note,reason,officer_id) select'),
    ('event_rule', 'crm_channel', 'select'),
    ('event_rule', 'crm_officer', 'select'),
    ('event_shown', 'crm_officer', 'select'),
    ('event_told', 'crm_channel', 'select'),
    ('event_type', 'crm_channel', 'select'),
    ('event_type', 'crm_officer', 'select'),
    ('hand_over', 'crm_officer', 'delete insert(report_id,kind,from_unit_id,to_unit_id,from_status,category_code,kelurahan_code,suggested_unit_id,at,event_id) select update(ended_at,returned)'),
    ('holiday', 'crm_channel', 'select'),
    ('holiday', 'crm_officer', 'delete insert(id,day,name,kind) select'),
    ('idempotency', 'crm_channel', 'insert(owner_id,key_hash,request_hash,report_id,event_id,event_at,report,added_at) select'),
    ('idempotency', 'crm_officer', 'insert(owner_id,key_hash,request_hash,report_id,event_id,event_at,report,added_at) select'),
    ('inbox', 'crm_channel', 'select'),
    ('inbox', 'crm_officer', 'select'),
    ('migration', 'crm_channel', 'select'),
    ('migration', 'crm_officer', 'select'),
    ('notice', 'crm_officer', 'select'),
    ('notice_seen', 'crm_officer', 'insert(account_id,until) select update(until)'),
    ('photo', 'crm_channel', 'insert(id,report_id,event_id,kind,place,file_full,file_thumb,width,height,is_sealed) select'),
    ('photo', 'crm_officer', 'insert(id,report_id,event_id,kind,place,file_full,file_thumb,width,height,is_sealed) select'),
    ('photo_key', 'crm_vault', 'select'),
    ('photo', 'crm_public', 'select(id,report_id,kind,place,file_full,is_sealed)'),
    ('public_report', 'crm_public', 'select'),
    ('proof_check', 'crm_officer', 'select'),
    ('proof_pair', 'crm_officer', 'select'),
    ('reason', 'crm_channel', 'select'),
    ('reason', 'crm_officer', 'select'),
    ('reason', 'crm_public', 'select'),
    ('report', 'crm_channel', 'insert(id,received_at,ticket,channel_id,visibility,status,version,category_code,description,description_public,lat,lng,accuracy_m,address,kelurahan_code,unit_id,unit_ids,occurred_at,changed_at,due_at,held_for,match_text) select(id,received_at,ticket,channel_id,visibility,status,version,category_code,description,description_public,lat,lng,accuracy_m,address,kelurahan_code,unit_id,unit_ids,occurred_at,changed_at,due_at,asked_at,left_seconds,schedule_until,reopened,me_too,stars,completed_at,reason_code,main_id,merged,search_text,search_words,erased_at,updated_at) update(visibility,status,version,unit_id,unit_ids,changed_at,due_at,officer_id,held_for,asked_at,left_seconds,reopened,me_too,stars,completed_at,reason_code,main_id)'),
    ('report', 'crm_officer', 'insert(id,received_at,ticket,channel_id,visibility,status,version,category_code,description,description_public,lat,lng,accuracy_m,address,kelurahan_code,unit_id,unit_ids,occurred_at,changed_at,due_at,held_for,match_text) select update(status,version,category_code,lat,lng,accuracy_m,address,kelurahan_code,unit_id,unit_ids,changed_at,due_at,officer_id,held_for,asked_at,left_seconds,schedule_until,schedule_account_id,returns,completed_at,reason_code,main_id,second_open)'),
    ('report_before', 'crm_officer', 'insert(report_id,version,status,category_code,lat,lng,accuracy_m,address,kelurahan_code,unit_id,unit_ids,due_at,officer_id,held_for,asked_at,left_seconds,schedule_until,schedule_account_id,returns,completed_at,reason_code,main_id,second_open) select'),
    ('report_key', 'crm_channel', 'insert(id,ticket,received_at) select'),
    ('report_key', 'crm_officer', 'insert(id,ticket,received_at) select'),
    ('report_origin', 'crm_officer', 'insert(report_id,channel_id,channel_ref)'),
    ('report_origin', 'crm_channel', 'insert(report_id,channel_id,channel_ref) select'),
    ('report_shown', 'crm_officer', 'select'),
    ('report_told', 'crm_channel', 'select'),
    ('sealed', 'crm_channel', 'insert(report_id,epoch,wrapped_key,sealed,members)'),
    ('sealed', 'crm_vault', 'select'),
    ('setting', 'crm_officer', 'select'),
    ('target', 'crm_channel', 'select'),
    ('target', 'crm_officer', 'select'),
    ('template', 'crm_officer', 'delete insert(unit_id,step,title,text) select update(text)'),
    ('ticket_day', 'crm_channel', 'insert(day,base) select'),
    ('ticket_day', 'crm_officer', 'insert(day,base) select'),
    ('ticket_number', 'crm_officer', 'usage'),
    ('ticket_number', 'crm_channel', 'usage'),
    ('unit', 'crm_channel', 'select'),
    ('unit', 'crm_officer', 'select'),
    ('unit', 'crm_public', 'select'),
    ('view', 'crm_officer', 'delete insert(account_id,name,query) select update(query)')) e (relation, login, privileges);
select set_eq('select * from table_grants', 'expected',
    'tables: each login has exactly its grants');

create temporary view function_grants as
select p.proname::text as name,
    string_agg(r.rolname, ' ' order by r.rolname) as logins
from pg_proc p
cross join lateral aclexplode(p.proacl) a
join pg_roles r on r.oid = a.grantee
where p.pronamespace = 'api'::regnamespace and r.rolname <> 'crm_owner'
group by p.oid, p.proname;

prepare operations as
select * from (values
    ('apikey_check', 'crm_channel'),
    ('apikey_enter', 'crm_channel'),
    ('area_list', 'crm_officer'),
    ('category_list', 'crm_channel crm_officer'),
    ('channel_list', 'crm_officer'),
    ('channel_add', 'crm_officer'),
    ('channel_edit', 'crm_officer'),
    ('key_list', 'crm_officer'),
    ('key_add', 'crm_officer'),
    ('key_retire', 'crm_officer'),
    ('channel_enter', 'crm_channel'),
    ('channel_keys', 'crm_channel'),
    ('check_list', 'crm_officer'),
    ('event_add', 'crm_channel crm_officer'),
    ('event_list', 'crm_channel crm_officer'),
    ('export_held', 'crm_channel'),
    ('export_opened', 'crm_channel'),
    ('report_export', 'crm_channel'),
    ('holiday_add', 'crm_officer'),
    ('holiday_delete', 'crm_officer'),
    ('hand_over_list', 'crm_officer'),
    ('holiday_list', 'crm_officer'),
    ('job_alarm', 'crm_jobs'),
    ('job_partition_add', 'crm_jobs'),
    ('job_photo_known', 'crm_jobs'),
    ('job_prune', 'crm_jobs'),
    ('job_seal_done', 'crm_jobs'),
    ('job_seal_due', 'crm_jobs'),
    ('job_webhook_done', 'crm_jobs'),
    ('job_webhook_due', 'crm_jobs'),
    ('job_webhook_late', 'crm_jobs'),
    ('job_webhook_prune', 'crm_jobs'),
    ('notice_list', 'crm_officer'),
    ('notice_see', 'crm_officer'),
    ('officer_list', 'crm_officer'),
    ('opened_list', 'crm_channel crm_officer'),
    ('photo_open', 'crm_channel crm_officer'),
    ('ranking_list', 'crm_officer'),
    ('ready', 'crm_channel crm_officer'),
    ('reason_list', 'crm_channel crm_officer'),
    ('report_add', 'crm_channel crm_officer'),
    ('report_changes', 'crm_channel'),
    ('report_level', 'crm_channel crm_officer'),
    ('report_list', 'crm_channel crm_officer'),
    ('report_open', 'crm_channel crm_officer'),
    ('report_related', 'crm_officer'),
    ('suggestion_list', 'crm_officer'),
    ('word_add', 'crm_officer'),
    ('word_list', 'crm_officer'),
    ('word_delete', 'crm_officer'),
    ('service_open', 'crm_channel crm_public'),
    ('request_list', 'crm_public'),
    ('request_photo', 'crm_public'),
    ('request_seen', 'crm_public'),
    ('service_list', 'crm_public'),
    ('session_close', 'crm_officer'),
    ('session_enter', 'crm_officer'),
    ('session_open', 'crm_officer'),
    ('signin_begin', 'crm_officer'),
    ('signin_fail', 'crm_officer'),
    ('template_add', 'crm_officer'),
    ('template_list', 'crm_officer'),
    ('template_delete', 'crm_officer'),
    ('unit_list', 'crm_officer'),
    ('view_add', 'crm_officer'),
    ('view_list', 'crm_officer'),
    ('view_delete', 'crm_officer')) e (name, logins);
select set_eq('select * from function_grants', 'operations',
    'operations: each login has exactly those it needs');

prepare schemas as
select n.nspname::text,
    string_agg(r.rolname::text, ' ' order by r.rolname) as logins
from pg_namespace n cross join lateral aclexplode(n.nspacl) a
join pg_roles r on r.oid = a.grantee
where n.nspname in ('crm', 'identity', 'audit', 'api', 'ext')
and r.rolname ~ '^crm_' and r.rolname <> 'crm_owner'
group by n.nspname;
select set_eq('schemas', $$values
    ('api'::text, 'crm_channel crm_jobs crm_officer crm_public crm_vault'),
    ('audit', 'crm_channel crm_officer'),
    ('crm', 'crm_channel crm_officer crm_public'),
    ('identity', 'crm_channel crm_vault')$$,
    'schemas: each login enters exactly its own');

-- The owner's commands are closed to every login.
select is_empty($$
	select p.oid::regprocedure || ' ' || l.login from pg_proc p
	cross join unnest(array['crm_officer', 'crm_channel', 'crm_public',
	    'crm_jobs', 'crm_vault']) l (login)
	where p.pronamespace in ('crm'::regnamespace, 'audit'::regnamespace)
	and p.proname in ('account_add', 'account_close', 'area_import',
	    'channel_api_key_add', 'channel_api_key_retire',
	    'channel_api_key_find',
	    'area_union', 'clock_set', 'partition_add', 'partition_close',
	    'inbox_follow', 'change_stamp', 'change_follow', 'seal_follow',
	    'work_follow', 'alarm_follow', 'unit_below_follow', 'entry_refuse',
	    'match_all', 'match_circles', 'report_match', 'throttle_try',
	    'alarm_ring', 'alarm_next', 'notice_tell', 'clock_unit',
	    'remind_at')
	and has_function_privilege(l.login, p.oid, 'execute')
$$, 'commands of the owner are closed to every login');

-- And so it is in practice.
select test.as('budi');
select is(outcome('select from identity.sealed'), '42501',
    'an officer cannot read identity');
select is(outcome('select from crm.report_origin'), '42501',
    'an officer cannot read references of channels');
select is(outcome('select from crm.account_secret'), '42501',
    'an officer cannot read passwords');
select is(outcome('select from crm.session'), '42501',
    'an officer cannot read sessions');
select is(outcome('select from crm.signin_throttle'), '42501',
    'an officer cannot read tries to sign in');
select is(outcome('select from audit.entry'), '42501',
    'an officer cannot read the audit log');
select is(outcome('select ext.postgis_version()'), '42501',
    'an officer cannot use the extensions');
select is(outcome('select from crm.area_shape'), '42501',
    'an officer cannot read shapes');
select is(outcome('insert into crm.report default values'), '42501',
    'an officer cannot insert a report');
select is(outcome($$update crm.report set description = 'x'$$), '42501',
    'an officer cannot change a description');
select is(outcome($$update crm.report set visibility = 'public'$$), '42501',
    'an officer cannot change visibility');
select is(outcome('delete from crm.report'), '42501',
    'an officer cannot delete a report');
select is(outcome('update crm.event set text = null'), '42501',
    'an officer cannot change an event');
select is(outcome('select from crm.report_2000_01'), '42P01',
    'a partition that is not there is not there');
select test.as('jaki');
select is(outcome('select from identity.sealed'), '42501',
    'a channel cannot read identity');
select is(outcome('select from crm.event_internal'), '42501',
    'a channel cannot read notes');
select is(outcome('select from crm.account'), '42501',
    'a channel cannot read accounts');
select is(outcome($$update crm.report set description = 'x'$$), '42501',
    'a channel cannot change a description');
select is(outcome($$update crm.report set category_code = null$$), '42501',
    'a channel cannot change a category');
select is(outcome('select from audit.entry'), '42501',
    'a channel cannot read the audit log');

select test.root();
do $$
begin
	execute format('grant usage on schema tap, test to crm_jobs, crm_vault,'
	    ' crm_public');
end
$$;
set local role crm_vault;
select is(outcome('select from identity.sealed'), 'ok',
    'the vault reads sealed identities');
select is(outcome($$delete from identity.sealed$$), '42501',
    'the vault cannot delete them');
select is(outcome('select from crm.report'), '42501',
    'the vault cannot read reports');
set local role crm_jobs;
select is(outcome('select from crm.report'), '42501',
    'jobs cannot read reports');
select is(outcome('select from identity.sealed'), '42501',
    'jobs cannot read identity');
set local role crm_public;
select is(outcome('select from crm.report'), '42501',
    'the public login cannot read reports');
select is(outcome('select api.ready()'), '42501',
    'the public login can do nothing but what it has');

-- Partitions are no way around.
select test.root();
select set_config('test.partition', (select format('%I.%I', n.nspname,
    c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relname ~ '^report_\d{4}_\d\d$' limit 1), true);
select test.as('sari');
select is(outcome('select from ' || current_setting('test.partition')),
    '42501', 'a login cannot read a partition');

-- Statistics hold values.
select test.root();
select test.as('jaki');
select test.report();
select test.root();
analyze identity.sealed, crm.report, crm.report_origin, crm.account_secret;
set local role crm_officer;
select is_empty($$
	select tablename, attname from pg_stats
	where schemaname = 'identity'
	or tablename in ('report_origin', 'account_secret', 'session', 'report')
$$, 'an officer cannot read statistics of private columns');
set local role crm_vault;
select is_empty($$
	select tablename from pg_stats where schemaname = 'identity'
$$, 'row-level security hides statistics of identity from the vault too');
reset role;

select * from finish();
rollback;
