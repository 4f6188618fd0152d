-- What each unit got done on each day: sums, so that a ranking over a year
-- reads no report. A trigger on crm.report keeps them.
--
-- SPDX-License-Identifier: ISC

create table crm.work_day (
	unit_id uuid not null,
	day date not null,
	validated int not null default 0,
	on_time int not null default 0,
	reopened int not null default 0,
	constraint work_day_pkey primary key (unit_id, day),
	constraint work_day_unit_fkey foreign key (unit_id)
	    references crm.unit (id),
	constraint work_day_adds_up
	    check (0 <= on_time and on_time <= validated and reopened >= 0)
);
create index work_day_day_idx on crm.work_day (day);
comment on table crm.work_day is 'Work found good, per unit and day.';
comment on column crm.work_day.unit_id is 'plain: unit that did it';
comment on column crm.work_day.day is 'plain: day in Jakarta it was found good';
comment on column crm.work_day.validated is
    'plain: work found good and not reopened since';
comment on column crm.work_day.on_time is
    'plain: how much of that was handed in before its deadline';
comment on column crm.work_day.reopened is
    'plain: work found good that its reporter reopened';

alter table crm.work_day enable row level security;
alter table crm.work_day force row level security;
create policy work_day_owner on crm.work_day to crm_owner
    using (true) with check (true);
