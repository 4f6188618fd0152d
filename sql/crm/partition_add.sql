-- SPDX-License-Identifier: ISC

create function crm.partition_add(first_month date, last_month date)
returns int
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	parent record;
	month date;
	child text;
	made int := 0;
begin
	for parent in
		select * from (values ('crm', 'report', 'received_at'),
		    ('crm', 'event', 'at'), ('audit', 'entry', 'at'))
		    p (space, name, key)
	loop
		for month in
			select generate_series(date_trunc('month', first_month),
			    date_trunc('month', last_month), '1 month')::date
		loop
			child := parent.name || to_char(month, '_YYYY_MM');
			continue when to_regclass(
			    format('%I.%I', parent.space, child)) is not null;
			-- Names come from the list above and a date.
			execute format('create table %I.%I partition of %I.%I'
			    ' for values from (%L) to (%L)', parent.space, child,
			    parent.space, parent.name, month || ' 00:00+00',
			    (month + interval '1 month')::date || ' 00:00+00');
			perform crm.partition_close(parent.space, child);
			made := made + 1;
		end loop;
	end loop;
	return made;
end
$$;
comment on function crm.partition_add(date, date) is
    'Makes the missing monthly partitions of reports, events and audit.';
