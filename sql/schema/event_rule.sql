-- The life of a report as data: one row per type of event, role and status.
-- What has no row cannot happen.
--
-- SPDX-License-Identifier: ISC

create table crm.event_rule (
	type text not null,
	role text not null,
	from_status text not null,
	to_status text not null,
	who text not null,
	must text[] not null,
	may text[] not null,
	photo_min int not null,
	photo_max int not null,
	clock text not null,
	hears text[] not null,
	can_undo boolean not null,
	constraint event_rule_pkey primary key (type, role, from_status),
	constraint event_rule_type_fkey foreign key (type)
	    references crm.event_type (type),
	constraint event_rule_who_known check (who in ('holder', 'agency',
	    'chain', 'checker', 'second', 'above', 'any', 'own', 'doer')),
	constraint event_rule_member_known check (must || may <@ array['text',
	    'note', 'reason', 'captured_at', 'location', 'unit', 'category',
	    'into', 'officer', 'until', 'stars', 'description']),
	constraint event_rule_must_is_not_may check (not must && may),
	constraint event_rule_photo_range
	    check (0 <= photo_min and photo_min <= photo_max and photo_max <= 5),
	constraint event_rule_clock_known check (clock in ('keep', 'start',
	    'pause', 'resume', 'until', 'stop', 'kept', 'before')),
	constraint event_rule_hears_known check (hears <@ array['reporter',
	    'holder', 'sender', 'officer', 'supervisor', 'validator', 'triage'])
);
comment on table crm.event_rule is 'Which step is open to whom, from which status, with what.';
comment on column crm.event_rule.type is 'plain: type of event';
comment on column crm.event_rule.role is 'plain: role of the account, or channel';
comment on column crm.event_rule.from_status is 'plain: status before';
comment on column crm.event_rule.to_status is
    'plain: status after; before: the one that is restored';
comment on column crm.event_rule.who is
    'plain: holder: the unit that holds the report; agency: the same, when it is a dinas, badan or satpol; chain, any, own: all of the role that see it; checker: neither the doer nor of the doer''s unit; second: a checker of another unit than the first, while a second check is open; above: over the unit that holds it, never who asked; doer: who took the last step';
comment on column crm.event_rule.must is 'plain: members of the body it needs';
comment on column crm.event_rule.may is 'plain: members it may have besides';
comment on column crm.event_rule.photo_min is 'plain: fewest photos';
comment on column crm.event_rule.photo_max is 'plain: most photos';
comment on column crm.event_rule.clock is
    'plain: keep: the deadline stays; start: that of the status after, from now; pause and resume: while the reporter is asked; until: the approved date; stop: none; kept: what was left when the work was handed in; before: what is restored';
comment on column crm.event_rule.hears is 'plain: who gets a notice';
comment on column crm.event_rule.can_undo is
    'plain: its doer may take it back for some seconds';

alter table crm.event_rule enable row level security;
alter table crm.event_rule force row level security;
create policy event_rule_owner on crm.event_rule to crm_owner
    using (true) with check (true);
create policy event_rule_read on crm.event_rule for select
    to crm_officer, crm_channel using (true);
grant select on crm.event_rule to crm_officer, crm_channel;
