-- Numbers that the city sets.
--
-- SPDX-License-Identifier: ISC

create table crm.setting (
	name text not null,
	value numeric not null,
	constraint setting_pkey primary key (name),
	constraint setting_second_share_range
	    check (name <> 'second_share' or value between 0 and 1)
);
comment on table crm.setting is 'Numbers that the city sets.';
comment on column crm.setting.name is
    'plain: second_share: part of the accepted work that is validated again; webhook_limit: seconds a receiver may take; webhook_pause: seconds before the second try, webhook_pause_factor times as long before each further one, webhook_pause_most at the most; webhook_tries: how many in all';
comment on column crm.setting.value is 'plain: the number';

alter table crm.setting enable row level security;
alter table crm.setting force row level security;
create policy setting_owner on crm.setting to crm_owner
    using (true) with check (true);
create policy setting_read on crm.setting for select to crm_officer
    using (true);
grant select on crm.setting to crm_officer;
