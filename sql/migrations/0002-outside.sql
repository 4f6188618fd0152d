-- Made by sql/compose from the files that sql/alter/0002-outside.list names.

-- alter/0002-start.sql
-- The outside world: what comes with it is in the files after this one.
--

comment on schema api is 'One function per operation; all the server calls.';

-- SPDX-License-Identifier: ISC
