-- A page of a list before its reports are read: three arrays in the order of
-- the list, and the months to look into. One value, because rows handed from
-- function to function are stored and read anew each time.
--
-- SPDX-License-Identifier: ISC

create type crm.inbox_found as (
	report_ids uuid[],
	times timestamptz[],
	keys timestamptz[],
	oldest timestamptz,
	newest timestamptz
);
comment on type crm.inbox_found is
    'A page of a list: reports, when each was received, what each is sorted by; then the first and the last time of them.';
