-- The types of events: who may cause one beside officers, and whether the
-- channel hears of it. What officers do among themselves is not told.
--
-- SPDX-License-Identifier: ISC

create table crm.event_type (
	type text not null,
	is_told boolean not null,
	by_channel boolean not null,
	by_system boolean not null,
	constraint event_type_pkey primary key (type),
	constraint event_type_has_one_doer check (not (by_channel and by_system))
);
comment on table crm.event_type is 'Types of events.';
comment on column crm.event_type.type is 'plain: type';
comment on column crm.event_type.is_told is
    'plain: in the timeline that a channel reads';
comment on column crm.event_type.by_channel is 'plain: a channel does it';
comment on column crm.event_type.by_system is 'plain: nobody does it';

alter table crm.event_type enable row level security;
alter table crm.event_type force row level security;
create policy event_type_owner on crm.event_type to crm_owner
    using (true) with check (true);
create policy event_type_read on crm.event_type for select
    to crm_officer, crm_channel using (true);
grant select on crm.event_type to crm_officer, crm_channel;
