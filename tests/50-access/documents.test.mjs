// The pages that are printed from the tables are the ones in docs/.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { finish, test } from "../support/count.mjs";
import { crm as command, root } from "../support/instance.mjs";
import { access, fields, readers } from "../support/tables.mjs";

for (const name of ["access", "errors"]) {
  await test(`docs/${name}.md is what crm ${name} prints`, () => {
    assert.equal(readFileSync(join(root, `docs/${name}.md`), "utf8"), command(name));
  });
}

await test("docs/access.md names every reader, kind and member", () => {
  const page = command("access");
  for (const { wire } of readers()) assert.ok(page.includes(wire), wire);
  for (const kind of access().keys()) assert.ok(page.toLowerCase().includes(kind.toLowerCase()), kind);
  for (const table of ["report", "event"]) {
    for (const { group, name } of fields(table)) assert.ok(page.includes(`| ${group ? `${group}.` : ""}${name} |`), name);
  }
});

finish();
