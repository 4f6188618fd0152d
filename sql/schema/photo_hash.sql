-- What photos look like (api/media/phash.h), to find copies by. No login may
-- read it: a hash is a small picture of a picture, and tells of private photos.
--
-- SPDX-License-Identifier: ISC

create table crm.photo_hash (
	photo_id uuid not null,
	report_id uuid not null,
	is_proof boolean not null,
	whole bigint not null,
	quarters bigint[] not null,
	constraint photo_hash_pkey primary key (photo_id),
	constraint photo_hash_photo_fkey foreign key (photo_id)
	    references crm.photo (id) on delete cascade,
	constraint photo_hash_has_quarters check (cardinality(quarters) = 4)
);
-- One for each band of crm.photo_near, which meets few rows in one of them.
create index photo_hash_low_idx on crm.photo_hash
    (((whole & 2097151)::int)) include (whole) where is_proof;
create index photo_hash_middle_idx on crm.photo_hash
    (((whole >> 21 & 2097151)::int)) include (whole) where is_proof;
create index photo_hash_high_idx on crm.photo_hash
    (((whole >> 42 & 4194303)::int)) include (whole) where is_proof;
create index photo_hash_report_idx on crm.photo_hash (report_id);
comment on table crm.photo_hash is 'What photos look like.';
comment on column crm.photo_hash.photo_id is 'photo: the photo';
comment on column crm.photo_hash.report_id is 'plain: its report';
comment on column crm.photo_hash.is_proof is 'plain: proof, not of the reporter';
comment on column crm.photo_hash.whole is 'secret: hash of its middle';
comment on column crm.photo_hash.quarters is
    'secret: hashes of the quarters of that; 0 where there is nothing to see';

alter table crm.photo_hash enable row level security;
alter table crm.photo_hash force row level security;
create policy photo_hash_owner on crm.photo_hash to crm_owner
    using (true) with check (true);
