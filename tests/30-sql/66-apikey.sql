-- Clients of Open311: keys of channels, wrong ones counted by source, and what
-- services ask for.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
begin;
set local search_path = tap, test, pg_catalog;
select no_plan();

set local role crm_owner;
select is(outcome($$select crm.channel_api_key_add('open311', 'aaaa1111',
    sha256('one'))$$), 'ok', 'a channel gets a key');
select is(outcome($$select crm.channel_api_key_add('open311', 'bbbb2222',
    sha256('two'))$$), 'ok', 'and a second one');
select is(outcome($$select crm.channel_api_key_add('open311', 'cccc3333',
    sha256('three'))$$), 'CR409 two_active_keys', 'but no third');
select is(outcome($$select crm.channel_api_key_add('none', 'cccc3333',
    sha256('three'))$$), 'CR422 /channel unknown',
    'none for an unknown channel');
select is(outcome($$select crm.channel_api_key_add('desk', 'dddd4444',
    sha256('one'))$$), '23505 channel_api_key_digest_key',
    'no key is of two channels');

set local role crm_channel;
select is((select name from api.apikey_enter(sha256('one'), 'r1')), 'open311',
    'a key enters its channel');
select is(current_setting('crm.role'), 'channel', 'as a channel');
select is(current_setting('crm.channel')::uuid, md5('channel open311')::uuid,
    'as that one');
select is(outcome($$select api.apikey_enter(sha256('nine'), 'r1')$$), 'CR403',
    'a wrong key is refused');
select is(outcome($$select from crm.channel_api_key$$), '42501',
    'no channel reads digests of keys');

-- Twenty wrong ones from one network, then waits; a right one never does.
select is((select is_known from api.apikey_check(sha256('two'), 'net', 'r')),
    true, 'a key is known');
select is(array(select distinct k.retry_after from generate_series(1, 20) n,
    lateral api.apikey_check(sha256(n::text::bytea), 'net', 'r') k
    where not k.is_known), array[0], 'twenty wrong keys are only wrong');
select ok((select retry_after > 0 and not is_known
    from api.apikey_check(sha256('nine'), 'net', 'r')),
    'then their source waits');
select is((select row(is_known, retry_after)::text
    from api.apikey_check(sha256('one'), 'net', 'r')), '(t,0)',
    'who has a key there does not');
select is((select (k.channel_id, k.writes_per_minute)
    = (c.id, c.writes_per_minute)
    from api.apikey_check(sha256('one'), 'net', 'r') k, crm.channel c
    where c.name = 'open311'), true, 'and takes from what its channel may do');
select is((select retry_after
    from api.apikey_check(sha256('nine'), 'other', 'r')), 0,
    'nor do other sources');

select test.root();
set local role crm_owner;
select is(crm.channel_api_key_retire('desk', 'aaaa1111'), false,
    'the key of another channel is not retired');
select is(crm.channel_api_key_retire('open311', 'aaaa1111'), true,
    'a key is retired');
select is(crm.channel_api_key_retire('open311', 'aaaa1111'), false, 'once');
select is(outcome($$select crm.channel_api_key_add('open311', 'cccc3333',
    sha256('three'))$$), 'ok', 'which makes room for another');
set local role crm_channel;
select is(outcome($$select api.apikey_enter(sha256('one'), 'r1')$$), 'CR403',
    'a retired key is refused');
select is((select is_known from api.apikey_check(sha256('one'), 'x', 'r')),
    false, 'and is a wrong one');
select test.root();
update crm.channel set is_active = false where name = 'open311';
set local role crm_channel;
select is(outcome($$select api.apikey_enter(sha256('two'), 'r1')$$), 'CR403',
    'and all of a channel that is closed');

-- Definitions.
select is((select array_agg(distinct code) from api.service_open('pohon', 'en')),
    array['bahaya', 'keadaan'], 'a service asks its questions');
select is((select array_agg(name) from api.service_open('pohon', 'id')
    where code = 'keadaan'),
    array['Tumbang', 'Miring', 'Terlalu rimbun', 'Kering atau keropos'],
    'choices come in their order, in Indonesian');
select is((select description || '/' || name
    from api.service_open('penerangan_jalan', 'en') where key = 'mati'),
    'What is wrong with the light?/Does not light', 'and in English');
select is((select array_agg(s::text)
    from api.service_open('pajak', 'en') s),
    array['(pajak,"Pajak Bumi dan Bangunan (PBB)/BPHTB",,,,,,,,,)'],
    'a service without questions is there');
select is(outcome($$select * from api.service_open('none', 'en')$$), 'CR404',
    'an unknown one is not');
select test.root();
update crm.category set is_active = false where code = 'pohon';
set local role crm_channel;
select is(outcome($$select * from api.service_open('pohon', 'en')$$), 'CR404',
    'nor one that is closed');
select test.root();
select is_empty($$
	select a.category_code, a.code from crm.service_attribute a
	left join crm.service_value v on (v.category_code, v.attribute_code)
	    = (a.category_code, a.code)
	group by a.category_code, a.code, a.datatype
	having (count(v.key) > 0) <> (a.datatype like '%list')
$$, 'lists have choices, others have none');

select * from finish();
rollback;
