-- What the public reads: from now on by triggers, of what is there already by
-- the same functions.
--
-- SPDX-License-Identifier: ISC

grant usage on schema crm to crm_public;
grant execute on function crm.now() to crm_public;
grant execute on function crm.distance_m(float8, float8, float8, float8)
    to crm_public;
alter policy unit_read on crm.unit
    to crm_officer, crm_channel, crm_public;
alter policy area_read on crm.area
    to crm_officer, crm_channel, crm_public;
alter policy reason_read on crm.reason
    to crm_officer, crm_channel, crm_public;
alter policy clock_read on crm.clock
    to crm_officer, crm_channel, crm_public;
grant select on crm.unit, crm.area, crm.reason, crm.clock to crm_public;
create policy photo_public on crm.photo for select to crm_public
    using (kind = 'report' and not is_sealed and exists (
	select from crm.public_report p
	where p.report_id = photo.report_id));
grant select (id, report_id, kind, place, file_full, is_sealed)
    on crm.photo to crm_public;

create trigger public_follow
    after insert or update of visibility, status, category_code,
	description_public, lat, lng, kelurahan_code, unit_id, due_at,
	held_for, reason_code, erased_at
    on crm.report for each row execute function crm.public_follow();
create trigger public_told
    after insert on crm.event for each row
    when (new.type = 'undo' or new.text is not null
	and new.by_unit_id is not null and new.type <> 'ask')
    execute function crm.public_told();

insert into crm.public_report
select (shown.r).*
from (
	select crm.public_row(r) as r from crm.report r
	where r.visibility = 'public'
	offset 0
) shown
where (shown.r).report_id is not null;
update crm.public_report p set notes = crm.public_notes(p.report_id);
