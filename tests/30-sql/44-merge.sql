-- Reports merged into another one, taken out again, and split; and what the
-- reporters of merged reports hear of the main one.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
begin;
set local search_path = tap, test, pg_catalog;
select no_plan();

create temporary table r (name text, id uuid, ticket text);
grant all on r to public;
create function pg_temp.put(name text, visibility text, channel text,
    lat float8 default -6.218512)
returns void language plpgsql as $$
begin
	perform test.as(channel);
	insert into r select put.name, t.id, t.ticket
	from test.report(visibility, lat, description => put.name,
	    photos => 0) t;
end
$$;
create function pg_temp.id(wanted text) returns uuid language sql as $$
	select id from r where name = wanted
$$;
create function pg_temp.do(who text, wanted text, type text,
    body jsonb default null)
returns api.report_row language plpgsql as $$
declare
	version int;
begin
	perform test.root();
	select r.version into version from crm.report r
	where r.id = pg_temp.id(wanted);
	perform test.as(who);
	return (select s.report from test.step(pg_temp.id(wanted), type,
	    version, body => body) s);
end
$$;
create function pg_temp.merge(one text, main text) returns api.report_row
language sql as $$
	select pg_temp.do('sari', one, 'merge',
	    jsonb_build_object('into', pg_temp.id(main)))
$$;
create function pg_temp.kept(wanted text) returns crm.report
language plpgsql as $$
begin
	perform test.root();
	return (select r from crm.report r where r.id = pg_temp.id(wanted));
end
$$;
create function pg_temp.told(wanted text, channel text) returns text[]
language plpgsql as $$
begin
	perform test.as(channel);
	return (select array_agg(concat_ws(' ', e.step, e.to_status, e.text)
	    order by e.at) from api.event_list(pg_temp.id(wanted)::text, null,
	    null, 50) e where e.type = 'main_step');
end
$$;

select pg_temp.put('main', 'public', 'jaki');
select pg_temp.put('one', 'public', 'jaki');
select pg_temp.put('two', 'private', 'desk');
select pg_temp.put('else', 'private', 'jaki', -6.22);
select pg_temp.put('secret', 'private', 'jaki', -6.221);

-- What cannot be merged into what.
select is(outcome(format($q$select pg_temp.do('sari', 'one', 'merge',
    '{"into": "%s"}')$q$, x.reference)), 'CR422 /into ' || x.code, x.code)
from (values ('00000000-0000-0000-0000-000000000000', 'unknown'),
    ('not an id', 'unknown'), ((select id::text from r where name = 'one'),
    'itself')) x (reference, code);
select is((pg_temp.do('sari', 'one', 'merge', jsonb_build_object('into',
    (select ticket from r where name = 'main')))).status, 'merged',
    'a ticket number will do');
select is((pg_temp.kept('one')).main_id, pg_temp.id('main'), 'it has a main one');
select is((pg_temp.kept('one')).due_at, null, 'no clock runs on it');
select is((pg_temp.kept('main')).merged, 1, 'which counts it');
select is((pg_temp.kept('main')).version, 1, 'and is not changed otherwise');
select is(outcome($$select pg_temp.merge('two', 'one')$$),
    'CR422 /into is_merged', 'not into what is merged itself');
select is(outcome($$select pg_temp.merge('main', 'else')$$),
    'CR422 /into has_merged', 'what others are merged into is merged into none');
select is((pg_temp.merge('two', 'main')).status, 'merged',
    'from another channel');
select is((pg_temp.kept('main')).merged, 2, 'two are counted');
select is((pg_temp.do('sari', 'else', 'reject',
    '{"reason": "spam", "text": "Bukan laporan"}')).status, 'rejected', 'rejected');
select is(outcome($$select pg_temp.merge('secret', 'else')$$),
    'CR422 /into is_rejected', 'not into what is rejected');
select is(outcome($$select pg_temp.merge('one', 'secret')$$), 'CR409 merged',
    'not twice');
select is(outcome($$select pg_temp.do('budi', 'secret', 'merge',
    jsonb_build_object('into', pg_temp.id('main')))$$), 'CR403',
    'an officer merges nothing');

-- The channel sees its own reports only.
select test.as('jaki');
select is((select main_ticket from api.report_open(pg_temp.id('one')::text)),
    (select ticket from r where name = 'main'), 'a main report of its own');
select test.as('desk');
select is((select main_id from api.report_open(pg_temp.id('two')::text)), null,
    'a channel does not see another''s main report');

-- What is told of the main report.
select pg_temp.do('budi', 'main', 'take', '{"note": "rahasia"}');
select pg_temp.do('budi', 'main', 'note', '{"note": "rahasia"}');
select pg_temp.do('budi', 'main', 'reply', '{"text": "Kami datang besok"}');
select pg_temp.do('budi', 'main', 'follow_up');
select is(pg_temp.told('one', 'jaki'), array['take in_progress',
    'reply in_progress', 'follow_up awaiting_validation Sudah beres'],
    'told: each step the reporter hears of, in words only the follow-up');
select is(pg_temp.told('two', 'desk'), pg_temp.told('one', 'jaki'),
    'the same to each');
select is((pg_temp.kept('one')).version, 5, 'each is a new version');
select is((pg_temp.kept('one')).status, 'merged', 'it stays merged');
select pg_temp.do('vina', 'main', 'accept_work');
select is((pg_temp.told('one', 'jaki'))[4], 'accept_work completed',
    'and the end of it');
select test.root();
select is((select count(*)::int from crm.event_internal i
    join crm.event e on e.id = i.event_id where e.type = 'main_step'), 0,
    'no officer''s name goes with it');

-- Nothing in words of a private main report.
select pg_temp.put('main2', 'private', 'jaki', -6.2190);
select pg_temp.put('three', 'private', 'desk', -6.2190);
select pg_temp.merge('three', 'main2');
select pg_temp.do('budi', 'main2', 'take', '{}');
select pg_temp.do('budi', 'main2', 'follow_up');
select is(pg_temp.told('three', 'desk'), array['take in_progress',
    'follow_up awaiting_validation'], 'of a private report no words');

-- Back again: to the status and unit before, whatever came between.
select pg_temp.put('main3', 'private', 'jaki', -6.2195);
select pg_temp.put('four', 'private', 'jaki', -6.2195);
select pg_temp.do('budi', 'four', 'take', '{}');
select pg_temp.merge('four', 'main3');
select pg_temp.do('budi', 'main3', 'take', '{}');
select is((pg_temp.do('sari', 'four', 'unmerge', '{}')).status, 'in_progress',
    'taken out it is what it was');
select is((pg_temp.kept('four')).main_id, null, 'without a main report');
select ok((pg_temp.kept('four')).due_at is not null, 'with a clock');
select is((pg_temp.kept('main3')).merged, 0, 'which counts it no more');
select pg_temp.do('budi', 'main3', 'reply', '{"text": "Halo"}');
select is(array_length(pg_temp.told('four', 'jaki'), 1), 1,
    'and hears of the other no more');
select is(outcome($$select pg_temp.do('sari', 'four', 'unmerge', '{}')$$),
    'CR409 in_progress', 'only once');

-- Undone by who did it.
select pg_temp.merge('four', 'main3');
select is((pg_temp.do('sari', 'four', 'undo', '{}')).status, 'in_progress',
    'a merge is undone');
select is((pg_temp.kept('main3')).merged, 0, 'in the count, too');

-- The reporter of a main report takes back that one only.
select pg_temp.put('main4', 'public', 'jaki', -6.2197);
select pg_temp.put('five', 'public', 'desk', -6.2197);
select pg_temp.do('budi', 'five', 'take', '{}');
select pg_temp.merge('five', 'main4');
select is((pg_temp.do('jaki', 'main4', 'withdraw', '{}')).status, 'rejected',
    'a main report is withdrawn');
select is(((pg_temp.kept('five')).status, (pg_temp.kept('five')).main_id,
    (pg_temp.kept('five')).officer_id, (pg_temp.kept('five')).version),
    ('in_progress'::text, null::uuid, test.id('budi'), 4),
    'what was merged into it goes on as it was');
select isnt((pg_temp.kept('five')).due_at, null, 'with its clock');
select is((pg_temp.kept('main4')).merged, 0, 'none is left');
select is(pg_temp.told('five', 'desk'), array['unmerge in_progress'],
    'its reporter hears of that, and not of the other''s wish');
select test.root();
select set_eq($$select reader from crm.notice n join crm.event e
    on e.id = n.event_id where e.type = 'main_step'
    and n.report_id = pg_temp.id('five')$$, array['channel', 'unit'],
    'and the unit that has it again');
select is(outcome(format('select crm.main_step(%L, %L)', pg_temp.id('main'),
    (select id from crm.event where report_id = pg_temp.id('main')
    and type = 'take'))), 'CR404', 'nobody tells of what is past');

-- Nor does a rejection end others: each reporter is told why, and may appeal.
select pg_temp.put('main5', 'public', 'jaki', -6.2205);
select pg_temp.put('six', 'public', 'desk', -6.2205);
select pg_temp.merge('six', 'main5');
select is((pg_temp.do('sari', 'main5', 'reject',
    '{"reason": "not_city", "text": "Bukan"}')).merged, 0,
    'a main report is rejected');
select is(pg_temp.told('six', 'desk'), array['unmerge waiting'],
    'the other one waits again');
select is((pg_temp.do('sari', 'main5', 'undo', '{}')).status, 'waiting',
    'which is undone');

-- To make a report private is never too late.
select is((pg_temp.do('jaki', 'one', 'make_private', '{}')).status, 'merged',
    'a merged report becomes private');

-- Split: another report of the same channel and place, without identity.
select pg_temp.put('both', 'public', 'jaki', -6.2198);
select is((pg_temp.do('sari', 'both', 'split', jsonb_build_object(
    'description', 'Lampu juga mati', 'category', 'penerangan_jalan'))).status,
    'waiting', 'the one that is split stays');
select test.root();
create temporary table s as select n.* from crm.event e
join crm.report n on n.id = e.into_id
where e.type = 'split' and e.report_id = pg_temp.id('both');
grant select on s to public;
select is((select s.category_code || ' ' || s.visibility || ' ' || s.status
    || ' ' || u.name || ' ' || s.description || ' ' || s.version || ' '
    || s.match_text from s join crm.unit u on u.id = s.unit_id),
    'penerangan_jalan public waiting Kelurahan Klender Lampu juga mati 1 '
    'lampu mati', 'the new one goes its own way');
select ok((select (s.lat, s.lng, s.channel_id, s.address)
    = (b.lat, b.lng, b.channel_id, b.address) from s,
    crm.report b where b.id = pg_temp.id('both')), 'same place, same channel');
select is((select count(*)::int from s where exists (select from
    identity.sealed i where i.report_id = s.id) or exists (select from
    crm.report_origin o where o.report_id = s.id)), 0,
    'no identity, no reference');
select test.as('sari');
select set_eq($$select relation from api.report_related((select id from s)::text)
    where id = pg_temp.id('both')$$, array['split'], 'each shows the other');
select is((select r.relation from api.report_related(
    pg_temp.id('both')::text) r where r.id = (select id from s)), 'split',
    'both ways');
select is((select array_agg(relation || ' ' || n.name order by n.name)
    from api.report_related(pg_temp.id('main')::text) t
    join r n on n.id = t.id), array['merged one', 'merged two'],
    'what is merged stands first');

select is(outcome($$select pg_temp.do('sari', 'both', 'split',
    jsonb_build_object('description', 'Lampu juga mati', 'unit', u.id))
    from crm.unit u where u.duty = 'validation'$$), 'CR422 /unit not_a_doer',
    'not to a unit that does no work');

select * from finish();
rollback;
