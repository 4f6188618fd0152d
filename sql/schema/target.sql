-- How long a report may stay in a status.
--
-- SPDX-License-Identifier: ISC

create table crm.target (
	status text not null,
	unit_kind text not null,
	seconds int not null,
	constraint target_pkey primary key (status, unit_kind),
	constraint target_is_positive check (seconds > 0)
);
comment on table crm.target is 'Time allowed per status; a status without a row has no clock.';
comment on column crm.target.status is 'plain: status of the report';
comment on column crm.target.unit_kind is
    'plain: kind of the unit that holds it, or any';
comment on column crm.target.seconds is 'plain: time allowed';

alter table crm.target enable row level security;
alter table crm.target force row level security;
create policy target_owner on crm.target to crm_owner
    using (true) with check (true);
create policy target_read on crm.target for select
    to crm_officer, crm_channel using (true);
grant select on crm.target to crm_officer, crm_channel;
