// A channel follows its reports: what changed since, oldest change first, and
// nothing missed, whatever happens at the same time.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { assertProblem } from "../support/checked.mjs";
import { addChannel } from "../support/channels.mjs";
import { finish, test } from "../support/count.mjs";
import { instance, sql } from "../support/instance.mjs";
import { channelOf, enterAs } from "../support/people.mjs";
import { KLENDER, pointIn } from "../support/places.mjs";
import { add, reread, stepped } from "../support/reports.mjs";
import { waitFor } from "../support/wait.mjs";

const crm = instance();
const ourChannel = await addChannel(crm);
const channel = channelOf({ ...crm, channel: () => ourChannel });
const klender = pointIn(KLENDER);
const officer = await enterAs(crm, "officer", klender.unit);
const BEGINNING = "1970-01-01T00:00:00Z";

const ask = (query, client = channel) => client.get(`/api/v1/reports?${new URLSearchParams(query)}`);

/** All pages of what changed. */
async function changes(query) {
  const items = [];
  let cursor;
  do {
    const answer = await ask(cursor ? { ...query, cursor } : query);
    assert.equal(answer.status, 200, answer.text);
    items.push(...answer.json.items);
    cursor = answer.json.next_cursor;
  } while (cursor);
  return items;
}
const idsOf = (items) => items.map(({ id }) => id);
/** Until nobody's write, of other tests either, holds the list back. */
const settled = (query, ids) => waitFor("the changes", async () => {
  const items = await changes(query);
  return idsOf(items).join() === ids.join() && items;
});

/** When a report changed; of the last one that did. */
const lastOf = async (report) => (await reread(channel, report)).updated_at;

/** A session of the database's owner that leaves a transaction open. */
function transaction(text) {
  const psql = spawn("psql", ["-X", "-q", "-At", "-h", join(crm.state, "jail/run"), "-U", "crm_owner", "-d", "crm"],
    { stdio: ["pipe", "ignore", "inherit"] });
  psql.stdin.write(`begin; ${text};\n`);
  return {
    end: (how) => new Promise((resolve) => {
      psql.once("exit", resolve);
      psql.stdin.end(`${how};\n`);
    }),
  };
}
const heldBy = () => Number(sql(`select count(*) from pg_locks l join pg_stat_activity a using (pid)
  where l.locktype = 'advisory' and l.objsubid = 2 and a.usename = 'crm_owner' and a.state = 'idle in transaction'`)[0][0]);

/** A step of the channel. */
const say = (report, type) => stepped(channel, report, { type }, { headers: { "Idempotency-Key": randomUUID() } });

const first = await add(channel, klender);
const second = await add(channel, klender, { visibility: "public" });
const third = await add(channel, klender);

await test("oldest change first, by status and visibility, in pages", async () => {
  await settled({ updated_since: BEGINNING }, [first.id, second.id, third.id]);
  const taken = await stepped(officer, first, { type: "take" });
  const items = await settled({ updated_since: BEGINNING, limit: 1 }, [second.id, third.id, first.id]);
  assert.deepEqual(items[2], (({ steps: _, ...rest }) => rest)(await reread(channel, first)), "an item is the report itself");
  assert.equal(items[2].updated_at, taken.updated_at);
  assert.ok(items.every((item, n) => n === 0 || items[n - 1].updated_at < item.updated_at));
  await settled({ updated_since: BEGINNING, status: "waiting" }, [second.id, third.id]);
  await settled({ updated_since: BEGINNING, status: "in_progress,waiting", visibility: "private" }, [third.id, first.id]);
  await settled({ updated_since: BEGINNING, visibility: "public" }, [second.id]);
});

await test("from the last time seen on, that one included", async () => {
  const items = await settled({ updated_since: BEGINNING }, [second.id, third.id, first.id]);
  await settled({ updated_since: items[2].updated_at }, [first.id]);
  await settled({ updated_since: items[1].updated_at.replace("Z", "+00:00") }, [third.id, first.id]);
  assert.deepEqual(await changes({ updated_since: "2100-01-01T00:00:00Z" }), []);
});

await test("what it does not know it refuses", async () => {
  for (const more of [{ sort: "due_at" }, { q: "jalan" }, { category: "jalan" }, { unit: first.unit.id }, { overdue: "true" }, { held: "spam" }]) {
    assertProblem(await ask({ updated_since: BEGINNING, ...more }), 400, [["?", "unknown_parameter"]]);
  }
  assertProblem(await ask({ updated_since: BEGINNING }, officer), 400, [["?", "unknown_parameter"]]);
  for (const time of ["", "yesterday", "2026-11-24", "2026-13-01T00:00:00Z", "2026-11-24 08:00:00Z"]) {
    assertProblem(await ask({ updated_since: time }), 422, [["?updated_since", "format"]]);
  }
  assertProblem(await ask({ updated_since: BEGINNING, status: "done" }), 422, [["?status", "unknown"]]);
  const { json } = await ask({ updated_since: BEGINNING, limit: 1 });
  assertProblem(await ask({ updated_since: "2026-01-01T00:00:00Z", limit: 1, cursor: json.next_cursor }), 422, [["?cursor", "cursor"]]);
});

await test("another channel's reports are not in it", async () => {
  const jaki = channelOf(crm);
  const foreign = await add(jaki, klender);
  assert.ok(!idsOf(await changes({ updated_since: BEGINNING })).includes(foreign.id));
  jaki.close();
});

await test("what changed later waits for a change that is still being stored", async () => {
  const since = await lastOf(first);
  const held = transaction(`update crm.report set me_too = me_too + 1 where id = '${second.id}'`);
  await waitFor("the open transaction", heldBy);
  const later = await say(third, "me_too");
  assert.ok(!idsOf(await changes({ updated_since: since })).includes(third.id), "not before the earlier one");
  assert.equal((await reread(channel, third)).version, later.version, "though it is there");
  await held.end("commit");
  const items = await settled({ updated_since: since }, [first.id, second.id, third.id]);
  assert.equal(items[1].me_too, 1);
});

await test("what is not stored after all keeps nothing waiting", async () => {
  const since = await lastOf(third);
  const held = transaction(`update crm.report set me_too = me_too + 1 where id = '${second.id}'`);
  await waitFor("the open transaction", heldBy);
  await say(await reread(channel, first), "me_too");
  await held.end("rollback");
  await settled({ updated_since: since }, [third.id, first.id]);
});

await test("a client that follows sees the last of everything, and no earlier change after a later one", async () => {
  let since = await lastOf(first);
  const seen = new Map();
  const order = [];
  let last = false;
  let done = false;
  const follower = (async () => {
    while (!last) {
      last = done;
      for (const { id, version, updated_at } of await changes({ updated_since: since, limit: 10 })) {
        if (seen.get(id)?.updated_at !== updated_at) order.push(updated_at);
        seen.set(id, { version, updated_at });
        since = updated_at;
      }
    }
  })();
  const reports = await Promise.all(Array.from({ length: 40 }, async (_, n) => {
    let report = await add(channel, klender);
    if (n % 2) report = await say(report, "me_too");
    return n % 3 ? report : stepped(officer, report, { type: "take" });
  }));
  await waitFor("the list to be up to date", async () =>
    idsOf(await changes({ updated_since: since })).length === 1 && seen.size >= reports.length);
  done = true;
  await follower;
  for (const { id, version } of reports) assert.equal(seen.get(id)?.version, version);
  assert.deepEqual(order, [...order].sort());
});

channel.close();
officer.close();
finish();
