-- What may be chosen where an attribute is a list.
--
-- SPDX-License-Identifier: ISC

create table crm.service_value (
	category_code text not null,
	attribute_code text not null,
	key text not null,
	position int not null,
	name text not null,
	name_en text not null,
	constraint service_value_pkey
	    primary key (category_code, attribute_code, key),
	constraint service_value_position_key
	    unique (category_code, attribute_code, position),
	constraint service_value_attribute_fkey
	    foreign key (category_code, attribute_code)
	    references crm.service_attribute (category_code, code)
	    on delete cascade,
	constraint service_value_key_is_plain
	    check (key ~ '^[a-z0-9][a-z0-9_]{0,39}$'),
	constraint service_value_position_counts check (position > 0)
);
comment on table crm.service_value is
    'Choices of Open311 attributes that are lists.';
comment on column crm.service_value.category_code is 'plain: the service';
comment on column crm.service_value.attribute_code is 'plain: the attribute';
comment on column crm.service_value.key is 'plain: what is sent';
comment on column crm.service_value.position is 'plain: order, from 1';
comment on column crm.service_value.name is 'plain: what is read, Indonesian';
comment on column crm.service_value.name_en is 'plain: what is read, English';

alter table crm.service_value enable row level security;
alter table crm.service_value force row level security;
create policy service_value_owner on crm.service_value to crm_owner
    using (true) with check (true);
create policy service_value_read on crm.service_value for select
    to crm_channel, crm_public using (true);
grant select on crm.service_value to crm_channel, crm_public;
