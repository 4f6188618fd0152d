-- The clock and the months to begin with.
--
-- SPDX-License-Identifier: ISC

insert into crm.clock (ahead) values (interval '0');

create table crm.report_other partition of crm.report default;
create table crm.event_other partition of crm.event default;
create table audit.entry_other partition of audit.entry default;
select crm.partition_close('crm', 'report_other'),
    crm.partition_close('crm', 'event_other'),
    crm.partition_close('audit', 'entry_other');
select crm.partition_add((now() at time zone 'UTC' - interval '1 year')::date,
    (now() at time zone 'UTC' + interval '3 months')::date);
