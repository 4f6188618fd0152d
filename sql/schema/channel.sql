-- Ways by which reports come in.
--
-- SPDX-License-Identifier: ISC

create table crm.channel (
	id uuid not null,
	name text not null,
	title text not null,
	is_geotagged boolean not null,
	is_active boolean not null default true,
	is_sandbox boolean not null default false,
	reads_per_minute int not null default 6000,
	writes_per_minute int not null default 1200,
	constraint channel_pkey primary key (id),
	constraint channel_name_key unique (name),
	constraint channel_name_is_plain check (name ~ '^[a-z][a-z0-9_]{1,39}$'),
	constraint channel_reads_sane
	    check (reads_per_minute between 1 and 1000000),
	constraint channel_writes_sane
	    check (writes_per_minute between 1 and 1000000)
);
comment on table crm.channel is 'Official channels.';
comment on column crm.channel.id is 'plain: random-looking, the same on every machine';
comment on column crm.channel.name is 'plain: short lower-case name';
comment on column crm.channel.title is 'plain: what people call it';
comment on column crm.channel.is_geotagged is 'plain: its reports carry a point';
comment on column crm.channel.is_active is 'plain: may send reports';
comment on column crm.channel.is_sandbox is
    'plain: for trying out; its reports never meet real ones';
comment on column crm.channel.reads_per_minute is
    'plain: how many reads a minute are answered';
comment on column crm.channel.writes_per_minute is
    'plain: how many writes a minute are answered';

alter table crm.channel enable row level security;
alter table crm.channel force row level security;
create policy channel_owner on crm.channel to crm_owner
    using (true) with check (true);
create policy channel_read on crm.channel for select
    to crm_channel using (true);
create policy channel_desk on crm.channel for select to crm_officer
    using ((select crm.viewer_role()) in ('triage', 'admin'));
create policy channel_admin_add on crm.channel for insert
    to crm_officer with check ((select crm.viewer_role()) = 'admin');
create policy channel_admin_edit on crm.channel for update
    to crm_officer using ((select crm.viewer_role()) = 'admin')
    with check ((select crm.viewer_role()) = 'admin');
grant select on crm.channel to crm_officer, crm_channel;
grant insert (id, name, title, is_geotagged, is_sandbox, reads_per_minute,
    writes_per_minute),
    update (title, is_active, reads_per_minute, writes_per_minute)
    on crm.channel to crm_officer;
