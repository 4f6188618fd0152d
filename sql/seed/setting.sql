-- SPDX-License-Identifier: ISC

insert into crm.setting (name, value) values
    ('second_share', 0.05);
