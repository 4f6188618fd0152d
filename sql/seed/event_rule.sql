-- The steps of work, one row per type, role and status before.
--
-- SPDX-License-Identifier: ISC

insert into crm.event_rule (type, role, from_status, to_status, who, must, may,
    photo_min, photo_max, clock, hears, can_undo)
select s.type, r.role, f.status,
    case s.after when '=' then f.status else s.after end, s.who,
    string_to_array(s.must, ' '), string_to_array(s.may, ' '), s.photo_min,
    s.photo_max, s.clock, string_to_array(s.hears, ' '), s.can_undo
from (values
    ('take', 'officer', 'waiting coordination disposition followup_rejected',
	'in_progress', 'holder', '', 'note', 0, 0, 'start', 'reporter', true),
    ('note', 'officer supervisor triage validator', 'waiting coordination '
	'disposition in_progress scheduled awaiting_validation '
	'followup_rejected completed rejected merged',
	'=', 'chain', 'note', '', 0, 0, 'keep', '', false),
    ('note', 'triage', 'incoming',
	'=', 'chain', 'note', '', 0, 0, 'keep', '', false),
    ('reply', 'officer', 'waiting coordination disposition in_progress '
	'scheduled awaiting_validation followup_rejected completed rejected '
	'merged', '=', 'holder', 'text', 'note', 0, 0, 'keep', 'reporter', false),
    ('follow_up', 'officer', 'in_progress scheduled',
	'awaiting_validation', 'holder', 'text captured_at location', 'note',
	1, 5, 'start', 'reporter validator', false),
    ('accept_work', 'validator', 'awaiting_validation',
	'completed', 'checker', '', 'note', 0, 0, 'stop',
	'reporter holder officer', false),
    ('refuse_work', 'validator', 'awaiting_validation',
	'followup_rejected', 'checker', 'reason', 'note', 0, 0, 'start',
	'holder officer', false)
    ) s (type, roles, before, after, who, must, may, photo_min, photo_max,
	clock, hears, can_undo)
cross join unnest(string_to_array(s.roles, ' ')) r (role)
cross join unnest(string_to_array(s.before, ' ')) f (status);
