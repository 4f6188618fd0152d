-- When a report last changed: so far its last event.
--
-- SPDX-License-Identifier: ISC

alter table crm.report
	add column updated_at timestamptz not null default '-infinity';
comment on column crm.report.updated_at is
    'plain: last change of any kind, kept by a trigger';
update crm.report set updated_at = changed_at;
alter table crm.report alter column updated_at drop default;
grant select (updated_at) on crm.report to crm_channel;
insert into crm.change (report_id, received_at, channel_id, status,
    visibility, updated_at)
select r.id, r.received_at, r.channel_id, r.status, r.visibility, r.updated_at
from crm.report r;
create trigger change_stamp
    before insert or update on crm.report
    for each row execute function crm.change_stamp();
create trigger change_follow
    after insert or update or delete on crm.report
    for each row execute function crm.change_follow();
create trigger seal_follow
    after update of visibility on crm.report for each row
    when (old.visibility = 'public' and new.visibility = 'private')
    execute function crm.seal_follow();
-- Those that became private so far.
insert into crm.seal_due (report_id, at)
select distinct r.id, now() from crm.photo p
join crm.report_key k on k.id = p.report_id
join crm.report r on r.id = k.id and r.received_at = k.received_at
where p.kind = 'report' and not p.is_sealed and r.visibility = 'private';

alter type api.report_row add attribute updated_at timestamptz;
-- Its result changes.
drop function api.report_list(text[], text, uuid, text, boolean, text,
    text, float8[], text, text, uuid, int, text, text);
