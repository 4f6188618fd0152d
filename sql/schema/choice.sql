-- What people chose: how many reports of a category from a kelurahan went to
-- which unit, older choices counting less. No report is named here.
--
-- SPDX-License-Identifier: ISC

create table crm.choice (
	step text not null,
	category_code text not null,
	kelurahan_code text,
	unit_id uuid not null,
	count float8 not null,
	counted_at timestamptz not null,
	constraint choice_key unique nulls not distinct
	    (category_code, kelurahan_code, step, unit_id),
	constraint choice_category_fkey foreign key (category_code)
	    references crm.category (code),
	constraint choice_kelurahan_fkey foreign key (kelurahan_code)
	    references crm.area (code),
	constraint choice_unit_fkey foreign key (unit_id)
	    references crm.unit (id),
	constraint choice_step_known check (step in ('hand_over', 'dispose')),
	constraint choice_counts check (count >= 0)
);
comment on table crm.choice is 'Choices of a unit, counted.';
comment on column crm.choice.step is
    'plain: hand_over, from triage as well, or dispose';
comment on column crm.choice.category_code is 'plain: category of the report';
comment on column crm.choice.kelurahan_code is 'plain: its kelurahan';
comment on column crm.choice.unit_id is 'plain: the unit that was chosen';
comment on column crm.choice.count is
    'plain: how often, halved every 90 days, less what was sent back';
comment on column crm.choice.counted_at is 'plain: when the count was right';

alter table crm.choice enable row level security;
alter table crm.choice force row level security;
create policy choice_owner on crm.choice to crm_owner
    using (true) with check (true);

create trigger choice_follow
    after insert on crm.event
    for each row when (new.type in ('route', 'hand_over', 'dispose', 'return',
    'undo'))
    execute function crm.choice_follow();
create trigger hand_over_suggest
    before insert on crm.hand_over
    for each row execute function crm.hand_over_suggest();
