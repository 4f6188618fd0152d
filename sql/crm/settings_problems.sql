-- SPDX-License-Identifier: ISC

create function crm.settings_problems() returns text[]
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select coalesce(array_agg(problem order by problem), '{}')
	from (
		select wanted.name || ' is not ' || wanted.value as problem
		from (values
		    ('fsync', 'on'),
		    ('full_page_writes', 'on'),
		    ('synchronous_commit', 'on'),
		    ('log_parameter_max_length', '0'),
		    ('log_parameter_max_length_on_error', '0'),
		    ('log_statement', 'none'),
		    ('log_min_error_statement', 'panic'),
		    ('log_min_messages', 'log'),
		    ('log_error_verbosity', 'terse'),
		    ('row_security', 'on'),
		    ('server_encoding', 'UTF8')) wanted (name, value)
		where current_setting(wanted.name) <> wanted.value
		union all
		select r.rolname || ' has too much power'
		from pg_roles r
		where r.rolname in ('crm_owner', 'crm_officer', 'crm_channel',
		    'crm_public', 'crm_jobs', 'crm_vault')
		and (r.rolsuper or r.rolbypassrls or r.rolcreaterole
		    or r.rolreplication)
	) found
$$;
comment on function crm.settings_problems() is
    'What is wrong with the server''s settings for the login that asks; empty is good.';
grant execute on function crm.settings_problems()
    to crm_officer, crm_channel;
