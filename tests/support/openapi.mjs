// The description of the API as the running server gives it, taken apart for
// the tests that compare it with the tables and with answers.
//
// SPDX-License-Identifier: ISC

import assert from "node:assert/strict";
import { Client } from "./client.mjs";
import { instance } from "./instance.mjs";
import { SOURCE } from "./people.mjs";
import { Schemas } from "./schema.mjs";

export const ADDRESS = "/api/v1/openapi.json";
/** A client of nobody, for this file's user to close. */
export const plain = new Client(instance(), {}, SOURCE);
export const served = await plain.get(ADDRESS);
export const api = served.json;
assert.ok(api, `${ADDRESS}: ${served.status} ${served.text.slice(0, 200)}`);
export const schemas = new Schemas(api);
export const named = (name) => ({ $ref: `#/components/schemas/${name}` });
export const schema = (name) => api.components.schemas[name];
const METHODS = ["get", "post", "put", "patch", "delete"];

export const operations = Object.entries(api.paths).flatMap(([path, item]) =>
  METHODS.filter((method) => item[method]).map((method) => ({ method: method.toUpperCase(), path, ...item[method] })));
export const byId = new Map(operations.map((operation) => [operation.operationId, operation]));
export const described = operations.filter(({ path }) => path !== ADDRESS);

/** Calls visit(object, where) for every object of the document. */
export function walk(object, visit, where = "") {
  if (typeof object !== "object" || object === null) return;
  visit(object, where);
  for (const [name, value] of Object.entries(object)) walk(value, visit, `${where}/${name}`);
}
