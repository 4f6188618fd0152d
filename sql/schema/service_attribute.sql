-- What a client of Open311 asks of a reporter beside the description, category
-- by category. The answers become lines of the description.
--
-- SPDX-License-Identifier: ISC

create table crm.service_attribute (
	category_code text not null,
	code text not null,
	position int not null,
	datatype text not null,
	is_variable boolean not null,
	is_required boolean not null,
	description text not null,
	description_en text not null,
	hint text,
	hint_en text,
	constraint service_attribute_pkey primary key (category_code, code),
	constraint service_attribute_position_key
	    unique (category_code, position),
	constraint service_attribute_category_fkey foreign key (category_code)
	    references crm.category (code),
	constraint service_attribute_code_is_plain
	    check (code ~ '^[a-z][a-z0-9_]{0,39}$'),
	constraint service_attribute_position_counts check (position > 0),
	constraint service_attribute_datatype_known check (datatype in ('string',
	    'number', 'datetime', 'text', 'singlevaluelist', 'multivaluelist')),
	constraint service_attribute_only_asked_is_required
	    check (is_variable or not is_required)
);
comment on table crm.service_attribute is
    'Questions of Open311 service definitions.';
comment on column crm.service_attribute.category_code is 'plain: the service';
comment on column crm.service_attribute.code is
    'plain: name of the attribute, of its category only';
comment on column crm.service_attribute.position is
    'plain: order in which they are asked, from 1';
comment on column crm.service_attribute.datatype is
    'plain: what may be answered, a word of GeoReport v2';
comment on column crm.service_attribute.is_variable is
    'plain: false: it only tells something, nothing is answered';
comment on column crm.service_attribute.is_required is
    'plain: no report without an answer';
comment on column crm.service_attribute.description is
    'plain: the question in Indonesian';
comment on column crm.service_attribute.description_en is
    'plain: the question in English';
comment on column crm.service_attribute.hint is
    'plain: how to answer, in Indonesian';
comment on column crm.service_attribute.hint_en is
    'plain: how to answer, in English';

alter table crm.service_attribute enable row level security;
alter table crm.service_attribute force row level security;
create policy service_attribute_owner on crm.service_attribute to crm_owner
    using (true) with check (true);
create policy service_attribute_read on crm.service_attribute for select
    to crm_channel, crm_public using (true);
grant select on crm.service_attribute to crm_channel, crm_public;
