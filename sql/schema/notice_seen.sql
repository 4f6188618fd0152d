-- Until when each account has looked at its notices.
--
-- SPDX-License-Identifier: ISC

create table crm.notice_seen (
	account_id uuid not null,
	until timestamptz not null,
	constraint notice_seen_pkey primary key (account_id),
	constraint notice_seen_account_fkey foreign key (account_id)
	    references crm.account (id) on delete cascade
);
comment on table crm.notice_seen is 'Where new notices begin.';
comment on column crm.notice_seen.account_id is 'officer: whose';
comment on column crm.notice_seen.until is 'officer: what is later is new';

alter table crm.notice_seen enable row level security;
alter table crm.notice_seen force row level security;
create policy notice_seen_owner on crm.notice_seen to crm_owner
    using (true) with check (true);
create policy notice_seen_own on crm.notice_seen to crm_officer
    using (account_id = (select crm.viewer_account()))
    with check (account_id = (select crm.viewer_account()));
grant select, insert (account_id, until), update (until)
    on crm.notice_seen to crm_officer;
