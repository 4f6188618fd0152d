-- Why a report can be rejected: the reporter is told the name.
--
-- SPDX-License-Identifier: ISC

create table crm.reason (
	code text not null,
	name_id text not null,
	name_en text not null,
	place int not null,
	is_choosable boolean not null default true,
	constraint reason_pkey primary key (code),
	constraint reason_place_key unique (place),
	constraint reason_code_is_plain
	    check (code ~ '^[a-z][a-z0-9_]{1,39}$')
);
comment on table crm.reason is 'Reasons for a rejection.';
comment on column crm.reason.code is 'plain: short code used on the wire';
comment on column crm.reason.name_id is 'plain: what the reporter reads, Indonesian';
comment on column crm.reason.name_en is 'plain: the same in English';
comment on column crm.reason.place is 'plain: order in the list';
comment on column crm.reason.is_choosable is
    'plain: an officer may choose it; false for what the system alone writes';

alter table crm.reason enable row level security;
alter table crm.reason force row level security;
create policy reason_owner on crm.reason to crm_owner
    using (true) with check (true);
create policy reason_read on crm.reason for select
    to crm_officer, crm_channel, crm_public using (true);
grant select on crm.reason to crm_officer, crm_channel, crm_public;
