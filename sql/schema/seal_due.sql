-- Reports that were public and became private: their photos still lie in clear
-- until crm jobs has sealed them. A trigger on crm.report adds rows, the job
-- takes them away.
--
-- SPDX-License-Identifier: ISC

create table crm.seal_due (
	report_id uuid not null,
	at timestamptz not null,
	constraint seal_due_pkey primary key (report_id)
);
comment on table crm.seal_due is 'Reports whose photos are to be sealed.';
comment on column crm.seal_due.report_id is 'plain: the report';
comment on column crm.seal_due.at is 'plain: when it last became private';

alter table crm.seal_due enable row level security;
alter table crm.seal_due force row level security;
create policy seal_due_owner on crm.seal_due to crm_owner
    using (true) with check (true);
