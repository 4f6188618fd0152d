// Everybody who plays the day: units with one officer each, supervisors,
// triage, validators, and JAKI. Every answer an officer gets is searched for
// the reporters' names.
//
// SPDX-License-Identifier: ISC
import { channelOf, enter, addAccount } from "../support/people.mjs";
import { sql } from "../support/instance.mjs";
import { pointsIn } from "../support/places.mjs";

/** Two kota, so that an agency has offices to instruct. */
const KELURAHAN = ["31.75.07.1003", "31.75.07.1002", "31.75.07.1001", "31.74.02.1002", "31.74.02.1001", "31.74.02.1003"];

/** Offices of the agencies in the kota of those kelurahan: Map agency → Map kota → office. */
function officesOf(agencies) {
  const kota = [...new Set(KELURAHAN.map((code) => code.slice(0, 5)))];
  const rows = sql(`
    select p.name, u.area_code, u.name from crm.unit u join crm.unit p on p.id = u.parent_id
    where u.kind = 'sudin' and u.area_code in (${kota.map((code) => `'${code}'`).join(",")})`);
  const offices = new Map(agencies.map((agency) => [agency, new Map()]));
  for (const [agency, area, office] of rows) offices.get(agency)?.set(area, office);
  return offices;
}

export class Cast {
  /** What officers were told that they must not be told. */
  leaks = [];
  requests = 0;

  constructor(crm, marker) {
    this.crm = crm;
    this.marker = marker;
  }

  async gather(agencies) {
    this.points = pointsIn(KELURAHAN);
    this.offices = officesOf(agencies);
    this.unitIds = new Map(sql("select name, id from crm.unit"));
    this.officers = new Map();
    const units = new Set([...this.points.values()].map(({ unit }) => unit));
    for (const [agency, offices] of this.offices) {
      units.add(agency);
      for (const office of offices.values()) units.add(office);
    }
    for (const unit of units) this.officers.set(unit, await this.#person("officer", unit));
    this.supervisors = new Map();
    for (const [unit, above] of sql(`
      select u.name, p.name from crm.unit u join crm.unit p on p.id = u.parent_id
      where u.name in (${[...units].map((name) => `'${name}'`).join(",")})`)) {
      const over = units.has(above) ? above : unit;
      if (!this.supervisors.has(over)) this.supervisors.set(over, await this.#person("supervisor", over));
      this.supervisors.set(unit, this.supervisors.get(over));
    }
    this.triage = await this.#person("triage", this.crm.user("triage").unit);
    this.validators = [await this.#person("validator", this.crm.user("validator").unit),
      await this.#person("validator", this.crm.user("validator").unit)];
    this.second = await this.#person("validator", "Inspektorat");
    this.renew();
  }

  /** Tokens of channels end after a quarter of an hour. */
  renew() {
    this.jaki?.close();
    this.jaki = channelOf(this.crm);
  }

  /** Sessions end after twelve hours: everybody signs in for the second half of the day. */
  async signInAgain() {
    const fresh = new Map();
    for (const client of this.all()) {
      client.close();
      fresh.set(client, await this.#enter(client.user));
    }
    for (const people of [this.officers, this.supervisors]) {
      for (const [unit, client] of people) people.set(unit, fresh.get(client));
    }
    this.triage = fresh.get(this.triage);
    this.validators = this.validators.map((client) => fresh.get(client));
    this.second = fresh.get(this.second);
  }

  #person(role, unit) {
    return this.#enter(addAccount({ role, unit, name: `Petugas ${unit}` }));
  }

  async #enter(user) {
    const client = await enter(this.crm, user);
    const send = client.send.bind(client);
    client.send = async (method, path, options) => {
      const answer = await send(method, path, options);
      this.requests += 1;
      if (answer.text.includes(this.marker)) this.leaks.push(`${user.role} ${method} ${path}`);
      return answer;
    };
    return client;
  }

  all() {
    return [...new Set([...this.officers.values(), ...this.supervisors.values(), this.triage, ...this.validators, this.second])];
  }

  close() {
    for (const client of [...this.all(), this.jaki]) client.close();
  }
}
