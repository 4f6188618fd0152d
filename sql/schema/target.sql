-- How long a report may stay in a status.
--
-- SPDX-License-Identifier: ISC

create table crm.target (
	status text not null,
	unit_kind text not null,
	category_code text not null default 'any',
	seconds int not null,
	remind_seconds int not null,
	constraint target_pkey primary key (status, unit_kind, category_code),
	constraint target_is_positive check (seconds > 0),
	constraint target_reminds_in_time
	    check (remind_seconds between 1 and seconds)
);
comment on table crm.target is 'Time allowed per status; a status without a row has no clock.';
comment on column crm.target.status is 'plain: status of the report';
comment on column crm.target.unit_kind is
    'plain: kind of the unit that holds it, or any';
comment on column crm.target.category_code is
    'plain: category of the report, or any';
comment on column crm.target.seconds is 'plain: time allowed, counted';
comment on column crm.target.remind_seconds is
    'plain: counted time before the deadline when the unit is reminded';

alter table crm.target enable row level security;
alter table crm.target force row level security;
create policy target_owner on crm.target to crm_owner
    using (true) with check (true);
create policy target_read on crm.target for select
    to crm_officer, crm_channel using (true);
grant select on crm.target to crm_officer, crm_channel;
