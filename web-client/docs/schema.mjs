// What a value may be, in words and tables.
// SPDX-License-Identifier: ISC
import { anchor, code, escape, inline, line, table } from "./text.mjs";

const nameOf = (ref) => ref.split("/").pop();

/** keyword → words for it. */
const LIMITS = {
  minLength: (least) => `at least ${least} characters`,
  maxLength: (most) => `at most ${most} characters`,
  minimum: (least) => `from ${least}`,
  maximum: (most) => `to ${most}`,
  multipleOf: (step) => `in steps of ${step}`,
  minItems: (least) => `at least ${least}`,
  maxItems: (most) => `at most ${most}`,
  pattern: (pattern) => `like ${code(pattern)}`,
  default: (value) => `else ${code(value)}`,
  uniqueItems: () => "none twice",
};

const limits = (schema) => Object.entries(LIMITS).filter(([name]) => name in schema).map(([name, words]) => words(schema[name])).join(", ");

/** One line: "text, at most 200 characters", "list of Report". */
export function kind(schema) {
  if (!schema) return "";
  if (schema.$ref) return `<a href="#${anchor("object", nameOf(schema.$ref))}">${escape(nameOf(schema.$ref))}</a>`;
  if ("const" in schema) return `always ${code(schema.const)}`;
  if (schema.enum) return schema.enum.map(code).join(", ");
  if (schema.oneOf) return schema.oneOf.map(kind).join(" or ");
  const types = [schema.type ?? "any value"].flat().map((type) => {
    if (type === "array") return `list of ${kind(schema.items)}`;
    if (type === "object" && schema.properties) return "object";
    return type === "string" ? (schema.format === "date-time" ? "time" : "text") : type;
  });
  const more = limits(schema);
  return `${types.join(" or ")}${more ? `, ${more}` : ""}`;
}

/** The rows of an object's members, those of objects inside included. */
function rows(schema, prefix = "") {
  return Object.entries(schema.properties ?? {}).flatMap(([name, value]) => {
    const own = [code(prefix + name), schema.required?.includes(name) ? "always" : "", kind(value), line(value.description)];
    const inner = [value, value.items ?? {}, ...(value.oneOf ?? [])].filter((one) => one.properties && !one.$ref);
    return [own, ...inner.flatMap((one) => rows(one, `${prefix}${name}${one === value.items ? "[]" : ""}.`))];
  });
}

/** A table of members, one for each form the object may take; kind() where there are none. */
export function members(schema, name) {
  const forms = schema.oneOf?.some((one) => one.properties) ? schema.oneOf : [schema];
  return forms.map((one, index) => {
    if (!one.properties) return `<p>${kind(one)}</p>`;
    const caption = forms.length > 1 ? `Members of ${name}, form ${index + 1}` : `Members of ${name}`;
    const title = forms.length > 1 ? `<p>${one.title ? inline(one.title) : `Form ${index + 1} of ${forms.length}`}${one.description ? `: ${line(one.description)}` : ""}</p>` : "";
    return title + table(caption, ["member", "there", "value", "what"], rows(one));
  }).join("\n");
}

/** An object of its own, with its heading. */
export function object(name, schema) {
  return `<section class="object"><h3 id="${anchor("object", name)}">${escape(name)}</h3>
${schema.description ? `<p>${line(schema.description)}</p>` : ""}
${members(schema, name)}</section>`;
}
