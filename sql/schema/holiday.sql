-- Days on which no deadline runs: national holidays and collective leave, as
-- the joint ministerial decree of each year names them.
--
-- SPDX-License-Identifier: ISC

create table crm.holiday (
	id uuid not null default pg_catalog.gen_random_uuid(),
	day date not null,
	name text not null,
	kind text not null,
	constraint holiday_pkey primary key (id),
	constraint holiday_day_key unique (day),
	constraint holiday_day_is_real
	    check (day between '2000-01-01' and '2199-12-31'),
	constraint holiday_name_short
	    check (pg_catalog.length(name) between 1 and 100),
	constraint holiday_kind_known check (kind in ('public', 'collective'))
);
comment on table crm.holiday is 'Days off, from midnight to midnight in Jakarta.';
comment on column crm.holiday.id is 'plain: id';
comment on column crm.holiday.day is 'plain: the day in Jakarta';
comment on column crm.holiday.name is 'plain: name, in Indonesian';
comment on column crm.holiday.kind is
    'plain: public: holiday by decree; collective: leave around one';

alter table crm.holiday enable row level security;
alter table crm.holiday force row level security;
create policy holiday_owner on crm.holiday to crm_owner
    using (true) with check (true);
create policy holiday_read on crm.holiday for select
    to crm_officer, crm_channel using (true);
create policy holiday_add on crm.holiday for insert to crm_officer
    with check ((select crm.viewer_role()) = 'admin');
create policy holiday_delete on crm.holiday for delete to crm_officer
    using ((select crm.viewer_role()) = 'admin');
grant select on crm.holiday to crm_officer, crm_channel;
grant insert (id, day, name, kind), delete on crm.holiday to crm_officer;
