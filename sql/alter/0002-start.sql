-- The outside world: what comes with it is in the files after this one.
--
-- SPDX-License-Identifier: ISC

comment on schema api is 'One function per operation; all the server calls.';
