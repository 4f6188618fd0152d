-- Signed-in browsers.
--
-- SPDX-License-Identifier: ISC

create table crm.session (
	token_hash bytea not null,
	account_id uuid not null,
	source_hash bytea not null,
	opened_at timestamptz not null,
	last_seen_at timestamptz not null,
	idle_seconds int not null,
	expires_at timestamptz not null,
	constraint session_pkey primary key (token_hash),
	constraint session_account_fkey foreign key (account_id)
	    references crm.account (id) on delete cascade,
	constraint session_token_hash_is_whole
	    check (pg_catalog.octet_length(token_hash) between 16 and 64),
	constraint session_idle_is_short check (idle_seconds between 60 and 3600)
);
create index session_account_idx on crm.session (account_id);
create index session_expires_idx on crm.session (expires_at);
comment on table crm.session is 'Live sessions; a row gone is a session ended.';
comment on column crm.session.token_hash is 'secret: digest, never the token';
comment on column crm.session.account_id is 'officer: who signed in';
comment on column crm.session.source_hash is
    'officer: keyed digest of the network it came from';
comment on column crm.session.opened_at is 'officer: when it began';
comment on column crm.session.last_seen_at is 'officer: last use, to the minute';
comment on column crm.session.idle_seconds is 'plain: how long it may be unused';
comment on column crm.session.expires_at is 'plain: when it ends in any case';

alter table crm.session enable row level security;
alter table crm.session force row level security;
create policy session_owner on crm.session to crm_owner
    using (true) with check (true);
