-- Where the numbers of a day begin. Ticket numbers come from one sequence that
-- never waits; the first report of a day notes where the day began.
--
-- SPDX-License-Identifier: ISC

create sequence crm.ticket_number;
comment on sequence crm.ticket_number is 'Drawn once per report, gaps are fine.';

create table crm.ticket_day (
	day date not null,
	base bigint not null,
	constraint ticket_day_pkey primary key (day)
);
comment on table crm.ticket_day is 'Number before the first of each day.';
comment on column crm.ticket_day.day is 'plain: day in Jakarta';
comment on column crm.ticket_day.base is 'plain: taken off the sequence''s number';

alter table crm.ticket_day enable row level security;
alter table crm.ticket_day force row level security;
create policy ticket_day_owner on crm.ticket_day to crm_owner
    using (true) with check (true);
create policy ticket_day_read on crm.ticket_day for select
    to crm_officer, crm_channel using (true);
create policy ticket_day_add on crm.ticket_day for insert
    to crm_channel with check (true);
create policy ticket_day_desk on crm.ticket_day for insert
    to crm_officer with check ((select crm.viewer_role()) = 'triage');
grant select, insert (day, base) on crm.ticket_day to crm_officer, crm_channel;
grant usage on sequence crm.ticket_number to crm_officer, crm_channel;
