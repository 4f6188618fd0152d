-- Which migrations this database has had.
--
-- SPDX-License-Identifier: ISC

create table crm.migration (
	number int not null,
	sha256 text not null,
	applied_at timestamptz not null default pg_catalog.clock_timestamp(),
	constraint migration_pkey primary key (number),
	constraint migration_sha256_is_hex check (sha256 ~ '^[0-9a-f]{64}$')
);
comment on table crm.migration is
    'Files of sql/migrations that were applied, one row each.';
comment on column crm.migration.number is 'plain: number in the file name';
comment on column crm.migration.sha256 is 'plain: digest of the file, in hex';
comment on column crm.migration.applied_at is 'plain: when it was applied';

alter table crm.migration enable row level security;
alter table crm.migration force row level security;
create policy migration_owner on crm.migration to crm_owner
    using (true) with check (true);
create policy migration_read on crm.migration for select
    to crm_officer, crm_channel using (true);
grant select on crm.migration to crm_officer, crm_channel;
