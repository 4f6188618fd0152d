-- SPDX-License-Identifier: ISC

create function crm.notice_tell(report uuid, event uuid, at timestamptz,
    type text, reader text, reader_id uuid)
returns void
language sql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
	insert into crm.notice (at, report_id, event_id, type, reader, reader_id)
	select notice_tell.at, report, event, notice_tell.type,
	    case when notice_tell.reader = 'unit' and u.duty = 'triage'
		then 'triage'
	    when notice_tell.reader = 'unit' and u.duty = 'validation'
		then 'validator'
	    else notice_tell.reader end,
	    case when notice_tell.reader in ('triage', 'validator')
		or notice_tell.reader = 'unit'
		and u.duty in ('triage', 'validation')
		then case when exists (select from crm.inbox i
		    where i.report_id = report and i.reader_id = crm.sandbox())
		    then crm.sandbox()
		    else '00000000-0000-0000-0000-000000000000' end
	    else notice_tell.reader_id end
	from (select) one
	left join crm.unit u on u.id = notice_tell.reader_id
	where notice_tell.reader_id is not null
	or notice_tell.reader in ('triage', 'validator')
	on conflict do nothing
$$;
comment on function crm.notice_tell(uuid, uuid, timestamptz, text, text, uuid)
    is 'One notice for one circle of readers; the units of triage and of validation hear as the roles that they are.';
