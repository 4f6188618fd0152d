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
	has_text text not null,
	has_note text not null,
	has_reason text not null,
	photo_min int not null,
	photo_max int not null,
	has_capture text not null,
	constraint event_rule_pkey primary key (type, role, from_status),
	constraint event_rule_who_known
	    check (who in ('holder', 'chain', 'checker')),
	constraint event_rule_text_known
	    check (has_text in ('must', 'may', 'never')),
	constraint event_rule_note_known
	    check (has_note in ('must', 'may', 'never')),
	constraint event_rule_reason_known
	    check (has_reason in ('must', 'may', 'never')),
	constraint event_rule_capture_known
	    check (has_capture in ('must', 'may', 'never')),
	constraint event_rule_photo_range
	    check (0 <= photo_min and photo_min <= photo_max and photo_max <= 5)
);
comment on table crm.event_rule is 'Which step is open to whom, from which status, with what.';
comment on column crm.event_rule.type is 'plain: type of event';
comment on column crm.event_rule.role is 'plain: role of the account';
comment on column crm.event_rule.from_status is 'plain: status before';
comment on column crm.event_rule.to_status is 'plain: status after';
comment on column crm.event_rule.who is
    'plain: holder: the unit that holds the report now; chain: any that sees it; checker: neither the doer nor of the doer''s unit';
comment on column crm.event_rule.has_text is 'plain: text to the reporter';
comment on column crm.event_rule.has_note is 'plain: internal note';
comment on column crm.event_rule.has_reason is 'plain: reason';
comment on column crm.event_rule.photo_min is 'plain: fewest photos';
comment on column crm.event_rule.photo_max is 'plain: most photos';
comment on column crm.event_rule.has_capture is
    'plain: time and place where the proof was taken';

alter table crm.event_rule enable row level security;
alter table crm.event_rule force row level security;
create policy event_rule_owner on crm.event_rule to crm_owner
    using (true) with check (true);
create policy event_rule_read on crm.event_rule for select
    to crm_officer using (true);
grant select on crm.event_rule to crm_officer;
