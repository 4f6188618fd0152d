// The API's description as JSON, from the page that people write.
// SPDX-License-Identifier: ISC
import { readFile } from "node:fs/promises";

import { parse } from "yaml";

const PAGE = new URL("../docs/openapi.yaml", import.meta.url);

/** What the page says once and means of every answer. */
const EVERY = "x-headers-of-every-answer";
const METHODS = ["get", "post", "put", "patch", "delete"];

function withHeaders(responses, every) {
  for (const response of Object.values(responses)) {
    if (!response.$ref) response.headers = { ...response.headers, ...every };
  }
}

/** docs/openapi.yaml as it stands; `every` are the headers of every answer. */
export async function openapiPage() {
  const { [EVERY]: every, ...api } = parse(await readFile(PAGE, "utf8"));
  return { every, ...api };
}

/** The same, each answer with all its headers. */
export async function openapi() {
  const { every, ...api } = await openapiPage();
  for (const item of Object.values(api.paths)) {
    for (const method of METHODS.filter((name) => item[name])) withHeaders(item[method].responses, every);
  }
  withHeaders(api.components.responses, every);
  return api;
}

/** And as JSON text. */
export async function openapiJson() {
  return JSON.stringify(await openapi());
}
