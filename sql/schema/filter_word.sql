-- Words for which a report is looked at by a person before any unit sees it.
-- None of them deletes or refuses anything.
--
-- SPDX-License-Identifier: ISC

create table crm.filter_word (
	id uuid not null,
	kind text not null,
	word text not null,
	bare text not null,
	constraint filter_word_pkey primary key (id),
	constraint filter_word_bare_key unique (bare),
	constraint filter_word_kind_known check (kind in ('abuse', 'emergency')),
	constraint filter_word_is_short
	    check (pg_catalog.length(word) between 2 and 60),
	constraint filter_word_is_bare check (bare ~ '^[[:alnum:] ]{2,60}$')
);
comment on table crm.filter_word is
    'Words and phrases that hold a report for triage.';
comment on column crm.filter_word.id is 'plain: random id';
comment on column crm.filter_word.kind is 'plain: abuse or emergency';
comment on column crm.filter_word.word is 'plain: as people read it';
comment on column crm.filter_word.bare is
    'plain: as it is compared, see crm.text_bare';

alter table crm.filter_word enable row level security;
alter table crm.filter_word force row level security;
create policy filter_word_owner on crm.filter_word to crm_owner
    using (true) with check (true);
create policy filter_word_intake on crm.filter_word for select
    to crm_channel using (true);
create policy filter_word_read on crm.filter_word for select to crm_officer
    using ((select crm.viewer_role()) in ('triage', 'admin'));
create policy filter_word_add on crm.filter_word for insert to crm_officer
    with check ((select crm.viewer_role()) = 'admin');
create policy filter_word_remove on crm.filter_word for delete to crm_officer
    using ((select crm.viewer_role()) = 'admin');
grant select on crm.filter_word to crm_channel;
grant select, insert (id, kind, word, bare), delete
    on crm.filter_word to crm_officer;
