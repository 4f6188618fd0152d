-- What clients of Open311 send comes by a channel of its own. Categories are
-- services there, for anybody to read.
--
-- SPDX-License-Identifier: ISC

insert into crm.channel (id, name, title, is_geotagged, is_active)
values (md5('channel open311')::uuid, 'open311', 'Open311', true, true);

alter policy category_read on crm.category
    to crm_officer, crm_channel, crm_public;
grant select on crm.category to crm_public;
