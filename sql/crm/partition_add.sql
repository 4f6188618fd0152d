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
	start text;
	finish text;
	is_used boolean;
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
			-- Names come from the list above and a date.
			child := parent.name || to_char(month, '_YYYY_MM');
			start := month || ' 00:00+00';
			finish := (month + interval '1 month')::date || ' 00:00+00';
			continue when to_regclass(
			    format('%I.%I', parent.space, child)) is not null;
			-- What came before its month had a partition lies in the
			-- default one, and so does the rest of that month.
			execute format('select exists (select from %I.%I'
			    ' where %I >= %L and %I < %L)', parent.space,
			    parent.name, parent.key, start, parent.key, finish)
			into is_used;
			continue when is_used;
			execute format('create table %I.%I partition of %I.%I'
			    ' for values from (%L) to (%L)', parent.space, child,
			    parent.space, parent.name, start, finish);
			perform crm.partition_close(parent.space, child);
			made := made + 1;
		end loop;
	end loop;
	return made;
end
$$;
comment on function crm.partition_add(date, date) is
    'Makes the missing monthly partitions of reports, events and audit.';
