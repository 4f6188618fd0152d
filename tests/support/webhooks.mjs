// Webhooks as tests need them: registered by the command line, tried again
// within a second instead of within days.
//
// SPDX-License-Identifier: ISC

import { crm, pidOf, sql } from "./instance.mjs";
import { childrenOf } from "./processes.mjs";
import { waitFor } from "./wait.mjs";

/** Pauses of a fraction of a second, three tries, three seconds for a receiver. */
export function quickPace() {
  for (const [name, value] of Object.entries({
    webhook_pause: 0.1, webhook_pause_factor: 1, webhook_pause_most: 1, webhook_tries: 3, webhook_limit: 3,
  })) sql(`update crm.setting set value = ${value} where name = '${name}'`);
}

const command = (channel, ...args) => crm("channel", "webhook", channel.name, ...args).trim();

/** Registers an address; the secret. */
export const register = (channel, url) => command(channel, url);
export const remove = (channel, url) => command(channel, "--remove", url);
export const resume = (channel, url) => command(channel, "--resume", url);
export const replay = (channel, ...id) => command(channel, "--replay", ...id);
const table = (text) => text.split("\n").filter(Boolean).map((line) => line.split("\t"));
/** Rows of --list and --dead. */
export const listed = (channel) => table(command(channel, "--list"));
export const dead = (channel) => table(command(channel, "--dead"));

/** The outbox of an address, in order: [version, tries, answer, state]. */
export function outbox(url) {
  return sql(`select e.version, e.tries, coalesce(e.answer, ''), case when e.delivered_at is not null then 'delivered'
    when e.dead_at is not null then 'dead' else 'open' end
    from crm.webhook_event e join crm.webhook w on w.id = e.webhook_id
    where w.url = :'url' order by e.report_id, e.version`, { variables: { url } });
}

/** Waits until so many of an address are delivered or dead; the outbox then. */
export async function settled(url, count, state) {
  let rows = [];
  try {
    return await waitFor(state, () => {
      rows = outbox(url);
      return rows.filter((row) => row[3] === state).length === count && rows;
    }, { seconds: 20, every: 250 });
  } catch {
    throw new Error(`not ${count} ${state} at ${url}: ${JSON.stringify(rows)}`);
  }
}

/** The process that delivers. */
export const courier = () => childrenOf(pidOf("jobs"))[0];
