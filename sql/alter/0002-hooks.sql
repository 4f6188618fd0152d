-- Each version of a report goes to the outbox; how often it is tried is data.
--
-- SPDX-License-Identifier: ISC

create trigger webhook_add
    after insert on crm.report
    for each row execute function crm.webhook_follow();
create trigger webhook_follow
    after update of version on crm.report
    for each row when (old.version <> new.version)
    execute function crm.webhook_follow();

comment on column crm.setting.name is
    'plain: second_share: part of the accepted work that is validated again; webhook_limit: seconds a receiver may take; webhook_pause: seconds before the second try, webhook_pause_factor times as long before each further one, webhook_pause_most at the most; webhook_tries: how many in all';
insert into crm.setting (name, value) values
    ('webhook_limit', 10),
    ('webhook_pause', 5),
    ('webhook_pause_factor', 5),
    ('webhook_pause_most', 86400),
    ('webhook_tries', 10);
