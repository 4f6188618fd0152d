-- Who reported, encrypted before it came here. Intake may only insert; the
-- vault may only read; nobody else knows the schema.
--
-- SPDX-License-Identifier: ISC

create table identity.sealed (
	report_id uuid not null,
	epoch text not null,
	wrapped_key bytea not null,
	sealed bytea not null,
	members text[] not null default '{}',
	constraint sealed_pkey primary key (report_id),
	constraint sealed_report_fkey foreign key (report_id)
	    references crm.report_key (id) on delete cascade
);
comment on table identity.sealed is 'Sealed identities of reporters.';
comment on column identity.sealed.report_id is 'plain: the report';
comment on column identity.sealed.epoch is 'plain: which vault key it needs';
comment on column identity.sealed.wrapped_key is
    'identity: the report''s key, sealed to the vault';
comment on column identity.sealed.sealed is
    'identity: name, phone, e-mail, NIK, account and device, encrypted';
comment on column identity.sealed.members is
    'plain: which of these the reporter gave, by name';

alter table identity.sealed enable row level security;
alter table identity.sealed force row level security;
create policy sealed_owner on identity.sealed to crm_owner
    using (true) with check (true);
create policy sealed_add on identity.sealed for insert
    to crm_channel with check (true);
create policy sealed_read on identity.sealed for select
    to crm_vault using (true);
grant insert (report_id, epoch, wrapped_key, sealed, members)
    on identity.sealed to crm_channel;
grant select on identity.sealed to crm_vault;
