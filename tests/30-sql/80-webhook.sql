-- The outbox: one row a version and receiver, due one after the other, again
-- after pauses that grow, given up in the end.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
begin;
set local search_path = tap, test, pg_catalog;
select no_plan();

do $$
begin
	execute format('grant usage on schema tap, test to crm_jobs');
end
$$;
create temporary table r (id uuid);
grant all on r to public;
select test.as('jaki');
insert into r select id from test.report('private');
select test.root();
select is((select count(*) from crm.webhook_event), 0::bigint,
    'without a receiver nothing is kept');

select ok(crm.webhook_add('jaki', 'https://a.example/', '\x01'),
    'a receiver');
select ok(not crm.webhook_add('jaki', 'https://a.example/', '\x02'),
    'again: a new secret');
select is((select row(secret, secret_before, before_until > now()
    + interval '23 hours')::text from crm.webhook),
    row('\x02'::bytea, '\x01'::bytea, true)::text, 'beside the old one');
select is(outcome($$select crm.webhook_add('none', 'https://a/', '\x')$$),
    'CR422 /channel unknown', 'a channel that is none');
select is(outcome($$select crm.webhook_add('jaki', 'gopher://a/', '\x')$$),
    '23514 webhook_url_is_plain', 'an address that is none');
select ok(crm.webhook_add('desk', 'https://b.example/', '\x03'),
    'a receiver of another channel');

-- A version more of the report.
create function pg_temp.change() returns void language sql as $$
	update crm.report c set version = version + 1
	where c.id = (select id from r)
$$;
-- What the courier is given: versions and receivers.
create function pg_temp.due(busy uuid[] default '{}',
    busy_at uuid[] default '{}', room int default 8) returns text
language plpgsql as $$
declare
	result text;
begin
	perform set_config('role', 'crm_jobs', true);
	select string_agg(d.version || ' ' || d.url, ', ' order by d.version)
	into result from api.job_webhook_due(busy, busy_at, room) d;
	perform test.root();
	return result;
end
$$;
create function pg_temp.done(version int, outcome text, answer text)
returns text language plpgsql as $$
declare
	event constant uuid := (select e.id from crm.webhook_event e
	    where e.version = done.version
	    and e.report_id = (select id from r));
	result text;
begin
	perform set_config('role', 'crm_jobs', true);
	result := api.job_webhook_done(event, outcome, answer);
	perform test.root();
	return result;
end
$$;
create function pg_temp.state(version int) returns text language sql as $$
	select concat_ws(' ', e.tries, e.answer,
	    case when e.delivered_at is not null then 'delivered' end,
	    case when e.dead_at is not null then 'dead' end,
	    case when e.due_at = 'infinity' then 'waits' end)
	from crm.webhook_event e where e.version = state.version
	and e.report_id = (select id from r)
$$;

select pg_temp.change(), pg_temp.change(), pg_temp.change();
select is((select count(*) from crm.webhook_event), 3::bigint,
    'each version, of this channel''s receivers');
select is(pg_temp.due(), '2 https://a.example/', 'the first is due alone');
select is(pg_temp.due(busy => (select array_agg(e.id)
    from crm.webhook_event e where e.version = 2)), null,
    'not while it is under way');
select is(pg_temp.due(busy_at => (select array[w.id] from crm.webhook w
    where w.url = 'https://a.example/'), room => 1), null,
    'nor when its receiver has no room');
select is(pg_temp.done(2, 'delivered', 'status 200'), 'delivered', 'taken');
select is(pg_temp.state(2), '0 status 200 delivered', 'and noted');
select is(pg_temp.done(2, 'failed', 'timeout'), 'unknown', 'only once');
select is(pg_temp.due(), '3 https://a.example/', 'then the next is due');
select is(pg_temp.done(3, 'delivered', 'status 200'), 'delivered', 'taken');
select is(pg_temp.due(), '4 https://a.example/', 'and so on');

-- The pauses of a receiver that always fails.
create temporary table pause (n int, seconds numeric);
do $$
begin
	for n in 1 .. 9 loop
		perform pg_temp.done(4, 'failed', 'timeout');
		insert into pause
		select n, extract(epoch from e.due_at - clock_timestamp())
		from crm.webhook_event e where e.version = 4;
	end loop;
end
$$;
select is((select string_agg((seconds between 0.99 * wanted
    and 1.2 * wanted)::text, ' ' order by n) from pause
    join unnest(array[5, 25, 125, 625, 3125, 15625, 78125, 86400, 86400])
    with ordinality w (wanted, n) using (n)),
    'true true true true true true true true true',
    'pauses grow five times, up to a day, and a bit by chance');
select ok((select sum(seconds) >= 3 * 86400 from pause),
    'ten tries take three days');
select is(pg_temp.due(), null, 'nothing is due meanwhile');
select pg_temp.change();
select is(pg_temp.done(4, 'failed', 'status 503'), 'dead', 'the tenth');
select is(pg_temp.state(4), '10 status 503 dead', 'is the last');
select is(pg_temp.due(), '5 https://a.example/', 'and the next goes on');

select is(crm.webhook_replay('desk', null), 0, 'not of another channel');
select is(crm.webhook_replay('jaki', null), 1, 'what was given up');
select is(pg_temp.due(), '4 https://a.example/, 5 https://a.example/',
    'is due again');
select is(pg_temp.done(4, 'delivered', 'status 200'), 'delivered', 'taken');

select pg_temp.change();
select is(pg_temp.done(5, 'gone', 'status 410'), 'disabled', 'gone');
select is(pg_temp.due(), null, 'nothing is sent there');
select pg_temp.change();
select is(pg_temp.state(7), null, 'nothing new is kept');
select set_config('role', 'crm_jobs', true);
select is((select row(channel, disabled, waiting)::text
    from api.job_webhook_late()), row('jaki', true, 2)::text,
    'someone hears of it');
select test.root();
update crm.clock set ahead = ahead + interval '31 days';
select set_config('role', 'crm_jobs', true);
select is(api.job_webhook_prune(2), 2::bigint, 'after a month');
select ok(api.job_webhook_prune() > 0, 'all of it');
select is(api.job_webhook_prune(), 0::bigint, 'is pruned');
select test.root();
select is((select count(*) from crm.webhook_event), 0::bigint,
    'even what waited for nobody');
select is(crm.webhook_resume('jaki', 'https://a.example/'), 0, 'resumed');
select pg_temp.change(), pg_temp.change();
select is(pg_temp.due(), '8 https://a.example/', 'it goes on');
-- What waits for months is tried once more only.
update crm.webhook_event set at = at - interval '40 days';
select is(pg_temp.done(8, 'failed', 'timeout'), 'dead', 'old: one try');
select is(pg_temp.due(), '9 https://a.example/', 'then the next');
select set_config('role', 'crm_jobs', true);
select is(api.job_webhook_prune(), 1::bigint, 'dead ones are pruned');
select test.root();
select is(pg_temp.state(9), '0', 'open ones are not');
-- A channel that is suspended: kept for a month, sent when it comes back.
select pg_temp.change();
update crm.channel c set is_active = false where c.name = 'jaki';
select pg_temp.change();
select is(pg_temp.due(), null, 'nothing is sent to a suspended channel');
update crm.webhook_event e set at = crm.now() where e.version = 11;
select set_config('role', 'crm_jobs', true);
select is((select count(*) from api.job_webhook_late()), 0::bigint,
    'nor is it late');
select is(api.job_webhook_prune(), 2::bigint, 'what is old goes');
select test.root();
update crm.channel c set is_active = true where c.name = 'jaki';
select is(pg_temp.due(), '11 https://a.example/', 'the rest is sent later');
select ok(crm.webhook_add('jaki', 'https://c.example/', '\x04'),
    'a second receiver');
select is(outcome($$select crm.webhook_find('jaki', 'https://c/')$$),
    'CR404', 'what is not there is not found');
select crm.webhook_remove('jaki', 'https://a.example/');
select is((select count(*) from crm.webhook_event), 0::bigint,
    'removed with all that waits');
select is((select string_agg(w.url, ' ' order by w.url) from crm.webhook w),
    'https://b.example/ https://c.example/', 'and no other');

select * from finish();
rollback;
