-- The last work that was handed in for a report, until it is counted: whose it
-- was, whether it came in time, and the day it was found good.
--
-- SPDX-License-Identifier: ISC

create table crm.work (
	report_id uuid not null,
	unit_id uuid not null,
	was_on_time boolean not null,
	day date,
	constraint work_pkey primary key (report_id),
	constraint work_report_fkey foreign key (report_id)
	    references crm.report_key (id) on delete cascade,
	constraint work_unit_fkey foreign key (unit_id)
	    references crm.unit (id)
);
comment on table crm.work is 'The last work handed in, per report.';
comment on column crm.work.report_id is 'plain: the report';
comment on column crm.work.unit_id is 'plain: unit that handed it in';
comment on column crm.work.was_on_time is 'plain: before the deadline';
comment on column crm.work.day is
    'plain: day in Jakarta on which it was found good; null until then';

alter table crm.work enable row level security;
alter table crm.work force row level security;
create policy work_owner on crm.work to crm_owner
    using (true) with check (true);
