-- What a channel may still do with its report.
--
-- SPDX-License-Identifier: ISC

drop function api.event_add(bytea, bytea, text, int, text, jsonb, uuid[],
    text[], text[], int[], int[], bigint[]);

alter table crm.report add column erased_at timestamptz;
comment on column crm.report.erased_at is
    'plain: when its reporter had it erased; words and place are gone then';
grant select (erased_at) on crm.report to crm_channel;

insert into crm.event_type (type, is_told, by_channel, by_system) values
('add_photos', true, true, false),
('forget', true, true, false),
('erase', true, true, false);

insert into crm.event_rule (type, role, from_status, to_status, who, must, may,
    photo_min, photo_max, clock, hears, can_undo)
select 'add_photos', 'channel', s.status, s.status, 'own', '{}', '{text}',
    1, 5, 'keep', '{holder,officer}', false
from unnest(array['incoming', 'waiting', 'coordination', 'disposition',
    'in_progress', 'scheduled', 'awaiting_validation', 'followup_rejected'])
    s (status);

insert into crm.event_rule (type, role, from_status, to_status, who, must, may,
    photo_min, photo_max, clock, hears, can_undo)
select 'forget', 'channel', s.status, s.status, 'own', '{}'::text[],
    '{}'::text[], 0, 0, 'keep', '{}'::text[], false
from unnest(crm.status_list()) s (status)
union all
select 'erase', 'channel', s.status,
    case when s.is_over then s.status else 'rejected' end, 'own', '{}', '{}',
    0, 0, case when s.is_over then 'keep' else 'stop' end,
    '{holder,officer}', false
from (select l.status, l.status in ('completed', 'rejected', 'merged')
    from unnest(crm.status_list()) l (status)) s (status, is_over);
