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
create policy channel_admin_add on crm.channel for insert
    to crm_officer with check ((select crm.viewer_role()) = 'admin');
create policy channel_admin_edit on crm.channel for update
    to crm_officer using ((select crm.viewer_role()) = 'admin')
    with check ((select crm.viewer_role()) = 'admin');
grant insert (id, name, title, is_geotagged, is_sandbox, reads_per_minute,
    writes_per_minute),
    update (title, is_active, reads_per_minute, writes_per_minute)
    on crm.channel to crm_officer;

alter table crm.channel_key
	add column id uuid not null default pg_catalog.gen_random_uuid();
comment on column crm.channel_key.id is
    'plain: what the audit log calls it';
create policy channel_key_admin on crm.channel_key for select
    to crm_officer using ((select crm.viewer_role()) = 'admin');
create policy channel_key_admin_add on crm.channel_key for insert
    to crm_officer with check ((select crm.viewer_role()) = 'admin');
create policy channel_key_admin_retire on crm.channel_key for update
    to crm_officer using ((select crm.viewer_role()) = 'admin')
    with check ((select crm.viewer_role()) = 'admin');
grant select, insert (kid, channel_id, slot, alg, public_key, issuer,
    audience, added_at, id), update (retired_at)
    on crm.channel_key to crm_officer;

-- Their results and parameters change.
drop function api.channel_keys();
drop function api.channel_list();
drop function crm.channel_add(text, text, boolean);
