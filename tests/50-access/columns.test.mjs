// Every column of the database says in its comment what kind of data it holds.
// One that does not, or that a login may read though it is secret, fails here.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { finish, test } from "../support/count.mjs";
import { instance, sql } from "../support/instance.mjs";
import { fields, otherFields } from "../support/tables.mjs";

instance();
const KINDS = ["plain", "officer", "secret", "narrative", "place", "photo", "identity", "internal"];
const COLUMNS = `
  select n.nspname || '.' || c.relname || '.' || a.attname
  from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
  where n.nspname in ('crm', 'identity', 'audit', 'api') and c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition
  and a.attnum > 0 and not a.attisdropped`;
const UNCLASSIFIED = `${COLUMNS}
  and coalesce(col_description(c.oid, a.attnum), '') !~ '^(${KINDS.join("|")}): .'`;
const SECRET = (kinds, login) => `${COLUMNS}
  and col_description(c.oid, a.attnum) ~ '^(${kinds}): ' and has_column_privilege('${login}', c.oid, a.attnum, 'select')`;

await test("every column says what it holds", () => {
  assert.ok(sql(COLUMNS).length > 150, "the query sees the tables");
  assert.deepEqual(sql(UNCLASSIFIED), []);
});

await test("a new column that says nothing is noticed", () => {
  const rows = sql(`begin;
    alter table crm.report add column uji_baru text;
    ${UNCLASSIFIED};
    rollback;`);
  assert.deepEqual(rows, [["crm.report.uji_baru"]]);
});

await test("a new column that officers may read though it is an identity is noticed", () => {
  const rows = sql(`begin;
    alter table crm.report add column uji_baru text;
    comment on column crm.report.uji_baru is 'identity: uji';
    ${SECRET("identity|secret", "crm_officer")};
    rollback;`);
  assert.deepEqual(rows, [["crm.report.uji_baru"]]);
});

for (const login of ["crm_officer", "crm_public", "crm_jobs"]) {
  await test(`${login} can select no identity and no secret`, () => assert.deepEqual(sql(SECRET("identity|secret", login)), []));
}
await test("crm_channel can select no secret and nothing internal, and of identities only its own reference", () => {
  const rows = sql(SECRET("identity|secret|internal", "crm_channel")).flat();
  assert.deepEqual(rows.filter((name) => name !== "crm.report_origin.channel_ref"), []);
});
await test("crm_public can select what is made for it, lists that hold nothing about any report, and files of photos", () => {
  const rows = sql(`${COLUMNS} and has_column_privilege('crm_public', c.oid, a.attnum, 'select')`).flat();
  const other = rows.filter((name) => !/^crm\.(public_report|area|category|clock|reason|service_attribute|service_value|unit)\./.test(name));
  assert.deepEqual(other.sort(), ["file_full", "id", "is_sealed", "kind", "place", "report_id"].map((name) => `crm.photo.${name}`));
});

await test("logins that may not see a table see none of its statistics", () => {
  for (const login of ["crm_officer", "crm_channel"]) {
    const [[count]] = sql("select count(*) from pg_stats where schemaname = 'identity'", { login });
    assert.equal(count, "0", login);
  }
});

const attributes = (type) => new Set(sql(`select a.attname from pg_attribute a
  where a.attrelid = 'api.${type}'::regclass and a.attnum > 0 and not a.attisdropped`).flat());
for (const [name, type] of [["report", "report_row"], ["event", "event_row"]]) {
  await test(`every member of ${name}_fields.def has its column in api.${type}`, () => {
    const known = attributes(type);
    for (const { column } of fields(name)) assert.ok(known.has(column), column);
  });
}
await test("the other objects have fields too", () => {
  for (const [, list] of otherFields()) assert.ok(list.length > 1);
});

finish();
