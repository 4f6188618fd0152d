// The readable page at /docs, made from docs/openapi.yaml at build time. It
// needs no script; its style is a file of its own, as the policy wants.
// SPDX-License-Identifier: ISC
import { Operations } from "./operation.mjs";
import { kind, object } from "./schema.mjs";
import { anchor, code, escape, line, paragraphs, table } from "./text.mjs";

const METHODS = ["get", "post", "put", "patch", "delete"];

function operationsOf(api) {
  return Object.entries(api.paths).flatMap(([path, item]) => METHODS.filter((method) => item[method])
    .map((method) => ({ method: method.toUpperCase(), path, item, operation: item[method] })));
}

/** Follows a $ref of this document. */
const opener = (api) => (one) => (one?.$ref ? one.$ref.replace("#/", "").split("/").reduce((at, name) => at[name], api) : one);

function labels({ components }) {
  const rows = ["Public", "Private"].map((level) => {
    const { level: word, label } = components.schemas[`Confidentiality${level}`].properties;
    const [english, indonesian] = label.oneOf.map((one) => one.enum[0]);
    return [code(word.const), escape(english), `<span lang="id">${escape(indonesian)}</span>`];
  });
  return `<section><h2 id="labels">Labels</h2>
<p>The exact texts of <code>confidentiality.label</code>. They stand wherever a report is shown.</p>
${table("Labels", ["level", "English", "Indonesian"], rows)}</section>`;
}

function authentication({ components }) {
  const ways = Object.entries(components.securitySchemes).map(([name, one]) =>
    `<h3 id="${anchor("way", name)}">${escape(name)}</h3>\n${paragraphs(one.description)}`);
  return `<section><h2 id="who">Who asks</h2>\n${ways.join("\n")}</section>`;
}

function everyHeader(api, open) {
  const rows = Object.entries(api.every).map(([name, one]) => [code(name), open(one).required ? "always" : "", kind(open(one).schema), line(open(one).description)]);
  return `<section><h2 id="headers">Headers of every answer</h2>\n${table("Headers of every answer", ["header", "there", "value", "what"], rows)}</section>`;
}

function errors(api, parts) {
  const list = Object.entries(api.components.responses).map(([name, response]) => {
    const { schema } = Object.values(response.content)[0];
    const status = schema?.properties?.status?.const ?? "any";
    return `<section class="operation"><h3 id="${anchor("answer", name)}">${escape(name)}</h3>\n${parts.answer(status, response)}</section>`;
  });
  return `<section><h2 id="errors">Errors</h2>\n${list.join("\n")}</section>`;
}

function contents(api, list) {
  const groups = api.tags.map(({ name }) => {
    const own = list.filter(({ operation }) => operation.tags.includes(name));
    const links = own.map(({ method, operation }) =>
      `<li><a href="#${anchor("operation", operation.operationId)}"><span data-method="${method}">${method}</span> ${escape(operation.summary)}</a></li>`);
    return `<li><a href="#${anchor("tag", name)}">${escape(name)}</a><ul>\n${links.join("\n")}\n</ul></li>`;
  });
  const rest = [["start", "Start"], ["who", "Who asks"], ["labels", "Labels"], ["headers", "Headers"], ["webhooks", "Webhooks"], ["errors", "Errors"], ["objects", "Objects"]]
    .map(([id, text]) => `<li><a href="#${id}">${text}</a></li>`);
  return `<nav aria-label="Contents"><details><summary>Contents</summary><ul>\n${[...rest, ...groups].join("\n")}\n</ul></details></nav>`;
}

function body(api) {
  const open = opener(api);
  const list = operationsOf(api);
  const parts = new Operations(open, Object.keys(api.every));
  const groups = api.tags.map(({ name, description }) => `<section><h2 id="${anchor("tag", name)}">${escape(name)}</h2>
<p>${line(description)}</p>
${list.filter(({ operation }) => operation.tags.includes(name)).map((one) => parts.section(one)).join("\n")}</section>`);
  const objects = Object.entries(api.components.schemas).map(([name, schema]) => object(name, schema));
  return `<header class="top"><p>CRM Jakarta</p></header>
<div class="columns">
${contents(api, list)}
<main id="main">
<h1 id="start">${escape(api.info.title)}: the API</h1>
<p class="quiet">Version ${escape(api.info.version)}, OpenAPI ${escape(api.openapi)}. For programs: <a href="/api/v1/openapi.json">/api/v1/openapi.json</a>.</p>
${paragraphs(api.info.description)}
${authentication(api)}
${labels(api)}
${everyHeader(api, open)}
${groups.join("\n")}
<section><h2 id="webhooks">Webhooks</h2>
${Object.entries(api.webhooks).map(([name, { post }]) => parts.webhook(name, post)).join("\n")}</section>
${errors(api, parts)}
<section><h2 id="objects">Objects</h2>
<p>Members that are not marked as always there may be absent: what a reader may not see is left out and named in <code>redacted</code>.</p>
${objects.join("\n")}</section>
</main>
</div>`;
}

/** The whole page. api: the description, with its headers of every answer in `every`. */
export function docsPage(api, { css, script, icon }) {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex, nofollow, noarchive">
<title>${escape(api.info.title)}: the API</title>
<script src="${script}"></script>
<link rel="stylesheet" href="${css}">
<link rel="icon" href="${icon}" type="image/svg+xml">
</head>
<body class="docs">
<a class="skip" href="#main">To the content</a>
${body(api)}
</body>
</html>
`;
}
