-- SPDX-License-Identifier: ISC

insert into crm.setting (name, value) values
    ('second_share', 0.05),
    ('webhook_limit', 10),
    ('webhook_pause', 5),
    ('webhook_pause_factor', 5),
    ('webhook_pause_most', 86400),
    ('webhook_tries', 10);
