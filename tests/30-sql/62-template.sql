-- Templates: general ones by admins, a unit's own by its supervisor.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
begin;
set local search_path = tap, test, pg_catalog;
select no_plan();

select test.as('budi');
select cmp_ok((select count(*)::int from api.template_list()), '>=', 12,
    'there are some to start with');
select set_eq('select distinct step from api.template_list()',
    array['reply', 'follow_up', 'ask', 'reject', 'schedule'],
    'for every step that has text');
select is_empty('select id from api.template_list() where own',
    'none of them belongs to the unit');

create temporary table kept (who text, id uuid);
grant all on kept to public;
select test.as('lurah');
insert into kept select 'lurah', t.id
from api.template_add('reply', 'Khas Klender', 'Kami {unit}, soal {ticket}.') t;
select test.as('admin');
insert into kept select 'admin', t.id
from api.template_add('ask', 'Umum', '{category} sampai {due}?') t;

create function pg_temp.sees(who text) returns text[]
language plpgsql as $$
begin
	perform test.as(who);
	return array(select k.who || case when t.own then ' own' else '' end
	    from kept k join api.template_list() t on t.id = k.id order by 1);
end
$$;
select is(pg_temp.sees('budi'), '{admin,"lurah own"}',
    'an officer sees the general ones and the unit''s');
select is(pg_temp.sees('lurah'), '{admin,"lurah own"}', 'so does who wrote it');
select is(pg_temp.sees('tuti'), '{admin}', 'another unit does not see it');
select is(pg_temp.sees('camat'), '{admin}', 'nor does the unit above');
select is(pg_temp.sees('sari'), '{admin}', 'nor triage');

select test.as('budi');
select is(outcome($$select api.template_add('reply', 'x', 'x')$$), '42501',
    'an officer writes none');
select is(outcome(format('select api.template_delete(%L)', id)), 'CR403',
    'and removes none') from kept;
select test.as('camat');
select is(outcome(format('select api.template_delete(%L)', id)),
    case who when 'admin' then 'CR403' else 'CR404' end,
    format('another supervisor does not remove that of %s', who)) from kept;

select test.as('lurah');
select is(outcome(format('select api.template_add(%L, %L, %L)', step, 'uji',
    body)), wanted, format('"%s" for %s: %s', body, step, wanted))
from (values
    ('reply', 'tanpa isian', 'ok'),
    ('ask', '{ticket}{category}{unit}{due}', 'ok'),
    ('reply', '{name}', 'CR422 /text placeholder'),
    ('reply', '{ticket', 'CR422 /text placeholder'),
    ('reply', 'ticket}', 'CR422 /text placeholder'),
    ('reply', '{{ticket}}', 'CR422 /text placeholder'),
    ('reply', '{Ticket}', 'CR422 /text placeholder'),
    ('reply', '{ ticket }', 'CR422 /text placeholder'),
    ('note', 'x', '23514 template_step_known')) v (step, body, wanted);
select is((select t.text from api.template_add('reply', 'Khas Klender',
    'Baru') t), 'Baru', 'the same title again replaces the text');
select is((select count(*)::int from api.template_list() t
    join kept k on k.id = t.id and t.text = 'Baru'), 1, 'of the same template');
select is(outcome(format('select api.template_delete(%L)', id)),
    case who when 'admin' then 'CR403' else 'ok' end,
    format('a supervisor and the template of %s', who)) from kept;
select is((select count(t.id)::int from generate_series(1, 197) n
    cross join api.template_add('reply', 'T' || n, 'x') t), 197,
    'two hundred are kept');
select is(outcome($$select api.template_add('reply', 'Satu lagi', 'x')$$), 'ok',
    'the last of them');
select is(outcome($$select api.template_add('reply', 'Dua lagi', 'x')$$),
    'CR422 /title too_many', 'and not one more');

select test.as('admin');
select is(outcome(format('select api.template_delete(%L)', id)), 'ok',
    'an admin removes a general one') from kept where who = 'admin';
select is(outcome(format('select api.template_delete(%L)', id)), 'CR404',
    'once') from kept where who = 'admin';

select test.root();
select set_eq($$select action from audit.entry where action ~ '^template'
    and object_id is not null$$,
    array['template_add', 'template_delete'], 'each change leaves an entry');
select test.as('jaki');
select is(outcome('select from crm.template'), '42501', 'channels have none');

select * from finish();
rollback;
