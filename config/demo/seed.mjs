// SPDX-License-Identifier: ISC
// Loads the demo through the real API: reports as JAKI and desk, then the
// work of officers and validators, oldest first with the instance's clock
// moved. May be repeated: every request has its own Idempotency-Key.
// Usage: [CRM_CLI=config/crm] node config/demo/seed.mjs DEMO_JSON

import { execFile } from "node:child_process";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { Api, Channel, signIn } from "./api.mjs";
import { planOf } from "./plan.mjs";
import { Studio } from "./studio.mjs";

const PARALLEL = 3;
const run = promisify(execFile);

/** @typedef {import("./plan.mjs").Action} Action */

class Seed {
  #api;
  #cli;
  #demo;
  #base;
  /** @type {Map<string, Channel>} */
  #channels = new Map();
  /** @type {Map<string, Record<string, string>>} */
  #sessions = new Map();
  /** What the API said about each report. @type {Map<number, {id: string, version: number}>} */
  #reports = new Map();

  constructor(file, cli) {
    this.#demo = JSON.parse(readFileSync(file, "utf8"));
    this.#base = baseTime(path.join(path.dirname(file), "demo-base.json"));
    this.#cli = cli;
    this.#api = new Api(this.#demo, PARALLEL);
    for (const row of this.#demo.channels) {
      this.#channels.set(row.name, new Channel(row));
    }
  }

  async load() {
    const steps = planOf(this.#base);
    const studio = new Studio(2);
    for (const action of steps.flat()) {
      action.pictures = action.wishes.map((wish) => studio.picture(wish));
    }
    try {
      await this.#clock("reset");
      await this.#checkCategories(steps.flat());
      await this.#signAllIn(steps.flat());
      for (const step of steps) {
        const ahead = Math.round((step[0].at.getTime() - Date.now()) / 1000);
        await this.#clock(String(ahead));
        await inParallel(step, (action) => this.#act(action));
      }
    } finally {
      await this.#clock("reset");
      await studio.close();
      this.#api.close();
    }
    return { reports: this.#reports.size, steps: steps.length };
  }

  async #clock(seconds) {
    try {
      await run(this.#cli, ["clock", seconds], { env: process.env });
    } catch (error) {
      throw new Error(`${this.#cli} clock ${seconds} failed: ${error.stderr || error.message}`);
    }
  }

  /** An unknown category is better told once than forty times. */
  async #checkCategories(actions) {
    const answer = await this.#api.call("GET", "/api/v1/categories", { headers: this.#channel("jaki").headers(), expect: [200] });
    const known = new Set(answer.body.items.map((item) => item.code));
    const missing = actions.map((action) => action.json.category).filter((code) => code && !known.has(code));
    if (missing.length > 0) {
      throw new Error(`the server has no category ${[...new Set(missing)].join(", ")}; it has ${[...known].join(", ")}`);
    }
  }

  /** Signing in happens at the real time, so that sessions outlast the past. */
  async #signAllIn(actions) {
    const actors = new Set(actions.map((action) => action.actor).filter((actor) => actor.role));
    for (const name of new Set([...actors].map((actor) => `${actor.role}/${actor.unit ?? ""}`))) {
      const [role, unit] = name.split("/");
      const user = this.#demo.users.find((row) => row.role === role && (!unit || row.unit === unit));
      if (!user) {
        throw new Error(`demo.json has no ${role} ${unit ? `of ${unit}` : ""}`);
      }
      this.#sessions.set(name, await signIn(this.#api, user));
    }
  }

  #channel(name) {
    const channel = this.#channels.get(name);
    if (!channel) {
      throw new Error(`demo.json has no channel ${name}`);
    }
    return channel;
  }

  /** @param {Action} action */
  async #act(action) {
    if (action.actor.channel) {
      await this.#post(action);
    } else {
      await this.#work(action);
    }
  }

  /** @param {Action} action */
  async #post(action) {
    const answer = await this.#api.call("POST", "/api/v1/reports", {
      headers: { ...this.#channel(action.actor.channel).headers(), "Idempotency-Key": action.key },
      ...(await this.#content(action, "report")),
      expect: [201],
    });
    const { id, version, status } = answer.body.report;
    if (action.first && action.first !== status && !answer.headers["idempotency-replayed"]) {
      throw new Error(`report ${action.index} became ${status}, not ${action.first}`);
    }
    this.#reports.set(action.index, { id, version });
  }

  /** @param {Action} action */
  async #work(action) {
    const report = this.#reports.get(action.index);
    const session = this.#sessions.get(`${action.actor.role}/${action.actor.unit ?? ""}`);
    if (!report || !session) {
      throw new Error(`step ${action.key} comes before its report or session`);
    }
    const content = await this.#content(action, "event");
    const send = (expect) => this.#api.call("POST", `/api/v1/reports/${report.id}/events`, {
      headers: { ...session, "Idempotency-Key": action.key, "If-Match": `"${report.version}"` },
      ...content,
      expect,
    });
    let answer = await send([201, 412]);
    if (answer.status === 412) {
      const now = await this.#api.call("GET", `/api/v1/reports/${report.id}`, { headers: session, expect: [200] });
      report.version = now.body.report.version;
      answer = await send([201]);
    }
    report.version = answer.body.report.version;
  }

  /** JSON alone, or multipart when there are photos. @param {Action} action */
  async #content(action, name) {
    if (action.pictures.length === 0) {
      return { json: action.json };
    }
    const pictures = await Promise.all(action.pictures);
    action.pictures = [];
    return {
      parts: [
        { name, data: JSON.stringify(action.json), mime: "application/json" },
        ...pictures.map(({ bytes, mime }, at) => ({ name: "photo", data: bytes, mime, file: action.files[at] })),
      ],
    };
  }
}

/** A repeated run must send the very same times: they are kept. */
function baseTime(file) {
  if (!existsSync(file)) {
    writeFileSync(`${file}.new`, JSON.stringify({ base: new Date().toISOString() }), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  return new Date(JSON.parse(readFileSync(file, "utf8")).base);
}

/** Runs a job over all items, a few at a time; the first error stops it. */
async function inParallel(items, job) {
  const queue = [...items];
  const lane = async () => {
    for (let item = queue.shift(); item; item = queue.shift()) {
      try {
        await job(item);
      } catch (error) {
        queue.length = 0;
        throw error;
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: PARALLEL }, lane));
  const failed = ends.find((end) => end.status === "rejected");
  if (failed) {
    throw failed.reason;
  }
}

async function main() {
  const [file] = process.argv.slice(2);
  if (!file) {
    process.stderr.write("usage: [CRM_CLI=config/crm] node seed.mjs DEMO_JSON\n");
    return 2;
  }
  const started = Date.now();
  const cli = process.env.CRM_CLI ?? fileURLToPath(new URL("../crm", import.meta.url));
  try {
    const { reports, steps } = await new Seed(file, cli).load();
    process.stdout.write(`loaded ${reports} reports in ${steps} steps, ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`demo data: ${error.message}\n`);
    return 1;
  }
}

process.exitCode = await main();
