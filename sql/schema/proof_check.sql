-- What the checks of a proof found: facts, no verdict. Made by crm.proof_keep
-- when the proof comes in, and never changed.
--
-- SPDX-License-Identifier: ISC

create table crm.proof_check (
	id uuid not null default pg_catalog.gen_random_uuid(),
	report_id uuid not null,
	event_id uuid not null,
	at timestamptz not null,
	kind text not null,
	photo_id uuid,
	is_mirrored boolean,
	bits int,
	seconds bigint,
	meters float8,
	constraint proof_check_pkey primary key (id),
	constraint proof_check_report_fkey foreign key (report_id)
	    references crm.report_key (id) on delete cascade,
	constraint proof_check_photo_fkey foreign key (photo_id)
	    references crm.photo (id) on delete cascade,
	constraint proof_check_kind_known check (kind in ('earlier_proof',
	    'own_photo', 'arrival', 'distance', 'before_received',
	    'before_taken'))
);
create index proof_check_report_idx on crm.proof_check (report_id);
create index proof_check_photo_idx on crm.proof_check (photo_id);
comment on table crm.proof_check is 'Facts about proofs.';
comment on column crm.proof_check.id is 'plain: random id';
comment on column crm.proof_check.report_id is 'plain: the report';
comment on column crm.proof_check.event_id is 'plain: the event with the proof';
comment on column crm.proof_check.at is 'plain: when it came in';
comment on column crm.proof_check.kind is
    'plain: earlier_proof, own_photo: the same picture; arrival, before_received, before_taken: times of capture; distance: from the site';
comment on column crm.proof_check.photo_id is 'photo: photo of the proof';
comment on column crm.proof_check.is_mirrored is 'plain: one mirrors the other';
comment on column crm.proof_check.bits is
    'plain: how many of 320 bits of the two hashes differ';
comment on column crm.proof_check.seconds is
    'plain: from capture until it came in, or from capture until the report did';
comment on column crm.proof_check.meters is 'place: from the report''s point';

alter table crm.proof_check enable row level security;
alter table crm.proof_check force row level security;
create policy proof_check_owner on crm.proof_check to crm_owner
    using (true) with check (true);
create policy proof_check_read on crm.proof_check for select to crm_officer
    using (exists (select from crm.inbox i
	where i.report_id = proof_check.report_id));
grant select on crm.proof_check to crm_officer;
