-- Reports that desk officers key in, and the words of the filter.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
begin;
set local search_path = tap, test, pg_catalog;
select no_plan();

create function pg_temp.desk(channel text, key text default null,
    description text default 'Saluran tertutup beton')
returns api.report_row language sql as $$
	select a.report from api.report_add(sha256(convert_to(key, 'UTF8')),
	    sha256('same'), gen_random_uuid(), 'private', 'jalan', description,
	    description, -6.218512, 106.908136, null, null, null, 'surat-1',
	    'epoch-1', '\x0102', '\x0304', array[gen_random_uuid()],
	    array['full'], array['thumb'], array[10], array[20], true, channel) a
$$;
create temporary table r of api.report_row;
grant all on r to public;

select test.as('sari');
insert into r select * from pg_temp.desk('walikota', 'k1');
select is((select status || ' ' || unit_name from r),
    'waiting Kelurahan Klender', 'it goes the way of all reports');
select is((pg_temp.desk('walikota', 'k1')).id, (select id from r),
    'a retry gets the first answer');
select is((pg_temp.desk('email', description => 'Petugas goblok')).held_for,
    array['abusive'], 'and through the same filter');
select results_eq($$select type, by_unit_name, by_name from api.event_list(
    (select id from r)::text, null, null, 10)$$,
    $$values ('received', 'Pusat Penyaringan CRM', 'Sari')$$,
    'who keyed it in stands on the timeline');
select is(outcome($$select pg_temp.desk(null)$$), 'CR422 /channel required',
    'the channel must be named');
select is(outcome(format('select pg_temp.desk(%L)', name)),
    'CR422 /channel unknown', name || ' is not for the desk')
from unnest(array['jaki', 'open311', 'qlue', 'tiada']) name;
select is(outcome('select from identity.sealed'), '42501',
    'what was sealed is not for the desk');
select is(outcome('select from crm.report_origin'), '42501',
    'nor the reference');
select set_eq('select code from api.channel_list()', $$
    select name from crm.channel
    where is_active and name not in ('jaki', 'open311')$$,
    'the channels there are');
select test.root();
select is((select c.name || ' ' || o.channel_ref || ' ' || s.epoch || ' '
    || p.kind || ' ' || p.is_sealed
    from crm.report t join crm.channel c on c.id = t.channel_id
    join crm.report_origin o on o.report_id = t.id
    join identity.sealed s on s.report_id = t.id
    join crm.photo p on p.report_id = t.id
    where t.id = (select id from r)),
    'walikota surat-1 epoch-1 report true', 'all of it is kept');
select is((select count(*)::int from audit.entry e
    join crm.account a on a.id = e.account_id
    where e.report_id = (select id from r) and e.action = 'report_add'
    and a.username = 'sari'), 1, 'with an audit entry in the officer''s name');

create function pg_temp.who_may(who text) returns text language plpgsql as $$
begin
	perform test.as(who);
	return test.outcome($q$select pg_temp.desk('walikota')$q$);
end
$$;
select isnt(pg_temp.who_may(who), 'ok', who || ' keys nothing in')
from unnest(array['budi', 'lurah', 'vina', 'priv', 'admin']) who;
select test.as('budi');
select is(outcome($$select crm.identity_keep((select id from r), 'e', '\x01',
    '\x02', '{}')$$), 'CR403', 'nor seals anything');

-- Words.
select test.as('admin');
select is((select w.word || ' ' || w.kind from api.word_add(' KATA   Kotorrr! ',
    'abuse') w), 'kata kotor abuse', 'a word is kept plain');
select is((select count(distinct w.id)::int from (
    select id from api.word_add('kata kotor', 'abuse')
    union all select id from api.word_add('k4t4 kotoor', 'abuse')) w), 1,
    'what is compared the same is the same');
select is(outcome($$select api.word_add('kata kotor', 'emergency')$$),
    'CR422 /word duplicate', 'but of one kind only');
select is(outcome(format('select api.word_add(%L, %L)', word, 'abuse')),
    'CR422 /word format', 'no word: "' || word || '"')
from unnest(array['!!', '12 34', 'a', '😀😀']) word;
select is(crm.filter_text('dasar K4TA KOTORRR kamu'), array['abusive'],
    'it is looked for at once') from (select test.root()) x;
select test.as('sari');
select isnt(outcome($$select api.word_add('lain', 'abuse')$$), 'ok',
    'triage adds none');
select is(outcome(format('select api.word_delete(%L)', (select w.id
    from api.word_list() w where w.word = 'kata kotor'))), 'CR404',
    'triage removes none');
select test.as('budi');
select is_empty('select api.word_list()', 'an officer sees none');
select test.as('admin');
select is(outcome(format('select api.word_delete(%L)', (select w.id
    from api.word_list() w where w.word = 'kata kotor'))), 'ok',
    'an admin removes one');
select is(outcome(format('select api.word_delete(%L)', gen_random_uuid())),
    'CR404', 'not one that is not there');
select test.root();
select is(crm.filter_text('dasar kata kotor'), '{}', 'it is looked for no more');
select is((select array_agg(e.action order by e.action) from audit.entry e
    where e.action like 'word%' and e.report_id is null
    and e.object_id is not null), array['word_add', 'word_add', 'word_add',
    'word_delete'], 'each change leaves an audit entry');

select * from finish();
rollback;
