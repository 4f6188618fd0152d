-- How often sign-in was tried lately: per source, per account name from one
-- source, and per account name from all. A bucket fills by one per try and
-- drains with time; nobody is locked out for good by someone else's tries.
--
-- SPDX-License-Identifier: ISC

create table crm.signin_throttle (
	bucket bytea not null,
	fill float8 not null,
	tried_at timestamptz not null,
	constraint signin_throttle_pkey primary key (bucket)
);
create index signin_throttle_tried_idx on crm.signin_throttle (tried_at);
comment on table crm.signin_throttle is 'Recent tries to sign in.';
comment on column crm.signin_throttle.bucket is
    'officer: digest of the account name, of the source or of both';
comment on column crm.signin_throttle.fill is 'plain: tries not yet drained';
comment on column crm.signin_throttle.tried_at is 'plain: last try';

alter table crm.signin_throttle enable row level security;
alter table crm.signin_throttle force row level security;
create policy signin_throttle_owner on crm.signin_throttle to crm_owner
    using (true) with check (true);
