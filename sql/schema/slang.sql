-- How people write what a dictionary writes otherwise. For comparing texts
-- only; what a reporter wrote is kept and shown as it is.
--
-- SPDX-License-Identifier: ISC

create table crm.slang (
	word text not null,
	plain text not null,
	constraint slang_pkey primary key (word),
	constraint slang_is_plain check (word ~ '^[[:alnum:]]+$'
	    and plain ~ '^([[:alnum:]]+( [[:alnum:]]+)*)?$')
);
comment on table crm.slang is
    'Slang and short forms, and words that tell nothing.';
comment on column crm.slang.word is 'plain: as people write it';
comment on column crm.slang.plain is
    'plain: as it is compared; empty for words that tell nothing';

alter table crm.slang enable row level security;
alter table crm.slang force row level security;
create policy slang_owner on crm.slang to crm_owner
    using (true) with check (true);
create policy slang_read on crm.slang for select
    to crm_officer, crm_channel using (true);
grant select on crm.slang to crm_officer, crm_channel;
