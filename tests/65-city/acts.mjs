// What each of them does with a report that lies before them. Every act is one
// request; an answer that was not to be expected is noted.
//
// SPDX-License-Identifier: ISC
import { randomUUID } from "node:crypto";
import { jpeg } from "../support/pictures.mjs";
import { step } from "../support/reports.mjs";

/** How often what happens, of one. */
const CHANCE = { wrongAgency: 0.04, dispose: 0.5, ask: 0.04, schedule: 0.03, refuse: 0.08, spam: 0.1, rate: 0.25, reopen: 0.06,
  confirm: 0.2, meToo: 0.04, private: 0.03, withdraw: 0.01, assign: 0.1, note: 0.1 };

export class Acts {
  counts = new Map();
  /** What others were merged into since its list was read. */
  mains = new Set();
  surprises = [];

  constructor(cast, plans, random, clock) {
    Object.assign(this, { cast, plans, random, clock });
  }

  async do(client, report, event, options = {}) {
    const headers = client === this.cast.jaki ? { "Idempotency-Key": randomUUID() } : {};
    const answer = await step(client, report, event, { ...options, headers });
    this.counts.set(event.type, (this.counts.get(event.type) ?? 0) + 1);
    if (answer.status !== 201) this.surprises.push(`${event.type} from ${report.status}: ${answer.status} ${answer.text.slice(0, 300)}`);
    return answer.json?.report ?? report;
  }

  /** An officer with a report of the own unit. */
  async officer(unit, client, report) {
    const { random } = this;
    if (report.paused) return;
    if (["waiting", "coordination", "disposition", "followup_rejected"].includes(report.status)) await this.#receive(unit, client, report);
    else if (report.schedule && !report.schedule.approved) await this.#decide(unit, report);
    else if (random.happens(CHANCE.ask)) await this.do(client, report, { type: "ask", text: "Di sisi jalan yang mana?" });
    else if (report.status === "in_progress" && random.happens(CHANCE.schedule)) {
      const until = new Date(this.clock.now() + 5 * 864e5).toISOString();
      await this.do(client, report, { type: "schedule", until, reason: "Menunggu alat berat" });
    } else await this.#finish(client, report);
  }

  async #receive(unit, client, report) {
    const { cast, random } = this;
    const plan = this.plans.get(report.id) ?? {};
    const home = [...cast.points.values()].some((point) => point.unit === unit);
    if (report.status === "waiting" && home && plan.agency) {
      const wrong = random.happens(CHANCE.wrongAgency);
      const to = wrong ? random.pick([...cast.offices.keys()].filter((name) => name !== plan.agency)) : plan.agency;
      await this.do(client, report, { type: "hand_over", unit: cast.unitIds.get(to), reason: "Kewenangan instansi tersebut" });
      return;
    }
    if (report.status === "coordination" && plan.agency && unit !== plan.agency) {
      await this.do(client, report, { type: "return", reason: "Bukan kewenangan kami" });
      return;
    }
    const office = cast.offices.get(unit)?.get(report.location?.kelurahan?.code?.slice(0, 5));
    if (report.status === "coordination" && office && random.happens(CHANCE.dispose)) {
      await this.do(client, report, { type: "dispose", unit: cast.unitIds.get(office), reason: "Wilayah suku dinas" });
      return;
    }
    await this.do(client, report, random.happens(CHANCE.note) ? { type: "take", note: "Berangkat ke lokasi" } : { type: "take" });
  }

  async #decide(unit, report) {
    const supervisor = this.cast.supervisors.get(unit);
    await this.do(supervisor, report, this.random.happens(0.7) ? { type: "approve_schedule" } : { type: "refuse_schedule", reason: "Bisa lebih cepat" });
  }

  async #finish(client, report) {
    const { random } = this;
    const at = report.location ?? this.cast.points.values().next().value;
    const photos = [jpeg({ width: 64, height: 48 })];
    await this.do(client, report, {
      type: "follow_up", text: `Sudah dikerjakan oleh ${report.unit.name}.`, captured_at: new Date(this.clock.now() - random.whole(1, 9) * 60000).toISOString(),
      location: { lat: at.lat, lng: at.lng, accuracy_m: 6 },
    }, { photos });
  }

  async validator(client, report) {
    await this.do(client, report, this.random.happens(CHANCE.refuse)
      ? { type: "refuse_work", reason: "Foto tidak menunjukkan lokasi" } : { type: "accept_work" });
  }

  /** The other unit's look at finished work. */
  async second(client, report) {
    await this.do(client, report, this.random.happens(0.2) ? { type: "second_refuse", reason: "Belum selesai" } : { type: "second_accept" });
  }

  async triage(client, report) {
    const { cast, random } = this;
    if (report.held_for?.includes("duplicate")) {
      const related = await client.get(`/api/v1/reports/${report.id}/related`);
      const main = (related.json?.items ?? []).find((one) => one.relation === "duplicate" && !["merged", "rejected"].includes(one.status));
      if (main && !report.merged && !this.mains.has(report.id)) {
        this.mains.add(main.id);
        await this.do(client, report, { type: "merge", into: main.id });
        return;
      }
    }
    const isSpam = random.happens(CHANCE.spam) || !this.counts.has("reject");
    if (isSpam && !report.held_for?.includes("appeal")) {
      await this.do(client, report, { type: "reject", reason: "not_city", text: "Ini di luar kewenangan kota." });
      return;
    }
    const point = random.pick([...cast.points.values()]);
    await this.do(client, report, { type: "route", unit: cast.unitIds.get(point.unit), location: { lat: point.lat, lng: point.lng } });
  }

  /** What the reporter does, told by JAKI. */
  async reporter(client, report) {
    const { random } = this;
    const plan = this.plans.get(report.id);
    if (!plan) return;
    if (report.paused) await this.do(client, report, { type: "answer", text: "Sisi utara, dekat tiang." });
    else if (report.status === "completed" && !plan.closed) {
      plan.closed = true;
      if (random.happens(CHANCE.reopen)) await this.do(client, report, { type: "reopen", text: "Masih sama seperti kemarin." });
      else if (random.happens(CHANCE.rate)) await this.do(client, report, { type: "rate", stars: random.whole(1, 5) });
      else if (random.happens(CHANCE.confirm)) await this.do(client, report, { type: "confirm" });
    } else if (report.status === "rejected" && report.reason_code === "not_city" && !plan.closed) {
      plan.closed = true;
      await this.do(client, report, { type: "appeal", text: "Ini jalan kota, bukan tol." });
    } else if (!["completed", "rejected", "merged"].includes(report.status)) await this.#change(client, report);
  }

  async #change(client, report) {
    const { random } = this;
    const plan = this.plans.get(report.id);
    if (plan.changed) return;
    plan.changed = true;
    if (random.happens(CHANCE.meToo)) await this.do(client, report, { type: "me_too" });
    else if (random.happens(CHANCE.private)) await this.do(client, report, { type: report.visibility === "public" ? "make_private" : "make_public" });
    else if (random.happens(CHANCE.withdraw)) await this.do(client, report, { type: "withdraw" });
  }
}
