-- What proves an account. Apart from crm.account: no login reads it, only the
-- functions of sign-in.
--
-- SPDX-License-Identifier: ISC

create table crm.account_secret (
	account_id uuid not null,
	password text not null,
	totp bytea,
	totp_last_step bigint,
	constraint account_secret_pkey primary key (account_id),
	constraint account_secret_account_fkey foreign key (account_id)
	    references crm.account (id) on delete cascade
);
comment on table crm.account_secret is 'Passwords and second factors.';
comment on column crm.account_secret.account_id is 'officer: whose';
comment on column crm.account_secret.password is 'secret: scrypt string, peppered';
comment on column crm.account_secret.totp is 'secret: sealed TOTP secret';
comment on column crm.account_secret.totp_last_step is
    'secret: newest step used; a code works once';

alter table crm.account_secret enable row level security;
alter table crm.account_secret force row level security;
create policy account_secret_owner on crm.account_secret to crm_owner
    using (true) with check (true);
