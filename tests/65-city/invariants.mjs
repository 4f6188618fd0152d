// What must be true of every report at every time, asked of the database.
// Each query returns what breaks the rule.
//
// SPDX-License-Identifier: ISC
import { sql } from "../support/instance.mjs";

/** Events that tell of something and are no step of the report itself. */
const TOLD = "('remind', 'escalate', 'main_step')";
/** What moves the report: a step, or coming back when the main report is over. */
const MOVES = `(e.type not in ${TOLD} or e.step = 'unmerge')`;
const OPEN = "('incoming', 'waiting', 'coordination', 'disposition', 'in_progress', 'scheduled', 'awaiting_validation', 'followup_rejected')";

export const INVARIANTS = {
  "the holder is one of the chain": "select id from crm.report where unit_id <> all (unit_ids)",
  "every version has its event, and none is missing": `
    select r.id from crm.report r where r.version <> (select count(distinct e.version) from crm.event e where e.report_id = r.id)
    or exists (select from crm.event e where e.report_id = r.id and e.version > r.version)`,
  "each step begins where the one before ended": `
    select x.report_id from (select e.report_id, e.from_status, e.type,
      lag(e.to_status) over (partition by e.report_id order by e.version, e.at) as was
      from crm.event e where ${MOVES}) x
    where x.type <> 'received' and x.from_status is distinct from x.was`,
  "a report is where its last step left it": `
    select r.id from crm.report r where r.status <> (select e.to_status from crm.event e
      where e.report_id = r.id and ${MOVES} order by e.version desc, e.at desc limit 1)`,
  "nothing closed itself": `
    select e.report_id from crm.event e where e.by_unit_id is null and e.by_channel_id is null and e.type not in ${TOLD}
    union all select e.report_id from crm.event e where e.type in ('remind', 'escalate') and e.to_status is distinct from e.from_status`,
  "only a step that the table knows was taken": `
    select e.report_id from crm.event e where e.type not in ('received', 'undo') and e.type not in ${TOLD}
    and not exists (select from crm.event_rule t where t.type = e.type and t.from_status = e.from_status
      and t.to_status in (e.to_status, 'before'))`,
  "nobody validated the own unit's work": `
    select e.report_id from crm.event e join crm.event f on f.report_id = e.report_id and f.type = 'follow_up'
    where e.type in ('accept_work', 'refuse_work', 'second_accept', 'second_refuse') and e.by_unit_id = f.by_unit_id`,
  "work is finished only with proof": `
    select r.id from crm.report r where r.status = 'completed' and not exists (
      select from crm.event e join crm.photo p on p.event_id = e.id where e.report_id = r.id and e.type = 'follow_up')`,
  "a clock runs on every open report that does not wait for its reporter": `
    select id from crm.report where status in ${OPEN} and due_at is null and asked_at is null`,
  "no clock runs on what is closed": `select id from crm.report where status not in ${OPEN} and due_at is not null`,
  "a rejection says why": "select id from crm.report where status = 'rejected' and reason_code is null",
  "a merged report has a main one that is not merged": `
    select r.id from crm.report r left join crm.report m on m.id = r.main_id
    where (r.status = 'merged') <> (r.main_id is not null) or r.status = 'merged' and (m.id is null or m.status = 'merged')`,
  "main reports know how many were merged into them": `
    select m.id from crm.report m where m.merged <> (select count(*) from crm.report r where r.main_id = m.id)`,
  "at most one hand-over lies open, with the holder": `
    select r.id from crm.report r join lateral (select count(*) as open, min(h.to_unit_id::text) as unit from crm.hand_over h
      where h.report_id = r.id and h.ended_at is null) h on true
    where h.open > 1 or r.status in ('coordination', 'disposition') and h.unit is distinct from r.unit_id::text`,
  "lists show each report to its chain, its channel and those who see all, and to none else": `
    select r.id from crm.report r where (select array_agg(i.reader_id order by i.reader_id) from crm.inbox i where i.report_id = r.id)
    is distinct from (select array_agg(distinct x order by x) from unnest(r.unit_ids || r.channel_id
      || '00000000-0000-0000-0000-000000000000'::uuid) x)`,
  "lists show the state that reports have": `
    select r.id from crm.report r join crm.inbox i on i.report_id = r.id
    where i.status <> r.status or i.visibility <> r.visibility or i.unit_id <> r.unit_id
    or i.due_at <> coalesce(r.due_at, 'infinity')`,
  "the public reads what its reports say, and nothing of others": `
    with told as (select (s.row).*, crm.public_notes((s.row).report_id) as told from (select crm.public_row(r) as row from crm.report r offset 0) s
      where (s.row).report_id is not null)
    select coalesce(t.report_id, p.report_id) from told t full join crm.public_report p on p.report_id = t.report_id
    where (t.status, t.is_open, t.category_code, t.description, t.lat, t.lng, t.kelurahan_code, t.unit_id, t.due_at, t.reason_code, t.told)
    is distinct from (p.status, p.is_open, p.category_code, p.description, p.lat, p.lng, p.kelurahan_code, p.unit_id, p.due_at, p.reason_code, p.notes)`,
  "every step of a person left its audit entry": `
    select e.report_id from crm.event e where (e.by_unit_id is not null or e.by_channel_id is not null)
    and not exists (select from audit.entry a where a.report_id = e.report_id and a.action in ('event_' || e.type, 'report_add'))`,
  "what is overdue was told to a supervisor": `
    select r.id from crm.report r where r.status in ${OPEN} and r.due_at < crm.now() - interval '2 minutes'
    and not exists (select from crm.event e where e.report_id = r.id and e.type = 'escalate')`,
  "each report has its sealed reporter": `
    select r.id from crm.report r where not exists (select from identity.sealed s where s.report_id = r.id)
    and not exists (select from crm.event e where e.into_id = r.id and e.type = 'split')`,
  "no number was given twice": "select ticket from crm.report group by ticket having count(*) > 1",
};

/** How many rows break the rule, and one of them. */
export function broken(name) {
  const rows = sql(INVARIANTS[name], { login: "postgres" });
  return { count: rows.length, first: rows[0]?.[0] };
}
