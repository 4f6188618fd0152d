-- The other picture of a check, apart: only who may open that photo learns
-- which it is. A private report's own photos thus are told to nobody.
--
-- SPDX-License-Identifier: ISC

create table crm.proof_pair (
	check_id uuid not null,
	photo_id uuid not null,
	report_id uuid not null,
	constraint proof_pair_pkey primary key (check_id),
	constraint proof_pair_check_fkey foreign key (check_id)
	    references crm.proof_check (id) on delete cascade,
	constraint proof_pair_photo_fkey foreign key (photo_id)
	    references crm.photo (id) on delete cascade
);
create index proof_pair_photo_idx on crm.proof_pair (photo_id);
comment on table crm.proof_pair is 'Pictures that proofs look like.';
comment on column crm.proof_pair.check_id is 'plain: the check';
comment on column crm.proof_pair.photo_id is 'photo: the other photo';
comment on column crm.proof_pair.report_id is 'plain: the report of that';

alter table crm.proof_pair enable row level security;
alter table crm.proof_pair force row level security;
create policy proof_pair_owner on crm.proof_pair to crm_owner
    using (true) with check (true);
-- The photo's own policies answer.
create policy proof_pair_read on crm.proof_pair for select to crm_officer
    using (exists (select from crm.photo p where p.id = proof_pair.photo_id));
grant select on crm.proof_pair to crm_officer;
