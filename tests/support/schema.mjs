// Checks values against the part of JSON Schema that docs/openapi.yaml uses.
// A keyword it does not know is an error, not a pass.
//
//   const schemas = new Schemas(document);
//   schemas.faults({ $ref: "#/components/schemas/Report" }, value)  → ["/photos: …"]
//
// SPDX-License-Identifier: ISC

import { isDeepStrictEqual as same } from "node:util";

/** What says something to people only. */
const NOTES = new Set(["title", "description", "default", "example", "contentMediaType"]);
const TIME = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-6]\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

const TYPES = {
  null: (value) => value === null,
  boolean: (value) => typeof value === "boolean",
  string: (value) => typeof value === "string",
  number: (value) => typeof value === "number",
  integer: (value) => Number.isInteger(value),
  array: (value) => Array.isArray(value),
  object: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};

const length = (text) => [...text].length;
const only = (type, check) => (value, ...rest) => !TYPES[type](value) || check(value, ...rest);

/** keyword → whether the value is fine. */
const SIMPLE = {
  type: (value, types) => [types].flat().some((type) => TYPES[type](value)),
  const: same,
  enum: (value, list) => list.some((one) => same(one, value)),
  pattern: only("string", (value, pattern) => new RegExp(pattern, "u").test(value)),
  format: only("string", (value, format) => format === "date-time" && TIME.test(value)),
  minLength: only("string", (value, least) => length(value) >= least),
  maxLength: only("string", (value, most) => length(value) <= most),
  minimum: only("number", (value, least) => value >= least),
  maximum: only("number", (value, most) => value <= most),
  multipleOf: only("number", (value, step) => value % step === 0),
  minItems: only("array", (value, least) => value.length >= least),
  maxItems: only("array", (value, most) => value.length <= most),
  uniqueItems: only("array", (value) => new Set(value.map((one) => JSON.stringify(one))).size === value.length),
};

/** keyword → the faults below the value. */
const DEEP = {
  $ref: (schemas, value, ref, at) => schemas.faults(schemas.at(ref), value, at),
  items: (schemas, value, schema, at) => (TYPES.array(value) ? value.flatMap((one, index) => schemas.faults(schema, one, `${at}/${index}`)) : []),
  properties(schemas, value, properties, at) {
    if (!TYPES.object(value)) return [];
    return Object.entries(properties).flatMap(([name, schema]) => (Object.hasOwn(value, name) ? schemas.faults(schema, value[name], `${at}/${name}`) : []));
  },
  required: (_, value, names, at) =>
    (TYPES.object(value) ? names.filter((name) => !Object.hasOwn(value, name)).map((name) => `${at}/${name}: is missing`) : []),
  additionalProperties(_, value, allowed, at, schema) {
    if (allowed !== false) throw new Error("additionalProperties is false or not there");
    if (!TYPES.object(value)) return [];
    return Object.keys(value).filter((name) => !Object.hasOwn(schema.properties, name)).map((name) => `${at}/${name}: is not described`);
  },
  oneOf(schemas, value, list, at) {
    const tries = list.map((one) => schemas.faults(one, value, at));
    const fine = tries.filter((faults) => faults.length === 0).length;
    if (fine === 1) return [];
    return [`${at}: fits ${fine} of oneOf`, ...(fine === 0 ? tries.flat().map((fault) => `  ${fault}`) : [])];
  },
};

export class Schemas {
  #document;

  constructor(document) {
    this.#document = document;
  }

  /** What "#/components/…" names. */
  at(ref) {
    let found = this.#document;
    for (const name of ref.replace(/^#\//, "").split("/")) {
      found = found?.[name.replaceAll("~1", "/").replaceAll("~0", "~")];
    }
    if (found === undefined) throw new Error(`${ref} is nowhere`);
    return found;
  }

  /** The object itself, or the one its $ref names. */
  open(object) {
    return object?.$ref ? this.at(object.$ref) : object;
  }

  /** What is wrong with a value, as texts; none when it fits. */
  faults(schema, value, at = "") {
    return Object.entries(schema).flatMap(([keyword, rule]) => {
      if (NOTES.has(keyword)) return [];
      if (DEEP[keyword]) return DEEP[keyword](this, value, rule, at, schema);
      if (!SIMPLE[keyword]) throw new Error(`unknown keyword ${keyword} at ${at}`);
      return SIMPLE[keyword](value, rule) ? [] : [`${at || "/"}: ${JSON.stringify(value)} is against ${keyword} ${JSON.stringify(rule)}`];
    });
  }
}
