-- Addresses that channels want to be called at when a report of theirs changes.
-- The address and the secret are the channel's; both come from the command
-- line alone.
--
-- SPDX-License-Identifier: ISC

create table crm.webhook (
	id uuid not null default pg_catalog.gen_random_uuid(),
	channel_id uuid not null,
	url text not null,
	secret bytea not null,
	secret_before bytea,
	before_until timestamptz,
	added_at timestamptz not null,
	disabled_at timestamptz,
	constraint webhook_pkey primary key (id),
	constraint webhook_url_key unique (channel_id, url),
	constraint webhook_channel_fkey foreign key (channel_id)
	    references crm.channel (id),
	constraint webhook_url_is_plain
	    check (url ~ '^https?://[!-~]+$' and pg_catalog.length(url) <= 2000),
	constraint webhook_before_is_whole
	    check ((secret_before is null) = (before_until is null))
);
comment on table crm.webhook is 'Who is called when a report changes.';
comment on column crm.webhook.id is 'plain: random id';
comment on column crm.webhook.channel_id is 'plain: whose reports';
comment on column crm.webhook.url is 'internal: where to';
comment on column crm.webhook.secret is
    'secret: what bodies are signed with, sealed to keys/webhook.key';
comment on column crm.webhook.secret_before is
    'secret: the one before, signs as well for a while';
comment on column crm.webhook.before_until is 'plain: until then';
comment on column crm.webhook.added_at is 'plain: when it was registered';
comment on column crm.webhook.disabled_at is
    'plain: since when nothing is sent; the receiver said that it is gone';

alter table crm.webhook enable row level security;
alter table crm.webhook force row level security;
create policy webhook_owner on crm.webhook to crm_owner
    using (true) with check (true);
