-- What a channel may still do with its report.
--
-- SPDX-License-Identifier: ISC

drop function api.event_add(bytea, bytea, text, int, text, jsonb, uuid[],
    text[], text[], int[], int[], bigint[]);

insert into crm.event_type (type, is_told, by_channel, by_system) values
('add_photos', true, true, false);

insert into crm.event_rule (type, role, from_status, to_status, who, must, may,
    photo_min, photo_max, clock, hears, can_undo)
select 'add_photos', 'channel', s.status, s.status, 'own', '{}', '{text}',
    1, 5, 'keep', '{holder,officer}', false
from unnest(array['incoming', 'waiting', 'coordination', 'disposition',
    'in_progress', 'scheduled', 'awaiting_validation', 'followup_rejected'])
    s (status);
