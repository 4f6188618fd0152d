-- Texts that officers start from. Places in braces are filled in by the client
-- from the report at hand; nothing else may stand in braces.
--
-- SPDX-License-Identifier: ISC

create table crm.template (
	id uuid not null default pg_catalog.gen_random_uuid(),
	unit_id uuid,
	step text not null,
	title text not null,
	text text not null,
	constraint template_pkey primary key (id),
	constraint template_title_key
	    unique nulls not distinct (unit_id, step, title),
	constraint template_unit_fkey foreign key (unit_id)
	    references crm.unit (id),
	constraint template_step_known check (step in ('reply', 'follow_up',
	    'ask', 'reject', 'schedule')),
	constraint template_title_short
	    check (pg_catalog.length(title) between 1 and 80),
	constraint template_text_short
	    check (pg_catalog.length(text) between 1 and 2000),
	constraint template_places_known check (pg_catalog.regexp_replace(text,
	    '\{(ticket|category|unit|due)\}', '', 'g') !~ '[{}]')
);
comment on table crm.template is 'Texts to start from, per step of work.';
comment on column crm.template.id is 'plain: random id';
comment on column crm.template.unit_id is
    'plain: the unit that keeps it for itself; null for all';
comment on column crm.template.step is 'plain: step of work it is for';
comment on column crm.template.title is 'plain: what it is chosen by';
comment on column crm.template.text is
    'plain: the text, with {ticket} {category} {unit} {due}';

alter table crm.template enable row level security;
alter table crm.template force row level security;
create policy template_owner on crm.template to crm_owner
    using (true) with check (true);
create policy template_read on crm.template for select to crm_officer
    using (unit_id is null or unit_id = (select crm.viewer_unit()));
create policy template_add on crm.template for insert to crm_officer
    with check (case (select crm.viewer_role())
	when 'admin' then unit_id is null
	when 'supervisor' then unit_id = (select crm.viewer_unit())
	else false end);
create policy template_change on crm.template for update to crm_officer
    using (case (select crm.viewer_role())
	when 'admin' then unit_id is null
	when 'supervisor' then unit_id = (select crm.viewer_unit())
	else false end);
create policy template_delete on crm.template for delete to crm_officer
    using (case (select crm.viewer_role())
	when 'admin' then unit_id is null
	when 'supervisor' then unit_id = (select crm.viewer_unit())
	else false end);
grant select, insert (unit_id, step, title, text), update (text), delete
    on crm.template to crm_officer;
