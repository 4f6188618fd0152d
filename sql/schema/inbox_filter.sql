-- What a list may be narrowed by; null means any. A value, not a table.
--
-- SPDX-License-Identifier: ISC

create type crm.inbox_filter as (
	statuses text[],
	category text,
	unit uuid,
	kelurahan text,
	is_overdue boolean,
	visible text,
	bbox float8[],
	at timestamptz,
	held text,
	is_free boolean,
	officer uuid
);
comment on type crm.inbox_filter is
    'Filters of a list: bbox is west, south, east, north; at is the time now; is_free: nobody is assigned.';
