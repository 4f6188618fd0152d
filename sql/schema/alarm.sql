-- The next time the clock of a report rings: a reminder before the deadline,
-- an escalation at it, another one a day later, or a question that was never
-- answered. A trigger on crm.report keeps it; api.job_alarm rings.
--
-- SPDX-License-Identifier: ISC

create table crm.alarm (
	report_id uuid not null,
	at timestamptz not null,
	stage text not null,
	constraint alarm_pkey primary key (report_id),
	constraint alarm_report_fkey foreign key (report_id)
	    references crm.report_key (id) on delete cascade,
	constraint alarm_stage_known
	    check (stage in ('remind', 'escalate', 'again', 'ask'))
);
create index alarm_at_idx on crm.alarm (at);
comment on table crm.alarm is 'What rings next; one row per report whose clock runs.';
comment on column crm.alarm.report_id is 'plain: the report';
comment on column crm.alarm.at is 'plain: when';
comment on column crm.alarm.stage is
    'plain: remind: before the deadline; escalate: at it; again: to the unit above; ask: the reporter was asked and is silent';

alter table crm.alarm enable row level security;
alter table crm.alarm force row level security;
create policy alarm_owner on crm.alarm to crm_owner
    using (true) with check (true);

create trigger alarm_follow
    after insert or update of due_at, asked_at on crm.report
    for each row execute function crm.alarm_follow();
