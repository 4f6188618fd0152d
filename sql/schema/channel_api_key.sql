-- Keys that clients of Open311 send as api_key: what a channel has there in
-- place of signed tokens. Only digests are kept; a key has 160 random bits
-- beside its name, so that nobody finds one from its digest. Two may be active
-- at once.
--
-- SPDX-License-Identifier: ISC

create table crm.channel_api_key (
	name text not null,
	channel_id uuid not null,
	slot smallint not null,
	digest bytea not null,
	added_at timestamptz not null,
	retired_at timestamptz,
	constraint channel_api_key_pkey primary key (name),
	constraint channel_api_key_digest_key unique (digest),
	constraint channel_api_key_channel_fkey foreign key (channel_id)
	    references crm.channel (id),
	constraint channel_api_key_slot_known check (slot in (1, 2)),
	constraint channel_api_key_name_is_plain
	    check (name ~ '^[a-z0-9]{8}$'),
	constraint channel_api_key_digest_whole
	    check (pg_catalog.octet_length(digest) = 32)
);
-- At most two active keys: an index holds even when two adds race.
create unique index channel_api_key_active_key
    on crm.channel_api_key (channel_id, slot) where retired_at is null;
comment on table crm.channel_api_key is 'Digests of the api_keys of channels.';
comment on column crm.channel_api_key.name is
    'plain: first part of the key, by which it is retired';
comment on column crm.channel_api_key.channel_id is 'plain: whose key';
comment on column crm.channel_api_key.slot is
    'plain: 1 or 2, of the active keys';
comment on column crm.channel_api_key.digest is 'secret: SHA-256 of the key';
comment on column crm.channel_api_key.added_at is 'plain: when it was made';
comment on column crm.channel_api_key.retired_at is
    'plain: from when on it is refused';

alter table crm.channel_api_key enable row level security;
alter table crm.channel_api_key force row level security;
create policy channel_api_key_owner on crm.channel_api_key to crm_owner
    using (true) with check (true);
