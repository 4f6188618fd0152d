// One operation of the API: who may ask, what to send, what comes back.
// SPDX-License-Identifier: ISC
import { kind } from "./schema.mjs";
import { anchor, code, escape, folded, json, line, paragraphs, table } from "./text.mjs";

const WAYS = { session: "officers with a session", channel: "channels with a token" };
const PLACES = { path: "in the address", query: "after ?", header: "header" };

const nameOf = (ref) => ref.split("/").pop();

/** The page's own parts: open(object) follows a $ref. */
export class Operations {
  #open;
  #every;

  /** every: headers of every answer, which are said once. */
  constructor(open, every) {
    this.#open = open;
    this.#every = new Set(every);
  }

  section({ method, path, item, operation }) {
    const { operationId: id, summary, description, security } = operation;
    const who = security.flatMap((way) => Object.keys(way)).map((way) => WAYS[way] ?? way).join(", ") || "anybody";
    const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((one) => this.#open(one));
    return `<section class="operation"><h3 id="${anchor("operation", id)}">${escape(summary)}</h3>
<p class="call"><span data-method="${method}">${method}</span> <code>${escape(path)}</code></p>
<p class="who">For ${escape(who)}.</p>
${paragraphs(description)}
${this.#parameters(id, parameters)}
${this.#body(operation.requestBody)}
<h4>Answers</h4>
${this.#answers(operation.responses)}
</section>`;
  }

  /** What we send to an address of the channel's. */
  webhook(name, operation) {
    const { operationId: id, summary, description, responses } = operation;
    const rows = Object.entries(responses).map(([status, one]) => [code(status), line(one.description)]);
    return `<section class="operation"><h3 id="${anchor("webhook", id)}">${escape(summary)}</h3>
<p class="call"><span data-method="POST">POST</span> <code>${escape(name)}</code></p>
${paragraphs(description)}
${this.#parameters(id, operation.parameters)}
${this.#body(operation.requestBody)}
<h4>What the receiver answers</h4>
${table(`Answers to ${id}`, ["status", "what"], rows)}
</section>`;
  }

  #parameters(id, list) {
    if (list.length === 0) return "";
    const rows = list.map(({ name, in: place, required, schema, description }) =>
      [code(name), PLACES[place], required ? "needed" : "", kind(schema), line(description)]);
    return `<h4>Parameters</h4>\n${table(`Parameters of ${id}`, ["name", "where", "there", "value", "what"], rows)}`;
  }

  #examples({ example, examples }) {
    if (example !== undefined) return folded("Example", json(example));
    return Object.entries(examples ?? {}).map(([name, one]) => {
      const { summary, value } = this.#open(one);
      return folded(`Example: ${escape(summary ?? name.replaceAll("_", " "))}`, json(value));
    }).join("\n");
  }

  #body(body) {
    if (!body) return "";
    const types = Object.entries(body.content).map(([type, content]) => {
      const { properties } = content.schema;
      const parts = type.startsWith("multipart/") && properties
        ? table(`Parts of ${type}`, ["part", "value"], Object.entries(properties).map(([name, one]) => [code(name), kind(one)]))
        : "";
      return `<p>${code(type)}${parts ? "" : `: ${kind(content.schema)}`}</p>\n${parts}${this.#examples(content)}`;
    });
    return `<h4>Body</h4>\n${paragraphs(body.description)}${types.join("\n")}`;
  }

  #answers(responses) {
    const own = Object.entries(responses).filter(([, one]) => !one.$ref);
    const common = Object.entries(responses).filter(([, one]) => one.$ref)
      .map(([status, { $ref }]) => `<a href="#${anchor("answer", nameOf($ref))}">${status === "default" ? "others" : status}</a>`);
    return `${own.map(([status, one]) => this.answer(status, one)).join("\n")}
<p class="common">As everywhere: ${common.join(" ")}</p>`;
  }

  /** One answer; the headers that every answer has are left out. */
  answer(status, { description, headers, content }) {
    const rows = Object.entries(headers ?? {}).filter(([name]) => !this.#every.has(name)).map(([name, one]) => {
      const header = this.#open(one);
      return [code(name), header.required ? "always" : "", kind(header.schema), line(header.description)];
    });
    const bodies = Object.entries(content ?? {}).map(([type, one]) => `<p>${code(type)}: ${kind(one.schema)}</p>\n${this.#examples(one)}`);
    return `<div class="answer"><p><strong class="status">${status}</strong> ${line(description)}</p>
${bodies.join("\n")}
${rows.length > 0 ? folded("Headers", table(`Headers of answer ${status}`, ["header", "there", "value", "what"], rows)) : ""}</div>`;
  }
}
