-- Time allowed per status, in seconds.
--
-- SPDX-License-Identifier: ISC

insert into crm.target (status, unit_kind, seconds) values
('incoming', 'any', 7200),
('waiting', 'any', 21600),
('coordination', 'any', 21600),
('disposition', 'any', 21600),
('in_progress', 'any', 604800),
('in_progress', 'kelurahan', 86400),
('awaiting_validation', 'any', 172800),
('followup_rejected', 'any', 604800);
