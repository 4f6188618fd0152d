// The API's description as JSON, from the page that people write.
// SPDX-License-Identifier: ISC
import { readFile } from "node:fs/promises";

import { parse } from "yaml";

const PAGE = new URL("../docs/openapi.yaml", import.meta.url);

/** docs/openapi.yaml as JSON text. */
export async function openapiJson() {
  return JSON.stringify(parse(await readFile(PAGE, "utf8")));
}
