-- The clock of all domain logic: transaction time plus an offset, which is 0
-- except in demonstrations and tests.
--
-- SPDX-License-Identifier: ISC

create table crm.clock (
	id boolean not null default true,
	ahead interval not null default interval '0',
	constraint clock_pkey primary key (id),
	constraint clock_is_one_row check (id)
);
comment on table crm.clock is 'How far the clock of CRM is ahead; one row.';
comment on column crm.clock.id is 'plain: always true';
comment on column crm.clock.ahead is 'plain: added to the transaction time';

alter table crm.clock enable row level security;
alter table crm.clock force row level security;
create policy clock_owner on crm.clock to crm_owner
    using (true) with check (true);
create policy clock_read on crm.clock for select
    to crm_officer, crm_channel, crm_public using (true);
grant select on crm.clock to crm_officer, crm_channel, crm_public;
