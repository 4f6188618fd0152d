-- Public keys that channels sign their tokens with; two may be active at once,
-- so that a channel can change keys without a gap.
--
-- SPDX-License-Identifier: ISC

create table crm.channel_key (
	kid text not null,
	channel_id uuid not null,
	slot smallint not null,
	alg text not null,
	public_key text not null,
	issuer text not null,
	audience text not null,
	added_at timestamptz not null,
	retired_at timestamptz,
	id uuid not null default pg_catalog.gen_random_uuid(),
	constraint channel_key_pkey primary key (kid),
	constraint channel_key_channel_fkey foreign key (channel_id)
	    references crm.channel (id),
	constraint channel_key_slot_known check (slot in (1, 2)),
	constraint channel_key_alg_known check (alg in ('ES256', 'RS256')),
	constraint channel_key_kid_is_plain
	    check (kid ~ '^[A-Za-z0-9._-]{1,64}$'),
	constraint channel_key_is_public
	    check (public_key like '-----BEGIN PUBLIC KEY-----%')
);
-- At most two active keys: an index holds even when two adds race.
create unique index channel_key_active_key
    on crm.channel_key (channel_id, slot) where retired_at is null;
comment on table crm.channel_key is 'Public keys of channels.';
comment on column crm.channel_key.kid is 'plain: key id in the token header';
comment on column crm.channel_key.channel_id is 'plain: whose key';
comment on column crm.channel_key.slot is 'plain: 1 or 2, of the active keys';
comment on column crm.channel_key.alg is 'plain: the only algorithm accepted';
comment on column crm.channel_key.public_key is 'plain: PEM, the public half';
comment on column crm.channel_key.issuer is 'plain: iss a token must carry';
comment on column crm.channel_key.audience is 'plain: aud a token must carry';
comment on column crm.channel_key.added_at is 'plain: when it was registered';
comment on column crm.channel_key.retired_at is
    'plain: from when on it is refused';
comment on column crm.channel_key.id is
    'plain: what the audit log calls it';

alter table crm.channel_key enable row level security;
alter table crm.channel_key force row level security;
create policy channel_key_owner on crm.channel_key to crm_owner
    using (true) with check (true);
create policy channel_key_read on crm.channel_key for select
    to crm_channel using (retired_at is null);
create policy channel_key_admin on crm.channel_key for select
    to crm_officer using ((select crm.viewer_role()) = 'admin');
create policy channel_key_admin_add on crm.channel_key for insert
    to crm_officer with check ((select crm.viewer_role()) = 'admin');
create policy channel_key_admin_retire on crm.channel_key for update
    to crm_officer using ((select crm.viewer_role()) = 'admin')
    with check ((select crm.viewer_role()) = 'admin');
grant select on crm.channel_key to crm_channel;
grant select, insert (kid, channel_id, slot, alg, public_key, issuer,
    audience, added_at, id), update (retired_at)
    on crm.channel_key to crm_officer;
