-- Officers and what they have to do.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
begin;
set local search_path = tap, test, pg_catalog;
select no_plan();

create temporary table r (n int, id uuid);
grant all on r to public;
select test.as('jaki');
insert into r select n, (test.report(photos => 0)).id
from generate_series(1, 12) n;
select test.root();
create function pg_temp.gives(who text, numbers int4range, is_late boolean,
    in_status text default 'in_progress') returns void
language sql as $$
	update crm.report u set status = in_status, officer_id = a.id,
	    due_at = crm.now() + case when is_late then -1 else 48 end
		* interval '1 hour'
	from r, crm.account a
	where r.id = u.id and numbers @> r.n and a.username = who
$$;
select pg_temp.gives('budi', '[1,3]', false),
    pg_temp.gives('budi', '[4,5]', true),
    pg_temp.gives('bude', '[6,6]', true, 'followup_rejected'),
    pg_temp.gives('bude', '[7,7]', false, 'scheduled'),
    pg_temp.gives('bude', '[8,8]', true, 'awaiting_validation'),
    pg_temp.gives('bude', '[9,9]', true, 'completed'),
    pg_temp.gives('bude', '[10,10]', true, 'rejected');
-- Work that went on to another unit is no longer the officer's.
update crm.report u set unit_id = x.id, unit_ids = u.unit_ids || x.id
from r, crm.unit x, crm.account a
where r.n = 11 and u.id = r.id and x.name = 'Dinas Bina Marga';
select pg_temp.gives('budi', '[11,11]', true);

create function pg_temp.loads(who text, in_unit text default null)
returns text[]
language plpgsql as $$
begin
	perform test.as(who);
	return array(select concat_ws(' ', l.name, l.open, l.overdue,
	    case when l.by_own_unit then 'own' end)
	    from api.officer_list((select u.id from crm.unit u
		where u.name = in_unit), null, null, 100) l);
end
$$;
select is(pg_temp.loads('budi'), '{"Bude 2 1 own","Budi 5 2 own"}',
    'an officer sees the own unit');
select is(pg_temp.loads('lurah'), '{"Bude 2 1 own","Budi 5 2 own"}',
    'so does its supervisor');
select is(pg_temp.loads('camat'), '{"Bude 2 1","Budi 5 2"}',
    'the supervisor above sees the units below');
select is(pg_temp.loads('camat', 'Kelurahan Klender'),
    '{"Bude 2 1","Budi 5 2"}', 'or one of them');
select is(pg_temp.loads('camat', 'Kecamatan Duren Sawit'), '{}',
    'which may have none');
select is(pg_temp.loads('tuti'), '{"Tuti 0 0 own"}',
    'whoever has nothing to do is there');
select is(pg_temp.loads('tuti', 'Kelurahan Klender'), '{}',
    'another unit is not');
select is(pg_temp.loads('bina'), '{"Bina 0 0 own"}',
    'a unit that got a report does not count it for the unit before');
select is(pg_temp.loads(who), '{}', format('%s has no unit to look at', who))
from unnest(array['sari', 'vina', 'admin', 'priv']) who;

select test.root();
set local role crm_owner;
select crm.account_close('bude');
reset role;
select is(pg_temp.loads('lurah'), '{"Budi 5 2 own"}',
    'who left is not there');

-- Pages, with names that begin alike.
select test.root();
select test.account('agus' || n, 'officer', 'Kelurahan Menteng')
from generate_series(1, 7) n;
update crm.account set name = case when username = 'agus7'
    then repeat('😀', 30) else 'Nama yang panjang sekali' end
where username ~ '^agus';
select test.account('kepala', 'supervisor', 'Kelurahan Menteng');
create function pg_temp.pages(size int) returns int
language plpgsql as $$
declare
	one record;
	after_key text;
	after_id uuid;
	seen uuid[] := '{}';
	got int;
begin
	perform test.as('kepala');
	loop
		got := 0;
		for one in select l.id, l.sort_key
		    from api.officer_list(null, after_key, after_id, size) l
		loop
			got := got + 1;
			exit when got > size;
			seen := seen || one.id;
			after_key := one.sort_key;
			after_id := one.id;
		end loop;
		exit when got <= size;
	end loop;
	return (select count(distinct s) from unnest(seen) s)
	    * (cardinality(seen) = 7)::int;
end
$$;
select is(pg_temp.pages(size), 7, format('pages of %s: everyone once', size))
from unnest(array[1, 2, 7, 100]) size;
select cmp_ok((select max(octet_length(l.sort_key))
    from api.officer_list(null, null, null, 100) l), '<', 64,
    'a key fits into a cursor');

select test.as('jaki');
select is(outcome('select from crm.account'), '42501',
    'channels read no accounts');

select * from finish();
rollback;
