-- Keys of photos that were sealed after their report was taken in, each under a
-- key of its own. Photos without a row here are sealed with the key of the
-- report (identity.sealed).
--
-- SPDX-License-Identifier: ISC

create table identity.photo_key (
	photo_id uuid not null,
	epoch text not null,
	wrapped_key bytea not null,
	constraint photo_key_pkey primary key (photo_id),
	constraint photo_key_photo_fkey foreign key (photo_id)
	    references crm.photo (id) on delete cascade
);
comment on table identity.photo_key is 'Keys of photos sealed later.';
comment on column identity.photo_key.photo_id is 'plain: the photo';
comment on column identity.photo_key.epoch is 'plain: which vault key it needs';
comment on column identity.photo_key.wrapped_key is
    'identity: the photo''s key, sealed to the vault as photo:<id>';

alter table identity.photo_key enable row level security;
alter table identity.photo_key force row level security;
create policy photo_key_owner on identity.photo_key to crm_owner
    using (true) with check (true);
create policy photo_key_read on identity.photo_key for select
    to crm_vault using (true);
grant select on identity.photo_key to crm_vault;
