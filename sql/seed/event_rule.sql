-- The steps of work, one row per type, role and status before. docs/life.md is
-- printed from them.
--
-- SPDX-License-Identifier: ISC

insert into crm.event_rule (type, role, from_status, to_status, who, must, may,
    photo_min, photo_max, clock, hears, can_undo)
select s.type, r.role, f.status,
    case s.after when '=' then f.status else s.after end, s.who,
    string_to_array(s.must, ' '), string_to_array(s.may, ' '), s.photo_min,
    s.photo_max, s.clock, string_to_array(s.hears, ' '), s.can_undo
from (values
    -- Triage.
    ('route', 'triage', 'incoming', 'waiting', 'any', 'unit',
	'category location note', 0, 0, 'start', 'holder reporter', true),
    ('reject', 'triage', 'incoming waiting', 'rejected', 'any', 'reason text',
	'note', 0, 0, 'stop', 'reporter holder', true),
    ('merge', 'triage', 'incoming waiting coordination disposition '
	'in_progress scheduled followup_rejected', 'merged', 'any', 'into',
	'note', 0, 0, 'stop', 'reporter holder officer', true),
    ('unmerge', 'triage', 'merged', 'before', 'any', '',
	'note', 0, 0, 'before', 'reporter holder officer', false),
    ('split', 'triage', 'incoming waiting', '=', 'any', 'description',
	'category unit note', 0, 0, 'keep', '', false),
    -- The unit that holds the report.
    ('take', 'officer', 'waiting coordination disposition followup_rejected',
	'in_progress', 'holder', '', 'note', 0, 0, 'start', 'reporter', true),
    ('hand_over', 'officer', 'waiting coordination disposition in_progress '
	'scheduled followup_rejected', 'coordination', 'holder', 'unit reason',
	'note', 0, 0, 'start', 'holder reporter', true),
    ('dispose', 'officer', 'waiting coordination disposition in_progress '
	'scheduled followup_rejected', 'disposition', 'agency', 'unit reason',
	'note', 0, 0, 'start', 'holder reporter', true),
    ('return', 'officer', 'waiting coordination disposition in_progress '
	'followup_rejected', 'before', 'holder', 'reason',
	'note', 0, 0, 'start', 'holder', true),
    ('schedule', 'officer', 'in_progress', '=', 'holder', 'until reason',
	'text note', 0, 0, 'keep', 'supervisor', false),
    ('ask', 'officer', 'waiting coordination disposition in_progress '
	'scheduled followup_rejected', '=', 'holder', 'text',
	'note', 0, 0, 'pause', 'reporter', false),
    ('reply', 'officer', 'waiting coordination disposition in_progress '
	'scheduled awaiting_validation followup_rejected completed rejected '
	'merged', '=', 'holder', 'text', 'note', 0, 0, 'keep', 'reporter', false),
    ('progress', 'officer', 'in_progress scheduled', '=', 'holder', 'text',
	'note captured_at location', 0, 5, 'keep', 'reporter', false),
    ('follow_up', 'officer', 'in_progress scheduled', 'awaiting_validation',
	'holder', 'text captured_at location', 'note', 1, 5, 'start',
	'reporter validator', false),
    -- Who is over it.
    ('assign', 'supervisor', 'waiting coordination disposition in_progress '
	'scheduled awaiting_validation followup_rejected', '=', 'above',
	'officer', 'note', 0, 0, 'keep', 'officer', true),
    ('approve_schedule', 'supervisor', 'in_progress', 'scheduled', 'above',
	'', 'note until', 0, 0, 'until', 'reporter holder officer', false),
    ('refuse_schedule', 'supervisor', 'in_progress', '=', 'above', 'reason',
	'note', 0, 0, 'keep', 'holder officer', false),
    -- Validators.
    ('accept_work', 'validator', 'awaiting_validation', 'completed',
	'checker', '', 'note', 0, 0, 'stop', 'reporter holder officer', false),
    ('refuse_work', 'validator', 'awaiting_validation', 'followup_rejected',
	'checker', 'reason', 'note', 0, 0, 'start', 'holder officer', false),
    ('second_accept', 'validator', 'completed', '=', 'second', '', 'note',
	0, 0, 'keep', '', false),
    ('second_refuse', 'validator', 'completed', 'followup_rejected',
	'second', 'reason', 'note', 0, 0, 'start',
	'reporter holder officer validator', false),
    -- All who work on it.
    ('note', 'officer', 'waiting coordination disposition in_progress '
	'scheduled awaiting_validation followup_rejected completed rejected '
	'merged', '=', 'chain', 'note', '', 0, 5, 'keep', '', false),
    ('note', 'supervisor triage validator', 'waiting coordination '
	'disposition in_progress scheduled awaiting_validation '
	'followup_rejected completed rejected merged',
	'=', 'chain', 'note', '', 0, 0, 'keep', '', false),
    ('note', 'triage', 'incoming',
	'=', 'chain', 'note', '', 0, 0, 'keep', '', false),
    ('undo', 'officer triage supervisor', 'incoming waiting coordination '
	'disposition in_progress scheduled awaiting_validation '
	'followup_rejected completed rejected merged', 'before', 'doer',
	'', '', 0, 0, 'before', 'holder sender', false),
    -- The reporter, through the channel.
    ('appeal', 'channel', 'rejected', 'incoming', 'own', 'text', '',
	0, 0, 'start', 'triage', false),
    ('answer', 'channel', 'waiting coordination disposition in_progress '
	'scheduled followup_rejected', '=', 'own', 'text', '', 0, 0, 'resume',
	'holder officer', false),
    ('rate', 'channel', 'completed', '=', 'own', 'stars', 'text',
	0, 0, 'keep', 'holder', false),
    ('confirm', 'channel', 'completed', '=', 'own', '', '',
	0, 0, 'keep', 'holder', false),
    ('reopen', 'channel', 'completed', 'waiting', 'own', 'text', '',
	0, 0, 'kept', 'holder officer supervisor validator', false),
    ('me_too', 'channel', 'incoming waiting coordination disposition '
	'in_progress scheduled awaiting_validation followup_rejected completed',
	'=', 'own', '', '', 0, 0, 'keep', '', false),
    ('add_photos', 'channel', 'incoming waiting coordination disposition '
	'in_progress scheduled awaiting_validation followup_rejected',
	'=', 'own', '', 'text', 1, 5, 'keep', 'holder officer', false),
    ('make_private', 'channel', 'incoming waiting coordination disposition '
	'in_progress scheduled awaiting_validation followup_rejected completed '
	'rejected merged', '=', 'own', '', '', 0, 0, 'keep', 'holder officer',
	false),
    ('make_public', 'channel', 'incoming waiting coordination disposition '
	'in_progress scheduled awaiting_validation followup_rejected completed '
	'rejected', '=', 'own', '', '', 0, 0, 'keep', '', false),
    ('withdraw', 'channel', 'incoming waiting coordination disposition '
	'in_progress scheduled awaiting_validation followup_rejected',
	'rejected', 'own', '', 'text', 0, 0, 'stop', 'holder officer', false),
    -- It leaves the main report, whose officers hear nothing.
    ('withdraw', 'channel', 'merged', 'rejected', 'own', '', 'text', 0, 0,
	'stop', '', false),
    ('forget', 'channel', 'incoming waiting coordination disposition '
	'in_progress scheduled awaiting_validation followup_rejected completed '
	'rejected merged', '=', 'own', '', '', 0, 0, 'keep', '', false),
    ('erase', 'channel', 'incoming waiting coordination disposition '
	'in_progress scheduled awaiting_validation followup_rejected',
	'rejected', 'own', '', '', 0, 0, 'stop', 'holder officer', false),
    ('erase', 'channel', 'completed rejected merged', '=', 'own', '', '',
	0, 0, 'keep', 'holder officer', false)
    ) s (type, roles, before, after, who, must, may, photo_min, photo_max,
	clock, hears, can_undo)
cross join unnest(string_to_array(s.roles, ' ')) r (role)
cross join unnest(string_to_array(s.before, ' ')) f (status);
