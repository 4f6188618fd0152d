-- Limits of channels, and channels to try things out with.
--
-- SPDX-License-Identifier: ISC

alter table crm.channel
	add column is_sandbox boolean not null default false,
	add column reads_per_minute int not null default 6000,
	add column writes_per_minute int not null default 1200,
	add constraint channel_reads_sane
	    check (reads_per_minute between 1 and 1000000),
	add constraint channel_writes_sane
	    check (writes_per_minute between 1 and 1000000);
comment on column crm.channel.is_sandbox is
    'plain: for trying out; its reports never meet real ones';
comment on column crm.channel.reads_per_minute is
    'plain: how many reads a minute are answered';
comment on column crm.channel.writes_per_minute is
    'plain: how many writes a minute are answered';

-- Its result changes.
drop function api.channel_keys();
