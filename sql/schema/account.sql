-- Officers who sign in.
--
-- SPDX-License-Identifier: ISC

create table crm.account (
	id uuid not null default pg_catalog.gen_random_uuid(),
	username text not null,
	name text not null,
	role text not null,
	unit_id uuid not null,
	is_active boolean not null default true,
	constraint account_pkey primary key (id),
	constraint account_username_key unique (username),
	constraint account_username_is_plain
	    check (username ~ '^[a-z0-9][a-z0-9._-]{1,63}$'),
	constraint account_unit_fkey foreign key (unit_id)
	    references crm.unit (id),
	constraint account_role_known check (role in ('officer', 'supervisor',
	    'triage', 'validator', 'privacy', 'admin'))
);
comment on table crm.account is 'Officers.';
comment on column crm.account.id is 'officer: random id';
comment on column crm.account.username is 'officer: name to sign in with';
comment on column crm.account.name is 'officer: the person''s name';
comment on column crm.account.role is 'officer: what the account may do';
comment on column crm.account.unit_id is 'officer: where the person works';
comment on column crm.account.is_active is
    'officer: false ends every session at once';

alter table crm.account enable row level security;
alter table crm.account force row level security;
create policy account_owner on crm.account to crm_owner
    using (true) with check (true);
-- Names: of one's own unit; of all for those who check other units' work.
create policy account_read on crm.account for select to crm_officer
    using (unit_id = (select crm.viewer_unit())
    or (select crm.viewer_role()) in ('supervisor', 'validator'));
grant select on crm.account to crm_officer;
