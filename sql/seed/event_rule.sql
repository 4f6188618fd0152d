-- The steps of work, one row per type, role and status before.
--
-- SPDX-License-Identifier: ISC

insert into crm.event_rule (type, role, from_status, to_status, who, has_text,
    has_note, has_reason, photo_min, photo_max, has_capture) values
('take', 'officer', 'waiting', 'in_progress',
    'holder', 'never', 'may', 'never', 0, 0, 'never'),
('take', 'officer', 'coordination', 'in_progress',
    'holder', 'never', 'may', 'never', 0, 0, 'never'),
('take', 'officer', 'disposition', 'in_progress',
    'holder', 'never', 'may', 'never', 0, 0, 'never'),
('take', 'officer', 'followup_rejected', 'in_progress',
    'holder', 'never', 'may', 'never', 0, 0, 'never'),
('follow_up', 'officer', 'in_progress', 'awaiting_validation',
    'holder', 'must', 'may', 'never', 1, 5, 'must'),
('follow_up', 'officer', 'scheduled', 'awaiting_validation',
    'holder', 'must', 'may', 'never', 1, 5, 'must'),
('accept_work', 'validator', 'awaiting_validation', 'completed',
    'checker', 'never', 'may', 'never', 0, 0, 'never'),
('refuse_work', 'validator', 'awaiting_validation', 'followup_rejected',
    'checker', 'never', 'may', 'must', 0, 0, 'never');

-- A note may be left by whoever works on the report, at any time.
insert into crm.event_rule (type, role, from_status, to_status, who, has_text,
    has_note, has_reason, photo_min, photo_max, has_capture)
select 'note', r.role, s.status, s.status,
    'chain', 'never', 'must', 'never', 0, 0, 'never'
from unnest(array['officer', 'supervisor', 'triage', 'validator']) r (role)
cross join unnest(crm.status_list()) s (status)
where s.status <> 'incoming' or r.role = 'triage';

-- The reporter is answered by the unit that holds the report.
insert into crm.event_rule (type, role, from_status, to_status, who, has_text,
    has_note, has_reason, photo_min, photo_max, has_capture)
select 'reply', 'officer', s.status, s.status,
    'holder', 'must', 'may', 'never', 0, 0, 'never'
from unnest(crm.status_list()) s (status)
where s.status <> 'incoming';
