-- What a channel may still do with its report.
--
-- SPDX-License-Identifier: ISC

drop function api.event_add(bytea, bytea, text, int, text, jsonb, uuid[],
    text[], text[], int[], int[], bigint[]);

-- Which members were given before is known to the vault alone.
alter table identity.sealed
	add column members text[] not null default '{}';
comment on column identity.sealed.members is
    'plain: which of these the reporter gave, by name';
grant insert (members) on identity.sealed to crm_channel;
drop function crm.identity_keep(uuid, text, bytea, bytea);
drop function api.report_add(bytea, bytea, uuid, text, text, text, text,
    float8, float8, float8, text, timestamptz, text, text, bytea, bytea, uuid[],
    text[], text[], int[], int[], boolean, text, bigint[]);

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

-- A merged report can be withdrawn, and what a second check refused is told.
grant update (main_id) on crm.report to crm_channel;
insert into crm.event_rule (type, role, from_status, to_status, who, must, may,
    photo_min, photo_max, clock, hears, can_undo)
values ('withdraw', 'channel', 'merged', 'rejected', 'own', '{}', '{text}',
    0, 0, 'stop', '{}', false);
update crm.event_type set is_told = true where type = 'second_refuse';
update crm.event_rule set hears = '{reporter,holder,officer,validator}'
where type = 'second_refuse';
