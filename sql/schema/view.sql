-- Views of the inbox that people keep under a name.
--
-- SPDX-License-Identifier: ISC

create table crm.view (
	id uuid not null default pg_catalog.gen_random_uuid(),
	account_id uuid not null,
	name text not null,
	query text not null,
	constraint view_pkey primary key (id),
	constraint view_account_name_key unique (account_id, name),
	constraint view_account_fkey foreign key (account_id)
	    references crm.account (id) on delete cascade,
	constraint view_name_short
	    check (pg_catalog.length(name) between 1 and 60),
	constraint view_query_short check (pg_catalog.length(query) <= 500),
	constraint view_query_holds_no_words
	    check (query !~ '(^|&)(q|cursor|limit)=')
);
comment on table crm.view is 'Saved views of the inbox.';
comment on column crm.view.id is 'plain: random id';
comment on column crm.view.account_id is 'officer: whose it is';
comment on column crm.view.name is 'officer: how its owner calls it';
comment on column crm.view.query is
    'officer: parameters of the list; never words that were searched for';

alter table crm.view enable row level security;
alter table crm.view force row level security;
create policy view_owner on crm.view to crm_owner
    using (true) with check (true);
create policy view_own on crm.view to crm_officer
    using (account_id = (select crm.viewer_account()))
    with check (account_id = (select crm.viewer_account()));
grant select, insert (account_id, name, query), update (query), delete
    on crm.view to crm_officer;
