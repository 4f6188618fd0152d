-- Sign-in, throttling, sessions, channels' keys.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
begin;
set local search_path = tap, test, pg_catalog;
select no_plan();

create function pg_temp.later(seconds int) returns void
language plpgsql as $$
begin
	perform test.root();
	update crm.clock set ahead = ahead + make_interval(secs => seconds);
	set local role crm_officer;
end
$$;
create function pg_temp.enter(token text, variadic roles text[]
    default array['officer']) returns text
language sql as $$
	select outcome(format('select api.session_enter(%L, %L, null)',
	    sha256(convert_to(token, 'UTF8')), roles))
$$;
create function pg_temp.begin(who text, source text default 'net')
returns int language sql as $$
	select retry_after from api.signin_begin(who, convert_to(source, 'UTF8'),
	    'r1')
$$;
update crm.account_secret set totp = '\xbeef'
where account_id = (select id from crm.account where username = 'tuti');
select id as budi from crm.account where username = 'budi' \gset
select id as tuti from crm.account where username = 'tuti' \gset
set local role crm_officer;

-- Beginning.
select is(api.signin_begin('budi', '\x01', 'r1')::text,
    format('(%s,scrypt,,,0)', :'budi'), 'what a password is checked with');
select is(api.signin_begin(' Budi ', '\x01', 'r1')::text, '(,,,,0)',
    'a name is not trimmed');
select is(api.signin_begin('BUDI', '\x01', 'r1')::text,
    format('(%s,scrypt,,,0)', :'budi'), 'nor does case matter');
select is(api.signin_begin('tuti', '\x01', 'r1')::text,
    format('(%s,scrypt,beef,,0)', :'tuti'), 'with a second factor');
select is(api.signin_begin('nobody', '\x01', 'r1')::text, '(,,,,0)',
    'an unknown name: one row of nulls');
select lives_ok($$select api.signin_fail('nobody', '\x01')$$,
    'a refusal of an unknown name');

-- Opening.
select is((select (username, role, unit_name, expires_at - crm.now())
    from api.session_open(:'budi', sha256('t1'), null, 900, '\x01', 'r1')),
    row('budi'::text, 'officer'::text, 'Kelurahan Klender'::text,
    interval '12 hours'), 'a session is opened');
select is(pg_temp.enter('t1'), 'ok', 'and entered');
select is(current_setting('crm.account'), :'budi', 'the viewer is set');
select is(current_setting('crm.units')::uuid[], array(select unit_id
    from crm.account where id = :'budi'), 'with the own unit');
select is(pg_temp.enter('t2'), 'CR401', 'another token is refused');
select is(pg_temp.enter('t1', 'triage', 'validator'), 'CR403',
    'a role that is not allowed is refused');
select is(outcome(format('select api.session_open(%L, sha256(''t3''), null,
    900, ''\x01'', null)', :'tuti')), 'CR401',
    'an account with a second factor needs it');
select is(outcome(format('select api.session_open(%L, sha256(''t3''), 100,
    900, ''\x01'', null)', :'tuti')), 'ok', 'and is let in with it');
select is(outcome(format('select api.session_open(%L, sha256(''t4''), 100,
    900, ''\x01'', null)', :'tuti')), 'CR401', 'a code works once');
select is(outcome(format('select api.session_open(%L, sha256(''t4''), 99,
    900, ''\x01'', null)', :'tuti')), 'CR401', 'an older one never after');
select is(outcome(format('select api.session_open(%L, sha256(''t4''), 101,
    900, ''\x01'', null)', :'tuti')), 'ok', 'the next one does');
select is(outcome($$select api.session_open(gen_random_uuid(), sha256('t5'),
    null, 900, '\x01', null)$$), 'CR401', 'an unknown account is refused');

-- Limits.
select pg_temp.later(899);
select is(pg_temp.enter('t1'), 'ok', 'used before the idle limit');
select pg_temp.later(899);
select is(pg_temp.enter('t1'), 'ok', 'using it renews it');
select pg_temp.later(900);
select is(pg_temp.enter('t1'), 'CR401', 'the idle limit ends it');
select api.session_open(:'budi', sha256('t6'), null, 3600, '\x01', 'r1');
select pg_temp.later(30);
select pg_temp.enter('t6') = 'ok';
select test.root();
select is((select last_seen_at - opened_at from crm.session
    where token_hash = sha256('t6')), interval '0',
    'last use is written once a minute at most');
select pg_temp.later(31);
select pg_temp.enter('t6') = 'ok';
select test.root();
select is((select last_seen_at - opened_at from crm.session
    where token_hash = sha256('t6')), interval '61 seconds', 'but it is');
set local role crm_officer;
create function pg_temp.use(hours int) returns setof text language plpgsql as $$
begin
	for n in 1..hours * 2 loop
		perform pg_temp.later(1800);
		return next pg_temp.enter('t6');
	end loop;
end
$$;
select is(array(select distinct pg_temp.use(11)), array['ok'],
    'eleven hours in use');
select pg_temp.later(3600);
select is(pg_temp.enter('t6'), 'CR401', 'twelve hours end it in any case');

-- Ending.
select api.session_open(:'budi', sha256('t7'), null, 900, '\x01', 'r1');
select api.session_open(:'budi', sha256('t8'), null, 900, '\x01', 'r1');
select is((select closed from api.session_close(sha256('t7'))), true,
    'a session is closed');
select is((select closed from api.session_close(sha256('t7'))), false,
    'once');
select is(pg_temp.enter('t7'), 'CR401', 'and is over');
select is(pg_temp.enter('t8'), 'ok', 'the other one is not');
select test.root();
set local role crm_owner;
select is(crm.account_close('budi'), true, 'an account is closed');
select is(crm.account_close('nobody'), false, 'one that is there');
set local role crm_officer;
select is(pg_temp.enter('t8'), 'CR401', 'its sessions are over at once');
select is(api.signin_begin('budi', '\x02', 'r1')::text, '(,,,,0)',
    'and it is like an unknown name');
select is(outcome(format('select api.session_open(%L, sha256(''t9''), null,
    900, ''\x01'', null)', :'budi')), 'CR401', 'and cannot open another');
select test.root();
update crm.account set is_active = false where id = :'tuti';
set local role crm_officer;
select is(pg_temp.enter('t4'), 'CR401', 'a disabled account ends them too');
select test.root();
select is((select array_agg(distinct action order by action) from audit.entry
    where action ~ '^(session|signin)'), array['session_close',
    'session_open', 'signin_refused'], 'all of it is audited');

-- Throttling: account by account, growing, never for good. Who tries from
-- elsewhere does not slow down the officer.
set local role crm_officer;
select is(array(select pg_temp.begin('lurah') from generate_series(1, 5)),
    array[0, 0, 0, 0, 0], 'five tries are free');
select ok(pg_temp.begin('lurah') between 1 and 2, 'then one waits');
select is((select account_id from api.signin_begin('lurah', 'net', null)), null,
    'and gets nothing to check a password with');
select is(pg_temp.begin('lurah', 'another net'), 0, 'not from elsewhere');
select is(pg_temp.begin('camat'), 0, 'other accounts do not wait');
select pg_temp.later(2);
select is(pg_temp.begin('lurah'), 0, 'after the wait there is another try');
select ok(pg_temp.begin('lurah') between 3 and 4, 'and the wait grows');
select pg_temp.later(4);
select pg_temp.begin('lurah');
select ok(pg_temp.begin('lurah') between 7 and 8, 'and grows');
create function pg_temp.attack(tries int, is_wide boolean) returns int
language plpgsql as $$
declare
	longest int := 0;
	wait int;
begin
	for n in 1..tries loop
		wait := pg_temp.begin('lurah',
		    case when is_wide then 'net ' || n else 'net' end);
		longest := greatest(longest, wait);
		perform pg_temp.later(wait);
	end loop;
	return longest;
end
$$;
select ok(pg_temp.attack(40, false) between 256 and 900,
    'up to a quarter of an hour');
select is(pg_temp.attack(40, true), 0, 'forty tries from forty networks');
select ok(pg_temp.attack(40, true) between 16 and 120,
    'more of them wait as well, whoever tries, but not long');
select pg_temp.later(900);
select is(pg_temp.begin('lurah'), 0, 'but never for good');
select is((select array_agg(distinct pg_temp.begin('unknown ' || (n % 5)))
    from generate_series(1, 25) n), array[0],
    'unknown names count like known ones');
select ok(pg_temp.begin('unknown 1') > 0, 'and wait like them');
select pg_temp.begin('vina') from generate_series(1, 5);
select test.root();
select id as vina from crm.account where username = 'vina' \gset
set local role crm_officer;
select api.session_open(:'vina', sha256('t10'), null, 900, 'net', 'r1');
select is(pg_temp.begin('vina'), 0, 'a right password clears the account there');
select pg_temp.later(3600);
select is(array(select distinct pg_temp.begin('name ' || n, 'source')
    from generate_series(1, 60) n), array[0], 'a source has sixty tries');
select ok(pg_temp.begin('name 61', 'source') > 0, 'then it waits');
select is(pg_temp.begin('name 61', 'other source'), 0, 'others do not');
select test.root();
set local role crm_owner;
select crm.clock_set(86400 * 3);
set local role crm_jobs;
select ok((select tries > 0 and sessions > 0 from api.job_prune()),
    'jobs sweep old tries and ended sessions');

-- Channels and keys.
select test.root();
set local role crm_owner;
select is(outcome($$select crm.channel_key_add('jaki', 'k2', 'ES256',
    '-----BEGIN PUBLIC KEY-----', 'i', 'a')$$), 'ok', 'a second key');
select is(outcome($$select crm.channel_key_add('jaki', 'k3', 'ES256',
    '-----BEGIN PUBLIC KEY-----', 'i', 'a')$$), 'CR422 two_active_keys',
    'no third');
select is(outcome($$select crm.channel_key_add('none', 'k3', 'ES256',
    '-----BEGIN PUBLIC KEY-----', 'i', 'a')$$), 'CR422 /channel unknown',
    'none for an unknown channel');
select is(outcome($$select crm.channel_key_add('desk', 'k3', 'HS256',
    '-----BEGIN PUBLIC KEY-----', 'i', 'a')$$), '23514 channel_key_alg_known',
    'no shared secret');
select is(outcome($$select crm.channel_key_add('desk', 'k3', 'ES256',
    '-----BEGIN PRIVATE KEY-----', 'i', 'a')$$),
    '23514 channel_key_is_public', 'no private key');
set local role crm_channel;
select is((select array_agg(kid order by kid) from api.channel_keys()),
    array['k2', 'kid-desk', 'kid-jaki'], 'the keys there are');
select is((select array_agg(distinct (c.name, k.reads_per_minute,
    k.writes_per_minute)::text)
    from api.channel_keys() k join crm.channel c on c.id = k.channel_id),
    array['(desk,6000,1200)', '(jaki,6000,1200)'],
    'each with its channel and how much that may ask for');
select is((select name from api.channel_enter('k2', 'r1')), 'jaki',
    'a key enters its channel');
select is(current_setting('crm.role'), 'channel', 'as a channel');
reset role;
set local role crm_owner;
select is(crm.channel_key_retire('k2'), true, 'a key is retired');
select is(crm.channel_key_retire('k2'), false, 'once');
select is(outcome($$select crm.channel_key_add('jaki', 'k3', 'RS256',
    '-----BEGIN PUBLIC KEY-----', 'i', 'a')$$), 'ok',
    'which makes room for another');
set local role crm_channel;
select is(outcome($$select api.channel_enter('k2', null)$$), 'CR401',
    'a retired key is refused');
select is(outcome($$select api.channel_enter('k9', null)$$), 'CR401',
    'an unknown one as well');
reset role;
update crm.channel set is_active = false where name = 'desk';
set local role crm_channel;
select is(outcome($$select api.channel_enter('kid-desk', null)$$), 'CR401',
    'and all of a channel that is closed');

-- The viewer is of one transaction.
select is((select count(*)::int from pg_settings where name ~ '^crm\.'
    and source = 'session' and reset_val <> ''), 0,
    'no viewer outlives the transaction');

select * from finish();
rollback;
