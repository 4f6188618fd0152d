-- Time allowed per status, in counted seconds. The unit is reminded when a
-- quarter of it is left, but no later than an hour before the deadline.
--
-- SPDX-License-Identifier: ISC

insert into crm.target (status, unit_kind, category_code, seconds,
    remind_seconds)
select t.status, t.unit_kind, t.category, t.seconds,
    greatest(t.seconds / 4, 3600)
from (values
('incoming', 'any', 'any', 7200),
('waiting', 'any', 'any', 21600),
('coordination', 'any', 'any', 21600),
('disposition', 'any', 'any', 21600),
('in_progress', 'any', 'any', 604800),
('in_progress', 'kelurahan', 'any', 86400),
('awaiting_validation', 'any', 'any', 172800),
('followup_rejected', 'any', 'any', 604800),
-- A tree that fell and water that rises do not wait for a week.
('waiting', 'any', 'banjir', 7200),
('coordination', 'any', 'banjir', 7200),
('disposition', 'any', 'banjir', 7200),
('in_progress', 'any', 'banjir', 86400),
('in_progress', 'kelurahan', 'banjir', 43200),
('followup_rejected', 'any', 'banjir', 86400),
('in_progress', 'any', 'pohon', 259200),
('in_progress', 'kelurahan', 'pohon', 86400),
('followup_rejected', 'any', 'pohon', 259200))
    t (status, unit_kind, category, seconds);
